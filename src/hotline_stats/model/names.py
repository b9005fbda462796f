"""What windows, columns, rows, figures and conditions are called: the names that more than one room writes."""

from collections.abc import Sequence

from hotline_stats import numbers
from hotline_stats.messages import Lang, catalogue, text
from hotline_stats.model.columns import BY_NAME, COLUMNS
from hotline_stats.model.period import Period
from hotline_stats.model.types import Group, ProblemType, TypeScheme

_BY_CHINESE = {c.zh: c.name for c in COLUMNS} | {"问题类型": "type"}
_TYPED = ("type", "group", "label")
FLAGS = ("contacted", "resolved", "on_time", "repeat")
YES_NO = dict.fromkeys(("true", "yes", "1", "是"), True) | dict.fromkeys(("false", "no", "0", "否"), False)
"""How people write a flag."""


def say(code: str, lang: Lang, **facts: object) -> str:
    return text("names", code, lang, **facts)


def tickets(n: int, lang: Lang, *, signed: bool = False) -> str:
    """`1,102件`, `1 ticket`, `1,102 tickets`."""
    return say("ticket" if abs(n) == 1 else "tickets", lang, n=numbers.count(n, lang, signed=signed))


def baseline(spans: Sequence[Period], lang: Lang) -> str:
    """The days of a baseline in full: `2023-01-01—2023-12-31`, or those of a mean."""
    if len(spans) == 1:
        return str(spans[0])
    listed = say("value-list", lang).join(str(span) for span in spans)
    return say("mean-of", lang, n=len(spans), spans=listed)


def windows(period: Period, baselines: Sequence[Period], lang: Lang) -> tuple[str, str]:
    """Short names of a period and its baseline: their years when each lies in a year of its own."""
    if len(baselines) > 1:
        return say("current", lang), say("mean", lang, n=len(baselines))
    (baseline,) = baselines
    years = [{p.start.year, p.end.year} for p in (period, baseline)]
    if years[0] != years[1] and all(len(y) == 1 for y in years):
        return say("year", lang, year=years[0].pop()), say("year", lang, year=years[1].pop())
    return say("current", lang), say("baseline", lang)


def column_id(found: str) -> str:
    """The name of a column as people write it: with dashes, or in Chinese. An unknown one is kept."""
    name = found.strip().replace("-", "_")
    return _BY_CHINESE.get(name, name)


def column(name: str, lang: Lang) -> str:
    """What a column is called: `居村`, `community`. One without a name names itself."""
    if f"column-{name}" in catalogue("names"):
        return say(f"column-{name}", lang)
    return BY_NAME[name].label(lang) if name in BY_NAME else name


def value(types: TypeScheme | None, column_name: str, key: str, lang: Lang) -> str:
    """What a value of a column is called: a type or group by its name, a missing value as such, the key `total`
    of types and groups as the total; a request type also in English; any other value as it stands."""
    if key == "":
        return text("notes", "missing-value", lang)
    if column_name == "month" and ".." in key:
        return say("months-together", lang, year=key[:4])
    if column_name in _TYPED:
        if key == "total":
            return text("notes", "total", lang)
        return types.name(key, lang) if types is not None else key
    code = f"{column_name}-{key}"
    return say(code, lang) if code in catalogue("names") else key


def figure(figure_id: str, lang: Lang) -> str:
    """The name of a service figure; one without a name names itself."""
    code = f"figure-{figure_id}"
    return say(code, lang) if code in catalogue("names") else figure_id


def conditions(where: Sequence[tuple[str, str]], types: TypeScheme | None, lang: Lang) -> str:
    """What was selected, in one bracket: `（只计问题类型＝停车难、诉求类型＝投诉）`; "" without conditions.
    Several values of one column mean any of them."""
    wanted: dict[str, list[str]] = {}
    for name, given in where:
        wanted.setdefault(column_id(name), []).append(_given(types, column_id(name), given.strip(), lang))
    parts = [
        say("condition", lang, column=column(name, lang), values=say("value-mark", lang).join(values))
        for name, values in wanted.items()
    ]
    return say("chosen", lang, conditions=say("condition-mark", lang).join(parts)) if parts else ""


def _given(types: TypeScheme | None, name: str, given: str, lang: Lang) -> str:
    """The name of a value as a condition gives it: an id, or a name in either language."""
    if name in FLAGS and given.lower() in YES_NO:
        return say("yes" if YES_NO[given.lower()] else "no", lang)
    known: tuple[ProblemType | Group, ...] = ()
    if types is not None and name in _TYPED:
        known = (*types.types, *types.groups)
    key = next((x.id for x in known if given in (x.id, x.zh, x.en)), given)
    return value(types, name, key, lang)
