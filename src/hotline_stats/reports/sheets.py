"""A head, tables and notes as aligned text or Markdown."""

from collections.abc import Sequence
from typing import Literal

from hotline_stats.messages import Lang
from hotline_stats.reports.document import Table
from hotline_stats.reports.plain import aligned
from hotline_stats.reports.renderers.markdown import md_table, md_text
from hotline_stats.reports.words import Words

Format = Literal["table", "csv", "json", "md"]


def sheet(
    head: str, tables: Sequence[Table], notes: Sequence[str], form: Literal["table", "md"], words: Words
) -> str:
    """One below the other, ending with a line break; a table's note stands under it."""
    if form == "md":
        parts = [md_text(head), *(_md(t, words.lang) for t in tables)]
        parts += ["\n".join(f"- {md_text(n)}" for n in notes)] if notes else []
    else:
        parts = [head, *(_plain(t, words.lang) for t in tables)]
        parts += ["\n".join(words.say("note", note=n) for n in notes)] if notes else []
    return "\n\n".join(parts) + "\n"


def _md(table: Table, lang: Lang) -> str:
    return "\n\n".join([md_table(table, lang), *([md_text(table.note)] if table.note else [])])


def _plain(table: Table, lang: Lang) -> str:
    return "\n".join([aligned(table, lang), *([table.note] if table.note else [])])
