"""Word documents as bytes: real ones by python-docx, and archives that only look like one."""

import io
import zipfile
from collections.abc import Mapping

import docx

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Paragraphs, then a table."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive(body: str, main: str = "word/document.xml", more: Mapping[str, str] | None = None) -> bytes:
    """An archive whose text part has this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(
            main, f"<?xml version='1.0'?><w:document {SPACE}><w:body>{body}</w:body></w:document>"
        )
        for name, text in (more or {}).items():
            packed.writestr(name, text)
    return out.getvalue()


def run(text: str, around: str = "") -> str:
    """A run of text, inside an element when one is named."""
    made = f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:{around}>{made}</w:{around}>" if around else made
