"""在办工单: what the window's tickets had become by its end, and handling times that count those still open."""

from collections.abc import Callable
from typing import Any

from hotline_stats import numbers
from hotline_stats.model.services import OpenTickets, WithOpen
from hotline_stats.reports.document import Block, Cell, Measure, Paragraph, Table, TableColumn
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.rows import window_titles
from hotline_stats.reports.words import Words

_Reader = Callable[[Any, Words], Cell]
_OPEN: dict[str, _Reader] = {
    "open": lambda o, _: Measure((o.open_n, o.accepted_n), "quotient"),
    "age": lambda o, _: Measure(o.median_age_days, "days"),
    "over-limit": lambda o, _: Measure((o.over_limit_n, o.limited_n), "quotient"),
    "overdue": lambda o, _: Measure((o.overdue_n, o.due_n), "quotient"),
    "unknown": lambda o, _: Measure(o.unknown_n, "count"),
}
_ALL: dict[str, _Reader] = {
    "median": lambda a, words: _time(a.n, a.median_hours, words),
    "p90": lambda a, words: _time(a.n, a.p90_hours, words),
    "within-limit": lambda a, _: Measure(a.within_limit_pct, "rate"),
    "within-limit-interval": lambda a, words: _interval(a, words),
}


def blocks(matter: Matter) -> list[Block]:
    """A sentence and a table; nothing where the data have no closing times of the period."""
    services, words = matter.results.services, matter.words
    now, everything = services.open_now, services.all_now
    if now is None or everything is None or not now.accepted_n:
        return []
    said = words.say(
        "open-sentence" if now.limited_n else "open-sentence-plain",
        open=words.tickets(now.open_n),
        accepted=words.tickets(now.accepted_n),
        as_of=now.as_of,
        over=words.tickets(now.over_limit_n),
    )
    return [Paragraph(said), _table(matter)]


def _table(matter: Matter) -> Table:
    services, words = matter.results.services, matter.words
    titles = window_titles(matter.results.windows, words)
    windows = [("current", services.open_now, services.all_now)]
    if matter.covered:
        windows.insert(0, ("baseline", services.open_then, services.all_then))
    rows = [
        (words.say(f"open-{code}"), *(_cell(read, o, words) for _, o, _ in windows))
        for code, read in _OPEN.items()
        if code != "unknown" or any(o is not None and o.unknown_n for _, o, _ in windows)
    ]
    limited = any(a is not None and a.limited_n for *_, a in windows)
    rows += [
        (words.say(f"open-{code}"), *(_cell(read, a, words) for *_, a in windows))
        for code, read in _ALL.items()
        if limited or not code.startswith("within")
    ]
    return Table(
        id="service-open",
        number=0,
        caption=words.say("table-open"),
        columns=(
            TableColumn("figure", words.say("column-figure"), "text"),
            *(TableColumn(key, titles[key], "rate") for key, *_ in windows),
        ),
        rows=tuple(rows),
        note=words.say("table-open-note", as_of=services.windows.data_end, confidence=matter.confidence),
    )


def _cell(read: _Reader, part: OpenTickets | WithOpen | None, words: Words) -> Cell:
    return None if part is None else read(part, words)


def _time(n: int, hours: float | None, words: Words) -> Cell:
    """The time; where there are tickets and the estimate does not come so far, that it does not."""
    return words.say("not-reached") if n and hours is None else Measure(hours, "hours")


def _interval(found: WithOpen, words: Words) -> Cell:
    if found.low_pct is None or found.high_pct is None:
        return None
    low, high = (numbers.percent(x, words.lang) for x in (found.low_pct, found.high_pct))
    return words.say("interval", low=low, high=high)
