"""The summary of a report for a terminal: windows, key figures, the headline types and the account of rows."""

from dataclasses import replace
from itertools import takewhile

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from hotline_stats.reports.document import (
    Cell,
    Document,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Table,
    TableColumn,
    Tone,
)
from hotline_stats.reports.format import NUMERIC, cell_text, kind_of, tone_of
from hotline_stats.reports.plain import aligned
from hotline_stats.reports.words import Words

_STYLES: dict[Tone, str] = {"fall": "cyan", "rise": "yellow", "noise": "dim", "none": ""}
_SECTIONS = ("headline", "property", "service", "quality")
_WITH_TABLE = ("headline",)
_PARAGRAPHS = {"headline": 2, "property": 2, "service": 1, "quality": 1}


def render(document: Document, console: Console) -> None:
    """Print the summary. Every text is printed as text, whatever markup it looks like; off a terminal there is
    no colour, no box, and no line is cut or wrapped."""
    _say(console, document.title, "bold")
    _say(console, document.subtitle)
    words = Words(document.lang, "other")
    for block in takewhile(lambda b: not isinstance(b, Heading), document.blocks):
        if isinstance(block, KeyFigures):
            _say(console, "")
            _key_figures(console, block)
        elif isinstance(block, Notes):
            _say(console, "")
            for item in block.items:
                _say(console, words.say("note", note=item))
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
    """One line a figure; where the notes do not fit beside it, each stands below its figure."""
    parts = [(c.label, c.value, c.change) for c in block.cards]
    label, value, change = (max(cell_len(p[i]) for p in parts) for i in range(3))
    beside = label + value + change + 6 + max(cell_len(c.note) for c in block.cards)
    below = console.is_terminal and beside > console.width
    for card in block.cards:
        line = Text(_padded(card.label, label) + "  ")
        line.append(" " * (value - cell_len(card.value)) + card.value, "bold")
        line.append("  " + card.change, _STYLES[card.tone])
        if below:
            line.append("\n  ")
        elif card.note:
            line.append(" " * (change - cell_len(card.change)) + "  ")
        console.print(line.append(card.note, "dim"), soft_wrap=not console.is_terminal, highlight=False)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _table(console: Console, block: Table, document: Document) -> None:
    if not console.is_terminal:
        _say(console, aligned(block, document.lang))
        return
    block = _fitting(block, console.width, document)
    out = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in block.columns:
        numeric = column.kind in NUMERIC
        out.add_column(
            Text(column.title), justify="right" if numeric else "left", no_wrap=numeric, overflow="fold"
        )
    for i, row in enumerate(block.rows):
        last = block.total_row and i == len(block.rows) - 1
        cells = [_cell(cell, column, document) for cell, column in zip(row, block.columns, strict=True)]
        out.add_row(
            *cells, style="bold" if last else "", end_section=block.total_row and i == len(block.rows) - 2
        )
    console.print(out)


def _cell(cell: Cell, column: TableColumn, document: Document) -> Text:
    judged = kind_of(cell, column.kind) == "verdict"
    return Text(cell_text(cell, column.kind, document.lang), _STYLES[tone_of(cell)] if judged else "")


def _fitting(block: Table, width: int, document: Document) -> Table:
    """The table, without its intervals when it is too wide with them."""
    widest = max(map(cell_len, aligned(block, document.lang).splitlines())) + len(block.columns)
    keep = [i for i, c in enumerate(block.columns) if widest <= width or c.kind != "interval"]
    return replace(
        block,
        columns=tuple(block.columns[i] for i in keep),
        rows=tuple(tuple(row[i] for i in keep) for row in block.rows),
    )
