"""What must hold for any Facts: sums, aggregation, plain numbers, verdicts that match their intervals."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest
from analysis_frames import SCHEME, aggregated, make_facts, random_facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import BY, analyse, compare, contributions, service_figures, settle
from hotline_stats.messages import catalogue
from hotline_stats.model.facts import CATEGORICAL, Facts
from hotline_stats.model.results import Comparison, Results, left_to_chance
from hotline_stats.settings import Settings

SETTINGS = Settings()
FLAG = st.sampled_from([True, False, None])
ticket = st.fixed_dictionaries(
    {
        "accepted": st.dates(date(2022, 12, 1), date(2024, 12, 31)),
        "type": st.sampled_from(SCHEME.ids),
        "street": st.sampled_from(["甲", "乙", "", None]),
        "request_type": st.sampled_from(["投诉", "咨询", None]),
        "satisfaction": st.sampled_from(["satisfied", "mostly_satisfied", "neutral", "dissatisfied", None]),
        "contacted": FLAG,
        "repeat": FLAG,
        "handling_hours": st.sampled_from([0.0, 12.5, 30.0, 170.0, None]),
        "n": st.integers(1, 400),
    }
)


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    rows: list[dict[str, Any]] = draw(st.lists(ticket, min_size=1, max_size=25))
    for row in rows:
        row["closed"] = None if row["handling_hours"] is None else row["accepted"]
    return make_facts(rows)


def rows_of(comparison: Comparison) -> list[dict[str, Any]]:
    out = comparison.to_dict()
    return [*out["rows"], *out["groups"], out["total"]]


@given(some_facts())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_facts_give_sound_results(facts: Facts) -> None:
    windows = settle(facts)
    for by in BY:
        comparison = compare(facts, windows, by, SETTINGS.comparison)
        json.dumps(comparison.to_dict(), allow_nan=False)
        if by != "group":
            sums = comparison.rows[["current", "baseline", "change"]].sum()
            assert sums.tolist() == [comparison.total[c] for c in ("current", "baseline", "change")]
            parts = contributions(comparison)
            if parts.total_change_pct is not None:
                assert sum(parts.rows["contribution_pp"]) == pytest.approx(parts.total_change_pct, abs=1e-9)
            assert sum(parts.rows["change"]) == parts.total_change
        for row in rows_of(comparison):
            check_row(row)
    json.dumps(
        service_figures(facts, windows, SETTINGS.service, SETTINGS.comparison.confidence).to_dict(),
        allow_nan=False,
    )


def check_row(row: dict[str, Any]) -> None:
    low, high, verdict = row["low_pct"], row["high_pct"], row["verdict"]
    assert row["change"] == row["current"] - row["baseline"]
    few = max(row["current"], row["baseline"]) < SETTINGS.comparison.min_n or row["status"] == "incomplete"
    assert (verdict == "too-few") == few
    if verdict == "fall":
        assert high < 0 and row["change"] < 0
    elif verdict == "rise":
        assert low > 0 and row["change"] > 0
    elif verdict == "within-noise":
        assert (low <= 0 and (high is None or high >= 0)) or (left_to_chance(row) and row["key"] != "total")
    if row["p"] is not None and (low is None or abs(row["p"] - 0.05) > 1e-9):
        assert 0 <= row["p"] <= 1 and (row["p"] < 0.05) == ((high is not None and high < 0) or low > 0)
    if low is not None and high is not None and row["change_pct"] is not None:
        assert low <= row["change_pct"] <= high
    if row["status"] == "new":
        assert row["baseline"] == 0 < row["current"] and row["change_pct"] is None
    elif row["status"] == "gone":
        assert row["current"] == 0 < row["baseline"]
    elif row["status"] == "ok":
        assert row["baseline"] >= SETTINGS.comparison.min_n and row["change_pct"] is not None


def as_json(results: Results) -> str:
    parts = {
        "types": results.types.to_dict(),
        "by": {by: c.to_dict() for by, c in results.by.items()},
        "series": results.series.to_dict(),
        "contributions": results.contributions.to_dict(),
        "services": results.services.to_dict(),
    }
    return json.dumps(parts, allow_nan=False, ensure_ascii=False)


def test_aggregated_facts_give_the_same_results_to_the_digit() -> None:
    drawn = random_facts(900, seed=4)
    frame = drawn.frame.sample(9000, replace=True, random_state=4, ignore_index=True)
    facts = Facts(frame, drawn.types)
    fewer = aggregated(facts)
    assert len(fewer.frame) < len(facts.frame)
    assert fewer.n == facts.n
    for column in set(CATEGORICAL) - {"satisfaction"}:
        backwards = fewer.frame[column].cat.categories[::-1]
        fewer.frame[column] = fewer.frame[column].cat.set_categories(backwards)
    windows = settle(facts)
    assert settle(fewer) == windows
    assert as_json(analyse(fewer, windows, SETTINGS)) == as_json(analyse(facts, windows, SETTINGS))


@given(some_facts(), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_rows_and_the_split_of_counts_do_not_matter(facts: Facts, random: Any) -> None:
    order = list(range(len(facts.frame)))
    random.shuffle(order)
    shuffled = facts.frame.iloc[order].reset_index(drop=True)
    half = shuffled.assign(n=shuffled["n"] // 2)
    rest = shuffled.assign(n=shuffled["n"] - half["n"])
    other = Facts(pd.concat([half, rest], ignore_index=True), facts.types)
    windows = settle(facts)
    assert as_json(analyse(other, windows, SETTINGS)) == as_json(analyse(facts, windows, SETTINGS))


def test_analyse_holds_what_the_data_have_values_for() -> None:
    facts = make_facts(
        [{"accepted": "2023-01-01", "street": "甲"}, {"accepted": "2024-12-31", "unit": "乙", "estate": ""}]
    )
    results = analyse(facts, settle(facts), SETTINGS)
    assert list(results.by) == ["month", "street", "unit"]
    assert results.types.by == "type"
    everything = random_facts(500, seed=1)
    assert set(analyse(everything, settle(everything), SETTINGS).by) == set(BY) - {"type", "group"}


def test_analyse_agrees_with_the_single_functions() -> None:
    facts = random_facts(2000, seed=9)
    windows = settle(facts)
    results = analyse(facts, windows, SETTINGS)
    for by, comparison in {"type": results.types, **results.by}.items():
        assert comparison.to_dict() == compare(facts, windows, by, SETTINGS.comparison).to_dict()
    assert results.services == service_figures(
        facts, windows, SETTINGS.service, SETTINGS.comparison.confidence
    )


def test_every_note_has_both_languages() -> None:
    for code, entry in catalogue("notes").items():
        assert set(entry) == {"zh", "en"}, code
        assert all(str(v).strip() for v in entry.values()), code
