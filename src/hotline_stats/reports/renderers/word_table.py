"""Tables of a Word file, written as XML at once: python-docx makes them cell by cell, which takes seconds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rich.cells import cell_len

from hotline_stats.messages import Lang
from hotline_stats.reports.document import KeyFigures, Table
from hotline_stats.reports.format import NUMERIC, cell_text, clean, kind_of
from hotline_stats.reports.renderers.word_page import WIDTH
from hotline_stats.reports.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordFile

TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""
SIZES = (10.5, 9.0, 8.0)
"""Points, tried in turn until no number has to wrap."""
_PADDING = 1.6
_RULE, _HAIR = 'w:val="single" w:sz="12" w:color="000000"', 'w:val="single" w:sz="4" w:color="9AA5B1"'
_Row = tuple[tuple[str, bool], ...]
"""Text of each cell, and whether it stands to the right."""


def table(file: "WordFile", found: Table, lang: Lang) -> None:
    """A table with a head that is repeated on every page, rows that do not break, and rules above and below."""
    head: _Row = tuple((clean(c.title), c.kind in NUMERIC) for c in found.columns)
    body: list[_Row] = [
        tuple(
            (cell_text(v, c.kind, lang), kind_of(v, c.kind) in NUMERIC)
            for v, c in zip(row, found.columns, strict=True)
        )
        for row in found.rows
    ]
    firm = [c.kind in NUMERIC for c in found.columns]
    _add(file, head, body, firm, found.total_row)


def key_figures(file: "WordFile", block: KeyFigures, words: Words) -> None:
    """Key figures as a table of four columns."""
    head: _Row = tuple((words.say(f"key-{k}"), False) for k in ("label", "value", "change", "note"))
    body: list[_Row] = [
        tuple((clean(text), False) for text in (c.label, c.value, c.change, c.note)) for c in block.cards
    ]
    _add(file, head, body, [False, True, True, False], False)
    file.add_paragraph("", style="Table Note")


def _add(file: "WordFile", head: _Row, body: Sequence[_Row], firm: Sequence[bool], total: bool) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    size, widths = _widths([head, *body], firm)
    style = next(s.style_id for s in file.styles if s.name == "Table Text")
    grid = "".join(f'<w:gridCol w:w="{round(w * TWIPS)}"/>' for w in widths)
    rows = [_row(head, widths, size, style, top=True, bold=True)]
    rows += [_row(row, widths, size, style, bold=total and i == len(body) - 1) for i, row in enumerate(body)]
    file.element.body.insert_element_before(
        parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr>"
            f'<w:tblW w:w="{round(sum(widths) * TWIPS)}" w:type="dxa"/><w:jc w:val="center"/>'
            f"<w:tblBorders><w:top {_RULE}/><w:bottom {_RULE}/><w:insideH {_HAIR}/></w:tblBorders>"
            '<w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        ),
        "w:sectPr",
    )


def _row(
    row: _Row, widths: Sequence[float], size: float, style: str, *, top: bool = False, bold: bool = False
) -> str:
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if top else "")
    strong = "<w:b/>" if bold else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if top else ""}'
        f'<w:jc w:val="{"right" if right else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{strong}<w:sz w:val="{round(2 * size)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for (text, right), width in zip(row, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _widths(rows: Sequence[_Row], firm: Sequence[bool]) -> tuple[float, list[float]]:
    """The size of the letters and the widths of the columns in mm: `firm` columns as wide as their widest cell, the
    others sharing what is left by need."""
    need = [max(cell_len(row[i][0]) for row in rows) for i in range(len(firm))]
    for size in SIZES:
        half = size / 2 * 0.3528
        wide = [n * half * 1.06 + 2 * _PADDING for n in need]
        fixed = sum(w for w, f in zip(wide, firm, strict=True) if f)
        loose = sum(w for w, f in zip(wide, firm, strict=True) if not f)
        if fixed + min(loose, WIDTH / 4) <= WIDTH or size == SIZES[-1]:
            break
    if fixed + loose <= WIDTH:
        return size, [w * WIDTH / (fixed + loose) for w in wide]
    share = max(WIDTH - fixed, WIDTH / 5)
    scaled = [w if f else w * share / loose for w, f in zip(wide, firm, strict=True)]
    return size, [w * WIDTH / sum(scaled) for w in scaled]
