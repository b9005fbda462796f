"""The funnel plot: who is outside of the limits is named and told, and nothing overlaps up to sixty units."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from chart_data import service_rows
from layout_check import faults
from matplotlib.lines import Line2D

from hotline_stats.charts import Chart, funnel_plot, theme
from hotline_stats.charts.scale import log_ticks, rate_ticks, spread
from hotline_stats.messages import Lang
from hotline_stats.model.funnel import INNER, LIMIT, Funnel
from hotline_stats.model.service_rows import ServiceRows

LONG = "五角场街道市场监督管理所消费者权益保护与食品安全综合协调科室"
HOSTILE = "<script>alert(1)</script> $x^2$ [/x] \u202e单位\u200f\n{0}"
Held = dict[str, tuple[float, int]]


def _units(n: int, name: str = LONG, most: int = 900) -> Held:
    """Units of about 80 % with 10 to `most` tickets."""
    rng = np.random.default_rng(3)
    sizes = np.exp(rng.uniform(math.log(10), math.log(most), n)).astype(int)
    return {f"{name}{i}": (int(rng.binomial(size, 0.8)), int(size)) for i, size in enumerate(sizes)}


def _flagged(rows: ServiceRows) -> ServiceRows:
    """The same with every unit outside, in turn above and below."""
    turned = rows.rows.assign(flag=[("above", "below")[i % 2] for i in range(len(rows.rows))])
    return replace(rows, rows=turned)


def _texts(chart: Chart) -> list[str]:
    return [t.get_text() for t in chart.figure.texts]


CASES = {
    "sixty long names": service_rows(_units(60)),
    "sixty outside": _flagged(service_rows(_units(60))),
    "two ends": _flagged(service_rows({f"{LONG}{i}": ((0, 60)[i % 2], 60) for i in range(16)})),
    "one far off": service_rows(_units(30) | {"坏的": (100, 300)}),
    "a million": service_rows({"甲": (700_000, 1_000_000), "乙": (9, 12), "": (5, 9)}),
    "one": service_rows({"甲": (50, 60)}),
    "alike": service_rows({"甲": (60, 60), "乙": (10, 10)}),
    "one size": service_rows({f"u{i}": (1000 - i, 1000) for i in range(8)}),
    "too few": service_rows({"甲": (3, 5)}),
    "none": service_rows({}),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", CASES)
def test_nothing_overlaps_or_is_cut(lang: Lang, case: str) -> None:
    chart = funnel_plot(CASES[case], "satisfaction", lang)
    assert faults(chart.figure) == []
    assert chart.title and chart.alt.startswith(chart.title)
    assert chart.id == "funnel-unit-satisfaction"


@pytest.mark.parametrize(
    ("held", "title"),
    [
        ({f"u{i}": (80, 100) for i in range(5)}, "5个承办单位的满意率均在预期范围内"),
        (
            {**{f"u{i}": (80, 100) for i in range(9)}, "乙": (30, 100)},
            "乙满意率低于预期范围（30.0%，全部75.0%）",
        ),
        (
            {**{f"u{i}": (30, 100) for i in range(9)}, "乙": (80, 100)},
            "乙满意率高于预期范围（80.0%，全部35.0%）",
        ),
        ({"甲": (95, 100), "乙": (5, 100)}, "2个承办单位中，1个满意率低于预期范围，1个高于预期范围"),
        ({"甲": (60, 60), "乙": (10, 10)}, "2个承办单位的满意率相同（100.0%）"),
        ({"甲": (40, 60), "乙": (1, 3)}, "只有1个承办单位达到10件，满意率无从比较"),
        ({"甲": (1, 3)}, "没有承办单位的满意率达到10件，无法比较"),
    ],
)
def test_the_title_tells_who_is_outside(held: Held, title: str) -> None:
    assert funnel_plot(service_rows(held), "satisfaction", "zh").title == title


def test_only_units_outside_are_named_in_colour() -> None:
    chart = funnel_plot(
        service_rows({f"u{i}": (80, 100) for i in range(9)} | {"乙": (30, 100)}), "satisfaction", "zh"
    )
    colours = {t.get_text(): t.get_color() for t in chart.figure.texts}
    assert "乙" in colours and colours["30.0%，100件"] == theme.FALL_TEXT
    assert not any(f"u{i}" in colours for i in range(9))
    assert "u380.0%（100件，预期" in chart.alt  # every unit stands in the words


def test_the_curves_are_the_limits() -> None:
    rows = service_rows(_units(20))
    around, chart = rows.funnels["satisfaction"], funnel_plot(rows, "satisfaction", "zh")
    curves = [a for a in chart.figure.artists if isinstance(a, Line2D) and len(a.get_xdata()) > 50]
    assert len(curves) == 4
    outer, inner = ([np.asarray(c.get_ydata()) for c in part] for part in (curves[:2], curves[2:]))
    assert (outer[0] >= inner[0]).all() and (inner[0] > inner[1]).all() and (inner[1] >= outer[1]).all()
    low, high = around.limits(100)
    inside_low, inside_high = around.limits(100, INNER)
    assert low < inside_low < around.mean < inside_high < high
    assert around.limits(100, LIMIT) == (low, high)


def test_the_foot_says_who_is_left_out_and_what_the_lines_are() -> None:
    held: Held = {f"u{i}": (80, 100) for i in range(5)} | {"小": (2, 3), "": (10, 20)}
    said = "".join(_texts(funnel_plot(service_rows(held), "satisfaction", "zh")))
    assert "另有1个不足10件，未画。" in said and "另有20件未填。" in said
    assert "99.8%" in said and "原因未作判断" in said and "数据：12345热线工单" in said


def test_hostile_names_are_text() -> None:
    rows = _flagged(service_rows({HOSTILE: (30, 60), LONG: (40, 60)}))
    chart = funnel_plot(rows, "satisfaction", "zh")
    drawn = "".join(_texts(chart))
    assert "$x^2$" in drawn and "[/x]" in drawn and "\u202e" not in drawn and "\n" not in drawn
    assert "<script" not in (chart._repr_svg_())


def test_what_cannot_be_drawn() -> None:
    rows = service_rows({"甲": (50, 60)})
    with pytest.raises(KeyError):
        funnel_plot(rows, "contact_rate", "zh")
    hours = replace(rows, total=replace(rows.total, figures=(replace(rows.total.figures[0], unit="hours"),)))
    with pytest.raises(ValueError, match="no range"):
        funnel_plot(hours, "satisfaction", "zh")
    with pytest.raises(ValueError, match="differ"):
        Funnel(1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (61.0, 97.0, [60, 70, 80, 90, 100]),
        (0.0, 100.0, [0, 20, 40, 60, 80, 100]),
        (99.2, 100.0, [99.2, 99.4, 99.6, 99.8, 100.0]),
        (100.0, 100.0, [99.9, 100.0]),
        (0.0, 0.0, [0.0, 0.1]),
        (3.0, 11.5, [2, 4, 6, 8, 10, 12]),
    ],
)
def test_rate_ticks(low: float, high: float, ticks: list[float]) -> None:
    assert rate_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (8, 1150, [10, 20, 50, 100, 200, 500, 1000]),
        (8, 1_150_000, [10, 100, 1000, 10_000, 100_000, 1_000_000]),
        (48, 69, [50, 60]),
        (800, 1150, [800, 900, 1000, 1100]),
        (0.8, 1.15, [1]),
    ],
)
def test_log_ticks(low: float, high: float, ticks: list[int]) -> None:
    assert log_ticks(low, high) == ticks


def test_labels_at_both_ends_stay_inside_and_apart() -> None:
    placed = sorted(spread([5.0] * 5 + [95.0] * 5, 10, 5, 95))
    assert placed[0] >= 5 and placed[-1] <= 95
    assert all(b - a >= 10 - 1e-9 for a, b in pairwise(placed))
