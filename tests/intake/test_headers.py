"""The header aliases and what they are taken for."""

from itertools import chain

import pytest

from hotline_stats.intake import headers
from hotline_stats.intake.headers import aliases, find, known, normal, read, resource
from hotline_stats.model.columns import BY_NAME


def test_aliases_name_canonical_columns_and_only_one_header_has_two_meanings() -> None:
    assert set(resource("headers.toml")) <= set(BY_NAME)
    double = {name for name, meanings in aliases().items() if len(meanings) > 1}
    assert double == {"工单类别"}
    written = list(chain.from_iterable(resource("headers.toml").values()))
    assert all(normal(name) for name in written)
    assert len({*written}) == len(written) - 1


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" 受理 时间 ", "受理时间"),
        ("受理时间（必填）", "受理时间"),
        ("*ＡＢ：", "ab"),
        ("(备注)", "(备注)"),
        ("\ufeffID", "id"),
        ("*", "*"),
    ],
)
def test_normal_form(written: str, plain: str) -> None:
    assert normal(written) == plain


def test_the_row_with_most_known_headers_is_the_header() -> None:
    rows = [
        ["受理时间：2024年1月"],
        ["受理时间", "制表人"],
        ["工单编号", "受理时间", "街道"],
        ["工单编号", "受理时间", "街道"],
    ]
    assert find(rows) == 2
    assert find([["工单编号", "街道"], []]) is None
    assert known(["街道", "街道 ", "不认识"]) == 2


def test_the_preferred_of_several_headers_is_used() -> None:
    header = read(["问题分类", "新一级分类", "一级分类", "受理时间", "受理时间"], [])
    assert header.columns == ("", "category_1", "", "accepted_at", "")
    assert header.unmapped == ("问题分类", "一级分类", "受理时间")
    assert header.mapping == (("新一级分类", "category_1"), ("受理时间", "accepted_at"))


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        (["一般", "紧急", ""], "urgency"),
        (["投诉", "求助"], "request_type"),
        (["一般", "投诉"], "request_type"),
        ([""], "request_type"),
    ],
)
def test_a_header_of_two_meanings_is_read_by_its_values(values: list[str], meaning: str) -> None:
    assert read(["工单类别"], [[v] for v in values]).columns == (meaning,)


def test_both_meanings_side_by_side() -> None:
    header = read(["工单类别", "工单类型"], [["一般", "投诉"], ["紧急", "求助"]])
    assert header.columns == ("urgency", "request_type")


def test_personal_headers_are_all_marked() -> None:
    header = read(["来电人", "联系电话", "诉求地址", "发生地址"], [])
    assert header.columns == ("person", "person", "address", "address")


def test_nothing_but_known_headers_is_shown() -> None:
    bad = headers.missing("a.csv", [["某君", "13800001111"], ["工单编号", "某君"]])
    assert bad.facts["found"] == "工单编号" and "某君" not in str(bad)


def test_names_over_lines_in_full_width_repeated_and_empty() -> None:
    cells = [
        "工单\n编号",
        "受 理\u3000时间",
        "ＲＥＣ＿ＩＤ",
        "",
        "　",
        "备注",
        "备注",
        "（内容描述）",
        "内容描述\r\n（必填）",
    ]
    header = read(cells, [])
    assert header.cells == (
        "工单 编号",
        "受 理 时间",
        "ＲＥＣ＿ＩＤ",
        "",
        "",
        "备注",
        "备注",
        "（内容描述）",
        "内容描述 （必填）",
    )
    assert header.columns == ("ticket_id", "accepted_at", "", "", "", "", "", "", "content")
    assert header.unmapped == ("ＲＥＣ＿ＩＤ", "备注", "备注", "（内容描述）")
