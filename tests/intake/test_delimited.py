"""Text files: encodings, headers, rows and lines, each against what was written."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HEADER, csv_text, read, row, write

from hotline_stats.errors import InputError
from hotline_stats.intake import delimited, open_exports
from hotline_stats.settings import IntakeSettings

ROWS = [HEADER, *(row(i) for i in range(1, 6))]
QUIET = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def error(path: Path, **given_settings: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, **given_settings)
    assert caught.value.message("zh") and caught.value.hint("en")
    return caught.value


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, written: str, told: str, delimiter: str) -> None:
    got = read(write(tmp_path / "a.csv", ROWS, written, delimiter=delimiter))
    assert (got.export.encoding, got.export.delimiter) == (told, delimiter)
    assert [cells for _, cells in got.cells] == ROWS[1:]
    assert [n for n, _ in got.cells] == [2, 3, 4, 5, 6]


def test_utf_16_big_endian_with_a_cell_over_lines(tmp_path: Path) -> None:
    rows = [*ROWS, row(6, 内容描述="∢一\n二")]  # U+2222 has the byte of a quote, twice
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xfe\xff" + csv_text(rows).encode("utf-16-be"))
    got = read(path)
    assert got.export.encoding == "utf-16-be"
    assert [cells for _, cells in got.cells] == rows[1:]


def test_encoding_is_decided_over_the_whole_file(tmp_path: Path) -> None:
    plain = [
        ["ticket_id", "accepted_at", "content"],
        *([f"{i}", "2024-01-05", "ascii " * 50] for i in range(2000)),
    ]
    rows = [*plain, ["9", "2024-01-05", "䶮㛃很长的一段文字"]]
    for written in ("utf-8", "gb18030"):
        got = read(write(tmp_path / "a.csv", rows, written))
        assert (got.export.encoding, got.cells[-1][1]) == (written, rows[-1])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("\ufeff".encode() + csv_text(ROWS).encode() + b"\xff\xff,2024\n", 7),  # the mark says UTF-8
        (csv_text(ROWS).encode("gb18030") + b"a,2024-01-05,\xff\n", 7),
        (csv_text(ROWS, lineterminator="\r").encode("gb18030") + b"a,2024-01-05,\xff\n", 7),
        (
            csv_text(ROWS).encode("gb18030") + "尾".encode("gb18030")[:1],
            7,
        ),  # cut in the middle of a character
        (csv_text([*ROWS, row(6, 内容描述="一\n\n二"), ["\ue000"]]).encode("utf-8") + b"\x80\n", 11),
    ],
)
def test_bytes_of_no_encoding_are_one_error_with_the_line(tmp_path: Path, content: bytes, line: int) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    bad = error(tmp_path / "a.csv")
    assert (bad.code, bad.facts["line"]) == ("bad-encoding", line)


def test_a_named_encoding_is_used_and_its_errors_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROWS, "hz")
    assert [c for _, c in read(path, encoding="hz").cells] == ROWS[1:]
    gb = write(tmp_path / "g.csv", ROWS, "gb18030")
    assert error(gb, encoding="utf-8").facts == {
        "file": "g.csv",
        "encoding": "utf-8",
        "line": 1,
        "lines": "1, 2, 3, 4, 5 …",
        "n": 6,
    }
    assert read(write(tmp_path / "b.csv", ROWS, "utf-8-sig"), encoding="UTF8").cells[0] == (2, ROWS[1])
    assert read(write(tmp_path / "c.csv", ROWS, "utf-16"), encoding="utf-16").cells[0] == (2, ROWS[1])
    for unmarked in ("utf-8-sig", "utf-16-le"):
        path = write(tmp_path / "u.csv", ROWS, unmarked.removesuffix("-sig"))
        assert [c for _, c in read(path, encoding=unmarked).cells] == ROWS[1:]
    euro = [*ROWS, row(9, 内容描述="䶮")]  # beyond GBK
    assert read(write(tmp_path / "d.csv", euro, "gb18030"), encoding="gbk").cells[-1][1] == euro[-1]


@pytest.mark.parametrize(
    ("above", "header_row"),
    [
        ("", 1),
        ("12345热线工单导出\n", 2),
        ("12345热线工单导出,,,,,\n制表：某科,,,\n\n", 4),
        ('"说明：\n本表含全部工单",,\n\n', 4),
        ("一,二,三\n" * 20, 21),
    ],
)
def test_header_is_found_under_titles_and_notes(tmp_path: Path, above: str, header_row: int) -> None:
    (tmp_path / "a.csv").write_text(above + csv_text(ROWS, lineterminator="\n"), "utf-8")
    got = read(tmp_path / "a.csv")
    assert got.export.header_row == header_row
    first = header_row + 1
    assert got.cells[0] == (first, ROWS[1]) and len(got.kept) == 5


def test_header_below_the_rows_searched_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("注,释\n" * 3 + csv_text(ROWS), "utf-8")
    assert error(tmp_path / "a.csv", header_rows=2).code == "no-header"
    assert len(read(tmp_path / "a.csv", header_rows=3).kept) == 5


def test_header_cells_as_people_write_them(tmp_path: Path) -> None:
    header = [" 工单 编号", "受理\n时间", "办结时间（必填）", "", "内容描述", "内容描述", "*综合满意度："]
    path = write(tmp_path / "a.csv", [header, ["1", "2024-01-05", "", "?", "文", "其他", "满意"]])
    got = read(path)
    assert got.export.header.cells[1] == "受理 时间"
    assert got.export.header.columns == (
        "ticket_id",
        "accepted_at",
        "closed_at",
        "",
        "content",
        "",
        "satisfaction",
    )
    assert got.export.header.unmapped == ("内容描述",)
    assert (got.parts[0].content.to_pylist(), got.kept[0]["satisfaction"], got.kept[0]["row"]) == (
        ["文"],
        "satisfied",
        3,
    )


def test_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    text = (
        '题,,,,,\n工单编号,受理时间,办结时间,诉求标题,内容描述,综合满意度\n'
        '1,2024-01-05,,"a\nb","c\r\nd\re",满意\n'  # lines 3–6
        "\n"  # 7
        "2,2024-01-06,,短\n"  # 8
        '3,2024-01-07,,长,"x\ny",满意,多\n'  # 9–10
        "\r\n"  # 11
        "4,2024-01-08,,,,满意\r"  # 12
        "5,昨天,,,,\n"  # 13
        '合计,,,,"",5'  # 14, without a line end
    )  # fmt: skip
    (tmp_path / "a.csv").write_bytes(text.encode())
    got = read(tmp_path / "a.csv")
    assert [r["row"] for r in got.kept] == [3, 8, 12]
    assert got.codes == [
        (7, "blank-row"), (8, "short-row"), (9, "long-row"), (11, "blank-row"), (13, "bad-date"), (14, "total-row"),
    ]  # fmt: skip
    assert got.cells[0][1][3:5] == ["a\nb", "c\r\nd\re"]


def test_a_return_and_a_feed_in_two_cells_are_two_line_ends(tmp_path: Path) -> None:
    text = '受理时间,标题\n2024-01-05,"a\r"\n2024-01-05,"\nb"\n2024-01-05,c\n'
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert [n for n, _ in read(tmp_path / "a.csv").cells] == [2, 4, 6]


def test_rows_that_are_all_unusual(tmp_path: Path) -> None:
    rows = [
        HEADER[:2],
        *([] for _ in range(99)),
        *(["1", "2024-01-05", "x"] for _ in range(40)),
        ["2024-01-05"],
    ]
    got = read(write(tmp_path / "a.csv", rows))
    assert [(n, c) for n, c in got.codes if c != "blank-row"] == [
        *((n, "long-row") for n in range(101, 141)),
        (141, "no-date"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_delimiter_at_the_end_of_each_row_is_no_defect(tmp_path: Path, end: str) -> None:
    rows = [HEADER, *([*row(i), ""] for i in range(1, 30)), [*row(30), "多"], row(31)]
    got = read(write(tmp_path / "a.csv", rows, lineterminator=end))
    assert got.codes == [(31, "long-row")]
    assert [r["ticket_id"] for r in got.kept][-2:] == ["GD000029", "GD000031"]


def test_a_row_with_a_comma_too_many_is_left_out(tmp_path: Path) -> None:
    """Its cells stand in wrong columns, even when the last one is blank."""
    rows = [HEADER, *(row(i) for i in range(1, 9)), [*row(9)[:4], "多", *row(9)[4:-1], ""]]
    got = read(write(tmp_path / "a.csv", rows))
    assert got.codes == [(10, "long-row")]


def test_a_header_that_lacks_a_name(tmp_path: Path) -> None:
    rows = [HEADER[:3] + HEADER[4:], *(row(i) for i in range(1, 9))]
    with pytest.raises(InputError) as error:
        read(write(tmp_path / "a.csv", rows))
    assert error.value.code == "header-short"


def test_a_row_longer_than_a_block(tmp_path: Path) -> None:
    huge = "很长的内容，" * 700_000  # 12.6 MB
    rows = [HEADER, *(row(i) for i in range(1, 50)), row(50, 内容描述=huge), *(row(i) for i in range(51, 99))]
    got = read(write(tmp_path / "a.csv", rows))
    assert [cells for _, cells in got.cells] == rows[1:]
    assert [n for n, _ in got.cells] == list(range(2, 100))


@pytest.mark.parametrize("block", [150, 400, 1 << 22])
def test_an_unclosed_quote_is_one_error_with_its_line(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "BLOCKS", (block, 1 << 20))
    text = csv_text([HEADER, *(row(i) for i in range(1, 21))], lineterminator="\n")
    (tmp_path / "a.csv").write_text(text.replace("内容13", '"内容13'), "utf-8")
    bad = error(tmp_path / "a.csv")
    assert (bad.code, bad.facts["line"]) == ("unclosed-quote", 14)


def test_an_unclosed_quote_that_a_later_quote_ends(tmp_path: Path) -> None:
    rows = [HEADER, *(row(i, 内容描述=f"第一，\n第{i}") for i in range(1, 9))]
    text = csv_text(rows, lineterminator="\n").replace('"第一，\n第3"', '"第一，\n第3')
    (tmp_path / "a.csv").write_text(text, "utf-8")
    bad = error(tmp_path / "a.csv")
    assert (bad.code, bad.facts["line"]) == ("unclosed-quote", 6)
    (tmp_path / "a.csv").write_text(text.replace("第一，\n", ""), "utf-8")
    assert error(tmp_path / "a.csv").code == "unclosed-quote"


def test_quotes_that_are_only_text(tmp_path: Path) -> None:
    text = f'{",".join(HEADER)}\n1,2024-01-05,,5" 管,他说"好",满意\n2,2024-01-05,,"一""二""","x",满意\n'
    (tmp_path / "a.csv").write_text(text, "utf-8")
    got = read(tmp_path / "a.csv")
    assert [c[3:5] for _, c in got.cells] == [['5" 管', '他说"好"'], ['一"二"', "x"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary-file"),
        (csv_text([*ROWS, ["1", "2024-01-05", "\0"]]).encode(), "binary-file"),
        (csv_text([*ROWS, ["1", "2024-01-05", "\0"]]).encode("utf-16"), "binary-file"),
        (b"PK\x03\x04 not a workbook", "bad-workbook"),
        (b"<html><p>no table</p>", "bad-workbook"),
        (b"<html><table><tr><td>", "no-header"),
        (b"\xef\xbb\xbf\r\n<TABLE><tr><td>", "no-header"),
        ("甲,乙\n1,2\n".encode(), "no-header"),
        ("工单编号,诉求标题\n1,2\n".encode(), "no-header"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert error(tmp_path / "a.csv").code == code


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    for text in ("受理时间", "受理时间,标题", "受理时间,标题\n"):
        (tmp_path / "a.csv").write_text(text, "utf-8")
        assert read(tmp_path / "a.csv").cells == []


def test_no_header_shows_known_headers_and_nothing_of_a_ticket(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("工单编号,诉求标题,备考\n某君,楼道堆物\n", "utf-8")
    assert error(tmp_path / "a.csv").facts["found"] == "工单编号、诉求标题"
    (tmp_path / "a.csv").write_text("张三,楼道堆物扰民,13800001111\n", "utf-8")
    assert error(tmp_path / "a.csv").facts["found"] == "—"


def test_batches_can_be_read_again(tmp_path: Path) -> None:
    (export,) = open_exports([write(tmp_path / "a.csv", ROWS, "gb18030")], IntakeSettings())
    assert [b.cells.to_pylist() for b in export.batches()] == [b.cells.to_pylist() for b in export.batches()]


CELL = st.text(
    st.sampled_from("a1\"',;\t\n\r 工单，😀䶮∢") | st.characters(exclude_categories=("Cs", "Cc")), max_size=9
)
TABLE = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), max_size=12))


@QUIET
@given(
    table=TABLE,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", "\t", ";"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    block=st.sampled_from([120, 1 << 22]),
)
def test_what_a_writer_wrote_is_read_cell_for_cell(
    tmp_path: Path, table: list[list[str]], encoding: str, delimiter: str, end: str, quoting: int, block: int
) -> None:
    """Each row begins with a time, so that it is a ticket and never the header again."""
    rows = [
        ["受理时间", *(f"列{i}" for i in range(len(table[0]) if table else 1))],
        *(["2024-01-05", *r] for r in table),
    ]
    if end != "\r\n":
        quoting = csv.QUOTE_ALL  # the writer quotes only the line end that it uses itself
    text = csv_text(rows, delimiter=delimiter, lineterminator=end, quoting=quoting)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCKS", (block, 1 << 22))
        got = read(tmp_path / "a.csv")
    assert [cells for _, cells in got.cells] == rows[1:]
    assert [n for n, _ in got.cells] == _begin_lines(text, delimiter)[1:]


@QUIET
@given(
    counts=st.lists(st.sampled_from([2, 2, 2, 1, 3, 5, 0]), max_size=40), block=st.sampled_from([64, 1 << 22])
)
def test_rows_of_any_length_keep_their_lines(tmp_path: Path, counts: list[int], block: int) -> None:
    body = [
        ["2024-01-05", *(f"{i}\n{i}" if i % 3 else str(i) for _ in range(n - 1))][:n]
        for i, n in enumerate(counts)
    ]
    text = csv_text([["受理时间", "内容描述"], *body], lineterminator="\n")
    (tmp_path / "a.csv").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCKS", (block, 1 << 22))
        patch.setattr(delimited, "BEYOND", 1 << 30)
        got = read(tmp_path / "a.csv")
    assert [n for n, _ in got.cells] == _begin_lines(text, ",")[1:]
    width = 2
    assert [cells for _, cells in got.cells] == [[*r, "", ""][:width] for r in body]


def _begin_lines(text: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    ends = [reader.line_num for _ in reader]
    return [a + 1 for a, _ in pairwise([0, *ends])]


@QUIET
@given(
    lead=st.sampled_from(
        [
            b"",
            "受理时间,内容描述\n".encode(),
            "受理时间,内容描述\r".encode("gb18030"),
            b"\xff\xfe",
            b"PK\x03\x04",
        ]
    ),
    body=st.binary(max_size=200)
    | st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"2024-01-05", b"\xcf", b"a"])).map(b"".join),
    block=st.sampled_from([64, 1 << 22]),
)
def test_any_bytes_give_an_export_or_an_input_error(
    tmp_path: Path, lead: bytes, body: bytes, block: int
) -> None:
    (tmp_path / "a.csv").write_bytes(lead + body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCKS", (block, 1 << 12))
        try:
            read(tmp_path / "a.csv")
        except InputError as bad:
            assert bad.message("zh") and bad.message("en")
