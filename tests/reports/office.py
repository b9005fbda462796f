"""Reading the Office files of a report again: tables of a Word file, cells of a workbook, pipe tables of Markdown."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn

from hotline_stats.reports.document import Document, Table
from hotline_stats.reports.renderers.excel_sheet import TWOFOLD


def png(width: int = 8, height: int = 4) -> bytes:
    """A white picture, where only its place matters."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = (b"\x00" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def pictures(document: Document) -> dict[str, bytes]:
    return {f.chart.id: png() for f in document.figures}


def word_tables(raw: bytes) -> list[list[list[str]]]:
    """Every table of a Word file as rows of texts."""
    body = docx.Document(io.BytesIO(raw)).element.body
    return [
        [
            ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in tr.iter(qn("w:tc"))]
            for tr in tbl.iter(qn("w:tr"))
        ]
        for tbl in body.iter(qn("w:tbl"))
    ]


def sheets(raw: bytes, document: Document) -> Iterator[tuple[Table, list[list[Any]]]]:
    """Each table of a document beside the cells of its sheet, from the head down to its last row."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    tables = [b for b in document.blocks if isinstance(b, Table)]
    assert len(book.worksheets) == 1 + len(tables)
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        width = sum(2 if c.kind in TWOFOLD else 1 for c in table.columns)
        rows = sheet.iter_rows(min_row=2, max_row=2 + len(table.rows), max_col=width)
        yield table, [list(row) for row in rows]


def md_tables(text: str) -> list[list[list[str]]]:
    """Every pipe table as rows of texts, its rule left out."""
    found: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
            inside = True
        if not re.fullmatch(r"\|( -{3}:? \|)+", line):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found[-1].append([re.sub(r"\\(.)", r"\1", c.strip()) for c in cells])
    return found
