"""Which notes may stand in a published report: a list of those that may, so that a new one does not slip in."""

from collections.abc import Callable, Iterable, Mapping

from hotline_stats.disclosure.cells import SMALLEST
from hotline_stats.model.results import Note

_ALWAYS = frozenset({
    "cut-end", "cut-end-alone", "cut-start", "cut-start-alone", "no-baseline", "part-baseline", "no-request-type",
    "category-break", "gap-days", "gap-alone", "gap-most", "mean-years", "assessment-year", "empty-months", "leap-day",
    "unequal-days", "spring-festival", "calendar-adjusted", "calendar-unknown", "calendar-verdict",
    "fallback-dispersion", "closed-clock-start", "no-limits", "workdays-by-weekends",
})  # fmt: skip
_COUNTED = ("stray-tickets", "thin-days")
"""Notes that tell a number of tickets which stand in no table."""


def remarks(notes: Iterable[Note], whole: bool, months_whole: bool) -> tuple[Note, ...]:
    """Those that name no file and no hidden count. `whole`: whether no row that they speak of is hidden;
    `months_whole`: whether January and February together are not."""
    tests: Mapping[str, Callable[[Mapping[str, str]], bool]] = {
        **dict.fromkeys(_COUNTED, _enough),
        "left-to-chance": lambda _: whole,
        "spring-festival-months": lambda _: months_whole,
    }
    return tuple(n for n in notes if n.code in _ALWAYS or (n.code in tests and tests[n.code](dict(n.facts))))


def _enough(facts: Mapping[str, str]) -> bool:
    return int(facts["n"].replace(",", "")) >= SMALLEST
