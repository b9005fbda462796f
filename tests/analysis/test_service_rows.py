"""Figures by unit: by hand, against the figures of each unit alone, and what must add up."""

import json
import math
from typing import Any

import numpy as np
import pytest
from analysis_frames import make_facts, make_windows, random_facts
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from hotline_stats.analysis import service_figures, service_rows, settle, where
from hotline_stats.analysis.differences import Sample, difference_p
from hotline_stats.analysis.expected import funnel
from hotline_stats.analysis.service_rows import BY
from hotline_stats.analysis.uncertainty import survivors
from hotline_stats.errors import UsageError
from hotline_stats.model.funnel import LIMIT, Funnel
from hotline_stats.model.households import Households
from hotline_stats.model.period import parse
from hotline_stats.model.service_rows import COUNTS, ServiceRows
from hotline_stats.settings.values import ServiceSettings

WINDOWS = make_windows(parse("2024"), parse("2023"), start="2022-01-01", end="2024-12-31")
ANY = ServiceSettings(min_n=1)


def rows_by_unit(rows: list[dict[str, Any]], asked: ServiceSettings = ANY, **more: Any) -> ServiceRows:
    return service_rows(make_facts(rows), WINDOWS, "unit", asked, 0.95, **more)


def ticket(year: int, unit: str | None, n: int, **values: Any) -> dict[str, Any]:
    return {
        "accepted": f"{year}-03-01",
        "closed": f"{year}-03-05",
        "handling_hours": 96.0,
        "unit": unit,
        "n": n,
        **values,
    }


TICKETS = [
    ticket(2024, "甲", 30, resolved=True), ticket(2024, "甲", 10, resolved=False, on_time=False),
    ticket(2023, "甲", 15, resolved=True), ticket(2023, "甲", 15, resolved=False),
    ticket(2024, "乙", 60, resolved=True), ticket(2024, None, 5, resolved=True),
    {"accepted": "2024-12-02", "unit": "乙", "request_type": "投诉", "due": "2024-12-09", "n": 3},
    {"accepted": "2024-12-31", "unit": "丙", "n": 1},
]  # fmt: skip


def test_a_table_by_hand() -> None:
    found = rows_by_unit(TICKETS)
    counts = found.counts.set_index("key")
    assert list(counts.index) == ["乙", "甲", "丙", ""]
    assert counts["accepted_n"].tolist() == [63, 40, 1, 5] and counts["baseline_accepted_n"].tolist() == [
        0,
        30,
        0,
        0,
    ]
    assert counts["closed_n"].tolist() == [60, 40, 0, 5] and counts["late_n"].tolist() == [0, 10, 0, 0]
    assert counts["open_n"].tolist() == [3, 0, 1, 0]
    assert counts["over_limit_n"].tolist() == [3, 0, 0, 0] and counts["overdue_n"].tolist() == [3, 0, 0, 0]
    part = found.figure("resolution_rate").set_index("key")
    assert part["current"].tolist() == [100.0, 75.0, None, 100.0]
    assert part["denominator"].tolist() == [60, 40, 0, 5] and part["numerator"].tolist() == [
        60.0,
        30.0,
        0.0,
        5.0,
    ]
    assert (part.loc["甲", "baseline"], part.loc["甲", "change_pp"]) == (50.0, 25.0)
    assert (
        found.total_counts["accepted_n"] == 109 and found.total.figure("resolution_rate").denominator == 105
    )


@pytest.mark.parametrize("by", BY)
def test_each_row_is_the_figures_of_its_tickets_alone(by: str) -> None:
    facts = random_facts(900, seed=3)
    windows = settle(facts)
    asked = ServiceSettings(min_n=5)
    found = service_rows(facts, windows, by, asked, 0.95)
    for key in found.counts["key"][:3]:
        alone = service_figures(where(facts, [(by, key)]), windows, asked, 0.95)
        counts = found.counts[found.counts["key"] == key].to_dict("records")[0]
        assert alone.open_now is not None
        assert (counts["accepted_n"], counts["open_n"]) == (alone.open_now.accepted_n, alone.open_now.open_n)
        assert (counts["over_limit_n"], counts["overdue_n"]) == (
            alone.open_now.over_limit_n,
            alone.open_now.overdue_n,
        )
        for record in found.rows[found.rows["key"] == key].to_dict("records"):
            figure = alone.figure(record["figure"]).to_dict()
            for name in figure:
                if name not in ("id", "verdict"):
                    assert record[name] == figure[name], (key, record["figure"], name)
    json.dumps(found.to_dict(), allow_nan=False)


@given(st.integers(0, 2**32 - 1), st.integers(2, 120))
@settings(max_examples=25, deadline=None)
def test_rows_add_up_to_the_total(seed: int, size: int) -> None:
    """The result refuses to be made when they do not; here once more from the JSON."""
    facts = random_facts(size, seed=seed, places=3)
    windows = settle(facts)
    out = service_rows(facts, windows, "unit", ANY, 0.95).to_dict()
    for column in COUNTS:
        assert sum(r[column] for r in out["rows"]) == out["total"][column]
    for i, figure in enumerate(out["figures"]):
        assert sum(r["figures"][i]["denominator"] for r in out["rows"]) == figure["denominator"]
        if figure["numerator"] is not None:
            assert math.fsum(r["figures"][i]["numerator"] for r in out["rows"]) == pytest.approx(
                figure["numerator"]
            )
            for f in (figure, *(r["figures"][i] for r in out["rows"])):
                if f["current"] is not None:
                    assert f["current"] == 100 * f["numerator"] / f["denominator"]


def test_small_denominators_have_no_rate_and_no_range() -> None:
    part = rows_by_unit(TICKETS, ServiceSettings(min_n=50)).figure("resolution_rate").set_index("key")
    assert part["current"].tolist() == [100.0, None, None, None]
    assert part["flag"].tolist()[1:] == [None, None, None]


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        service_rows(make_facts(TICKETS), WINDOWS, "month", ANY, 0.95)
    assert caught.value.code == "unknown-by"


def test_changes_of_many_units_hold_the_false_discovery_rate() -> None:
    """Ten units; one changes beyond doubt, one by as much as chance brings among ten: p = 0.03 alone."""
    rows = []
    for i in range(10):
        yes = {0: (90, 50), 1: (65, 50)}.get(i, (50, 50))
        for year, k in zip((2024, 2023), yes, strict=True):
            rows += [ticket(year, f"u{i}", k, resolved=True), ticket(year, f"u{i}", 100 - k, resolved=False)]
    part = rows_by_unit(rows).figure("resolution_rate").set_index("key")
    assert part.loc["u1", "low_pp"] > 0 and part.loc["u1", "p"] == pytest.approx(
        proportions_ztest([65, 50], [100, 100])[1]
    )
    assert part["verdict"].to_dict() == {**{f"u{i}": "within-noise" for i in range(1, 10)}, "u0": "rise"}


@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0.01, 0.5))
def test_discoveries_are_those_of_benjamini_and_hochberg(p: list[float], rate: float) -> None:
    found = survivors(np.array(p, float), np.ones(len(p), bool), rate)
    expected = multipletests(p, rate, method="fdr_bh")[0] if p else []
    assert found.tolist() == list(expected)


def test_the_p_of_a_difference() -> None:
    now, then = (Sample(np.array([0.0, 1.0]), np.array([n - k, k], float)) for k, n in ((37, 80), (20, 75)))
    assert difference_p(now, then) == pytest.approx(proportions_ztest([37, 20], [80, 75])[1], abs=1e-12)
    same = Sample(np.array([1.0]), np.array([5.0]))
    assert difference_p(same, same) == 1.0


def test_the_expected_range_by_hand() -> None:
    """A rate of 50 % on 100 tickets: asin(√0.5) = π/4; sin² of π/4 ± 3.09 / 20."""
    low, high = Funnel(0.5, 1.0, 1.0).limits(100)
    assert (low, high) == (
        pytest.approx(math.sin(math.pi / 4 - LIMIT / 20) ** 2), pytest.approx(math.sin(math.pi / 4 + LIMIT / 20) ** 2)
    )  # fmt: skip
    assert 0.34 < low < 0.36 and low + high == pytest.approx(1.0)
    wide = Funnel(0.5, 1.0, 4.0).limits(100)
    assert wide == pytest.approx(Funnel(0.5, 1.0, 1.0).limits(25))


@given(st.floats(0.001, 0.999), st.integers(1, 10**6))
def test_the_range_holds_the_mean_and_lies_within_0_and_1(mean: float, n: int) -> None:
    low, high = Funnel(mean, 1.0, 1.0).limits(n)
    assert 0 <= low <= mean + 1e-12 and mean <= high + 1e-12 <= 1 + 1e-9


def test_units_like_all_are_rarely_flagged_and_unlike_ones_are() -> None:
    """Binomial units at one rate: at most 1 % outside of 99.8 % limits (exact limits would leave out 0.2 %)."""
    rng = np.random.default_rng(11)
    outside = 0
    for _ in range(50):
        n = rng.integers(10, 400, 40)
        k = rng.binomial(n, 0.9)
        whole = Sample(np.array([0.0, 1.0]), np.array([(n - k).sum(), k.sum()], float))
        found = funnel(whole, (k / n).tolist(), n.tolist())
        assert found is not None
        limits = [found.limits(int(x)) for x in n]
        outside += sum(not low <= share <= high for (low, high), share in zip(limits, k / n, strict=True))
    assert outside <= 20
    rows = [ticket(2024, f"u{i}", 45, resolved=True) for i in range(8)] + [
        ticket(2024, f"u{i}", 5, resolved=False) for i in range(8)
    ]
    rows += [ticket(2024, "bad", 20, resolved=True), ticket(2024, "bad", 30, resolved=False)]
    part = rows_by_unit(rows).figure("resolution_rate").set_index("key")
    assert part["flag"].to_dict() == {**{f"u{i}": "within" for i in range(8)}, "bad": "below"}


def test_units_that_differ_widely_widen_the_range() -> None:
    rng = np.random.default_rng(5)
    n = np.full(30, 400)
    k = rng.binomial(n, rng.uniform(0.4, 0.8, 30))
    whole = Sample(np.array([0.0, 1.0]), np.array([(n - k).sum(), k.sum()], float))
    found = funnel(whole, (k / n).tolist(), n.tolist())
    assert found is not None and found.spread > 5
    few = funnel(whole, (k / n).tolist()[:4], n.tolist()[:4])
    assert few is not None and few.spread == 1.0
    assert funnel(Sample(np.array([1.0]), np.array([9.0])), [1.0], [9]) is None


def test_per_100_households_and_the_places_not_in_the_table() -> None:
    rows = [{**ticket(2024, None, 30), "estate": "甲"}, {**ticket(2023, None, 20), "estate": "甲"}]
    rows += [{**ticket(2024, None, 5), "estate": "乙"}, ticket(2024, None, 2)]
    homes = Households({"estate": {"甲": 1000, "丙": 200}})
    found = service_rows(make_facts(rows), WINDOWS, "estate", ANY, 0.95, homes)
    counts = found.counts.set_index("key")
    assert counts["per_100"].to_dict() == {"甲": 3.0, "乙": None, "": None}
    assert counts.loc["甲", "baseline_per_100"] == 2.0
    assert (found.total_counts["households"], found.total_counts["per_100"]) == (1200, 2.5)
    said = {n.code: dict(n.facts) for n in found.notes}
    assert said == {
        "households-missing": {"n": "1", "places": "乙"}, "households-unused": {"n": "1", "places": "丙"}
    }  # fmt: skip
    other = service_rows(make_facts(rows), WINDOWS, "unit", ANY, 0.95, homes)
    assert [n.code for n in other.notes] == ["households-other-level"]
    assert other.counts["per_100"].isna().all()
