"""Periods as a bulletin names them, and which term — 同比 or 环比 — fits a pair of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hotline_stats.claims.numerals import DIGITS
from hotline_stats.model.period import Period, month_end

_BACK = {"今年": 0, "本年": 0, "本年度": 0, "去年": 1, "上年": 1, "上年度": 1, "上一年度": 1, "上一年": 1, "前年": 2,
         "this year": 0, "last year": 1, "the year before": 1, "a year earlier": 1, "a year before": 1}  # fmt: skip
_STEPS = (
    "上月", "上个月", "上一月", "前一月", "上季度", "上个季度", "上一季度", "上期", "上一期", "上周", "last month",
    "the month before", "a month earlier", "last quarter", "the previous month", "the previous quarter",
)  # fmt: skip
_THIS = ("本月", "当月", "本季度", "本期", "这个月", "this month", "this quarter")
_SAME = ("同期", "同月", "the same period last year", "same period last year", "the same period of last year",
         "the same month last year", "same month last year", "year-earlier period")  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASH = "[-—–~～至到]"
_SPAN = rf"""(?:(?P<m1>\d{{1,2}})月?(?:份)?\s?{_DASH}\s?(?P<m2>\d{{1,2}})月(?:份)?|(?P<m>\d{{1,2}})月(?:份)?(?P<day>\s?\d{{1,2}}[日号])?
|(?P<half>[上下])半年|第?(?P<q>[一二三四1-4])季度|前(?P<qs>[二两三])个?季度|q(?P<qe>[1-4])(?!\d)|h(?P<he>[12])(?!\d)|全年|年度)"""
_YEAR = r"(?P<y>(?:19|20)\d\d)年度?"
_RELATIVE = "|".join(sorted((re.escape(w) for w in _BACK), key=len, reverse=True))
PATTERN = rf"""(?:(?:{_YEAR}|(?P<r>{_RELATIVE}))\s?(?:{_SPAN})?(?P<s>同期|同月)?
|(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)(?P<iso_day>-\d\d(?!\d))?)|(?P<same>{"|".join(map(re.escape, _SAME))})
|(?P<step>{"|".join(map(re.escape, _STEPS))})|(?P<this>{"|".join(map(re.escape, _THIS))})
|(?:in|of|during)\ (?:(?P<month>{"|".join(_MONTHS)})[a-z]{{0,6}}\ )?(?P<ye>(?:19|20)\d\d)(?!\d|,\d)|(?P<part>{_SPAN.replace("(?P<", "(?P<p_")})(?P<ps>同期|同月)?)"""


@dataclass(frozen=True)
class When:
    """A period as named. `year`: of the calendar; `back`: 0 this year, 1 last year, where no year is said;
    `first`, `last`: months, None when none is said; `same`: 同期; `before`: 上月, 上季度; `exact`: whether it is
    nothing but a whole year or whole months."""

    year: int | None = None
    back: int | None = None
    first: int | None = None
    last: int | None = None
    same: bool = False
    before: bool = False
    exact: bool = True

    @property
    def of_old(self) -> bool:
        """Whether the words alone say that it is the period compared with."""
        return self.same or self.before or (self.back or 0) > 0

    def after(self, context: "When | None") -> "When":
        """With the year of what was named before, where it names none itself."""
        if context is None or self.year is not None or self.back is not None or self.same or self.before:
            return self
        months = (context.first, context.last) if self.first is None else (self.first, self.last)
        return replace(self, year=context.year, back=context.back, first=months[0], last=months[1])

    def period(self, this_year: int | None) -> Period | None:
        """The days meant, where that can be said."""
        year = self.year if self.year is not None else None
        if year is None and self.back is not None and this_year is not None:
            year = this_year - self.back
        if year is None or not self.exact or self.same or self.before:
            return None
        first, last = self.first or 1, self.last or 12
        if not (1 <= first <= last <= 12):
            return None
        return Period(date(year, first, 1), month_end(year, last))


def of(found: Mapping[str, str | None]) -> When:
    """The period of a match of PATTERN, from its groups."""
    if found["same"]:
        return When(same=True)
    if found["step"]:
        return When(before=True)
    if found["this"]:
        return When(exact=False)
    if found["iso"]:
        month = int(str(found["iso"])[5:7])
        return When(year=int(str(found["iso"])[:4]), first=month, last=month, exact=not found["iso_day"])
    if found["ye"]:
        at = _MONTHS.index(str(found["month"])) + 1 if found["month"] else None
        return When(year=int(str(found["ye"])), first=at, last=at)
    prefix = "p_" if found["part"] else ""
    first, last, exact = _months({k: found[prefix + k] for k in _SPAN_GROUPS})
    year = int(str(found["y"])) if found["y"] else None
    back = _BACK[str(found["r"])] if found["r"] else None
    return When(year, back, first, last, same=bool(found["s"] or found["ps"]), exact=exact)


_SPAN_GROUPS = ("m1", "m2", "m", "day", "half", "q", "qs", "qe", "he")


def _months(found: Mapping[str, str | None]) -> tuple[int | None, int | None, bool]:
    if found["m1"]:
        return int(str(found["m1"])), int(str(found["m2"])), True
    if found["m"]:
        return int(found["m"]), int(found["m"]), not found["day"]
    if found["half"] or found["he"]:
        later = found["half"] == "下" or found["he"] == "2"
        return (7, 12, True) if later else (1, 6, True)
    quarter = found["q"] or found["qe"]
    if quarter:
        n = int(quarter) if quarter.isascii() else DIGITS[quarter]
        return 3 * n - 2, 3 * n, True
    if found["qs"]:
        return 1, 3 * DIGITS[found["qs"]], True
    return None, None, True


def terms(now: When | None, then: When) -> frozenset[str] | None:
    """Which of yoy and mom the pair may be called; None where the words do not tell."""
    if then.before:
        return frozenset({"mom"})
    gap = _years(now, then)
    if then.same:
        if gap is None and then.year is None:
            return frozenset({"yoy"})
        return None if gap is None else frozenset({"yoy"} if gap == 1 else ())
    if now is None or not (now.exact and then.exact):
        return None
    if (now.first, now.last) == (then.first, then.last):
        if now.first is None:
            return None if gap is None else frozenset({"yoy", "mom"} if gap == 1 else ())
        return None if not gap else frozenset({"yoy"} if gap == 1 else ())
    return _steps(now, then, gap)


def _steps(now: When, then: When, gap: int | None) -> frozenset[str] | None:
    """For two spans of unlike months: the one before, when it ends where the other begins."""
    if None in (now.first, now.last, then.first, then.last):
        return None
    nowadays = (int(now.first or 0), int(now.last or 0))
    before = (int(then.first or 0) - 12 * (gap or 0), int(then.last or 0) - 12 * (gap or 0))
    if nowadays[1] - nowadays[0] != before[1] - before[0]:
        return frozenset()
    return frozenset({"mom"} if before[1] + 1 == nowadays[0] else ())


def _years(now: When | None, then: When) -> int | None:
    """How many years lie between, where both are named in the same way."""
    if then.same and then.year is None:
        return then.back if then.back is not None else 1
    if now is None:
        return None
    if now.year is not None and then.year is not None:
        return now.year - then.year
    if now.back is not None and then.back is not None:
        return then.back - now.back
    if now.year is not None and then.back is not None:
        return then.back  # 2024年5月 … 去年5月
    if now.year is None and now.back is None and then.back is not None:
        return then.back
    return 0 if now.year is None and then.year is None and now.back is None and then.back is None else None
