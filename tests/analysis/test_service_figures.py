"""Service figures against small tables worked out by hand."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from analysis_frames import daily, make_facts, make_windows
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.analysis import service_figures, settle
from hotline_stats.analysis.quantiles import weighted_quantile
from hotline_stats.model.period import parse
from hotline_stats.model.services import ServiceFigure
from hotline_stats.settings.values import ServiceSettings

YEARS = make_windows(parse("2024"), parse("2023"), start="2022-01-01")
ANY = ServiceSettings(min_n=1)
LEVEL = 0.95
IDS = [
    "contact_rate", "resolution_rate", "satisfaction", "on_time_rate", "handling_median_hours", "handling_p90_hours",
    "within_limit_rate", "within_complex_limit_rate", "within_7_days_rate", "repeat_rate", "unverified_rate",
]  # fmt: skip


def closed(year: int, n: int = 1, **values: Any) -> dict[str, Any]:
    return {"accepted": date(year, 3, 1), "closed": date(year, 3, 5), "n": n, **values}


def figure(figure_id: str, rows: list[dict[str, Any]], settings: ServiceSettings = ANY) -> ServiceFigure:
    return service_figures(make_facts(rows), YEARS, settings, LEVEL).figure(figure_id)


def test_the_figures_and_their_order() -> None:
    assert [f.id for f in service_figures(make_facts([closed(2024)]), YEARS, ANY, LEVEL).figures] == IDS


@pytest.mark.parametrize(
    ("figure_id", "column"),
    [
        ("contact_rate", "contacted"),
        ("resolution_rate", "resolved"),
        ("on_time_rate", "on_time"),
        ("repeat_rate", "repeat"),
    ],
)
def test_a_rate_leaves_out_what_is_not_known(figure_id: str, column: str) -> None:
    rows = [closed(2024, 30, **{column: True}), closed(2024, 10, **{column: False}), closed(2024, 7)]
    rows += [closed(2023, 1, **{column: True}), closed(2023, 1, **{column: False}), closed(2023, 2)]
    found = figure(figure_id, rows)
    assert (found.current, found.numerator, found.denominator, found.excluded_n) == (75.0, 30.0, 40, 7)
    assert (found.baseline, found.baseline_numerator, found.baseline_denominator) == (50.0, 1.0, 2)
    assert found.baseline_excluded_n == 2
    assert (found.change_pp, found.change_pct) == (25.0, 50.0)


def test_satisfaction_keeps_points_and_percent_apart() -> None:
    """74.6 → 82.1 is 7.5 points and about 10.1 %."""
    rows = [
        closed(2024, 700, satisfaction="satisfied"), closed(2024, 100, satisfaction="mostly_satisfied"),
        closed(2024, 70, satisfaction="neutral"), closed(2024, 130 - 1, satisfaction="dissatisfied"),
        closed(2024, 500),
        closed(2023, 746, satisfaction="satisfied"), closed(2023, 254, satisfaction="dissatisfied"),
    ]  # fmt: skip
    found = figure("satisfaction", rows)
    assert found.numerator == pytest.approx(700 + 80 + 42)
    assert (found.denominator, found.excluded_n) == (999, 500)
    assert found.current == pytest.approx(100 * 822 / 999)
    assert found.baseline == pytest.approx(74.6)
    assert found.change_pp == pytest.approx(100 * 822 / 999 - 74.6)
    assert found.change_pct == pytest.approx(100 * (100 * 822 / 999 / 74.6 - 1))
    ten = figure(
        "satisfaction",
        [
            closed(2024, 821, satisfaction="satisfied"),
            closed(2024, 179, satisfaction="dissatisfied"),
            *rows[-2:],
        ],
    )
    assert (round(ten.change_pp or 0, 1), round(ten.change_pct or 0, 1)) == (7.5, 10.1)


def test_other_weights_are_used_and_shown() -> None:
    settings = ServiceSettings(
        weights={"satisfied": 1.0, "mostly_satisfied": 0.6, "dissatisfied": 0.0}, min_n=1
    )
    rows = [closed(2024, 1, satisfaction="mostly_satisfied"), closed(2024, 4, satisfaction="neutral")]
    figures = service_figures(make_facts(rows), YEARS, settings, LEVEL)
    assert figures.to_dict()["satisfaction_weights"] == settings.weights
    assert figures.figure("satisfaction").current == pytest.approx(60.0)
    assert (figures.figure("satisfaction").denominator, figures.figure("satisfaction").excluded_n) == (1, 4)


def test_times_and_the_share_within_a_week() -> None:
    rows = [closed(2024, n, handling_hours=h) for h, n in ((10.0, 1), (20.0, 2), (168.0, 1), (168.5, 1))]
    rows += [closed(2024, 3)]
    sample = np.array([10, 20, 20, 168, 168.5])
    assert figure("handling_median_hours", rows).current == 20
    assert figure("handling_p90_hours", rows).current == pytest.approx(np.quantile(sample, 0.9))
    week = figure("within_7_days_rate", rows)
    assert (week.current, week.numerator, week.denominator, week.excluded_n) == (80.0, 4.0, 5, 3)
    assert figure("handling_median_hours", rows).numerator is None
    assert figure("handling_median_hours", rows).unit == "hours"


@given(
    st.lists(st.tuples(st.floats(0, 1e5), st.integers(1, 30)), min_size=1, max_size=20),
    st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]),
)
def test_weighted_quantile_is_that_of_the_expanded_sample(
    pairs: list[tuple[float, int]], share: float
) -> None:
    """Oracle: numpy.quantile of every value repeated."""
    values, n = np.array([v for v, _ in pairs]), np.array([k for _, k in pairs], dtype=np.int64)
    assert weighted_quantile(values, n, share) == pytest.approx(
        np.quantile(np.repeat(values, n), share), abs=1e-9, rel=1e-12
    )


def test_unverified_counts_only_the_plain_no() -> None:
    rows = [
        closed(2024, 4, verified="不属实"),
        closed(2024, 5, verified="属实"),
        closed(2024, 1, verified="部分属实"),
        closed(2024),
    ]
    found = figure("unverified_rate", rows)
    assert (found.current, found.numerator, found.denominator, found.excluded_n) == (40.0, 4.0, 10, 1)


def test_two_clocks() -> None:
    """Accepted in 2023, closed in 2024: the contact counts in 2024, the repeat in 2023; open ones nowhere yet."""
    ticket = {"accepted": "2023-12-20", "closed": "2024-01-04", "contacted": True, "repeat": True}
    figures = service_figures(
        make_facts([ticket, {"accepted": "2024-02-01", "contacted": True, "repeat": False}]),
        YEARS,
        ANY,
        LEVEL,
    )
    contact, repeat = figures.figure("contact_rate"), figures.figure("repeat_rate")
    assert (contact.clock, contact.denominator, contact.baseline_denominator, contact.excluded_n) == (
        "closed",
        1,
        0,
        0,
    )
    assert (repeat.clock, repeat.denominator, repeat.baseline_denominator) == ("accepted", 1, 1)


def test_small_denominators_show_no_rate() -> None:
    rows = [closed(2024, 9, contacted=True), closed(2023, 10, contacted=True)]
    found = figure("contact_rate", rows, ServiceSettings())
    assert (found.current, found.denominator, found.numerator, found.baseline) == (None, 9, 9.0, 100.0)
    assert found.change_pp is found.change_pct is None


def test_nothing_at_all_and_a_zero_base() -> None:
    for found in service_figures(make_facts([closed(2022)]), YEARS, ServiceSettings(min_n=0), LEVEL).figures:
        assert found.current is found.baseline is found.change_pct is None
    zero = figure("contact_rate", [closed(2024, contacted=True), closed(2023, contacted=False)])
    assert (zero.baseline, zero.change_pp, zero.change_pct) == (0.0, 100.0, None)


@pytest.mark.parametrize(
    ("start", "noted"), [("2023-01-01", True), ("2022-12-03", True), ("2022-12-02", False)]
)
def test_data_that_begin_at_the_baseline_are_noted(start: str, noted: bool) -> None:
    facts = make_facts(daily(date.fromisoformat(start), date(2024, 12, 31)))
    notes = service_figures(facts, settle(facts), ANY, LEVEL).notes
    assert [n.code for n in notes] == (["closed-clock-start"] if noted else [])
    assert all(start in n.text("zh") and start in n.text("en") for n in notes)


def test_rates_stay_between_zero_and_a_hundred() -> None:
    rng = np.random.default_rng(2)
    rows = [
        closed(2024, int(k), contacted=bool(c), resolved=not c)
        for k, c in zip(rng.integers(1, 9, 50), rng.random(50) < 0.3, strict=True)
    ]
    for found in service_figures(make_facts(rows), YEARS, ANY, LEVEL).figures:
        assert found.unit == "hours" or found.current is None or 0 <= found.current <= 100
        assert found.denominator + found.excluded_n == sum(r["n"] for r in rows)


def test_an_uncovered_baseline_has_no_figures() -> None:
    rows = [{"accepted": "2024-05-12", "closed": "2024-06-02", "contacted": True}, {"accepted": "2024-01-01"}]
    facts = make_facts(rows)
    windows = settle(facts, parse("2024-05"), parse("2024-06"))
    assert not windows.covered
    found = service_figures(facts, windows, ANY, LEVEL).figure("contact_rate")
    assert (found.baseline, found.baseline_denominator, found.baseline_excluded_n) == (None, 0, 0)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize(
    ("now", "then"), [((3, 29), (0, 12)), ((745, 1000), (742, 990)), ((40, 40), (35, 41)), ((0, 10), (0, 11))]
)
def test_a_rate_has_the_score_interval_of_newcombe(
    now: tuple[int, int], then: tuple[int, int], level: float
) -> None:
    """Oracle: statsmodels."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    rows = []
    for year, (yes, n) in ((2024, now), (2023, then)):
        rows += [closed(year, yes, contacted=True), closed(year, n - yes, contacted=False)]
    found = service_figures(make_facts(rows), YEARS, ANY, level).figure("contact_rate")
    low, high = confint_proportions_2indep(*now, *then, method="newcomb", compare="diff", alpha=1 - level)
    assert (found.low_pp, found.high_pp) == (
        pytest.approx(100 * low, abs=1e-6),
        pytest.approx(100 * high, abs=1e-6),
    )
    assert found.verdict == ("fall" if high < 0 else "rise" if low > 0 else "within-noise")


def test_weighted_satisfaction_has_the_normal_interval_of_two_means() -> None:
    """Oracle: statsmodels' z interval of two samples with unequal variances."""
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

    counts = {2024: (60, 20, 5, 15), 2023: (40, 20, 10, 30)}
    ratings = ("satisfied", "mostly_satisfied", "neutral", "dissatisfied")
    rows = [
        closed(y, k, satisfaction=r) for y, held in counts.items() for r, k in zip(ratings, held, strict=True)
    ]
    found = figure("satisfaction", rows)
    scores = np.array([1.0, 0.8, 0.6, 0.0])
    now, then = (DescrStatsW(np.repeat(scores, counts[y])) for y in (2024, 2023))
    low, high = CompareMeans(now, then).zconfint_diff(alpha=0.05, usevar="unequal")
    assert (found.low_pp, found.high_pp) == (pytest.approx(100 * low), pytest.approx(100 * high))
    assert found.verdict == "rise"


def test_times_and_what_cannot_be_compared_have_no_verdict() -> None:
    rows = [closed(y, 20, handling_hours=10.0 * (y - 2020), contacted=True) for y in (2023, 2024)]
    times = figure("handling_median_hours", rows)
    assert times.change_pp == 10.0 and times.verdict is times.low_pp is times.high_pp is None
    alone = figure("contact_rate", rows[1:])
    assert alone.current == 100.0 and alone.verdict is None


def test_a_change_of_a_third_of_a_point_is_noise_on_a_thousand_tickets() -> None:
    rows = [closed(2024, 743, contacted=True), closed(2024, 257, contacted=False)]
    rows += [closed(2023, 746, contacted=True), closed(2023, 254, contacted=False)]
    assert figure("contact_rate", rows).verdict == "within-noise"
