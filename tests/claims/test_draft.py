"""Reading drafts: texts, files of any encoding, Word documents, and everything that is none of them."""

import zipfile
from pathlib import Path
from time import process_time

import pytest
from docx_files import archive, document, run

import hotline_stats as hs
from hotline_stats.claims import read
from hotline_stats.claims.draft import MOST_CHARACTERS
from hotline_stats.errors import InputError

CLAIM = "由1368件降至1102件，下降17.5%"


def test_a_text_has_lines() -> None:
    found = hs.verify(f"标题\r\n\r\n{CLAIM}\n第四行{CLAIM}")
    assert [(c.paragraph, c.start) for c in found.claims] == [(3, 0), (4, 3)]
    assert (found.draft, found.unit) == ("", "line")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a"])
def test_files_of_any_encoding(encoding: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(f"标题\r\n{CLAIM}\r\n".encode(encoding))
    for given in (path, str(path)):
        found = hs.verify(given)
        assert [(c.paragraph, c.text, c.verdict) for c in found.claims] == [(2, CLAIM, "fails")]
        assert found.draft == name


def test_a_word_document_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "月报.docx"
    path.write_bytes(
        document(
            "一、总体情况", "", CLAIM, table=(("名称", "说明"), ("停车难", "由396件降至369件，下降6.8%"))
        )
    )
    found = hs.verify(path)
    assert [(c.paragraph, c.verdict) for c in found.claims] == [(3, "fails"), (7, "holds")]
    assert found.unit == "paragraph" and found.notes == ()


def test_tracked_changes_text_boxes_and_line_breaks() -> None:
    """What was inserted counts, what was deleted or moved away does not, a second form of a box is not read twice."""
    body = (
        f"<w:p>{run('由1368件')}{run('降至1000件', 'del')}{run('降至1102件', 'ins')}{run('降至9件', 'moveFrom')}"
        f"{run('，下降19.4%', 'hyperlink')}<w:r><w:delText>下降9%</w:delText><w:br/><w:t>第二行</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice><w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert paragraphs(archive(body)) == ["由1368件降至1102件，下降19.4%\n第二行", "框内"]


def paragraphs(raw: bytes) -> list[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(raw)
        return [text for _, text in read(path).paragraphs]


def test_footnotes_are_left_out_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(archive(f"<w:p>{run(CLAIM)}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"))
    found = hs.verify(path)
    assert found.notes == (("footnotes-left-out", 1),)
    assert "1" in found.remarks("en")[0] and found.to_dict()["notes"] == list(found.remarks("zh"))


def test_the_text_part_may_have_another_name(tmp_path: Path) -> None:
    relations = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type="
        "'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='/word/document2.xml'/>"
        "</Relationships>"
    )
    raw = archive(f"<w:p>{run(CLAIM)}</w:p>", "word/document2.xml", {"_rels/.rels": relations})
    assert paragraphs(raw) == [CLAIM]


UNUSABLE = {
    "empty.txt": (b"", "empty-draft"),
    "blank.md": ("\n 　\r\n".encode(), "empty-draft"),
    "empty.docx": (b"", "empty-draft"),
    "nothing.docx": (archive("<w:p/>"), "empty-draft"),
    "text.docx": (CLAIM.encode(), "draft-no-docx"),
    "broken.docx": (document(CLAIM)[:-300], "draft-no-docx"),
    "cut.docx": (b"PK\x03\x04" + b"x" * 500, "draft-no-docx"),
    "workbook.docx": (archive("", "xl/workbook.xml"), "draft-no-docx"),
    "unclosed.docx": (archive("<w:p>"), "draft-no-docx"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "draft-doc"),
    "encrypted.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "draft-doc"),
    "paper.pdf": (b"%PDF-1.7\n" + b"\x00\x01" * 50, "draft-not-text"),
    "rich.doc": (b"{\\rtf1 text}", "draft-not-text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "draft-not-text"),
    "binary.txt": (bytes(range(1, 256)) * 20, "bad-encoding"),
    "mixed.txt": ("第一行是国标编码的文字\n".encode("gb18030") + "第二行是统一码的文字\n".encode() * 3, "mixed-encodings"),
    "long.txt": (("字" * (MOST_CHARACTERS + 1)).encode(), "draft-too-large"),
    "long.docx": (archive(f"<w:p>{run('字' * (MOST_CHARACTERS + 1))}</w:p>"), "draft-too-large"),
    "one long blank.docx": (archive(" " * (1 << 27)), "draft-no-docx"),
    "bomb.docx": (archive(f"<w:p>{run(' ' * 1000)}</w:p>" * 40_000), "draft-too-large"),
    "many paragraphs.docx": (archive("<w:p/>" * 60_000), "draft-too-large"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_drafts(name: str, tmp_path: Path) -> None:
    raw, code = UNUSABLE[name]
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError) as error:
        hs.verify(path)
    assert (error.value.code, error.value.exit_code) == (code, 3)
    assert str(error.value)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A billion laughs take no time and no memory, and no file is read."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "由1368件"}">' for i in range(12))
    path = tmp_path / "laughs.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<!DOCTYPE w:document [{entities}<!ENTITY f SYSTEM "file:///etc/hostname">]><w:document '
            'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>a&e11;&f;b'
            "</w:t></w:r></w:p></w:body></w:document>",
        )
    started = process_time()
    try:
        assert [text for _, text in read(path).paragraphs] == ["ab"]
    except InputError as error:
        assert error.code == "draft-no-docx"
    assert process_time() - started < 5


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere.md", "nowhere.docx", "nowhere.doc", "月报.docx"])
def test_a_missing_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for given in (name, Path(name)):
        with pytest.raises(InputError) as error:
            hs.verify(given)
        assert error.value.code == "no-such-file"
    with pytest.raises(InputError):
        hs.verify(Path("nowhere"))


def test_a_folder_is_no_draft(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        hs.verify(tmp_path)
    assert error.value.code == "draft-not-text"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　"])
def test_an_empty_text(text: str) -> None:
    with pytest.raises(InputError) as error:
        hs.verify(text)
    assert error.value.code == "empty-draft"


@pytest.mark.parametrize(
    "text", ["下降19.4%\udcff", "下降19.4%\0", "x" * 5000 + "下降19.4%", "下降19.4%/" * 300]
)
def test_odd_texts(text: str) -> None:
    assert {c.verdict for c in hs.verify(text).claims} == {"cannot-check"}
