"""Nothing is cut and nothing overlaps, for inputs that are hard to draw, in both languages."""

import pytest
from chart_data import (
    COUNTS,
    SCHEME,
    SERVICES,
    comparison,
    contributions,
    figure,
    months_of,
    series,
    services,
    waves,
    windows,
)
from layout_check import faults
from matplotlib.figure import Figure

from hotline_stats.charts import (
    Chart,
    contribution,
    heat_map,
    monthly_lines,
    place_bars,
    service,
    type_change,
)
from hotline_stats.messages import Lang
from hotline_stats.model.services import ServiceFigure
from hotline_stats.model.types import Group, ProblemType, TypeScheme

LONG_ZH = "五角场街道市场监督管理所消费者权益保护与食品安全综合协调科室"
LONG_EN = "Subdistrict office for market supervision, consumer rights and food safety"
MANY = TypeScheme(
    "many",
    "1",
    (
        *(ProblemType(f"t{i}", LONG_ZH[i % 7 :], LONG_EN[i % 5 :]) for i in range(24)),
        ProblemType("other", "其他", "Other"),
    ),
    (Group("all_but_other", LONG_ZH, LONG_EN, tuple(f"t{i}" for i in range(24))),),
)
MANY_COUNTS = {t: ((i * 37) % 501 * (i % 4), (i * 53) % 487 * (i % 3)) for i, t in enumerate(MANY.ids)} | {
    "t1": (1_000_000, 3)
}

SPANS = {
    "whole": windows(),
    "cut": windows("2024-01-01..2024-10-15", "2023-01-01..2023-10-15", asked="2024"),
    "uncovered": windows(covered=False),
}
COMPARED = {
    "usual": (SCHEME, COUNTS),
    "25 long names, a million": (MANY, MANY_COUNTS),
    "one": (TypeScheme("one", "1", (ProblemType("other", "其他", "Other"),), ()), {"other": (7, 12)}),
    "zeros": (SCHEME, dict.fromkeys(SCHEME.ids, (0, 0))),
}
langs = pytest.mark.parametrize("lang", ["zh", "en"])
spans = pytest.mark.parametrize("span", SPANS)
parted = pytest.mark.parametrize("span", ["cut", "uncovered"])
compared = pytest.mark.parametrize("case", COMPARED)


def _check(chart: Chart, *, bars: bool = True) -> None:
    assert isinstance(chart.figure, Figure)
    assert faults(chart.figure, bars=bars) == []
    assert chart.title
    assert chart.alt.startswith(chart.title)


@langs
@spans
@compared
def test_type_change(lang: Lang, span: str, case: str) -> None:
    scheme, counts = COMPARED[case]
    _check(type_change(comparison(counts, span=SPANS[span], scheme=scheme), scheme.ids, lang))


@langs
@spans
@compared
def test_contribution(lang: Lang, span: str, case: str) -> None:
    scheme, counts = COMPARED[case]
    _check(contribution(contributions(comparison(counts, span=SPANS[span], scheme=scheme)), lang))


@langs
@parted
@pytest.mark.parametrize("n", [0, 1, 25])
def test_place_bars(lang: Lang, span: str, n: int) -> None:
    counts = {f"{LONG_ZH}{i}": (1_000_000 // (i + 1) ** 6, 30 * i) for i in range(n)} | {"": (5, 0)}
    _check(place_bars(comparison(counts, by="unit", span=SPANS[span]), lang, top=25))


@langs
@parted
@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("scale", [0, 1, 90_000])
def test_monthly_lines(lang: Lang, span: str, n: int, scale: int) -> None:
    months = len(SPANS[span].period.months)
    keys = MANY.ids[:n]
    data = series({k: waves(months, scale) for k in keys}, SPANS[span], MANY)
    _check(monthly_lines(data, keys, lang))


@langs
@pytest.mark.parametrize("period", ["2023-11..2024-10", "2024-05", "2020..2023", "2024-01-10..2024-02-20"])
def test_months_of_other_windows(lang: Lang, period: str) -> None:
    span = windows(period, "2018-01..2018-03")
    months = len(months_of(span.period))
    data = series({k: (waves(months, 1000)[0], [4, 5, 6]) for k in ("noise", "parking")}, span)
    _check(monthly_lines(data, ["noise"], lang))
    _check(monthly_lines(data, ["noise", "parking"], lang))
    _check(heat_map(data, ["noise", "parking"], lang), bars=False)


@langs
@parted
@pytest.mark.parametrize("n", [0, 1, 20])
@pytest.mark.parametrize("scale", [0, 90_000])
def test_heat_map(lang: Lang, span: str, n: int, scale: int) -> None:
    months = len(SPANS[span].period.months)
    data = series({k: waves(months, scale) for k in MANY.ids}, SPANS[span], MANY)
    _check(heat_map(data, MANY.ids[:n], lang), bars=False)


@langs
@pytest.mark.parametrize(
    "figures",
    [
        SERVICES,
        SERVICES[:1],
        SERVICES[-1:],
        (),
        (figure("contact_rate", 50.0, None), figure("handling_p90_hours", 0.0, None, "hours")),
        (figure("contact_rate", 0.0, 100.0), figure("resolution_rate", 100.0, 0.0)),
        (figure(LONG_ZH, 50.0, 50.0), figure(LONG_EN, 50.04, 50.0)),
        (figure("handling_p90_hours", 1_000_000.0, 0.5, "hours"),),
    ],
)
def test_service(lang: Lang, figures: tuple[ServiceFigure, ...]) -> None:
    _check(service(services(*figures), lang))
