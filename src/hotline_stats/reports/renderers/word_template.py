"""A Word template: opened, and emptied of everything but its page, styles, heads and feet."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_stats.errors import UsageError

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle

_KEPT = ("styles", "numbering", "settings", "webSettings", "fontTable", "theme", "header", "footer")
"""Parts of a template that say how it looks. Comments, notes, pictures and links of its text go with the text."""


def read(template: str | Path) -> bytes:
    """The bytes of a template that can be used.

    Raises UsageError `template-not-read`."""
    try:
        raw = Path(template).read_bytes()
        opened(raw)
    except (OSError, ValueError) as error:
        raise UsageError("template-not-read", file=str(template)) from error
    return raw


def opened(template: bytes | None) -> "WordFile":
    """The template, or python-docx's own, without its text. Raises ValueError for what is no .docx."""
    import zlib
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    broken = (
        BadZipFile,
        OpcError,
        KeyError,
        AttributeError,
        XMLSyntaxError,
        zlib.error,
        EOFError,
        RuntimeError,
    )
    try:
        file = docx.Document(None if template is None else io.BytesIO(template))
        _emptied(file)
        normal(file)
    except broken as error:
        raise ValueError(str(error)) from error
    return file


def normal(file: "WordFile") -> "ParagraphStyle":
    """The style of a paragraph that names none; Word calls it Normal, other programs otherwise. Raises ValueError
    when there is none."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.styles.style import ParagraphStyle

    found = file.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(found, ParagraphStyle):
        raise ValueError("no paragraph style")
    return found


def _emptied(file: "WordFile") -> None:
    from docx.oxml.ns import qn

    if not len(file.sections):
        raise ValueError("no page")
    body = file.element.body
    last = body.sectPr
    for child in list(body):
        if child is not last:
            body.remove(child)
    if last is None:
        raise ValueError("no page")
    for tag in ("w:footnotePr", "w:endnotePr", "w:attachedTemplate"):
        for found in file.settings.element.findall(qn(tag)):
            file.settings.element.remove(found)
    thumbnail = (k for k, r in file.part.package.rels.items() if r.reltype.endswith("/thumbnail"))
    for key in list(thumbnail):
        del file.part.package.rels[key]
    used = set(last.xpath(".//@r:id"))
    for key, relation in list(file.part.rels.items()):
        what = relation.reltype.rpartition("/")[2]
        if what not in _KEPT or (what in ("header", "footer") and key not in used):
            del file.part.rels[key]
        elif what == "settings":
            relation.target_part.rels.clear()
