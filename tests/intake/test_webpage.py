"""Web pages with tables, mostly named .xls: the table with tickets, cell for cell as text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HEADER, read, row

from hotline_stats.errors import InputError
from hotline_stats.intake import open_exports, webpage
from hotline_stats.settings import IntakeSettings


def cells(*texts: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{t}</{tag}>" for t in texts) + "</tr>\n"


def page(*rows: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><table border=1>\n{''.join(rows)}</table></body></html>"


def save(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_named_xls(tmp_path: Path) -> None:
    text = page(
        "<tr><td colspan=6>某街道工单</td></tr>",
        cells(*HEADER, tag="th"),
        cells("0012", "2024-01-05 08:03", "", "a&amp;b &lt;c&gt;&nbsp;d", "一<br>二<p>三</p>", "满意"),
        cells("20240105000012345", "2024/1/5", "", " x\n  y ", "=1+1", "1.50"),
        cells("3", "2024-01-06", "<br>", "<b>粗</b>体", "", "<p></p>"),
    )
    got = read(save(tmp_path / "a.xls", text))
    assert (got.export.encoding, got.export.sheet, got.export.header_row) == ("html (utf-8)", "", 2)
    assert got.cells == [
        (3, ["0012", "2024-01-05 08:03", "", "a&b <c> d", "一\n二\n三", "满意"]),
        (4, ["20240105000012345", "2024/1/5", "", "x y", "=1+1", "1.50"]),
        (5, ["3", "2024-01-06", "", "粗体", "", ""]),
    ]
    assert [r["ticket_id"] for r in got.kept] == ["0012", "20240105000012345", "3"]


@pytest.mark.parametrize(
    ("written", "declared", "told"),
    [
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "", "gb18030"),
        ("gb18030", "utf-8", "gb18030"),  # the bytes decide
        ("utf-8", "gb2312", "utf-8"),
        ("utf-8-sig", "gb2312", "utf-8-sig"),
        ("utf-16", "", "utf-16-le"),
        ("big5", "big5", "big5"),
        ("gb18030", "klingon", "gb18030"),
    ],
)
def test_encoding_by_mark_then_bytes_then_declaration(
    tmp_path: Path, written: str, declared: str, told: str
) -> None:
    meta = f'<meta http-equiv=Content-Type content="text/html; charset={declared}">' if declared else ""
    text = page(
        cells("accepted_at", "content"),
        *(cells("2024-01-05", "大型車輛占用消防通道") for _ in range(9)),
        head=meta,
    )
    got = read(save(tmp_path / "a.xls", text, written))
    assert got.export.encoding == f"html ({told})"
    assert {c[1] for _, c in got.cells} == {"大型車輛占用消防通道"}


def test_a_page_of_utf_8_with_a_broken_byte_is_not_read_as_declared(tmp_path: Path) -> None:
    text = page(cells(*HEADER), *(cells(*row(i)) for i in range(9)), head="<meta charset=gb2312>").encode()
    (tmp_path / "a.xls").write_bytes(text.replace("内容5".encode(), b"\xe5\x86"))
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.xls")
    assert (caught.value.code, caught.value.facts["encoding"]) == ("bad-encoding", "utf-8")
    got = read(tmp_path / "a.xls", encoding="utf-8")
    assert got.codes == [(7, "broken-bytes")]


def test_scripts_styles_and_comments_are_no_text(tmp_path: Path) -> None:
    text = page(
        cells("受理时间", "标题"),
        "<tr><td>2024-01-05<script>var a='<td>x</td>'</script></td><td><style>td{x:y}</style>甲<!-- 乙 --></td></tr>",
        head="<style>br {mso-data-placement:same-cell}</style><!--[if gte mso 9]><xml><x:Name>工单</x:Name></xml><![endif]-->",
    )
    assert read(save(tmp_path / "a.xls", text)).cells == [(2, ["2024-01-05", "甲"])]


def test_tags_left_open(tmp_path: Path) -> None:
    text = "<table><tr><td>受理时间<td>标题<tr><td>2024-01-05<td>甲<tr><td>2024-01-06<td>乙"
    got = read(save(tmp_path / "a.xls", text))
    assert got.cells == [(2, ["2024-01-05", "甲"]), (3, ["2024-01-06", "乙"])]


def test_cells_over_several_rows_keep_the_columns_in_place(tmp_path: Path) -> None:
    text = page(
        cells("社区", "受理时间", "标题", "内容描述"),
        "<tr><td rowspan=2>甲</td><td>2024-01-05</td><td colspan=2>x</td></tr>",
        cells("2024-01-06", "y", "z"),
        cells("乙", "2024-01-07", "u", "v"),
    )
    assert [c for _, c in read(save(tmp_path / "a.xls", text)).cells] == [
        ["甲", "2024-01-05", "x", ""],
        ["", "2024-01-06", "y", "z"],
        ["乙", "2024-01-07", "u", "v"],
    ]


def test_an_id_that_excel_rounded_for_show(tmp_path: Path) -> None:
    text = page(
        cells("工单编号", "受理时间"),
        '<tr><td x:num="20240105000012">2.02401E+13</td><td x:num="45296.5">2024-01-05</td></tr>',
        "<tr><td>2.02401E+13</td><td>2024-01-05</td></tr>",
    )
    got = read(save(tmp_path / "a.xls", text))
    assert [c for _, c in got.cells] == [["20240105000012", "2024-01-05"], ["2.02401E+13", "2024-01-05"]]
    assert got.codes == [(3, "damaged-id")]


def test_the_table_with_tickets_is_read_and_the_others_named(tmp_path: Path) -> None:
    layout = (
        "<table><tr><td>" + page(cells("受理时间", "标题"), cells("2024-01-05", "甲")) + "</td></tr></table>"
    )
    text = page(cells("汇总", "3")) + layout
    (export,) = open_exports([save(tmp_path / "a.html", text)], IntakeSettings())
    (batch,) = export.batches()
    assert (batch.cells.to_pylist(), batch.lines.tolist()) == ([{"0": "2024-01-05", "1": "甲"}], [4])
    assert [n.found for n in export.notes] == [("table 1", "table 2")]


def test_tables_with_the_same_columns_are_all_read(tmp_path: Path) -> None:
    text = "".join(page(cells(*HEADER), cells(*row(i))) for i in (1, 2))
    found = open_exports([save(tmp_path / "a.xls", text)], IntakeSettings())
    assert [(e.sheet, e.header_row) for e in found] == [("1", 1), ("2", 3)]
    assert [b.lines.tolist() for e in found for b in e.batches()] == [[2], [4]]


def test_rows_of_unusual_width(tmp_path: Path) -> None:
    text = page(
        cells("受理时间", "标题"),
        cells("2024-01-05"),
        cells("2024-01-06", "a", "b"),
        cells("2024-01-07", "c", ""),
        "<tr></tr>",
        "<tr><td colspan=2>合计</td></tr>",
        *(cells("2024-01-08", "d") for _ in range(3)),
    )
    got = read(save(tmp_path / "a.xls", text))
    assert got.codes == [
        (2, "short-row"),
        (3, "long-row"),
        (4, "long-row"),
        (5, "blank-row"),
        (6, "total-row"),
    ]


def test_many_rows_come_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "ROWS", 7)
    text = page(cells(*HEADER), *(cells(*row(i)) for i in range(20)))
    got = read(save(tmp_path / "a.xls", text))
    assert [r["row"] for r in got.kept] == list(range(2, 22)) and len(got.parts) == 3


def spreadsheet(*rows: str) -> str:
    return (
        '<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n<Styles><Style ss:ID="s1"/></Styles>'
        f'<Worksheet ss:Name="工单"><Table ss:ExpandedColumnCount="4">{"".join(rows)}</Table></Worksheet></Workbook>'
    )


def data(text: str, attributes: str = "", kind: str = "String") -> str:
    return f'<Cell {attributes}>\n <Data ss:Type="{kind}">{text}</Data></Cell>'


@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
def test_the_xml_that_excel_wrote_in_2003(tmp_path: Path, code: str) -> None:
    head = "".join(map(data, ("工单编号", "受理时间", "标题", "内容描述")))
    text = spreadsheet(
        "<Row>" + data("某街道", "ss:MergeAcross='3'") + "</Row>",
        f"<Row>{head}</Row>",
        f"<Row>{data('0012')}{data('2024-01-05T08:03:00.000', kind='DateTime')}{data('一&#10;二&amp;')}<Cell/></Row>",
        f"<Row>{data('0013')}{data('2024-01-06')}<Cell ss:Index='4'><Data>甲</Data><Comment><Data>批注</Data></Comment></Cell></Row>",
        "<Row/>",
    )
    got = read(save(tmp_path / "a.xls", text, code))
    assert (got.export.encoding, got.export.header_row) == (f"xml ({code})", 2)
    assert got.cells[:2] == [
        (3, ["0012", "2024-01-05T08:03:00.000", "一\n二&", ""]),
        (4, ["0013", "2024-01-06", "", "甲"]),
    ]
    assert got.codes == [(5, "blank-row")] and str(got.kept[0]["accepted_at"]) == "2024-01-05 08:03:00"


def test_xml_that_is_cut_off_or_has_entities_is_refused(tmp_path: Path) -> None:
    text = spreadsheet(
        f"<Row>{data('受理时间')}{data('标题')}</Row>", f"<Row>{data('2024-01-05')}{data('甲')}</Row>" * 9
    )
    for cut in range(text.index("<Table "), len(text) - 1, 7):
        with pytest.raises(InputError) as caught:
            read(save(tmp_path / "a.xls", text[:cut]))
        assert caught.value.code in ("no-header", "bad-workbook")
    nested = "".join(f'<!ENTITY {b} "{f"&{a};" * 100}">' for a, b in ("ab", "bc", "cd", "de"))
    bomb = f"<!DOCTYPE x [<!ENTITY a '{'乱' * 1000}'>{nested}]>"
    with pytest.raises(InputError) as caught:
        read(save(tmp_path / "a.xls", text.replace("?>\n", "?>" + bomb, 1).replace("甲", "&e;", 1)))
    assert caught.value.code == "bad-workbook"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (page(cells("姓名", "电话")), "no-header"),
        ("<html><body>请登录</body></html>", "bad-workbook"),
        ("<?xml version='1.0'?><Workbook><Worksheet/></Workbook>", "bad-workbook"),
        (page(cells("受理时间")).replace("受理", "\0"), "binary-file"),
    ],
)
def test_pages_that_cannot_be_used(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(save(tmp_path / "a.xls", text))
    assert caught.value.code == code


QUIET = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PIECES = st.sampled_from(
    "<table> </table> <tr> </tr> <td> </td> <td rowspan=3> <td colspan=99999999> <br> <script> </script> <!-- -->"
    ' 受理时间 2024-01-05 甲 &#0; &#x110000; < " <p'.replace("<td ", "<td	").split(" ")
)


@QUIET
@given(pieces=st.lists(PIECES, max_size=40))
def test_any_markup_gives_an_export_or_an_input_error(tmp_path: Path, pieces: list[str]) -> None:
    text = page(cells("受理时间", "标题")) + "".join(pieces)
    try:
        read(save(tmp_path / "a.xls", text))
    except InputError as bad:
        assert bad.message("zh") and bad.message("en")
    except AssertionError:
        raise
    except ValueError as bad:  # `read` takes one export; several tables with the same columns are several
        assert "unpack" in str(bad)
