"""Damaged bytes, texts of two encodings, byte order marks inside, UTF-16 without one."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HEADER, csv_text, read, row

from hotline_stats.errors import InputError
from hotline_stats.intake import broken, encoding

ROWS = [HEADER, *(row(i) for i in range(1, 21))]
LINES = csv_text(ROWS, lineterminator="\n").splitlines(keepends=True)


def error(path: Path, **given_settings: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, **given_settings)
    assert caught.value.message("zh") and caught.value.hint("en")
    return caught.value


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def damaged(code: str, lines: set[int]) -> bytes:
    """LINES with a byte that is of no character, in the title of some lines."""
    return b"".join(
        t.encode(code).replace("标题".encode(code), "标题".encode(code) + b"\xff")
        if n in lines
        else t.encode(code)
        for n, t in enumerate(LINES, 1)
    )


@pytest.mark.parametrize("code", ["gb18030", "utf-8"])
@pytest.mark.parametrize(
    ("lines", "shown"), [({3}, "3"), ({3, 5, 9}, "3, 5, 9"), ({2, 4, 6, 8, 10, 12, 14}, "2, 4, 6, 8, 10 …")]
)
def test_broken_lines_are_listed(tmp_path: Path, code: str, lines: set[int], shown: str) -> None:
    bad = error(save(tmp_path / "a.csv", damaged(code, lines)))
    assert bad.code == "bad-encoding"
    assert (bad.facts["line"], bad.facts["lines"], bad.facts["n"]) == (min(lines), shown, len(lines))
    assert shown in str(bad) and str(len(lines)) in bad.message("zh")


@pytest.mark.parametrize("code", ["gb18030", "utf-8"])
@pytest.mark.parametrize("chunk", [300, 1 << 22])
def test_a_named_encoding_reads_broken_bytes_as_such_and_says_so(
    tmp_path: Path, code: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "CHUNK", chunk)
    monkeypatch.setattr(encoding, "HEAD", 256)
    got = read(save(tmp_path / "a.csv", damaged(code, {3, 20})), encoding=code)
    assert got.codes == [(3, "broken-bytes"), (20, "broken-bytes")]
    assert {f for _, _, _, f in got.found} == {""}
    assert [c[3] for _, c in got.cells if "\ufffd" in c[3]] == ["标题\ufffd2", "标题\ufffd19"]
    assert len(got.kept) == 20


def test_a_named_encoding_without_broken_bytes_has_no_findings(tmp_path: Path) -> None:
    for code in ("gb18030", "utf-8"):
        assert read(save(tmp_path / "a.csv", damaged(code, set())), encoding=code).codes == []


def test_a_wrong_encoding_is_an_error_and_no_findings(tmp_path: Path) -> None:
    gb = save(tmp_path / "a.csv", damaged("gb18030", {3}))
    assert error(gb, encoding="utf-8").code == "bad-encoding"
    utf8 = save(tmp_path / "b.csv", damaged("utf-8", set()))
    assert error(utf8, encoding="gb18030").code == "other-encoding"
    assert error(save(utf8, damaged("utf-8", {3})), encoding="gb18030").code == "other-encoding"
    ascii_header = "工单编号,受理时间,内容描述\n".encode()
    assert error(save(tmp_path / "c.csv", ascii_header * 2), encoding="gbk").code == "other-encoding"


CONTENT = "外来车辆乱停车，占了消防通道"


@pytest.mark.parametrize(
    ("first", "second"), [("gb18030", "utf-8"), ("utf-8", "gb18030"), ("utf-8-sig", "gb18030")]
)
@pytest.mark.parametrize("named", ["", "gb18030", "utf-8"])
def test_a_text_joined_of_two_encodings_is_refused(
    tmp_path: Path, first: str, second: str, named: str
) -> None:
    one = csv_text([HEADER, *(row(i, 内容描述=CONTENT) for i in range(1, 9))], lineterminator="\n")
    two = csv_text([row(i, 内容描述=CONTENT) for i in range(9, 12)], lineterminator="\n")
    bad = error(save(tmp_path / "a.csv", one.encode(first) + two.encode(second)), encoding=named)
    assert bad.code == "mixed-encodings"
    gb_first = first == "gb18030"
    assert bad.facts == {"file": "a.csv", "utf8": 10 if gb_first else 1, "gb18030": 1 if gb_first else 10}


def test_one_line_of_another_encoding_far_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broken, "CHUNK", 100)
    text = csv_text([HEADER, *(row(i, 内容描述=CONTENT) for i in range(1, 300))], lineterminator="\r").encode(
        "gb18030"
    )
    line = csv_text([row(300, 标题="", 内容描述=CONTENT)], lineterminator="\r").encode()
    bad = error(save(tmp_path / "a.csv", text + line))
    assert (bad.code, bad.facts["utf8"], bad.facts["gb18030"]) == ("mixed-encodings", 301, 1)


def test_genuine_gb18030_is_never_taken_for_two_encodings(tmp_path: Path) -> None:
    """Random characters of GB2312's second level, whose bytes look most like UTF-8."""
    rare = [bytes([a, b]).decode("gb2312", "ignore") for a in range(0xE4, 0xEA) for b in range(0xA1, 0xC0)]
    common = [bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF)]
    choose = random.Random(7)
    rows = [
        row(
            i,
            诉求标题="".join(choose.choices(rare + common, k=9)),
            内容描述="".join(choose.choices(common, k=40)),
        )
        for i in range(1, 2000)
    ]
    path = save(tmp_path / "a.csv", csv_text([HEADER, *rows]).encode("gb18030"))
    assert [c[4] for _, c in read(path).cells] == [r[4] for r in rows]


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(tmp_path: Path, code: str) -> None:
    rows = [
        HEADER,
        *(row(i, 内容描述="一丁七万一\n一" * 9) for i in range(1, 5)),
    ]  # U+4E00: zero bytes of its own
    got = read(save(tmp_path / "a.csv", csv_text(rows, delimiter="\t").encode(code)))
    assert (got.export.encoding, [c for _, c in got.cells]) == (code, rows[1:])


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(min_size=20, max_size=400))
def test_binary_is_not_taken_for_utf_16(content: bytes) -> None:
    """What is taken for it is ordinary text throughout."""
    code = encoding._unmarked_utf16(content)
    if code:
        text = content[: len(content) & ~1].decode(code)
        assert "\0" not in text and sum(c.isprintable() or c in "\t\r\n" for c in text) > 0.9 * len(text)


@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("chunk", [*range(301, 309), 1 << 22])
def test_marks_where_files_were_joined_are_dropped(
    tmp_path: Path, code: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "CHUNK", chunk)
    monkeypatch.setattr(encoding, "HEAD", 256)
    quoted = row(3, 内容描述="一，\n二")
    text = (
        csv_text(ROWS[:3])
        + "\ufeff"
        + csv_text([HEADER, quoted])
        + "\ufeff"
        + '"GD9",2024-01-05,,"a\n\ufeff,b",,\r\n'
    )
    content = text.encode("utf-8-sig" if code == "utf-8-sig" else code)
    got = read(save(tmp_path / "a.csv", content))
    assert got.codes == [(4, "header-again")]
    assert [c for _, c in got.cells] == [
        *ROWS[1:3],
        HEADER,
        quoted,
        ["GD9", "2024-01-05", "", "a\n,b", "", ""],
    ]
    assert [r["ticket_id"] for r in got.kept] == ["GD000001", "GD000002", "GD000003", "GD9"]


@pytest.mark.parametrize("size", range(1, 9))
def test_marks_are_dropped_wherever_the_chunks_end(size: int) -> None:
    data = "\ufeffa\n\ufeff\ufeffb\ufeff\r\n\ufeff\n\r\ufeffc\n".encode()
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    assert b"".join(encoding.without_marks(chunks)) == "a\nb\ufeff\r\n\n\rc\n".encode()
    broken_mark = [b"a\n\xef", b"\xbbb\n", b"\xef\xbb"]
    assert b"".join(encoding.without_marks(broken_mark)) == b"".join(broken_mark)
    assert b"".join(encoding.without_marks([b"a\r\n", encoding.codecs.BOM_UTF8])) == b"a\r\n"


def test_titles_and_header_again_in_a_joined_file(tmp_path: Path) -> None:
    part = ["12345热线工单导出,,,,,\n", "制表：某科\n", LINES[0], LINES[1]]
    got = read(save(tmp_path / "a.csv", "".join(part * 2).encode()))
    assert got.codes == [(5, "no-date"), (6, "no-date"), (7, "header-again")]
    assert [r["row"] for r in got.kept] == [4, 8]


@pytest.mark.parametrize(
    "header",
    [
        ["工单编号", "办结时间", "受理时间", "诉求标题", "内容描述", "综合满意度"],
        ["受理时间", "工单编号", "诉求标题"],
        ["序号", *HEADER],
    ],
)
def test_a_joined_file_whose_columns_change_is_refused(tmp_path: Path, header: list[str]) -> None:
    path = save(tmp_path / "a.csv", csv_text([*ROWS, header, *(row(i) for i in range(3))]).encode())
    bad = error(path)
    assert (bad.code, bad.facts["line"]) == ("header-changes", 22)


def test_another_name_for_a_column_changes_nothing(tmp_path: Path) -> None:
    again = ["工单号", "受理日期", "办结时间", "标题", "内容描述", "满意度"]
    got = read(save(tmp_path / "a.csv", csv_text([*ROWS, again, row(30)]).encode()))
    assert [n for n, _ in got.codes] == [22] and len(got.kept) == 21
