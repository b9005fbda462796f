"""report.xlsx: a cover, one sheet a table, numbers as numbers, charts over the cells."""

import io
import re
import zipfile

import office
import openpyxl
import pytest

from hotline_stats.reports.document import KeyFigures, Notes, Table
from hotline_stats.reports.renderers.excel import excel


@pytest.fixture(scope="module")
def raw(plain):
    return excel(plain["zh"])


@pytest.fixture(scope="module")
def book(raw):
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_cover_has_windows_figures_links_and_definitions(book, plain):
    cover = book.worksheets[0]
    texts = [str(c.value) for row in cover.iter_rows() for c in row if c.value is not None]
    document = plain["zh"]
    assert texts[:3] == [document.title, document.subtitle, document.source]
    cards = next(b for b in document.blocks if isinstance(b, KeyFigures)).cards
    assert {c.value for c in cards} <= set(texts)
    notes = next(b for b in document.section("method") if isinstance(b, Notes)).items
    assert set(notes) <= set(texts)
    links = [c.hyperlink.location for row in cover.iter_rows() for c in row if c.hyperlink]
    assert links == [f"'{s.title}'!A1" for s in book.worksheets[1:]]


def test_one_sheet_a_table(book, plain):
    tables = [b for b in plain["zh"].blocks if isinstance(b, Table)]
    assert len(book.worksheets) == 1 + len(tables)
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        assert sheet.title.startswith(f"表{table.number} ") and len(sheet.title) <= 31
        assert sheet["A1"].value == f"表{table.number}　{table.caption}"
        assert sheet.freeze_panes == "B3"
        assert not sheet.merged_cells.ranges
        setup = sheet.page_setup
        assert setup.orientation == "landscape" and setup.fitToHeight == 0 and setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$2"
        assert all(8 <= d.width <= 60 for k, d in sheet.column_dimensions.items() if d.width != 2.7109375)


def test_numbers_read_as_in_the_other_formats(book):
    sheet = next(s for s in book.worksheets if s.title.startswith("表1 "))
    head = [c.value for c in sheet[2]]
    first = dict(zip(head, sheet[3], strict=True))
    assert (first["2023年"].value, first["2024年"].value, first["增减"].value) == (500, 332, -168)
    assert first["增减幅度"].value == pytest.approx(-0.336)
    assert first["增减幅度"].number_format == "+#,##0.0%;−#,##0.0%;0.0%"
    assert first["变化区间下限"].value < first["增减幅度"].value < first["变化区间上限"].value


def test_charts_are_over_the_cells(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        charts = [members.read(n).decode() for n in members.namelist() if n.startswith("xl/charts/chart")]
    assert len(charts) >= 5
    assert all("<c:f>'表" in chart and "<c:numCache>" in chart for chart in charts)
    assert sum("<c:lineChart>" in chart for chart in charts) == 1


def test_a_chart_leaves_out_sums(raw, plain):
    table = plain["zh"].table("by-community")
    assert table is not None and table.total_row
    named = sum(row[0].startswith("第") for row in table.rows)
    assert named == len(table.rows) - 3  # 其余, （未填）, 合计
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        charts = [members.read(n).decode() for n in members.namelist() if n.startswith("xl/charts/chart")]
    ends = {
        int(end)
        for chart in charts
        for end in re.findall(rf"'表{table.number} [^']*'!\$A\$3:\$A\$(\d+)", chart)
    }
    assert ends == {2 + named}


def test_same_bytes_again_and_no_clock(raw, plain):
    assert excel(plain["zh"]) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        assert {m.date_time for m in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in members.read("docProps/core.xml")


def test_no_formula_anywhere(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        for name in members.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in members.read(name)


def test_english(plain):
    for table, rows in office.sheets(excel(plain["en"]), plain["en"]):
        assert rows[0][0].value == table.columns[0].title
