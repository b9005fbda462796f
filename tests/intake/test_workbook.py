"""Workbooks: the sheet with tickets, dates and numbers as cells, and files that only look like workbooks."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwt
from intake_files import HEADER, read
from openpyxl import Workbook

from hotline_stats.errors import InputError
from hotline_stats.intake import open_exports, workbook
from hotline_stats.settings import IntakeSettings


def save(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r in rows:
            sheet.append(r)
    book.save(path)
    return path


def test_cells_become_the_text_of_an_export(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEADER,
        [2024010500001, datetime(2024, 1, 5, 8, 3, 9), date(2024, 1, 6), "=1+1", "一\n二", "满意"],
        [20240105000012345, 45296.5, None, True, 1.5, None],
        ["0012", "2024/1/5 8:03", "", "<b>", "'x", 7],
    ]
    got = read(save(tmp_path / "a.xlsx", 工单=rows))
    assert (got.export.encoding, got.export.delimiter, got.export.sheet, got.export.header_row) == (
        "xlsx",
        "",
        "工单",
        1,
    )
    assert [(r["row"], r["ticket_id"], r["accepted_at"], r["closed_at"]) for r in got.kept] == [
        (2, "2024010500001", datetime(2024, 1, 5, 8, 3, 9), datetime(2024, 1, 6)),
        (3, None, datetime(2024, 1, 5, 12), None),
        (4, "0012", datetime(2024, 1, 5, 8, 3), None),
    ]
    assert got.codes == [(3, "damaged-id"), (4, "rating-code")]
    assert got.cells[1][1][3:] == ["是", "1.5", ""]


def test_cover_title_blank_rows_and_totals(tmp_path: Path) -> None:
    cover = [["某街道12345热线"], ["制表日期", date(2024, 2, 1)]]
    data = [
        ["一月工单"],
        [],
        HEADER,
        ["1", date(2024, 1, 5)],
        [],
        ["2", date(2024, 1, 6)],
        ["合计", None, None, 2],
    ]
    got = read(save(tmp_path / "a.xlsx", 封面=cover, 空=[], 数据=data))
    assert (got.export.sheet, got.export.header_row) == ("数据", 3)
    assert [r["row"] for r in got.kept] == [4, 6]
    assert got.codes == [(5, "blank-row"), (7, "total-row")]


def test_rows_are_counted_from_the_top_of_the_sheet(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", 数据=[[], [], [None, *HEADER], [None, "1", date(2024, 1, 5)]])
    got = read(path)
    assert (got.export.header_row, [r["row"] for r in got.kept]) == (3, [4])


def test_the_sheet_with_most_known_headers_is_read(tmp_path: Path) -> None:
    short = [["受理时间", "数量"], [date(2024, 1, 5), 3]]
    got = read(save(tmp_path / "a.xlsx", 汇总=short, 明细=[HEADER, ["1", date(2024, 1, 5)]]))
    assert got.export.sheet == "明细"


def test_sheets_with_the_same_columns_are_all_read(tmp_path: Path) -> None:
    months = {f"{m}月": [["工单"], HEADER, [f"{m}", date(2024, m, 5)]] for m in (1, 2, 3)}
    path = save(
        tmp_path / "a.xlsx", 汇总=[["受理时间", "数量"], [date(2024, 1, 5), 3]], **months, 四月=[HEADER]
    )
    exports = open_exports([path], IntakeSettings())
    assert [(e.file, e.sheet, e.header_row) for e in exports] == [("a.xlsx", f"{m}月", 2) for m in (1, 2, 3)]
    assert [b.cells.column(0).to_pylist() for e in exports for b in e.batches()] == [["1"], ["2"], ["3"]]


def test_many_rows_come_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 7)
    got = read(save(tmp_path / "a.xlsx", 数据=[HEADER, *([str(i), date(2024, 1, 5)] for i in range(20))]))
    assert [r["row"] for r in got.kept] == list(range(2, 22)) and len(got.parts) == 3


def test_the_kind_is_told_by_the_bytes(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv.xlsx", 数据=[HEADER, ["1", date(2024, 1, 5)]])
    assert read(path.rename(tmp_path / "a.csv")).export.encoding == "xlsx"


def test_sheets_left_out_are_named(tmp_path: Path) -> None:
    other = [["受理时间", "数量"], [date(2024, 1, 5), 3]]
    (export,) = open_exports(
        [
            save(
                tmp_path / "a.xlsx",
                封面=[["某街道"]],
                空=[],
                汇总=other,
                明细=[HEADER, ["1", date(2024, 1, 5)]],
            )
        ],
        IntakeSettings(),
    )
    assert [(n.code, n.found, n.lines.tolist()) for n in export.notes] == [
        ("sheet-left-out", ("封面", "汇总"), [0, 0])
    ]


def legacy(path: Path, **sheets: list[list[Any]]) -> Path:
    """A BIFF8 workbook, as Excel 97 to 2003 wrote it."""
    book = xlwt.Workbook()
    styles = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy/m/d"}
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for i, cells in enumerate(rows):
            for j, cell in enumerate(cells):
                style = xlwt.Style.default_style
                if type(cell) in styles:
                    style = xlwt.easyxf(num_format_str=styles[type(cell)])
                if cell is not None:
                    sheet.write(i, j, cell, style)
    book.save(str(path))
    return path


def test_a_legacy_workbook_is_read_as_a_new_one(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["某街道工单"],
        HEADER,
        ["0012", datetime(2024, 1, 5, 8, 3, 9), date(2024, 1, 6), "<b>", "一\n二䶮😀", "满意"],
        [2024010500001, "2024/1/6 8:03", None, True, 1.5, None],
        [],
        ["合计", None, None, None, None, 2],
    ]
    old, new = read(legacy(tmp_path / "a.xls", 工单=rows)), read(save(tmp_path / "a.xlsx", 工单=rows))
    assert (old.export.encoding, old.export.header_row, old.export.sheet) == ("xls", 2, "工单")
    assert old.cells == new.cells and old.codes == new.codes == [(5, "blank-row"), (6, "total-row")]
    assert [(r["ticket_id"], r["accepted_at"], r["closed_at"]) for r in old.kept] == [
        ("0012", datetime(2024, 1, 5, 8, 3, 9), datetime(2024, 1, 6)),
        ("2024010500001", datetime(2024, 1, 6, 8, 3), None),
    ]


def test_a_legacy_workbook_with_a_sheet_a_month(tmp_path: Path) -> None:
    months = {f"{m}月": [HEADER, [f"{m}", date(2024, m, 5)]] for m in (1, 2)}
    exports = open_exports([legacy(tmp_path / "a.csv", 封面=[["某街道"]], **months)], IntakeSettings())
    assert [(e.encoding, e.sheet) for e in exports] == [("xls", "1月"), ("xls", "2月")]
    assert [n.found for e in exports for n in e.notes] == [("封面",)]


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"空": []}, "—"),
        ({"封面": [["某君", "13800001111"]]}, "—"),
        ({"甲": [["工单编号", "标题", "某君"]]}, "工单编号、标题"),
    ],
)
def test_a_workbook_without_tickets(tmp_path: Path, sheets: dict[str, list[list[Any]]], found: str) -> None:
    with pytest.raises(InputError) as caught:
        read(save(tmp_path / "a.xlsx", **sheets))
    assert (caught.value.code, caught.value.facts["found"]) == ("no-header", found)


@pytest.mark.parametrize("cut", [30, 600, 3000])
def test_a_damaged_workbook_is_one_error(tmp_path: Path, cut: int) -> None:
    path = save(tmp_path / "a.xlsx", 数据=[HEADER])
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.code == "bad-workbook"
    (tmp_path / "b.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * cut)
    with pytest.raises(InputError):
        read(tmp_path / "b.xls")


@pytest.mark.parametrize("lost", [1, 9, 100, 127, 129, 300, 511, 513, 1000, 1535])
def test_a_legacy_workbook_without_its_end(tmp_path: Path, lost: int) -> None:
    """As a download leaves it that broke off. It is read whole or refused, and never a crash of its reader."""
    legacy = Path(__file__).parents[2] / "data" / "samples" / "defects" / "legacy_workbook.xls"
    path = tmp_path / "cut.xls"
    path.write_bytes(legacy.read_bytes()[:-lost])
    sheets, _ = workbook.open_sheets(legacy, IntakeSettings())
    try:
        cut, _ = workbook.open_sheets(path, IntakeSettings())
    except InputError as error:
        assert error.code == "bad-workbook"
    else:
        assert [s.filled for s in cut] == [s.filled for s in sheets]
