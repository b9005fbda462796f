"""Page, styles and the simple parts of a Word file.

GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, title 二号, body 三号 仿宋 with two characters of indent and lines of
28 points, headings 黑体 and 楷体. Fonts are named and never embedded; a machine without them takes its own.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotline_stats.errors import UsageError
from hotline_stats.messages import Lang
from hotline_stats.reports.document import Blank, Heading

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle

LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-GB"}
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""Margins in mm."""
WIDTH = 210 - LEFT - RIGHT
LINE = 28.0
_LATIN = "Times New Roman"
_HEI, _KAI, _FANG, _BIAO = "黑体", "楷体", "仿宋", "方正小标宋简体"
_Style = tuple[str, str, float, float | None]
_STYLES: dict[str, _Style] = {
    # name: East-Asian font, alignment, size in points, exact line in points (None: as high as what stands in it)
    "Title": (_BIAO, "center", 22, 36),
    "Subtitle": (_KAI, "center", 14, LINE),
    "Heading 1": (_HEI, "left", 16, LINE),
    "Heading 2": (_KAI, "left", 16, LINE),
    "Body Text": (_FANG, "both", 16, LINE),
    "List Bullet": (_FANG, "both", 14, 24),
    "Caption": (_HEI, "center", 12, None),
    "Table Text": (_FANG, "left", 10.5, None),
    "Table Note": (_FANG, "left", 10.5, None),
    "Picture": (_FANG, "center", 10.5, None),
    "Blank": (_FANG, "left", 16, LINE),
    "Source": (_FANG, "right", 12, None),
    "Contents": (_FANG, "left", 14, 26),
}
_SPACE = {
    "Title": (0, 6), "Subtitle": (0, 10), "Heading 1": (10, 0), "Heading 2": (4, 0), "Caption": (6, 4),
    "Table Note": (2, 8), "Picture": (8, 0), "Source": (14, 0),
}  # fmt: skip
"""Points before and after."""


def start(lang: Lang, template: bytes | None) -> "WordFile":
    """An empty file with all styles. With a template its page and the styles it has stay as they are.

    Raises UsageError `template-not-read`."""
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml.ns import qn

    try:
        file = docx.Document(None if template is None else io.BytesIO(template))
    except (BadZipFile, OpcError, KeyError, ValueError) as error:
        raise UsageError("template-not-read", file="--template") from error
    body = file.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    known = {s.name for s in file.styles}
    for name, look in _STYLES.items():
        if template is None or name not in known:
            _dress(_style(file, name), name, look, lang)
    if template is None:
        _page(file)
        _page_numbers(file)
    return file


def _style(file: "WordFile", name: str) -> "ParagraphStyle":
    from docx.enum.style import WD_STYLE_TYPE
    from docx.styles.style import ParagraphStyle

    found = next((s for s in file.styles if s.name == name), None)
    style = found if found is not None else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    return style


def _dress(style: "ParagraphStyle", name: str, look: _Style, lang: Lang) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    eastern, align, size, line = look
    for old in style.element.findall(qn("w:rPr")) + style.element.findall(qn("w:pPr")):
        style.element.remove(old)
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), eastern)
    fonts.set(qn("w:cs"), _LATIN)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(spoken)
    layout = style.paragraph_format
    layout.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT, "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }["left" if align == "both" and lang == "en" else align]  # fmt: skip
    before, after = _SPACE.get(name, (0, 0))
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if line is not None:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    else:
        layout.line_spacing = 1.0
    layout.widow_control = True
    layout.keep_with_next = name.startswith("Heading") or name == "Picture"
    if name in ("Body Text", "Blank") and lang == "zh":
        layout.first_line_indent = Pt(2 * size)
    if name == "List Bullet":
        layout.left_indent, layout.first_line_indent = Pt(size), Pt(-size)
    if name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        style.element.pPr.append(level)
        style.font.bold = lang == "en"


def _page(file: "WordFile") -> None:
    from docx.shared import Mm

    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(TOP), Mm(BOTTOM)
    page.left_margin, page.right_margin = Mm(LEFT), Mm(RIGHT)
    page.footer_distance = Mm(28)


def _page_numbers(file: "WordFile") -> None:
    """— 1 — in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    foot = file.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("— ", None, " —"):
        run = foot.add_run(part or "")
        run.font.name, run.font.size = "宋体", Pt(14)
        if part is None:
            _field(run._r, "PAGE", "1")


def _field(run: object, instruction: str, shown: str) -> None:
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
        run.append(parse_xml(xml))  # type: ignore[attr-defined]


def heading(file: "WordFile", id_: str, text: str, level: int, *, new_page: bool = False) -> None:
    """A heading, with a bookmark by its id for the table of contents."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    placed = file.add_paragraph(text, style=f"Heading {level}")
    placed.paragraph_format.page_break_before = new_page or None
    if id_:
        number = len(file.element.body)
        ns = nsdecls("w")
        first = placed.runs[0]._r
        first.addprevious(parse_xml(f'<w:bookmarkStart {ns} w:id="{number}" w:name="{_mark(id_)}"/>'))
        first.addnext(parse_xml(f'<w:bookmarkEnd {ns} w:id="{number}"/>'))


def _mark(id_: str) -> str:
    return "section_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in id_)


def contents(file: "WordFile", title: str, heads: Sequence[Heading | Blank]) -> None:
    """A list of the sections with their pages, which Word and LibreOffice fill in."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt

    top = file.add_paragraph(title, style="Caption")
    top.paragraph_format.keep_with_next = True
    for head in heads:
        level = head.level if isinstance(head, Heading) else 1
        line = file.add_paragraph(style="Contents")
        line.paragraph_format.left_indent = Pt(14 * (level - 1))
        line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.add_run(head.text + "\t")
        _field(line.add_run()._r, f"PAGEREF {_mark(head.id)} \\h", "")
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def picture(file: "WordFile", png: bytes, alt: str) -> None:
    """A chart as wide as the text, or as high as the page allows, with words for those who cannot see it."""
    from docx.shared import Emu, Mm

    shape = file.add_paragraph(style="Picture").add_run().add_picture(io.BytesIO(png), width=Mm(WIDTH))
    highest = Mm(297 - TOP - BOTTOM - 20)
    if shape.height > highest:
        shape.width, shape.height = Emu(round(shape.width * highest / shape.height)), highest
    shape._inline.docPr.set("descr", alt)


def blank(file: "WordFile", prompt: str) -> None:
    """A marked place for the author's own words."""
    from docx.enum.text import WD_COLOR_INDEX

    file.add_paragraph(style="Blank").add_run(prompt).font.highlight_color = WD_COLOR_INDEX.YELLOW
