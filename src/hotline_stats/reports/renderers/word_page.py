"""Page, styles and the simple parts of a Word file.

GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, title 二号, body 三号 仿宋 with two characters of indent and lines of
28 points, headings 黑体 and 楷体. Fonts are named and never embedded; a machine without them takes its own.
"""

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hotline_stats.messages import Lang
from hotline_stats.reports.format import clean, writable

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_WIDE = re.compile("([“”‘’—…]+)")
"""Marks that Word sets in the Latin font, half as wide as Chinese ones, unless it is told otherwise."""
MM = 36000
"""EMU in a millimetre, the unit of lengths in the file."""


class Page(NamedTuple):
    """A Word file in the making. `styles`: ids by name, since python-docx looks through all for each paragraph; `width`,
    `height`: of the text, in mm; `templated`: on somebody's own styles."""

    file: "WordFile"
    lang: Lang
    styles: Mapping[str, str]
    width: float
    height: float
    templated: bool

    def add(self, text: str, style: str) -> "Paragraph":
        """A paragraph of text, which is never markup."""
        placed = self.file.add_paragraph()
        placed._p.style = self.styles[style]
        for run in spoken(writable(text), self.lang):
            written = placed.add_run(run)
            if self.lang == "zh" and _WIDE.match(run):
                eastern(written)
        return placed


def spoken(text: str, lang: Lang) -> list[str]:
    """The text in pieces, the marks that need the Chinese font by themselves."""
    return [piece for piece in (_WIDE.split(text) if lang == "zh" else [text]) if piece]


def eastern(run: "Run") -> None:
    """Sets the marks of this run in the Chinese font."""
    from docx.oxml.ns import qn

    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def heading(page: Page, id_: str, text: str, level: int, *, new_page: bool = False) -> None:
    """A heading, with a bookmark by its id for the table of contents. It carries its number in its text, so that a
    template's own numbering is put out."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    placed = page.add(text, f"Heading {level}")
    placed.paragraph_format.page_break_before = new_page or None
    ns = nsdecls("w")
    if page.templated:
        numbered = placed._p.get_or_add_pPr().get_or_add_numPr()
        numbered.append(parse_xml(f'<w:numId {ns} w:val="0"/>'))
    number = len(page.file.element.body)
    runs = placed.runs
    runs[0]._r.addprevious(parse_xml(f'<w:bookmarkStart {ns} w:id="{number}" w:name="{_mark(id_)}"/>'))
    runs[-1]._r.addnext(parse_xml(f'<w:bookmarkEnd {ns} w:id="{number}"/>'))


def _mark(id_: str) -> str:
    return "_Toc_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in id_)


class Entry(NamedTuple):
    """A line of the table of contents: the heading's id, level and text."""

    id: str
    level: int
    text: str


def contents(page: Page, title: str, entries: Sequence[Entry]) -> None:
    """A list of the sections with their pages, which Word and LibreOffice fill in."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    page.add(title, "Contents Title")
    for entry in entries:
        line = page.add("", f"toc {entry.level}")
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(page.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.add_run(clean(entry.text) + "\t")
        field(line.add_run(), f"PAGEREF {_mark(entry.id)} \\h", "")


def field(run: "Run", instruction: str, shown: str) -> None:
    """A value that Word fills in, such as a page number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    ns = nsdecls("w")
    for xml in (
        f'<w:fldChar {ns} w:fldCharType="begin" w:dirty="true"/>',
        f'<w:instrText {ns} xml:space="preserve"> {instruction} </w:instrText>',
        f'<w:fldChar {ns} w:fldCharType="separate"/>',
        f"<w:t {ns}>{shown}</w:t>",
        f'<w:fldChar {ns} w:fldCharType="end"/>',
    ):
        run._r.append(parse_xml(xml))


def picture(page: Page, png: bytes, alt: str) -> None:
    """A chart as wide as the text, or as high as the page allows, with words for those who cannot see it."""
    from docx.shared import Emu, Mm

    placed = page.add("", "Picture")
    shape = placed.add_run().add_picture(io.BytesIO(png), width=Mm(page.width))
    highest = Mm(page.height - 20)
    if shape.height > highest:
        shape.width, shape.height = Emu(round(shape.width * highest / shape.height)), highest
    shape._inline.docPr.set("descr", clean(alt))


def blank(page: Page, prompt: str) -> None:
    """A marked place for the author's own words."""
    from docx.enum.text import WD_COLOR_INDEX

    for run in page.add(prompt, "Blank").runs:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
