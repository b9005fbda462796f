"""One comparison as a table: aligned text, Markdown, CSV or JSON."""

from collections.abc import Sequence

from hotline_stats.messages import Lang
from hotline_stats.model.results import CHANGE_COLUMNS, Comparison
from hotline_stats.reports import adjusted, rows
from hotline_stats.reports.document import Table
from hotline_stats.reports.renderers.csv import csv_text
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.sections.head import chosen, spans
from hotline_stats.reports.sheets import Format, sheet
from hotline_stats.reports.words import Words, words_of

CSV_COLUMNS = ("key", "name", *CHANGE_COLUMNS[1:])


def render(comparison: Comparison, format: Format, lang: Lang) -> str:  # noqa: A002
    """The comparison in one format, ending with a line break.

    Adjusted figures stand in further columns. `csv`: the rows without totals, so that a column may be added up; machine headers, numbers unrounded, an
    empty cell where a ratio has no value. `json`: schema hotline-stats/compare/1. `table` and `md`: as people
    read it, with windows, total, groups and notes.
    """
    if format == "csv":
        found = comparison.to_dict(lang)["rows"]
        if comparison.adjusted is None:
            return csv_text(CSV_COLUMNS, found)
        return csv_text(CSV_COLUMNS + adjusted.CSV_COLUMNS, map(adjusted.flat, found))
    if format == "json":
        return dumps(comparison.to_dict(lang))
    words = words_of(lang, comparison.windows, comparison.where)
    tables = [table(comparison, words)]
    if len(comparison.groups):
        tables.append(group_table(comparison, words))
    head = words.joined([spans(comparison.windows, words), chosen(comparison, words)])
    notes = [n.text(lang) for n in (*comparison.windows.notes, *comparison.notes)]
    return sheet(head, tables, notes, format, words)


def table(comparison: Comparison, words: Words) -> Table:
    """All rows and the total as a Document table; groups, which overlap, have no total."""
    body = rows.records(comparison, words)
    totalled = comparison.by != "group"
    if totalled:
        body.append(rows.total_record(comparison, words))
    return _table(comparison, words, comparison.by, body, totalled)


def group_table(comparison: Comparison, words: Words) -> Table:
    by = "month" if comparison.by == "month" else "group"
    return _table(comparison, words, by, list(rows.group_records(comparison, words).values()), False)


def _table(comparison: Comparison, words: Words, by: str, body: Sequence[rows.Row], totalled: bool) -> Table:
    covered, total = comparison.windows.covered, int(comparison.total["current"])
    keys = rows.with_calendar(rows.JUDGED, body) if covered else rows.ALONE
    columns = rows.columns(words.heading(by), keys, comparison.windows, words)
    lines = tuple(rows.cells(r, keys, words, total, covered) for r in body)
    if comparison.adjusted is not None:
        columns += adjusted.columns(columns, covered, words)
        beside = (adjusted.cells(r, covered, words) for r in body)
        lines = tuple(line + more for line, more in zip(lines, beside, strict=True))
    return Table(id=by, number=0, caption=words.column(by), columns=columns, rows=lines, total_row=totalled)
