"""report.docx: laid out after GB/T 9704, whole when read again, on a template's own styles."""

import io
import re
import zipfile

import docx
import office
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hotline_stats.errors import UsageError
from hotline_stats.reports.document import Blank, Figure, Heading, Notes, Table
from hotline_stats.reports.formats import wanted
from hotline_stats.reports.renderers.word import word


@pytest.fixture(scope="module")
def raw(document):
    return word(document, office.pictures(document))


@pytest.fixture(scope="module")
def file(raw):
    return docx.Document(io.BytesIO(raw))


def styles(file):
    return [p.style.name for p in file.paragraphs]


def test_page_and_fonts(file):
    page = file.sections[0]
    assert [round(v.mm) for v in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(v.mm) for v in margins] == [37, 35, 28, 26]
    fonts = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体", "Body Text": "仿宋"}
    for name, font in fonts.items():
        assert file.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == font
    body = file.styles["Body Text"]
    assert body.font.size == Pt(16) and body.paragraph_format.line_spacing == Pt(28)
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert "PAGE" in page.footer._element.xml


def test_title_contents_and_headings(file, document):
    assert file.paragraphs[0].text == document.title and file.paragraphs[1].text == document.subtitle
    heads = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert heads == [b.text for b in document.blocks if getattr(b, "level", 0) == 1 or isinstance(b, Blank)]
    listed = [p for p in file.paragraphs if p.style.name == "toc 1"]
    assert [p.text.partition("\t")[0] for p in listed] == heads
    marks = set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', file.element.xml))
    wants = re.findall(r"PAGEREF (\w+)", file.element.xml)
    assert len(wants) == len(heads) and set(wants) <= marks


def test_tables_have_a_caption_above_and_a_head_that_is_repeated(file, document):
    blocks = [e.tag.rpartition("}")[2] for e in file.element.body]
    tables = [i for i, tag in enumerate(blocks) if tag == "tbl"]
    assert len(tables) == 1 + sum(isinstance(b, Table) for b in document.blocks)
    assert all(blocks[i - 1] == "p" for i in tables)
    for i in tables:
        above = file.element.body[i - 1]
        assert above.pPr.pStyle.val == file.styles["Caption"].style_id
        assert above.pPr.find(qn("w:keepNext")) is not None
    for table in file.element.body.iter(qn("w:tbl")):
        rows = list(table.iter(qn("w:tr")))
        assert [r.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for r in rows] == [
            True, *[False] * (len(rows) - 1),
        ]  # fmt: skip
        widths = [int(c.get(qn("w:w"))) for c in table.iter(qn("w:gridCol"))]
        assert sum(widths) <= Mm(157) / 635


def test_figures_have_a_caption_below_and_words_instead(file, document):
    shown = [b for b in document.blocks if isinstance(b, Figure)]
    assert [s._inline.docPr.get("descr") for s in file.inline_shapes] == [f.alt for f in shown]
    named = styles(file)
    assert all(named[i + 1] == "Caption" for i, s in enumerate(named) if s == "Picture")


def test_what_the_author_writes_is_marked(file):
    blanks = [p for p in file.paragraphs if p.style.name == "Blank"]
    assert len(blanks) == 2 and all(p.text.startswith("【请填写") for p in blanks)
    assert all(run.font.highlight_color for p in blanks for run in p.runs)


def test_definitions_are_an_annex_on_a_page_of_their_own(file, document):
    head = next(p for p in file.paragraphs if p.text == "附件：口径说明" and p.style.name == "Heading 1")
    assert head.paragraph_format.page_break_before
    notes = next(b for b in document.section("method") if isinstance(b, Notes)).items
    assert [p.text for p in file.paragraphs if p.style.name == "List Bullet"][-len(notes) :] == list(notes)


def test_same_bytes_again_and_no_clock(raw, document):
    assert word(document, office.pictures(document)) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        assert {m.date_time for m in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in members.read("docProps/core.xml")


def test_english(plain):
    file = docx.Document(io.BytesIO(word(plain["en"], {})))
    assert [p.text for p in file.paragraphs if p.style.name == "Heading 1"][-1] == "Annex: definitions"
    assert file.styles["Body Text"].paragraph_format.first_line_indent == 0


@pytest.fixture
def template(tmp_path):
    """An office's own file: a narrow page, a Heading 1 with numbering, a letterhead, and a text that must not stay."""
    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.left_margin, page.right_margin = Mm(210), Mm(40), Mm(40)
    page.header.paragraphs[0].text = "某街道办事处"
    file.styles["Heading 1"].font.name = "隶书"
    file.styles["Normal"].font.name = "等线"
    for name in ("Body Text", "Caption", "List Bullet"):
        file.styles.element.remove(file.styles[name].element)
    file.add_paragraph("旧报告的正文，居民张某某")
    file.add_picture(io.BytesIO(office.png(9, 9)))
    path = tmp_path / "模板.docx"
    file.save(path)
    return path


def test_a_template_gives_page_and_styles_and_not_its_text(template, document):
    raw = word(document, office.pictures(document), wanted(["docx"], template).template)
    file = docx.Document(io.BytesIO(raw))
    assert file.sections[0].header.paragraphs[0].text == "某街道办事处"
    assert round(file.sections[0].left_margin.mm) == 40
    assert file.styles["Heading 1"].font.name == "隶书" and file.styles["Normal"].font.name == "等线"
    assert "Body Text" not in {s.name for s in file.styles}
    assert file.styles["Caption"].font.name is None  # in the template's own font
    assert "张某某" not in file.element.xml
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        pictures = [members.read(n) for n in members.namelist() if n.startswith("word/media/")]
    assert office.png(9, 9) not in pictures
    for table in file.element.body.iter(qn("w:tbl")):
        assert sum(int(c.get(qn("w:w"))) for c in table.iter(qn("w:gridCol"))) <= Mm(131) / 635
    assert office.word_tables(raw) == office.word_tables(word(document, office.pictures(document)))


def test_a_template_may_call_its_normal_style_otherwise(template, plain):
    file = docx.Document(template)
    file.styles["Normal"].element.name_val = "normal"
    file.save(template)
    again = docx.Document(io.BytesIO(word(plain["zh"], {}, wanted(["docx"], template).template)))
    assert {p.style.name for p in again.paragraphs} >= {"normal", "Caption", "Heading 1"}


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return out.getvalue()


def broken(place: str, text: str) -> bytes:
    """An empty Word file with one member replaced."""
    given, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(given)
    with zipfile.ZipFile(given) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == place else old.read(name))
    return out.getvalue()


BAD = {
    "text": b"not a Word file",
    "empty": b"",
    "legacy": bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600,
    "zip": zipped(a="b"),
    "no-xml": broken("word/document.xml", "<w:document"),
    "other-xml": broken("word/document.xml", "<a/>"),
    "no-styles": broken(
        "word/styles.xml",
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    ),
    "no-types": broken("[Content_Types].xml", ""),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_template_is_named(kind, tmp_path):
    path = tmp_path / "t.docx"
    path.write_bytes(BAD[kind])
    with pytest.raises(UsageError) as caught:
        wanted(["docx"], path)
    assert caught.value.code == "template-not-read" and "t.docx" in str(caught.value)


def test_a_missing_template_is_named(tmp_path):
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(UsageError) as caught:
            wanted(["docx"], path)
        assert caught.value.code == "template-not-read"


def test_headings_of_every_level_have_bookmarks_of_their_own(file, document):
    ids = re.findall(r'w:bookmarkStart w:id="(\d+)"', file.element.xml)
    levels = sum(isinstance(b, Heading) for b in document.blocks) + 3
    assert len(ids) == len(set(ids)) == levels
