"""One comparison as a table: aligned text, Markdown, CSV or JSON."""

import csv
import io
from collections.abc import Sequence
from typing import Literal

from hotline_stats.messages import Lang
from hotline_stats.model.results import CHANGE_COLUMNS, Comparison
from hotline_stats.reports import rows
from hotline_stats.reports.document import Cell, Table
from hotline_stats.reports.format import unformula
from hotline_stats.reports.plain import aligned
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.renderers.markdown import md_table, md_text
from hotline_stats.reports.sections.head import chosen, spans
from hotline_stats.reports.words import Words, words_of

Format = Literal["table", "csv", "json", "md"]
CSV_COLUMNS = ("key", "name", *CHANGE_COLUMNS[1:])


def render(comparison: Comparison, format: Format, lang: Lang) -> str:  # noqa: A002
    """The comparison in one format, ending with a line break.

    `csv`: the rows without totals, so that a column may be added up; machine headers, numbers unrounded, an
    empty cell where a ratio has no value. `json`: schema hotline-stats/compare/1. `table` and `md`: as people
    read it, with windows, total, groups and notes.
    """
    if format == "csv":
        return _csv(comparison, lang)
    if format == "json":
        return dumps(comparison.to_dict(lang))
    words = words_of(lang, comparison.windows, comparison.where)
    tables = [table(comparison, words)]
    if len(comparison.groups):
        tables.append(group_table(comparison, words))
    head = words.joined([spans(comparison.windows, words), chosen(comparison, words)])
    notes = [n.text(lang) for n in (*comparison.windows.notes, *comparison.notes)]
    if format == "md":
        parts = [md_text(head), *(md_table(t, lang) for t in tables)]
        parts += ["\n".join(f"- {md_text(n)}" for n in notes)] if notes else []
    else:
        parts = [head, *(aligned(t, lang) for t in tables)]
        parts += ["\n".join(words.say("note", note=n) for n in notes)] if notes else []
    return "\n\n".join(parts) + "\n"


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


def _csv(comparison: Comparison, lang: Lang) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for record in comparison.to_dict(lang)["rows"]:
        writer.writerow([_csv_cell(record[c]) for c in CSV_COLUMNS])
    return out.getvalue()


def _csv_cell(value: Cell) -> object:
    if isinstance(value, str):
        return unformula(value)
    return "" if value is None else repr(value) if isinstance(value, float) else value
