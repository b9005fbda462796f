"""How numbers are written, in one place: thousands, one decimal rounded half up, the true minus sign.

Percentages come in as 0–100 (18.75 means 18.75 %). What has no value is written as a dash.
"""

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from hotline_stats.messages import Lang

MISSING = "—"
MINUS = "−"

_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)  # holds any double, so that quantize never overflows
_FORMS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "number": "{}", "percent": "{}%", "points": "{}个百分点", "hours": "{}小时", "days": "{}天", "times": "{}倍",
        "fall": "下降{}", "rise": "上升{}", "same": "持平",
    },
    "en": {
        "number": "{}", "percent": "{}%", "points": "{} pp", "hours": "{} h", "days": "{} days", "times": "{} times",
        "fall": "down {}", "rise": "up {}", "same": "unchanged",
    },
}  # fmt: skip


def rounded(x: float, digits: int = 1) -> Decimal:
    """`x` at `digits` decimals, halves away from zero, judged on the shortest text that reads back as `x`
    (so 2.675 → 2.68 although its binary value lies just below). Zero never carries a sign."""
    value = Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-digits), context=_EXACT)
    return abs(value) if value == 0 else value


def is_flat(x: float, digits: int = 1) -> bool:
    """Whether a change reads as no change once it is rounded."""
    return rounded(x, digits) == 0


def count(n: float | None, lang: Lang = "zh", *, signed: bool = False) -> str:
    """`1,368`; `signed` writes `+1,368`. A mean of counts that is not whole has one decimal: `1,367.7`. Both languages group by thousands, as Chinese statistics do."""
    if n is None:
        return MISSING
    value = Decimal(int(n)) if float(n).is_integer() else rounded(n)
    return _FORMS[lang]["number"].format(_number(value, signed))


def decimal(x: float | None, lang: Lang = "zh", *, signed: bool = False) -> str:
    """`12.3`: one decimal without a unit, for table columns whose head names the unit."""
    return _with_unit(x, _FORMS[lang]["number"], signed)


def percent(x: float | None, lang: Lang = "zh", *, signed: bool = False, digits: int = 1) -> str:
    """`17.5%`, `−17.5%`; `signed` writes `+3.2%`."""
    return _with_unit(x, _FORMS[lang]["percent"], signed, digits)


def points(x: float | None, lang: Lang = "zh", *, signed: bool = True, digits: int = 1) -> str:
    """A difference of two percentages: `+1.2个百分点`, `+1.2 pp`."""
    return _with_unit(x, _FORMS[lang]["points"], signed, digits)


def times(x: float | None, lang: Lang = "zh", *, digits: int = 1) -> str:
    """What is now as a multiple of what was: `2.1倍`, `2.1 times`."""
    return _with_unit(x, _FORMS[lang]["times"], False, digits)


def hours(x: float | None, lang: Lang = "zh", *, signed: bool = False, digits: int = 1) -> str:
    """`36.5小时`, `36.5 h`."""
    return _with_unit(x, _FORMS[lang]["hours"], signed, digits)


def days(x: float | None, lang: Lang = "zh") -> str:
    """`3.5天`, `3.5 days`."""
    return _with_unit(x, _FORMS[lang]["days"], False)


def fall_or_rise(pct: float | None, lang: Lang = "zh", *, digits: int = 1) -> str:
    """A change in words: `下降17.5%`, `up 3.2%`, `持平`. The word carries the sign."""
    return _directed(pct, lang, _FORMS[lang]["percent"], digits)


def fall_or_rise_points(pp: float | None, lang: Lang = "zh", *, digits: int = 1) -> str:
    """A change of a rate in words: `上升1.2个百分点`, `down 0.4 pp`, `持平`."""
    return _directed(pp, lang, _FORMS[lang]["points"], digits)


def arrow(pct: float | None, lang: Lang = "zh") -> str:
    """A change for a narrow place: `▼17.5%`, `▲3.2%`, `持平`."""
    if pct is None or not math.isfinite(pct):
        return MISSING
    if is_flat(pct):
        return _FORMS[lang]["same"]
    return ("▼" if pct < 0 else "▲") + percent(abs(pct), lang)


def _number(value: Decimal, signed: bool) -> str:
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):,f}"


def _with_unit(x: float | None, form: str, signed: bool, digits: int = 1) -> str:
    return MISSING if x is None or not math.isfinite(x) else form.format(_number(rounded(x, digits), signed))


def _directed(x: float | None, lang: Lang, form: str, digits: int) -> str:
    if x is None or not math.isfinite(x):
        return MISSING
    if is_flat(x, digits):
        return _FORMS[lang]["same"]
    return _FORMS[lang]["fall" if x < 0 else "rise"].format(_with_unit(abs(x), form, False, digits))
