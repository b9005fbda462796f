"""The report as a Word file that an office can send on: layout after GB/T 9704, tables as tables, charts embedded."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

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
from hotline_stats.reports.format import clean
from hotline_stats.reports.renderers import word_page, word_style, word_table
from hotline_stats.reports.renderers.repack import repacked
from hotline_stats.reports.renderers.word_page import Entry, Page
from hotline_stats.reports.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordFile

CONTENTS_FROM = 8
"""So many headings make a document long enough for a table of contents."""
_CONTENTS_MOST = 14
"""With more lines than this the table of contents lists the sections alone, not their parts."""
_LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-GB"}


def word(document: Document, pictures: Mapping[str, bytes], template: bytes | None = None) -> bytes:
    """The bytes of a .docx. `pictures`: PNG by chart id; `template`: a .docx whose styles and page are used as they
    are, its text left out. The same report makes the same bytes.

    Raises ValueError for a template that is no .docx.
    """
    page = word_style.start(document.lang, template)
    words = Words(document.lang, "other")
    _properties(page.file, document)
    page.add(document.title, "Title")
    page.add(document.subtitle, "Subtitle")
    entries = _entries(document)
    if len(entries) >= CONTENTS_FROM:
        short = [e for e in entries if e.level == 1]
        word_page.contents(page, words.say("contents"), entries if len(entries) <= _CONTENTS_MOST else short)
    for block in document.blocks:
        _block(page, block, words, pictures)
    page.add(document.source, "Source")
    raw = io.BytesIO()
    page.file.save(raw)
    return repacked(raw.getvalue())


def _properties(file: "WordFile", document: Document) -> None:
    """Title and maker; no clock and no name of a person."""
    known = file.core_properties
    known.title, known.subject = clean(document.title)[:255], clean(document.subtitle)[:255]
    known.author = known.last_modified_by = "hotline-stats"
    known.comments = known.keywords = known.category = ""
    known.language = _LANGUAGES[document.lang]
    known.created = known.modified = datetime(2000, 1, 1)
    known.revision = 1


def _entries(document: Document) -> list[Entry]:
    """Every heading of the document, also those of the parts that its reader writes."""
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(Entry(block.id, block.level, block.text))
        elif isinstance(block, Blank):
            found.append(Entry(block.id, 1, block.text))
            found += [Entry(f"{block.id}-{i}", 2, part) for i, part in enumerate(block.parts)]
    return found


def _block(page: Page, block: Block, words: Words, pictures: Mapping[str, bytes]) -> None:
    match block:
        case Heading():
            word_page.heading(page, block.id, block.text, block.level, new_page=not block.numbered)
        case Blank():
            word_page.heading(page, block.id, block.text, 1)
            for i, (part, prompt) in enumerate(zip(block.parts, block.prompts, strict=True)):
                word_page.heading(page, f"{block.id}-{i}", part, 2)
                word_page.blank(page, prompt)
        case Paragraph():
            page.add(block.text, "Body Text")
        case KeyFigures():
            word_table.key_figures(page, block, words)
        case Table():
            caption = words.say("table-caption", n=block.number, caption=block.caption)
            page.add(caption, "Caption").paragraph_format.keep_with_next = True
            word_table.table(page, block)
            page.add(block.note, "Table Note")
        case Figure():
            word_page.picture(page, pictures[block.chart.id], block.alt)
            page.add(words.say("figure-caption", n=block.number, caption=block.caption), "Caption")
        case Notes():
            for item in block.items:
                page.add(item, "List Bullet")
