"""The report as a Word file that an office can send on: layout after GB/T 9704, tables as tables, charts embedded."""

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_stats.errors import UsageError
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
from hotline_stats.reports.format import clean
from hotline_stats.reports.renderers import word_page, word_table
from hotline_stats.reports.renderers.repack import repacked
from hotline_stats.reports.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordFile

CONTENTS_FROM = 8
"""So many headings make a document long enough for a table of contents."""


def word(document: Document, pictures: Mapping[str, bytes], template: str | Path | None = None) -> bytes:
    """The bytes of a .docx. `pictures`: PNG by chart id; `template`: a .docx whose styles and page are used as they are,
    its text left out. The same report makes the same bytes.

    Raises UsageError `template-not-read`.
    """
    file = word_page.start(document.lang, None if template is None else _opened(template))
    words = Words(document.lang, "other")
    _properties(file, document)
    file.add_paragraph(clean(document.title), style="Title")
    file.add_paragraph(clean(document.subtitle), style="Subtitle")
    heads = [b for b in document.blocks if isinstance(b, (Heading, Blank))]
    if len(heads) >= CONTENTS_FROM:
        word_page.contents(file, words.say("contents"), heads)
    for block in document.blocks:
        _block(file, block, document, words, pictures)
    file.add_paragraph(clean(document.source), style="Source")
    raw = io.BytesIO()
    file.save(raw)
    return repacked(raw.getvalue())


def _opened(template: str | Path) -> bytes:
    try:
        return Path(template).read_bytes()
    except OSError as error:
        raise UsageError("template-not-read", file=str(template)) from error


def _properties(file: "WordFile", document: Document) -> None:
    """Title and maker; no clock and no name of a person."""
    known = file.core_properties
    known.title, known.subject = clean(document.title), clean(document.subtitle)
    known.author = known.last_modified_by = "hotline-stats"
    known.comments = known.keywords = ""
    known.language = word_page.LANGUAGES[document.lang]
    known.created = known.modified = datetime(2000, 1, 1)
    known.revision = 1


def _block(
    file: "WordFile", block: Block, document: Document, words: Words, pictures: Mapping[str, bytes]
) -> None:
    match block:
        case Heading():
            word_page.heading(file, block.id, clean(block.text), block.level, new_page=not block.numbered)
        case Blank():
            word_page.heading(file, block.id, clean(block.text), 1)
            for part, prompt in zip(block.parts, block.prompts, strict=True):
                word_page.heading(file, "", clean(part), 2)
                word_page.blank(file, clean(prompt))
        case Paragraph():
            file.add_paragraph(clean(block.text), style="Body Text")
        case KeyFigures():
            word_table.key_figures(file, block, words)
        case Table():
            caption = words.say("table-caption", n=block.number, caption=block.caption)
            file.add_paragraph(clean(caption), style="Caption").paragraph_format.keep_with_next = True
            word_table.table(file, block, document.lang)
            file.add_paragraph(clean(block.note), style="Table Note")
        case Figure():
            word_page.picture(file, pictures[block.chart.id], clean(block.alt))
            caption = words.say("figure-caption", n=block.number, caption=block.caption)
            file.add_paragraph(clean(caption), style="Caption")
        case Notes():
            _notes(file, block.items)


def _notes(file: "WordFile", items: Iterable[str]) -> None:
    for item in items:
        file.add_paragraph(clean(item), style="List Bullet")
