"""Rows to tickets: which rows are none, how values are read, and what a finding may show."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HEADER, read, row, write

from hotline_stats.intake.shapes import shape
from hotline_stats.model.findings import severity
from hotline_stats.model.tickets import CLEAN_SCHEMA


def column(tmp_path: Path, header: str, values: list[str], *more: str) -> Any:
    """A file with a time and one column; `more`: further headers, blank."""
    rows = [["受理时间", header, *more], *(["2024-01-05 08:00:00", v, *("" for _ in more)] for v in values)]
    return read(write(tmp_path / "a.csv", rows))


def test_rows_that_are_not_tickets(tmp_path: Path) -> None:
    header = ["工单编号", "受理时间", "工单类型", "工单状态", "内容描述"]
    rows = [
        header,
        ["1", "2024-01-05", "投诉", "已办结", "文"],  # 2
        ["", "", " ", "\u3000", ""],  # 3
        header,  # 4
        ["合 计", "", "", "", "1"],  # 5
        ["", "总计：", "", "", "5"],  # 6
        ["2", "2024-01-05", "催单", "办理中", ""],  # 7
        ["3", "2024-01-05", "投诉", "作废", ""],  # 8
        ["4", "", "投诉", "办理中", "没有时间"],  # 9
        ["5", "-", "投诉", "办理中", ""],  # 10
        ["6", "2024-02-30", "投诉", "", ""],  # 11
        ["7", "2024-02-29", "投诉", "", "合计"],  # 12
        ["8", "05/01/2024", "催单", "", ""],  # 13: one reason only
    ]
    got = read(write(tmp_path / "a.csv", rows))
    assert [r["ticket_id"] for r in got.kept] == ["1", "7"]
    assert got.codes == [
        (3, "blank-row"), (4, "header-again"), (5, "total-row"), (6, "total-row"), (7, "reminder"), (8, "void"),
        (9, "no-date"), (10, "no-date"), (11, "bad-date"), (13, "reminder"),
    ]  # fmt: skip
    assert [(c, v) for n, _, c, v in got.found if n in (9, 11)] == [
        ("受理时间", ""),
        ("受理时间", "9999-99-99"),
    ]


@pytest.mark.parametrize(
    ("written", "ticket_id", "codes"),
    [
        ("0012", "0012", []),
        ("'2024", "2024", []),
        ('="0012"', "0012", []),
        ("\t12", "12", []),
        ("20240105000012.0", "20240105000012", []),
        ("12.00", "12", []),
        ("2.024E+13", None, [(2, "damaged-id")]),
        ("2E13", None, [(2, "damaged-id")]),
        ("2.024010500001234e+16", None, [(2, "damaged-id")]),
        ("", None, [(2, "no-id")]),
        ("None", None, [(2, "no-id")]),
        ("[2024]第1号", "[2024]第1号", []),
    ],
)
def test_ticket_ids(
    tmp_path: Path, written: str, ticket_id: str | None, codes: list[tuple[int, str]]
) -> None:
    got = column(tmp_path, "工单编号", [written], "标题")
    assert (got.kept[0]["ticket_id"], got.codes) == (ticket_id, codes)


@pytest.mark.parametrize(
    ("header", "name", "yes", "no", "neither"),
    [
        (
            "先行联系",
            "contacted",
            ["是", "已联系", "1", "1.0", "Ｙ"],
            ["否", "未联系", "0"],
            ["", "未评价", "无电话", "2"],
        ),
        (
            "结案评判",
            "resolved",
            ["实际解决", "已解决", "TRUE"],
            ["解释说明", "未解决"],
            ["参考备案", "—", "2.0"],
        ),
        ("是否按时办结", "on_time", ["按期办结", "是"], ["逾期办结", "超期"], ["未办结", ""]),
        ("工单是否重复", "repeat", ["是", "重复"], ["否", "0"], ["", "-"]),
        ("重复次数", "repeat", ["1", "3次", "2.0", "9" * 5000], ["0", "0次", "0.0"], ["", "无"]),
    ],
)
def test_flags_have_three_values(
    tmp_path: Path, header: str, name: str, yes: list[str], no: list[str], neither: list[str]
) -> None:
    got = column(tmp_path, header, [*yes, *no, *neither], "标题")
    assert [r[name] for r in got.kept] == [True] * len(yes) + [False] * len(no) + [None] * len(neither)
    assert got.found == []
    unknown = column(tmp_path, header, ["待定", *yes[:1]], "标题")
    assert [r[name] for r in unknown.kept] == [None, True]
    assert unknown.found == [(2, "unknown-value", header, "字字")]


def test_ratings(tmp_path: Path) -> None:
    words = ["满意", "非常满意", "基本满意", "一般", "不满意", " 不满意 ", "未评价", "未回访", "", "3"]
    got = column(tmp_path, "市民满意度", words, "标题")
    expected = [
        "satisfied",
        "satisfied",
        "mostly_satisfied",
        "neutral",
        "dissatisfied",
        "dissatisfied",
        None,
        None,
        None,
        None,
    ]
    assert [r["satisfaction"] for r in got.kept] == expected
    assert got.found == [(11, "rating-code", "市民满意度", "3")]


def test_categories_are_folded_and_missing_words_are_missing(tmp_path: Path) -> None:
    given_words = ["某街道", " 某街道", "某\n街道", "None", "－", "不详", "", "\u3000", "N/A", "某街道（东）"]
    got = column(tmp_path, "街道", given_words, "标题")
    assert [r["street"] for r in got.kept] == ["某街道", "某街道", "某 街道", *[None] * 6, "某街道（东）"]


def test_repeat_is_told_by_either_column(tmp_path: Path) -> None:
    rows = [
        ["受理时间", "重复工单号", "重复次数"],
        *(["2024-01-05", a, b] for a, b in [("7", ""), ("", "2"), ("", "0"), ("", "")]),
    ]
    got = read(write(tmp_path / "a.csv", rows))
    assert [r["repeat"] for r in got.kept] == [True, True, False, False]


def test_times_of_a_ticket(tmp_path: Path) -> None:
    header = ["受理时间", "处理截止时间", "办结时间"]
    cases = [
        ("2024-01-05 09:00:00", "2024-01-08 09:00:00", "2024-01-08 09:00:00", True),
        ("2024-01-05 09:00:00", "2024-01-08 09:00:00", "2024-01-08 09:00:01", False),
        ("2024-01-05 09:00:00", "2024-01-08", "2024-01-08 23:59:59", True),
        ("2024-01-05 09:00:00", "2024-01-08", "2024-01-09", False),
        ("2024-01-05 09:00:00", "2024-01-08", "", None),
        ("2024-01-05 09:00:00", "", "2024-01-05 10:00:00", None),
        ("2024-01-05 09:00:00", "2024-01-08", "2024-01-05", True),  # a day lasts until it ends
        ("2024-01-05 09:00:00", "2024-01-08", "2024-01-05 08:59:59", None),  # 9: before it was accepted
        ("2024-01-05 09:00:00", "2024-01-08", "八日", None),  # 10
    ]
    got = read(write(tmp_path / "a.csv", [header, *(list(c[:3]) for c in cases)]))
    assert [r["on_time"] for r in got.kept] == [c[3] for c in cases]
    assert got.found == [(9, "closed-before-accepted", "办结时间", ""), (10, "bad-time", "办结时间", "字字")]
    assert got.kept[6]["closed_at"] == datetime(2024, 1, 5) and got.kept[7]["closed_at"] is None


def test_the_accepted_time_dates_a_ticket_and_the_created_time_only_without_it(tmp_path: Path) -> None:
    both = read(
        write(
            tmp_path / "a.csv", [["登记时间", "受理时间"], ["2024-01-01", "2024-01-05"], ["2024-01-01", ""]]
        )
    )
    assert [r["accepted_at"] for r in both.kept] == [datetime(2024, 1, 5)] and both.codes == [(3, "no-date")]
    alone = read(write(tmp_path / "a.csv", [["登记时间", "标题"], ["2024-01-01", "x"]]))
    assert alone.kept[0]["accepted_at"] == datetime(2024, 1, 1)


def test_columns_that_a_file_lacks_are_null(tmp_path: Path) -> None:
    got = read(write(tmp_path / "a.csv", [["受理时间"], ["2024-01-05"]]))
    assert got.parts[0].tickets.schema == CLEAN_SCHEMA
    assert {k for k, v in got.kept[0].items() if v is not None} == {"accepted_at", "row"}
    assert got.parts[0].content.null_count == got.parts[0].title.null_count == 1


PERSONAL = ["诉求联系人", "来电人", "联系电话", "来电号码", "身份证号", "性别", "诉求地址", "发生地址"]


def test_personal_columns_and_text_never_get_through(tmp_path: Path) -> None:
    secrets = [
        "某甲",
        "某乙",
        "13800001111",
        "02155550000",
        "110101199003074514",
        "女",
        "某路1弄2号301室",
        "某路3弄",
    ]
    header = [*HEADER, *PERSONAL]
    rows = [
        header,
        [*row(1, 诉求标题="秘密标题", 内容描述="秘密内容"), *secrets],
        [*row(2, 受理时间="某甲"), *secrets],
    ]
    got = read(write(tmp_path / "a.csv", rows))
    assert got.export.header.unmapped == ()
    said = repr(got.kept) + repr(got.found) + repr(got.flaws)
    assert not [s for s in (*secrets, "秘密") if s in said]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("张三", "字字"),
        ("高明", "字字"),
        ("时月", "字字"),
        ("13800001111", "99999999999"),
        ("①③⑧", "999"),
        ("zhang@163.com", "aaaaa@999.aaa"),
        ("部分解决", "字字解决"),
        ("待回访", "字字字"),
        ("2024年13月5日", "9999年99月9日"),
        ("楼上王大爷每天晚上砸墙扰民请尽快处理不要回复要处理", "字" * 24 + "…"),
        ("a\n b", "a a"),
    ],
)
def test_a_finding_shows_the_shape_of_a_value_only(value: str, shown: str) -> None:
    assert shape(value) == shown


def test_a_value_often_seen_is_not_shown_either(tmp_path: Path) -> None:
    got = column(tmp_path, "市民满意度", ["李小明"] * 500, "标题")
    assert {v for *_, v in got.found} == {"字字字"}


CELL = st.sampled_from(
    [
        "",
        "满意",
        "合计",
        "催单",
        "作废",
        "2024-01-05",
        "2024-02-30",
        "45296",
        "1.0",
        "2E13",
        "是",
        "\n",
        "x",
        "受理时间",
        "9" * 20,
    ]
) | st.text(max_size=4)
COLUMNS = [
    "工单编号",
    "受理时间",
    "办结时间",
    "处理时限",
    "工单类型",
    "工单状态",
    "先行联系",
    "满意度",
    "重复次数",
    "重复工单号",
]


@given(rows=st.lists(st.lists(CELL, max_size=12), max_size=15))
@settings(
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_rows_in_are_kept_or_rejected_whatever_they_hold(tmp_path: Path, rows: list[list[str]]) -> None:
    written = [[c.replace("\0", "").encode("utf-8", "ignore").decode() for c in r] for r in rows]
    got = read(write(tmp_path / "a.csv", [COLUMNS, *written], quoting=1))
    assert len(got.cells) == len(rows)
    assert all(severity(code) in ("reject", "warning") for _, code in got.codes)
    assert all(r["accepted_at"] for r in got.kept)
    assert all(r["closed_at"] is None or r["closed_at"].date() >= r["accepted_at"].date() for r in got.kept)
