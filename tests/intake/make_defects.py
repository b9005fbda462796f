"""Write data/samples/defects: one small export for each thing that can be wrong with one. All of it is invented.

    python tests/intake/make_defects.py [FOLDER]

The same bytes each time; those of workbooks also depend on the version of openpyxl. What `check` must say of each
file is in expected.toml beside them, which is written by hand.
"""

import csv
import gzip
import io
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook

FOLDER = Path(__file__).parents[2] / "data" / "samples" / "defects"
HEAD = ["工单编号", "受理时间", "办结时间", "诉求类型", "内容描述", "联系人", "联系电话", "满意度"]
CONTENTS = ["楼道内堆放纸箱，影响通行", "小区内车辆乱停，挡住出口", "顶楼露台搭建阳光房", "油烟扰民，请处理"]
NAMES = [
    "赵试甲",
    "钱试乙",
    "孙试丙",
    "李试丁",
    "周试戊",
    "吴试己",
    "郑试庚",
    "王试辛",
    "冯试壬",
    "陈试癸",
    "褚试子",
    "卫试丑",
]
PHONES = [f"154000077{n:02d}" for n in range(1, 13)]
IDENTITY, ADDRESS = "110101199001017654", "示例路77弄8号901室"
PERSONAL = [*NAMES, *PHONES, IDENTITY, ADDRESS]
"""What no output may hold. 154 is a range that no Chinese operator has."""
Rows = Sequence[Sequence[str]]


def ticket(n: int, **changed: str) -> list[str]:
    """Ticket n under HEAD, accepted on 2024-03-0n and closed a day later; `changed` by header."""
    plain = [
        f"GD2403{n:02d}", f"2024-03-{n:02d} 08:30:00", f"2024-03-{n + 1:02d} 16:00:00", "投诉",
        CONTENTS[(n - 1) % 4], NAMES[n - 1], PHONES[n - 1], "满意",
    ]  # fmt: skip
    return [changed.get(h, v) for h, v in zip(HEAD, plain, strict=True)]


def tickets(n: int = 4) -> list[list[str]]:
    return [ticket(i) for i in range(1, n + 1)]


def each(header: str, *values: str) -> Rows:
    """A table with one ticket for each value of a column of HEAD."""
    return [HEAD, *(ticket(i, **{header: v}) for i, v in enumerate(values, 1))]


def added(header: str, *values: str) -> Rows:
    """A table with one more column, last."""
    return [[*HEAD, header], *([*ticket(i), v] for i, v in enumerate(values, 1))]


def text(rows: Rows, end: str = "\r\n", **dialect: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, **dialect).writerows(rows)
    return out.getvalue()


def utf8(rows: Rows, end: str = "\r\n", **dialect: Any) -> bytes:
    return text(rows, end, **dialect).encode()


PLAIN = [HEAD, *tickets()]


def encodings() -> Iterator[tuple[str, bytes]]:
    rare = [*PLAIN, ticket(5, 内容描述="业主䶮某反映，地名㛃𠮷")]
    yield "utf8.csv", utf8(PLAIN)
    yield "utf8_bom.csv", b"\xef\xbb\xbf" + utf8(PLAIN)
    yield "gbk.csv", text(PLAIN).encode("gbk")
    yield "gb18030.csv", text(rare).encode("gb18030")
    yield "utf16_le_bom.csv", b"\xff\xfe" + text(PLAIN).encode("utf-16-le")
    yield "utf16_be_bom.csv", b"\xfe\xff" + text(PLAIN).encode("utf-16-be")
    yield "utf16_without_bom.csv", text(PLAIN).encode("utf-16-le")
    yield "broken_byte_in_gb18030.csv", _broken(text(PLAIN).encode("gb18030"), 4)
    yield "utf8_with_one_bad_byte.csv", _broken(utf8(PLAIN), 4)
    yield (
        "gb18030_cut_in_character.csv",
        text([*PLAIN, ticket(5, 内容描述="尾")]).encode("gb18030").rpartition("尾".encode("gb18030"))[0]
        + "尾".encode("gb18030")[:1],
    )
    yield (
        "bom_in_middle.csv",
        (b"\xef\xbb\xbf" + utf8([HEAD, *tickets(2)]) + b"\xef\xbb\xbf" + utf8([HEAD, ticket(3)])),
    )
    yield (
        "bom_before_a_ticket.csv",
        b"\xef\xbb\xbf" + utf8([HEAD, *tickets(2)]) + b"\xef\xbb\xbf" + utf8([ticket(2), ticket(3)]),
    )
    yield (
        "emoji_and_rare_characters.csv",
        utf8(each("内容描述", "👍🏽 谢谢", "𠮷野家门口", "ﷺ\u200b零宽", "䶮㛃⿰")),
    )
    yield "no_line_end_at_end.csv", utf8(PLAIN).rstrip()
    yield "crlf.csv", utf8(PLAIN, "\r\n")
    yield "lf.csv", utf8(PLAIN, "\n")
    yield "cr_only.csv", utf8(PLAIN, "\r")
    yield (
        "mixed_line_ends.csv",
        utf8([HEAD, ticket(1)], "\r\n")
        + utf8([ticket(2)], "\n")
        + utf8([ticket(3)], "\r")
        + utf8([ticket(4), ["合计"]], "\r\n"),
    )
    yield "ctrl_z_at_end.csv", utf8(PLAIN) + b"\x1a"


def _broken(data: bytes, line: int) -> bytes:
    """A byte that no encoding has, within a cell of a line."""
    lines = data.split(b"\r\n")
    lines[line - 1] = lines[line - 1].replace(b"16:00:00", b"16:00:00\xff", 1)
    return b"\r\n".join(lines)


def no_tables() -> Iterator[tuple[str, bytes]]:
    yield "empty.csv", b""
    yield "blank.csv", b"\r\n  \r\n\t\r\n"
    yield "binary_png.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"
    yield "nul_bytes.csv", utf8(each("内容描述", "楼道\0堆物"))
    yield "header_only.csv", utf8([HEAD])
    yield "headerless.csv", utf8(tickets())
    yield (
        "other_columns.csv",
        utf8([["部门", "人数", "备注"], ["城管中队", "12", ""], ["物业科", "5", "含借调"]]),
    )
    yield (
        "no_accepted_time.csv",
        utf8(
            [
                [h for h in HEAD if h != "受理时间"],
                *([v for i, v in enumerate(t) if i != 1] for t in tickets()),
            ]
        ),
    )
    yield "all_rows_void.csv", utf8(added("工单状态", "作废", "退单", "已撤销"))
    yield "pipes.csv", utf8(PLAIN, delimiter="|")


def headers() -> Iterator[tuple[str, bytes]]:
    def named(**changed: str) -> Rows:
        return [[changed.get(h, h) for h in HEAD], *tickets()]

    yield "title_rows_above_header.csv", "示例街道12345工单明细\r\n2024年3月\r\n".encode() + utf8(PLAIN)
    yield "title_row_that_names_the_time.csv", "受理时间：2024年3月,,,,,,,\r\n".encode() + utf8(PLAIN)
    yield (
        "note_rows_with_commas.csv",
        "说明：,本表含投诉,求助,咨询\r\n制表,某科,,,\r\n\r\n".encode() + utf8(PLAIN),
    )
    yield "note_with_line_break.csv", '"说明：\n本表全部虚构",,,,,,,\r\n'.encode() + utf8(PLAIN)
    yield "header_with_line_break.csv", utf8(named(受理时间="受理\n时间"))
    yield (
        "header_with_full_width_brackets.csv",
        utf8(named(受理时间="受理时间（必填）", 满意度="满意度（回访）")),
    )
    yield "header_with_spaces.csv", utf8(named(工单编号=" 工单 编号", 受理时间="受\u3000理 时间 "))
    yield "header_with_marks.csv", utf8(named(受理时间="*受理时间", 办结时间="办结时间："))
    yield "header_full_width_letters.csv", utf8(named(工单编号="ＲＥＣ＿ＩＤ"))
    yield "repeated_header_names.csv", utf8([[*HEAD, "满意度"], *([*t, "不满意"] for t in tickets())])
    yield (
        "several_names_of_one_column.csv",
        utf8([["登记时间", "来电时间", *HEAD], *(["2024-02-01", "2024-02-02", *t] for t in tickets())]),
    )
    yield (
        "empty_header_names.csv",
        utf8([[HEAD[0], "", *HEAD[1:], ""], *([t[0], "x", *t[1:], "y"] for t in tickets())]),
    )
    yield "unknown_columns.csv", utf8(added("备查", "甲", "乙", "丙", "丁"))
    yield "header_repeated_in_middle.csv", utf8([HEAD, *tickets(2), HEAD, ticket(3)])
    yield "header_too_far_down.csv", utf8([*([f"第{n}条说明"] for n in range(1, 26)), *PLAIN])
    yield "header_lacks_a_name.csv", utf8([[h for h in HEAD if h != "诉求类型"], *tickets()])
    yield (
        "headers_of_a_database.csv",
        utf8(
            [
                ["REC_ID", "CREATE_TIME", "STREET_NAME", "DISPOSE_UNIT_NAME"],
                *([f"R{n}", f"2024-03-0{n}", "示例街道", "城管中队"] for n in (1, 2)),
            ]
        ),
    )
    yield "created_time_only.csv", utf8(named(受理时间="来电时间"))
    yield (
        "accepted_time_missing_beside_created.csv",
        utf8([["登记时间", *HEAD], *(["2024-03-01", *t] for t in (ticket(1), ticket(2, 受理时间="")))]),
    )
    yield "columns_in_another_order.csv", utf8([r[::-1] for r in PLAIN])
    yield "no_id_column.csv", utf8([r[1:] for r in [*PLAIN, ticket(4)]])
    yield (
        "many_columns.csv",
        utf8([[*HEAD, *(f"备用{n}" for n in range(300))], *([*t, *[""] * 300] for t in tickets())]),
    )
    yield "urgency_under_work_order_class.csv", utf8(_class("一般", "紧急", "次紧急"))
    yield "request_type_under_work_order_class.csv", utf8(_class("投诉", "求助", "催单"))


def _class(*values: str) -> Rows:
    """工单类别 in place of the request type."""
    rows = each("诉求类型", *values)
    return [[("工单类别" if h == "诉求类型" else h) for h in HEAD], *rows[1:]]


def rows() -> Iterator[tuple[str, bytes]]:
    def with_lines(*lines: str) -> bytes:
        return utf8(PLAIN) + "".join(f"{line}\r\n" for line in lines).encode()

    def broken(old: str, new: str) -> bytes:
        return text(PLAIN).replace(old, new).encode()

    yield "total_row_at_end.csv", with_lines("合计,,,,,,,4")
    yield (
        "subtotal_rows.csv",
        utf8(
            [
                HEAD,
                ticket(1),
                ["小 计：", *[""] * 6, "1"],
                ticket(2),
                ["", "小计", *[""] * 5, "1"],
                ["总计", *[""] * 6, "2"],
            ]
        ),
    )
    yield (
        "blank_rows.csv",
        utf8([HEAD, ticket(1)]) + "\r\n,,,,,,,\r\n \u3000,,\t,,,,,\r\n".encode() + utf8([ticket(2)]),
    )
    yield "short_rows.csv", utf8([HEAD, ticket(1), ticket(2)[:5], ticket(3)[:2], ticket(4)])
    yield "long_rows.csv", utf8([HEAD, ticket(1), [*ticket(2), "多"], ticket(3), [*ticket(4), "", ""]])
    yield "trailing_delimiter.csv", utf8([HEAD, *([*t, ""] for t in tickets())])
    yield "trailing_delimiter_with_header.csv", utf8([[*HEAD, ""], *([*t, ""] for t in tickets())])
    yield "unquoted_comma.csv", broken(CONTENTS[1], "车辆乱停,挡住出口")
    yield "unclosed_quote_at_end.csv", broken(CONTENTS[3], f'"{CONTENTS[3]}')
    yield "unclosed_quote_in_middle.csv", broken(CONTENTS[1], f'"{CONTENTS[1]}')
    yield (
        "unclosed_quote_ended_by_another.csv",
        text([HEAD, ticket(1), ticket(2), ticket(3, 内容描述="第一,\n第二")])
        .replace(CONTENTS[0], f'"{CONTENTS[0]}')
        .encode(),
    )
    yield "doubled_quotes.csv", utf8(each("内容描述", '他说"马上来"，没有来', '"', '""'))
    yield "quotes_inside_text.csv", broken(CONTENTS[0], '5" 水管漏水，说"马上来"')
    yield (
        "quoted_line_breaks.csv",
        utf8([HEAD, ticket(1, 内容描述="一、楼道堆物\n二、乱停车\r\n三、油烟"), [""] * 8, ticket(2)]),
    )
    yield "quoted_everything.csv", utf8(PLAIN, quoting=csv.QUOTE_ALL)
    yield "quoted_delimiters.csv", utf8(each("内容描述", "楼道,堆物", "a;b", "a\tb"))
    yield "tabs.txt", utf8(PLAIN, delimiter="\t")
    yield "tabs_named_xls.xls", text(PLAIN, delimiter="\t").encode("gb18030")
    yield "semicolons.csv", utf8(PLAIN, delimiter=";")
    yield "reminders.csv", utf8(each("诉求类型", "投诉", "催单", "补充", " 催办件 "))
    yield "void_rows.csv", utf8(added("工单状态", "已办结", "作废", "退单", "办理中"))
    yield (
        "very_long_cell.csv",
        text([HEAD, ticket(1), ticket(2, 内容描述="反复来电，" * 28_000), ticket(3), ["合计"]]).encode(
            "gb18030"
        ),
    )


def dates() -> Iterator[tuple[str, bytes]]:
    def dated(*values: str) -> bytes:
        return utf8(each("受理时间", *values))

    yield "dates_slashes.csv", dated("2024/3/1 8:30", "2024/03/02", "2024/3/3 08:30:05")
    yield "dates_dots.csv", dated("2024.3.1", "2024.03.02 8:30", "2024.03.03 08:30:05")
    yield "dates_chinese.csv", dated("2024年3月1日", "2024年3月2日8时30分", "2024年03月03日 08时30分05秒")
    yield (
        "dates_am_pm_chinese.csv",
        dated("2024/3/1 上午 8:30", "2024年3月2日下午3:05", "2024-03-03 下午 12:30", "2024-03-04 上午 12:30"),
    )
    yield "dates_compact.csv", dated("20240301", "202403020830", "20240303083005")
    yield "dates_excel_serials.csv", dated("45352", "45353.5", "45354.25")
    yield (
        "dates_iso_t_z.csv",
        dated(
            "2024-03-01T08:30:00",
            "2024-03-02T00:30:00Z",
            "2024-03-03T08:30:00+08:00",
            "2024-03-03T20:30:00.123Z",
        ),
    )
    yield "dates_mixed.csv", dated("2024-03-01 08:30:00", "2024/3/2 8:30", "2024年3月3日8时30分", "45355")
    yield "dates_day_first.csv", dated("2024-03-01", "02/03/2024", "3.3.2024", "03/04/2024 08:30")
    yield "dates_two_digit_year.csv", dated("2024-03-01", "24-03-02", "24/3/3")
    yield (
        "dates_impossible.csv",
        dated("2024-02-29", "2024-02-30", "2023-02-29", "2024-13-01", "2024-03-05 24:00", "2024-03-06 08:60"),
    )
    yield "dates_missing.csv", dated("2024-03-01", "", "-", "None", "不详", "\u3000")
    yield "dates_not_dates.csv", dated("2024-03-01", "昨天", "三月二日", "2024-03", "2024-03-04至2024-03-05")
    yield "dates_outside_the_century.csv", dated("2024-03-01", "1899-12-31", "2101-01-01", "9999-12-31")
    yield "dates_full_width.csv", dated("2024-03-01", "２０２４-０３-０２", "2024－03－03")
    yield (
        "closed_before_accepted.csv",
        utf8(
            [
                HEAD,
                ticket(1, 办结时间="2024-03-01 08:29:59"),
                ticket(2, 办结时间="2024-02-28"),
                ticket(3, 办结时间="2024-03-03"),
                ticket(4),
            ]
        ),
    )
    yield "closing_time_unreadable.csv", utf8(each("办结时间", "已办结", "2024-03-32", "03/04/2024", ""))
    yield (
        "due_without_time.csv",
        utf8(
            [
                [*HEAD, "处理截止时间"],
                [*ticket(1, 办结时间="2024-03-08 23:59:59"), "2024-03-08"],
                [*ticket(2, 办结时间="2024-03-09 00:00:01"), "2024-03-08"],
                [*ticket(3, 办结时间=""), "2024-03-08"],
                [*ticket(4, 办结时间="2024-03-08"), "2024-03-08"],
            ]
        ),
    )


def values() -> Iterator[tuple[str, bytes]]:
    yield "ids_as_floats.csv", utf8(each("工单编号", "20240301001.0", "20240301002.00", "20240301003"))
    yield "ids_scientific.csv", utf8(each("工单编号", "2.02403E+10", "2.02403E+10", "2E10", "GD1E5"))
    yield "ids_missing.csv", utf8(each("工单编号", "", "-", "None", "GD240304"))
    yield "ids_kept_as_text.csv", utf8(each("工单编号", '="0012"', "'0013", "\t0014", "0015"))
    yield "ids_with_leading_zeros.csv", utf8(each("工单编号", "0012", "12", "012"))
    for part, month in ((1, 3), (2, 4)):
        yield (
            f"ids_running_numbers_part{part}.csv",
            utf8(
                [
                    HEAD,
                    *(
                        ticket(n, 工单编号=str(n), 受理时间=f"2024-0{month}-{n:02d}", 办结时间="")
                        for n in range(1, 13)
                    ),
                ]
            ),
        )
    yield (
        "repeated_ticket_newer_wins_part1.csv",
        utf8([HEAD, ticket(1), ticket(2, 办结时间="", 满意度=""), ticket(3, 满意度="")]),
    )
    yield "repeated_ticket_newer_wins_part2.csv", utf8([HEAD, ticket(2), ticket(3), ticket(4)])
    yield "repeated_ticket_closed_wins_part1.csv", utf8([HEAD, ticket(1), ticket(2)])
    yield "repeated_ticket_closed_wins_part2.csv", utf8([HEAD, ticket(2, 办结时间="", 满意度=""), ticket(3)])
    yield (
        "repeated_in_one_file.csv",
        utf8([HEAD, ticket(1), ticket(2), ticket(1), ticket(2, 办结时间="2024-03-02 16:00:00")]),
    )
    yield (
        "repeated_on_another_day.csv",
        utf8([HEAD, ticket(1), ticket(2), ticket(1, 受理时间="2024-03-04", 办结时间="2024-03-05")]),
    )
    yield "same_export_twice_part1.csv", utf8(PLAIN)
    yield "same_export_twice_part2.csv", text(PLAIN).encode("gb18030")
    yield "contacted_codes.csv", utf8(added("先行联系", "1", "0", "2", "无电话", "是", "未联系"))
    yield "flags_unknown_words.csv", utf8(added("先行联系", "是", "联系了", "大概", ""))
    yield (
        "ratings_of_every_kind.csv",
        utf8(each("满意度", "满意", "基本满意", "一般", "不满意", "未评价", "未接通")),
    )
    yield "ratings_unknown_words.csv", utf8(each("满意度", "满意", "还行", "五星", "待回访"))
    yield (
        "missing_words.csv",
        utf8(
            [
                [*HEAD[:-1], "居村", "满意度"],
                *(
                    [*ticket(i)[:-1], w, w]
                    for i, w in enumerate(
                        ("", "None", "-", "--", "/", "不详", "保密", "无", "nan", "\u3000"), 1
                    )
                ),
            ]
        ),
    )
    yield (
        "repeat_marks.csv",
        utf8(
            [
                [*HEAD, "重复工单号", "重复次数"],
                [*ticket(1), "", "0"],
                [*ticket(2), "GD230101", ""],
                [*ticket(3), "-", "2次"],
                [*ticket(4), "", "多次"],
            ]
        ),
    )
    yield (
        "hostile_cells.csv",
        utf8(
            [
                [*HEAD, "居村"],
                *(
                    [*ticket(i, 内容描述=v), v]
                    for i, v in enumerate(
                        (
                            "=1+1",
                            "<script>alert(1)</script>",
                            "[/x] [red]",
                            "{{7*7}}",
                            "@SUM(A1)",
                            '=HYPERLINK("x")',
                            "'; DROP TABLE",
                            "\\n,\\t",
                        ),
                        1,
                    )
                ),
            ]
        ),
    )
    yield (
        "control_characters.csv",
        utf8(each("内容描述", "楼道\x0b堆物", "\x07乱停车", "\x1b[31m搭建", "\u202e油烟")),
    )
    yield "phones_as_floats.csv", utf8(each("联系电话", *(f"{p}.0" for p in PHONES[:3])))
    yield (
        "personal_columns.csv",
        utf8(
            [
                [*HEAD, "身份证号", "诉求地址"],
                [*ticket(1), IDENTITY, ADDRESS],
                [*ticket(2, 满意度=PHONES[1]), IDENTITY, ADDRESS],
                [*ticket(3, 受理时间=NAMES[2]), IDENTITY, ADDRESS],
                [*ticket(4, 办结时间=ADDRESS), IDENTITY, ADDRESS],
            ]
        ),
    )
    yield (
        "categories_with_white_space.csv",
        utf8(added("街镇", "示例街道", " 示例街道", "示例\n街道", "示例街道\u3000")),
    )


def workbooks() -> Iterator[tuple[str, bytes]]:
    cover: list[list[Any]] = [["示例街道12345热线"], ["制表日期", date(2024, 4, 1)]]
    march, april = (
        PLAIN,
        [
            HEAD,
            *(
                ticket(n, 工单编号=f"GD2404{n:02d}", 受理时间=f"2024-04-{n:02d}", 办结时间="")
                for n in (1, 2, 3)
            ),
        ],
    )
    simple = book(工单=PLAIN)
    yield "xlsx_simple.xlsx", simple
    yield "xlsx_named_csv.csv", simple
    yield "xlsx_cover_sheet_first.xlsx", book(封面=cover, 明细=PLAIN)
    yield "xlsx_title_rows.xlsx", book(工单=[["示例街道工单明细"], [], *PLAIN, ["合计", *[None] * 6, 4]])
    yield "xlsx_table_not_at_the_corner.xlsx", book(工单=[[], [], *([None, None, *r] for r in PLAIN)])
    yield (
        "xlsx_dates_as_cells.xlsx",
        book(
            工单=[
                HEAD,
                _cells(1, datetime(2024, 3, 1, 8, 30)),
                _cells(2, date(2024, 3, 2)),
                _cells(3, 45354.5),
                _cells(4, "2024/3/4"),
            ]
        ),
    )
    yield (
        "xlsx_ids_as_numbers.xlsx",
        book(
            工单=[
                HEAD,
                [20240301001, *ticket(1)[1:]],
                [20240301002.0, *ticket(2)[1:]],
                [20240301000000123, *ticket(3)[1:]],
                ["0012", *ticket(4)[1:]],
            ]
        ),
    )
    yield (
        "xlsx_yes_no_cells.xlsx",
        book(
            工单=[
                [*HEAD, "先行联系"],
                [*ticket(1), True],
                [*ticket(2), False],
                [*ticket(3), 1],
                [*ticket(4), None],
            ]
        ),
    )
    yield "xlsx_blank_rows.xlsx", book(工单=[HEAD, ticket(1), [], [None, " "], ticket(2)])
    yield "xlsx_empty_sheets.xlsx", book(Sheet1=[], 工单=PLAIN, Sheet3=[])
    yield "xlsx_two_month_sheets.xlsx", book(三月=march, 四月=[["四月工单"], *april])
    yield "xlsx_pivot_sheet_beside.xlsx", book(汇总=[["受理时间", "件数"], ["2024-03", 4]], 明细=PLAIN)
    yield (
        "xlsx_hostile_cells.xlsx",
        book(工单=[HEAD, ticket(1, 内容描述="<b>&amp;"), ticket(2, 内容描述="[/x]\n二")]),
    )
    yield "xlsx_header_only.xlsx", book(工单=[HEAD])
    yield "xlsx_without_tickets.xlsx", book(封面=cover, 空=[])
    yield "xlsx_cell_far_away.xlsx", book(工单=PLAIN, far="XFD1048576")
    yield "damaged_xlsx.xlsx", simple[: len(simple) // 2]


def packed() -> Iterator[tuple[str, bytes]]:
    plain, gb = utf8(PLAIN), text([HEAD, *(ticket(i) for i in range(5, 8))]).encode("gb18030")
    yield "gz_of_gb18030.csv.gz", gzip.compress(gb, mtime=0)
    yield "gz_cut_off.csv.gz", gzip.compress(plain, mtime=0)[:-60]
    yield "zip_of_two_exports.zip", zipped(("三月/上旬.csv", plain), ("三月/中旬.csv", gb))
    yield (
        "zip_named_in_gbk.zip",
        zipped(("12345678.csv", plain)).replace(b"12345678", "三月工单".encode("gbk")),
    )
    yield "zip_with_attachments.zip", zipped(("工单.csv", plain), ("现场照片.jpg", b"\xff\xd8"))
    yield "zip_without_exports.zip", zipped(("现场照片.jpg", b"\xff\xd8"))
    yield "zip_in_zip.zip", zipped(("四月.zip", zipped(("工单.csv", plain))))
    yield "rar.csv", b"Rar!\x1a\x07\x01\x00" + b"\0" * 32


def zipped(*files: tuple[str, bytes]) -> bytes:
    """An archive without a clock, its files stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files:
            made.writestr(zipfile.ZipInfo(name, (2024, 4, 1, 0, 0, 0)), content)
    return out.getvalue()


def pages() -> Iterator[tuple[str, bytes]]:
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in line) + "</tr>\r\n" for line in PLAIN)
    page = f"<html><head></head><body><table border=1>{lines}</table></body></html>"
    yield "html_named_xls.xls", page.encode("gb18030")
    yield (
        "html_with_a_menu_before.xls",
        page.replace("<body>", "<body><table><tr><td>首页</td></tr></table>").encode(),
    )
    yield "html_without_a_table.xls", b"<html><body>\xe8\xaf\xb7\xe7\x99\xbb\xe5\xbd\x95</body></html>"
    row = "".join(
        "<Row>" + "".join(f"<Cell><Data ss:Type='String'>{c}</Data></Cell>" for c in x) + "</Row>"
        for x in PLAIN
    )
    yield (
        "xml_2003_named_xls.xls",
        "<?xml version='1.0' encoding='UTF-8'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'"
        " xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>"
        f"<Worksheet ss:Name='工单'><Table>{row}</Table></Worksheet></Workbook>".encode(),
    )
    yield "two_encodings_joined.csv", utf8([HEAD, *tickets(3)]) + text([*tickets(3)]).encode("gb18030")
    legacy = xlwt.Workbook()
    sheet = legacy.add_sheet("工单")
    for i, line in enumerate(PLAIN):
        for k, cell in enumerate(line):
            sheet.write(i, k, cell)
    out = io.BytesIO()
    legacy.save(out)
    yield "legacy_workbook.xls", out.getvalue()


def _cells(n: int, accepted: object) -> list[object]:
    return [ticket(n)[0], accepted, *ticket(n)[2:]]


def book(far: str = "", **sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook without a clock: the parts as openpyxl makes them, packed as they are, all of one time.
    `far`: one more cell of the last sheet."""
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
        if far:
            sheet[far] = "x"
    saved, out = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(out, "w") as packed:
        for name in sorted(given.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-04-01T00:00:00Z", given.read(name))
            packed.writestr(zipfile.ZipInfo(name, (2024, 4, 1, 0, 0, 0)), part)
    return out.getvalue()


def files() -> dict[str, bytes]:
    """Every file by its name."""
    made: dict[str, bytes] = {}
    for part in (encodings, no_tables, headers, rows, dates, values, workbooks, packed, pages):
        for name, content in part():
            if name in made:
                raise ValueError(name)
            made[name] = content
    return made


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (folder / name).write_bytes(content)
