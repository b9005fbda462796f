"""The report as Markdown: tables as pipe tables, charts as links to charts/*.png."""

import re

from hotline_stats.messages import Lang
from hotline_stats.reports.document import (
    Blank,
    Block,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Table,
)
from hotline_stats.reports.format import NUMERIC, cell_text, clean
from hotline_stats.reports.words import Words


def markdown(document: Document) -> str:
    """The whole document; every text stands as it is, whatever markup it looks like."""
    words = Words(document.lang, "other")
    parts = [f"# {md_text(document.title)}", md_text(document.subtitle)]
    parts += [_block(block, document.lang, words) for block in document.blocks]
    return "\n\n".join([*parts, md_text(document.source)]) + "\n"


def _block(block: Block, lang: Lang, words: Words) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {md_text(block.text)}"
        case Paragraph():
            return md_text(block.text)
        case KeyFigures():
            cards = (" ".join(filter(None, (c.value, c.change, c.note))) for c in block.cards)
            named = zip(block.cards, cards, strict=True)
            return "\n".join(f"- {md_text(c.label)}: {md_text(said)}" for c, said in named)
        case Table():
            caption = words.say("table-caption", n=block.number, caption=block.caption)
            return "\n\n".join(filter(None, (md_text(caption), md_table(block, lang), md_text(block.note))))
        case Figure():
            caption = words.say("figure-caption", n=block.number, caption=block.caption)
            return f"![{md_text(block.alt)}](charts/{block.chart.id}.png)\n\n{md_text(caption)}"
        case Notes():
            return "\n".join(f"- {md_text(item)}" for item in block.items)
        case Blank():
            asked = zip(block.parts, block.prompts, strict=True)
            parts = (f"### {md_text(part)}\n\n{md_text(prompt)}" for part, prompt in asked)
            return "\n\n".join([f"## {md_text(block.text)}", *parts])


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
