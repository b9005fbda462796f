"""The control chart: its words, its marks, and a layout in which nothing is cut or overlaps."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from chart_data import SCHEME, windows
from layout_check import faults
from matplotlib.lines import Line2D

from hotline_stats.analysis.control import fired, limits
from hotline_stats.charts import control_chart, svg_text
from hotline_stats.messages import Lang
from hotline_stats.model.course import MONTH_COLUMNS, SIGNAL_COLUMNS, Course
from hotline_stats.model.period import Period, month_end

langs = pytest.mark.parametrize("lang", ["zh", "en"])


def course_of(
    counts: list[int], base_n: int, *, first: int = 2023, cut: bool = False, key: str = "total"
) -> Course:
    """Counts by month from January of `first`; the first `base_n` months are the base, the rest the period."""
    places = [(first + i // 12, i % 12 + 1) for i in range(len(counts))]
    days = np.array([month_end(*p).day for p in places], dtype=float)
    whole = np.ones(len(counts), dtype=bool)
    whole[-1] = not cut
    found = limits(
        np.array([counts], dtype=float),
        days,
        np.arange(len(counts)) % 12,
        np.arange(len(counts)) < base_n,
    )
    signals = fired((np.array(counts) - found.centre[0]) / found.sigma[0], whole)
    labels = [f"{y}-{m:02d}" for y, m in places]
    values = {
        "key": key, "month": labels, "n": counts, "days": days, "complete": whole, "year_before": None,
        "sum_12": None, "centre": found.centre[0], "low": np.maximum(0, found.centre[0] - 3 * found.sigma[0]),
        "high": found.centre[0] + 3 * found.sigma[0], "rules": "",
    }  # fmt: skip
    told = [
        (key, f.rule, "above" if f.above else "below", labels[f.first], labels[f.last], f.last - f.first + 1)
        for f in signals
    ]
    known = not np.isnan(found.centre).any()
    frame = pd.DataFrame(values, columns=list(MONTH_COLUMNS))
    return Course(
        by="type",
        windows=windows(f"{labels[base_n]}..{labels[-1]}", "2022"),
        frame=frame if known else frame.assign(centre=None, low=None, high=None),
        signals=pd.DataFrame(told, columns=list(SIGNAL_COLUMNS)),
        limits=pd.DataFrame(
            {"key": [key], "base_n": [sum(counts[:base_n])], "per_day": [1.0], "widening": [1.0]}
        ),
        base=Period(date(first, 1, 1), month_end(*places[base_n - 1])) if known else None,
        base_n=base_n if known else 0,
        seasonal=found.seasonal,
        types=SCHEME,
    )


STEADY = [100, 90, 104, 96, 101, 99, 100, 98, 97, 103, 95, 100]
CASES = {
    "quiet": course_of([*STEADY, *STEADY], 12),
    "one": course_of([*STEADY, 100, 160, *STEADY[2:]], 12),
    "several": course_of([*STEADY, *[40] * 12], 12),
    "cut": course_of([*STEADY, 100, 90, 50], 12, cut=True),
    "long": course_of(STEADY * 10, 108, first=2015),
    "large": course_of([x * 100_000 for x in [*STEADY, *STEADY[::-1]]], 12),
    "few": course_of([5, 6, 5, 5, 6, 5, 5, 5, 6, 5, 5, 5, 0], 12),
}


@langs
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_and_nothing_overlaps(lang: Lang, case: str) -> None:
    chart = control_chart(CASES[case], "total", lang)
    assert faults(chart.figure) == []
    assert chart.alt.startswith(chart.title)
    assert svg_text(chart).startswith("<svg")


def test_what_the_title_says() -> None:
    said = {case: control_chart(CASES[case], "total", "zh").title for case in CASES}
    assert said["quiet"] == "合计：本期各月均未触发控制图规则"
    assert said["one"] == "合计：2024-02高于控制上限"
    assert said["several"].startswith("合计：本期触发控制图规则")
    assert control_chart(CASES["one"], "total", "en").title == "Total: 2024-02 above the upper limit"


def test_a_signal_of_the_base_alone_is_not_news() -> None:
    signal = pd.DataFrame(
        [("total", "outside", "above", "2023-06", "2023-06", 1)], columns=list(SIGNAL_COLUMNS)
    )
    chart = control_chart(replace(CASES["quiet"], signals=signal), "total", "en")
    assert chart.title == "Total: no month of the period is out of line"


def test_months_out_of_line_are_large_and_coloured_by_side() -> None:
    figure = control_chart(CASES["one"], "total", "zh").figure
    dots = [x for x in figure.findobj(Line2D) if x.get_marker() == "o"]
    sizes = [d.get_markersize() for d in dots]
    assert len(dots) == 24 and sizes.count(max(sizes)) == 1 and sizes.index(max(sizes)) == 13


def test_the_text_alternative_has_every_month_and_the_limits() -> None:
    alt = control_chart(CASES["one"], "total", "zh").alt
    assert alt.count("年") >= 24 and "2024年2月160件" in alt and "控制限" in alt and "12个完整月份" in alt


def test_what_cannot_be_drawn() -> None:
    with pytest.raises(KeyError):
        control_chart(CASES["one"], "noise", "zh")
    with pytest.raises(ValueError, match="no limits"):
        control_chart(course_of([1] * 24, 12), "total", "zh")


def test_a_selection_is_named() -> None:
    found = replace(CASES["one"], where=(("type", "noise"),))
    assert "只计问题类型＝噪声扰民" in control_chart(found, "total", "zh").alt
