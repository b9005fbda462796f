"""Tables of a Word file, written as XML at once: python-docx makes them cell by cell, which takes seconds."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from rich.cells import cell_len

from hotline_stats.messages import Lang
from hotline_stats.reports.document import KeyFigures, Table
from hotline_stats.reports.format import NUMERIC, cell_text, clean, kind_of
from hotline_stats.reports.renderers.word_page import Page
from hotline_stats.reports.words import Words

TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""
SIZES = (10.5, 9.0, 8.0, 7.0)
"""Points, tried in turn until no number has to wrap."""
WHOLE = 9
"""A table of no more rows stays on one page."""
_MARGIN, _ABOVE = 0.8, 0.4
"""Of a cell left and right, and above and below, in mm; a text after a number is set in by twice the first."""
_SHORT, _FEW, _MANY = 10, 20, 44
"""Half characters: a column of texts no longer than the first does not wrap; the bounds of the least that longer texts
get."""
_LATIN, _BROAD = 0.4, 0.4
"""How much wider than half a Chinese character a Latin letter can be, bold and in a font that stands in, and the signs
beside numbers once more."""
_SIGNS = frozenset("+−%")
_RULE, _HAIR = 'w:val="single" w:sz="12" w:color="000000"', 'w:val="single" w:sz="4" w:color="9AA5B1"'


class Cell(NamedTuple):
    """What stands in a cell, and whether it stands to the right."""

    text: str
    right: bool = False


_Row = tuple[Cell, ...]


class _Grid(NamedTuple):
    """The columns of a table: size of the letters in points, widths in mm, and which are set in from the left."""

    size: float
    widths: Sequence[float]
    inset: Sequence[bool]


def table(page: Page, found: Table) -> None:
    """A table with a head that is repeated on every page, rows that do not break, and rules above and below."""
    head: _Row = tuple(Cell(clean(c.title), c.kind in NUMERIC) for c in found.columns)
    body: list[_Row] = [
        tuple(
            Cell(cell_text(v, c.kind, page.lang), kind_of(v, c.kind) in NUMERIC)
            for v, c in zip(row, found.columns, strict=True)
        )
        for row in found.rows
    ]
    _add(page, head, body, total=found.total_row)


def key_figures(page: Page, block: KeyFigures, words: Words) -> None:
    """Key figures as a table of four columns."""
    head: _Row = tuple(
        Cell(words.say(f"key-{k}"), k == "value") for k in ("label", "value", "change", "note")
    )
    body: list[_Row] = [
        (Cell(clean(c.label)), Cell(clean(c.value), True), Cell(clean(c.change)), Cell(clean(c.note)))
        for c in block.cards
    ]
    page.add(block.caption, "Caption").paragraph_format.keep_with_next = True
    _add(page, head, body, total=False)
    page.add("", "Table Note")


def _add(page: Page, head: _Row, body: Sequence[_Row], *, total: bool) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    grid = _grid(head, body, page.width)
    style = page.styles["Table Text"]
    columns = "".join(f'<w:gridCol w:w="{round(w * TWIPS)}"/>' for w in grid.widths)
    around = (("top", _ABOVE), ("left", _MARGIN), ("bottom", _ABOVE), ("right", _MARGIN))
    margins = "".join(f'<w:{side} w:w="{round(mm * TWIPS)}" w:type="dxa"/>' for side, mm in around)
    rows = [_row(head, grid, style, page.lang, "head", keep=True)]
    last = len(body) - 1
    for i, row in enumerate(body):
        part = "total" if total and i == last else ""
        keep = i < last and (len(body) <= WHOLE or i < 2 or i >= last - 3)
        rows.append(_row(row, grid, style, page.lang, part, keep=keep or i == last))
    page.file.element.body.insert_element_before(
        parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr>"
            f'<w:tblW w:w="{round(sum(grid.widths) * TWIPS)}" w:type="dxa"/><w:jc w:val="center"/>'
            f"<w:tblBorders><w:top {_RULE}/><w:bottom {_RULE}/><w:insideH {_HAIR}/></w:tblBorders>"
            '<w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar>"
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        ),
        "w:sectPr",
    )


def _row(row: _Row, grid: _Grid, style: str, lang: Lang, part: str, *, keep: bool) -> str:
    """A row as XML; `part` is head, total or nothing."""
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if part == "head" else "")
    cells = "".join(
        _cell(cell, (width, inset), (grid.size, style, lang), bold=bool(part), keep=keep)
        for cell, width, inset in zip(row, grid.widths, grid.inset, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(
    cell: Cell, column: tuple[float, bool], look: tuple[float, str, Lang], *, bold: bool, keep: bool
) -> str:
    (width, inset), (size, style, lang) = column, look
    eastern = '<w:rFonts w:hint="eastAsia"/>' if lang == "zh" and not cell.right else ""
    indent = f'<w:ind w:left="{round(2 * _MARGIN * TWIPS)}"/>' if inset and not cell.right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}{indent}'
        f'<w:jc w:val="{"right" if cell.right else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{eastern}{"<w:b/>" if bold else ""}<w:sz w:val="{round(2 * size)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r></w:p></w:tc>'
    )


def _grid(head: _Row, body: Sequence[_Row], space: float) -> _Grid:
    """Columns of numbers and of short texts as wide as their widest cell, the others sharing what is left by need,
    in the largest letters in which that works. The titles of columns may wrap between words."""
    columns = range(len(head))
    titles = [max((_halves(w) for w in head[i].text.split()), default=0) * 1.1 + 0.5 for i in columns]
    need = [max([titles[i], *(_halves(row[i].text) + 0.5 for row in body)]) for i in columns]
    firm = [all(r[i].right for r in body[-1:]) or need[i] <= _SHORT + 1 for i in columns]
    inset = [i > 0 and head[i - 1].right and not head[i].right for i in columns]
    for size in SIZES:
        half = size / 2 * 0.3528
        around = [2 * _MARGIN + (2 * _MARGIN if inset[i] else 0) for i in columns]
        wide = [need[i] * half + around[i] for i in columns]
        least = [wide[i] if firm[i] else _least(need[i]) * half + around[i] for i in columns]
        if sum(least) <= space:
            break
    if sum(wide) <= space:
        return _Grid(size, [w * space / sum(wide) for w in wide], inset)
    if sum(least) > space:
        return _Grid(size, [w * space / sum(least) for w in least], inset)
    more = [w - m for w, m in zip(wide, least, strict=True)]
    left = (space - sum(least)) / sum(more)
    return _Grid(size, [m + left * x for m, x in zip(least, more, strict=True)], inset)


def _least(need: float) -> float:
    """The least that a column of long texts gets: a third of its longest, within bounds."""
    return min(need, max(_FEW, min(need / 3, _MANY)))


def _halves(text: str) -> float:
    """The width in half Chinese characters, with some to spare for Latin letters."""
    full = cell_len(text)
    narrow = 2 * len(text) - full
    return full + max(narrow, 0) * _LATIN + sum(c in _SIGNS for c in text) * _BROAD
