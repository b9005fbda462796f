"""One comparison as a table: aligned text, Markdown, CSV or JSON."""

from collections.abc import Sequence

from hotline_stats.messages import Lang
from hotline_stats.model.results import CHANGE_COLUMNS, Comparison
from hotline_stats.reports import rows
from hotline_stats.reports.document import Table
from hotline_stats.reports.renderers.csv import csv_text
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.sections.head import chosen, spans
from hotline_stats.reports.sheets import Format, sheet
from hotline_stats.reports.words import Words, words_of

CSV_COLUMNS = ("key", "name", *CHANGE_COLUMNS[1:])


def render(comparison: Comparison, format: Format, lang: Lang) -> str:  # noqa: A002
    """The comparison in one format, ending with a line break.

    `csv`: the rows without totals, so that a column may be added up; machine headers, numbers unrounded, an
    empty cell where a ratio has no value. `json`: schema hotline-stats/compare/1. `table` and `md`: as people
    read it, with windows, total, groups and notes.
    """
    if format == "csv":
        return csv_text(CSV_COLUMNS, comparison.to_dict(lang)["rows"])
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
    return _table(comparison, words, "group", list(rows.group_records(comparison, words).values()), False)


def _table(comparison: Comparison, words: Words, by: str, body: Sequence[rows.Row], totalled: bool) -> Table:
    covered, total = comparison.windows.covered, int(comparison.total["current"])
    keys = rows.JUDGED if covered else rows.ALONE
    return Table(
        id=by,
        number=0,
        caption=words.column(by),
        columns=rows.columns(words.heading(by), keys, comparison.windows, words),
        rows=tuple(rows.cells(r, keys, words, total, covered) for r in body),
        total_row=totalled,
    )
