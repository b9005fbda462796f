"""The styles of a Word file: those of GB/T 9704, or a template's own."""

from typing import TYPE_CHECKING, NamedTuple

from hotline_stats.messages import Lang
from hotline_stats.reports.renderers import word_template
from hotline_stats.reports.renderers.word_page import MM, Page, field

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle

TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""Margins in mm."""
LINE = 28.0
_LATIN = "Times New Roman"
_HEI, _KAI, _FANG, _BIAO = "黑体", "楷体", "仿宋", "方正小标宋简体"
_INSTEAD = {_BIAO: "宋体", _FANG: "仿宋_GB2312", _KAI: "楷体_GB2312", _HEI: "SimHei", "宋体": "SimSun"}
"""What a machine takes that does not know a font by its name."""


class Look(NamedTuple):
    """East-Asian font, alignment, size, exact line (None: as high as what stands in it), space before and after, in
    points; an indent of the first line in characters."""

    font: str
    align: str
    size: float
    line: float | None = LINE
    before: float = 0
    after: float = 0
    indent: int = 0


_LOOKS = {
    "Normal": Look(_FANG, "left", 16),
    "Title": Look(_BIAO, "center", 22, 36, 0, 6),
    "Subtitle": Look(_KAI, "center", 14, LINE, 0, 10),
    "Heading 1": Look(_HEI, "left", 16, LINE, 10),
    "Heading 2": Look(_KAI, "left", 16, LINE, 4),
    "Body Text": Look(_FANG, "both", 16, indent=2),
    "Blank": Look(_FANG, "left", 16, indent=2),
    "List Bullet": Look(_FANG, "left", 14, 24),
    "Contents Title": Look(_HEI, "center", 14, LINE, 4),
    "toc 1": Look(_FANG, "left", 14, 24),
    "toc 2": Look(_FANG, "left", 14, 24),
    "Caption": Look(_HEI, "center", 12, None, 6, 4),
    "Table Text": Look(_FANG, "left", 10.5, None),
    "Table Note": Look(_FANG, "left", 10.5, None, 2, 8),
    "Picture": Look(_FANG, "center", 10.5, None, 8),
    "Source": Look(_FANG, "right", 12, None, 14),
}
_FLOWING = ("Normal", "Body Text", "Blank")
"""Styles that a template gives, or its Normal stands for."""


def start(lang: Lang, template: bytes | None) -> Page:
    """An empty file with all styles. With a template its page and the styles it has stay as they are, and what it
    lacks is in its own fonts.

    Raises ValueError for a template that is no .docx.
    """
    file = word_template.opened(template)
    known = {s.name for s in file.styles}
    for name, look in _LOOKS.items():
        if template is None:
            _dress(_style(file, name), name, look, lang, fonts=True)
        elif name not in known and name not in _FLOWING:
            _dress(_style(file, name), name, look, lang, fonts=False)
    if template is None:
        _paper(file)
        _page_numbers(file)
        _instead(file)
        _of_today(file)
    page = file.sections[-1]
    width = int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)
    height = int(page.page_height or 0) - int(page.top_margin or 0) - int(page.bottom_margin or 0)
    ids = {str(s.name): s.style_id for s in file.styles}
    normal = word_template.normal(file).style_id
    styles = {name: ids.get(name, normal) for name in _LOOKS}
    return Page(file, lang, styles, max(width / MM, 60.0), max(height / MM, 60.0), template is not None)


def _style(file: "WordFile", name: str) -> "ParagraphStyle":
    from docx.enum.style import WD_STYLE_TYPE
    from docx.styles.style import ParagraphStyle

    found = next((s for s in file.styles if s.name == name), None)
    if found is None:
        found = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        found.base_style = word_template.normal(file)
    assert isinstance(found, ParagraphStyle)
    return found


def _dress(style: "ParagraphStyle", name: str, look: Look, lang: Lang, *, fonts: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    bullet = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    for old in style.element.findall(qn("w:rPr")) + style.element.findall(qn("w:pPr")):
        style.element.remove(old)
    style.font.size = Pt(look.size)
    if fonts:
        style.font.name, style.font.color.rgb = _LATIN, RGBColor(0, 0, 0)
        named = style.element.rPr.rFonts
        named.set(qn("w:eastAsia"), look.font)
        named.set(qn("w:cs"), _LATIN)
        style.font.bold = lang == "en" if name.startswith("Heading") else None
        _language(style)
    _lay_out(style, name, look, lang, bulleted=bullet is not None)
    if bullet is not None:
        style.element.get_or_add_pPr()._insert_numPr(bullet)


def _language(style: "ParagraphStyle") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    spoken = f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN"/>'
    style.element.rPr.append(parse_xml(spoken))


def _lay_out(style: "ParagraphStyle", name: str, look: Look, lang: Lang, *, bulleted: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    layout = style.paragraph_format
    layout.widow_control = True
    layout.keep_with_next = name.startswith("Heading") or name in ("Picture", "Contents Title")
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    if look.line is None:
        layout.line_spacing = 1.0
    else:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    layout.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT, "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }["left" if look.align == "both" and lang == "en" else look.align]  # fmt: skip
    first = look.indent * look.size if lang == "zh" else 0
    layout.left_indent, layout.first_line_indent = Pt(0), Pt(first)
    if name == "List Bullet" and bulleted:
        layout.left_indent, layout.first_line_indent = Pt(look.size), Pt(-look.size)
    elif name == "toc 2":
        layout.left_indent = Pt(2 * look.size)
    else:
        style.element.pPr.find(qn("w:ind")).set(
            qn("w:firstLineChars"), str(100 * look.indent if first else 0)
        )
    if name.startswith("Heading"):
        level = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{int(name[-1]) - 1}"/>')
        style.element.pPr.append(level)


def _paper(file: "WordFile") -> None:
    from docx.shared import Mm

    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(TOP), Mm(BOTTOM)
    page.left_margin, page.right_margin = Mm(LEFT), Mm(RIGHT)
    page.footer_distance = Mm(28)


def _page_numbers(file: "WordFile") -> None:
    """— 1 — in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    foot = file.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("— ", None, " —"):
        run = foot.add_run(part or "")
        run.font.name, run.font.size = "宋体", Pt(14)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if part is None:
            field(run, "PAGE", "1")


def _instead(file: "WordFile") -> None:
    """Names the fonts with what stands in for each where it is not installed."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import nsdecls

    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _INSTEAD.items()
    )
    table = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    )
    for relation in file.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = table.encode("utf-8")


def _of_today(file: "WordFile") -> None:
    """Word of 2013 and later, not its compatibility mode."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    settings = file.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        uri = "http://schemas.microsoft.com/office/word"
        compat.append(
            parse_xml(
                f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
            )
        )
