"""Tables and texts as Markdown."""

import re

from hotline_stats.messages import Lang
from hotline_stats.reports.document import Table
from hotline_stats.reports.format import NUMERIC, cell_text, clean


def md_table(found: Table, lang: Lang) -> str:
    head = "| " + " | ".join(md_text(c.title) for c in found.columns) + " |"
    rule = "|" + "|".join(" ---: " if c.kind in NUMERIC else " --- " for c in found.columns) + "|"
    body = [
        "| "
        + " | ".join(md_text(cell_text(v, c.kind, lang)) for v, c in zip(row, found.columns, strict=True))
        + " |"
        for row in found.rows
    ]
    return "\n".join([head, rule, *body])


def md_text(value: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>|#~&])", r"\\\1", clean(value))
