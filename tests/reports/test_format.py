"""Cells are written in one place; dangerous text is made harmless there."""

import pytest

from hotline_stats.reports.document import Measure
from hotline_stats.reports.format import bare, cell_text, clean, tone_of, unformula


@pytest.mark.parametrize(
    ("cell", "kind", "zh", "en"),
    [
        (1368, "count", "1,368", "1,368"),
        (-266, "change", "−266", "−266"),
        (14, "change", "+14", "+14"),
        (-19.444444, "change_pct", "−19.4%", "−19.4%"),
        (0.05, "change_pct", "+0.1%", "+0.1%"),
        (61.25, "rate", "61.3%", "61.3%"),
        ((-25.04, 9.4), "interval", "−25.0%～+9.4%", "−25.0% to +9.4%"),
        ((820.6, 1000), "quotient", "820.6 / 1,000", "820.6 / 1,000"),
        ((5000.0, 6000), "quotient", "5,000 / 6,000", "5,000 / 6,000"),
        ((None, 6000), "quotient", "6,000", "6,000"),
        ((0, 1462), "pair", "0 / 1,462", "0 / 1,462"),
        (Measure(1.15, "hours_change"), "points", "+1.2小时", "+1.2 h"),
        (Measure(7.5, "points"), "hours", "+7.5个百分点", "+7.5 pp"),
        ("within-noise", "verdict", "波动范围内", "within noise"),
        ("新增", "change_pct", "新增", "新增"),
        (None, "change_pct", "—", "—"),
        (None, "verdict", "—", "—"),
        (None, "interval", "—", "—"),
        (None, "text", "—", "—"),
    ],
)
def test_cells(cell, kind, zh, en):
    assert cell_text(cell, kind, "zh") == zh
    assert cell_text(cell, kind, "en") == en


def test_clean_leaves_one_line_without_marks_that_turn_the_text():
    assert clean("两行\n的\t名字\x1b[31m") == "两行 的 名字 [31m"
    assert clean("\u202e甲乙\u2066丙\u200f") == "甲乙丙"
    assert clean("  家\u3000园 ") == "家 园"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@A1", "\t=1", "＝1"])
def test_formulas_become_text(text):
    assert unformula(text) == "'" + text


def test_other_text_is_no_formula():
    assert unformula("甲=乙") == "甲=乙"
    assert unformula("") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/home/li/工单.csv", "工单.csv"),
        (r"C:\Users\li\工单.csv", "工单.csv"),
        ("工单.csv", "工单.csv"),
        ("--top", "--top"),
        ("0.95", "0.95"),
    ],
)
def test_absolute_paths_lose_their_folders(text, name):
    assert bare(text) == name


def test_tones():
    assert [tone_of(v) for v in ("fall", "rise", "within-noise", "too-few", None)] == [
        "fall", "rise", "noise", "none", "none",
    ]  # fmt: skip
