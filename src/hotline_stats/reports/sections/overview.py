"""All tickets: the opening sentence, and the section on their request types and channels."""

from collections.abc import Collection

from hotline_stats import numbers
from hotline_stats.model import names
from hotline_stats.model.results import Comparison, Note
from hotline_stats.reports import phrases, rows
from hotline_stats.reports.document import Block, Heading, Notes, Paragraph, Table
from hotline_stats.reports.format import clean
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.sections import public

_LEADING = 4
_GRAVE = (
    "empty-months", "unequal-days", "spring-festival", "fallback-dispersion", "no-baseline", "no-request-type",
    "part-baseline", "stray-tickets", "cut-end", "cut-end-alone", "cut-start", "cut-start-alone",
    "thin-days", "thin-file", "gap-days", "gap-alone", "gap-most", "gap-inside", "gap-between", "mean-years",
    "assessment-year", "calendar-verdict",
)  # fmt: skip
"""Notes that may overturn a reading of the figures, so that they stand beside the first of them."""
_QUARTER = 92
"""Days from which a period is long enough for the festival not to matter much."""


def opening(matter: Matter) -> list[Block]:
    """What stands before the first section: the total in one sentence, and what may overturn it."""
    grave = list(dict.fromkeys(n.text(matter.words.lang) for n in _notes(matter) if _grave(n, matter)))
    grave += [] if matter.results.disclosure else _untyped(matter)
    grave += public.opening(matter)
    return [Paragraph(_total(matter)), *([Notes(tuple(grave))] if grave else [])]


def _untyped(matter: Matter) -> list[str]:
    """What files without a text mean for the types."""
    words, files = matter.words, matter.intake.textless
    if not files:
        return []
    if not matter.typed:
        return [words.say("untyped-all")]
    n = words.tickets(sum(f.kept for f in files))
    return [words.say("untyped-some", files=words.listed([clean(f.file) for f in files]), n=n)]


def _notes(matter: Matter) -> tuple[Note, ...]:
    return (*matter.results.windows.notes, *matter.results.types.notes)


def _grave(note: Note, matter: Matter) -> bool:
    windows = matter.results.windows
    if note.code == "spring-festival":
        return min(windows.period.days, windows.baseline.days) < _QUARTER
    return note.code in _GRAVE


def blocks(matter: Matter) -> list[Block]:
    words = matter.words
    shown = ("request_type", "channel", *(() if matter.typed else ("category",)))
    tables = [t for by in shown for t in by_table(matter, by)]
    if not tables:
        return []
    sentences = []
    for by, code in (("request_type", "overview-main"), ("channel", "overview-channel")):
        comparison = matter.comparison(by)
        if comparison is not None:
            leading = rows.ranked(comparison, words, _LEADING, matter.min_n)
            leading = [r for r in leading if r["current"] is not None]
            items = phrases.share_items(leading, comparison.total["current"], words)
            sentences.append(words.say(code, items=words.listed(items)) if items else "")
    said = [Paragraph(words.joined(sentences))] if any(sentences) else []
    return [Heading("overview", 1, words.say("section-overview")), *said, *tables]


def _total(matter: Matter) -> str:
    words, total, windows = matter.words, matter.total, matter.results.windows
    n, period = words.tickets(total["current"]), str(windows.period)
    if not matter.covered:
        code = "overview-uncovered" if total["current"] else "overview-none"
        return words.say(code, period=period, baseline=names.baseline(windows.baselines, words.lang), n=n)
    return words.say("overview-total", period=period, n=n, clause=phrases.clause(total, matter))


def by_table(matter: Matter, by: str, also: Collection[str] = ()) -> list[Table]:
    """The table of one further comparison with its total, as a list of one; empty without values. `also`: keys
    that are listed however few tickets they have."""
    comparison = matter.comparison(by)
    if comparison is None:
        return []
    words, what = matter.words, matter.words.column(by)
    monthly = by == "month"
    if monthly:
        shown = rows.records(comparison, words)
    else:
        shown = rows.ranked(comparison, words, matter.top_n, matter.min_n, also)
    listed = sum(r["key"] not in (None, "") for r in shown)
    sums = sum(r["key"] in (None, "") for r in shown)
    total = comparison.total["current"]
    shown.append(rows.total_record(comparison, words))
    keys = rows.with_calendar(rows.SHARED, shown) if matter.covered else rows.ALONE
    return [
        Table(
            id=f"by-{by}",
            number=0,
            caption=words.say("table-month") if monthly else words.say("table-by", what=what),
            columns=rows.columns(words.heading(by), keys, comparison.windows, words),
            rows=tuple(rows.cells(r, keys, words, total, matter.covered) for r in shown),
            note=_note(matter, comparison, listed),
            total_row=True,
            sums=sums,
        )
    ]


def _note(matter: Matter, comparison: Comparison, listed: int) -> str:
    words = matter.words
    if comparison.by == "month":
        own = [n.text(words.lang) for n in comparison.notes if n not in matter.results.types.notes]
        return words.joined(own)
    named = sum(key != "" for key in comparison.rows["key"])
    if named == listed:
        return words.say("table-place-note-all")
    more = listed - matter.top_n
    facts = {"shown": numbers.count(matter.top_n, words.lang), "more": numbers.count(more, words.lang)}
    return words.say("table-place-note-more" if more else "table-place-note", **facts)
