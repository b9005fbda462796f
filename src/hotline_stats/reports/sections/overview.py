"""All tickets: the opening sentence, and the section on their request types and channels."""

from hotline_stats import numbers
from hotline_stats.model.results import Comparison
from hotline_stats.reports import phrases, rows
from hotline_stats.reports.document import Block, Heading, Notes, Paragraph, Table
from hotline_stats.reports.matter import Matter

_LEADING = 4
_GRAVE = ("empty-months", "unequal-days")
"""Notes that may overturn a reading of the figures, so that they stand beside the first of them."""


def opening(matter: Matter) -> list[Block]:
    """What stands before the first section: the total in one sentence, and what may overturn it."""
    grave = [n.text(matter.words.lang) for n in matter.results.windows.notes if n.code in _GRAVE]
    return [Paragraph(_total(matter)), *([Notes(tuple(grave))] if grave else [])]


def blocks(matter: Matter) -> list[Block]:
    words = matter.words
    tables = [t for by in ("request_type", "channel") for t in by_table(matter, by)]
    if not tables:
        return []
    sentences = []
    for by, code in (("request_type", "overview-main"), ("channel", "overview-channel")):
        comparison = matter.comparison(by)
        if comparison is not None:
            leading = rows.ranked(comparison, words, _LEADING)
            items = phrases.share_items(leading, comparison.total["current"], words)
            sentences.append(words.say(code, items=words.listed(items)) if items else "")
    said = [Paragraph(words.joined(sentences))] if any(sentences) else []
    return [Heading("overview", 1, words.say("section-overview")), *said, *tables]


def _total(matter: Matter) -> str:
    words, total, windows = matter.words, matter.total, matter.results.windows
    n, period = words.tickets(total["current"]), str(windows.period)
    if not matter.covered:
        code = "overview-uncovered" if total["current"] else "overview-none"
        return words.say(code, period=period, baseline=str(windows.baseline), n=n)
    return words.say("overview-total", period=period, n=n, clause=phrases.clause(total, matter))


def by_table(matter: Matter, by: str) -> list[Table]:
    """The table of one further comparison with its total, as a list of one; empty without values."""
    comparison = matter.comparison(by)
    if comparison is None:
        return []
    words, what = matter.words, matter.words.column(by)
    monthly = by == "month"
    shown = rows.records(comparison, words) if monthly else rows.ranked(comparison, words, matter.top_n)
    total = comparison.total["current"]
    keys = rows.SHARED if matter.covered else rows.ALONE
    shown.append(rows.total_record(comparison, words))
    return [
        Table(
            id=f"by-{by}",
            number=0,
            caption=words.say("table-month") if monthly else words.say("table-by", what=what),
            columns=rows.columns(words.heading(by), keys, comparison.windows, words),
            rows=tuple(rows.cells(r, keys, words, total, matter.covered) for r in shown),
            note=_note(matter, comparison),
            total_row=True,
        )
    ]


def _note(matter: Matter, comparison: Comparison) -> str:
    words = matter.words
    if comparison.by == "month":
        own = [n.text(words.lang) for n in comparison.notes if n not in matter.results.types.notes]
        return words.joined(own)
    named = sum(key != "" for key in comparison.rows["key"])
    if named > matter.top_n + 1:
        return words.say("table-place-note", shown=numbers.count(matter.top_n, words.lang))
    return words.say("table-place-note-all")
