"""The summary of a report for a terminal: windows, key figures, the headline types and the account of rows."""

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from hotline_stats.report.document import Card, Document, Heading, KeyFigures, Paragraph, Table, Tone
from hotline_stats.report.format import NUMERIC, cell_text, kind_of, tone_of
from hotline_stats.report.plain import aligned

_STYLES: dict[Tone, str] = {"fall": "cyan", "rise": "yellow", "noise": "dim", "none": ""}
_SECTIONS = ("headline", "property", "service", "quality")
_WITH_TABLE = ("headline",)
_PARAGRAPHS = {"headline": 2, "property": 2, "service": 1, "quality": 1}


def render(document: Document, console: Console) -> None:
    """Print the summary. Every text is printed as text, whatever markup it looks like; off a terminal there is
    no colour, no box, and no line is cut or wrapped."""
    _say(console, document.title, "bold")
    _say(console, document.subtitle)
    for block in document.blocks:
        if isinstance(block, KeyFigures):
            _say(console, "")
            _key_figures(console, block)
    for section in _SECTIONS:
        _section(console, document, section)
    _say(console, "")
    _say(console, document.source, "dim")


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(Text(line, style), soft_wrap=not console.is_terminal, highlight=False)


def _section(console: Console, document: Document, section: str) -> None:
    blocks = document.section(section)
    left = _PARAGRAPHS[section]
    for block in blocks:
        if isinstance(block, Heading):
            _say(console, "")
            _say(console, block.text, "bold")
        elif isinstance(block, Paragraph) and left:
            left -= 1
            _say(console, block.text)
        elif isinstance(block, Table) and section in _WITH_TABLE:
            _table(console, block, document)


def _key_figures(console: Console, block: KeyFigures) -> None:
    if not console.is_terminal:
        for card in block.cards:
            _say(console, "  ".join(_card(card)))
        return
    grid = RichTable(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for i in range(4):
        grid.add_column(justify="right" if i == 1 else "left", no_wrap=i < 3, overflow="fold")
    for card in block.cards:
        label, value, change, note = _card(card)
        grid.add_row(Text(label), Text(value, "bold"), Text(change, _STYLES[card.tone]), Text(note, "dim"))
    console.print(grid)


def _card(card: Card) -> tuple[str, str, str, str]:
    return card.label, card.value, card.change, card.note


def _table(console: Console, block: Table, document: Document) -> None:
    if not console.is_terminal:
        _say(console, aligned(block, document.lang))
        return
    out = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=False)
    for column in block.columns:
        numeric = column.kind in NUMERIC
        out.add_column(
            Text(column.title), justify="right" if numeric else "left", no_wrap=numeric, overflow="fold"
        )
    for i, row in enumerate(block.rows):
        last = block.total_row and i == len(block.rows) - 1
        cells = []
        for cell, column in zip(row, block.columns, strict=True):
            judged = kind_of(cell, column.kind) == "verdict"
            style = _STYLES[tone_of(cell)] if judged else ""
            cells.append(Text(cell_text(cell, column.kind, document.lang), style))
        out.add_row(
            *cells, style="bold" if last else "", end_section=i == len(block.rows) - 2 and block.total_row
        )
    console.print(out)
