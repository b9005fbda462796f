"""Changes of rates by mix and own rate: the classic example of standardisation, by hand, and for any Facts."""

import json
from typing import Any

import pandas as pd
import pytest
from analysis_frames import SCHEME, make_facts, make_windows, random_facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import rate_drivers, service_figures
from hotline_stats.analysis.measures import RATES
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import parse
from hotline_stats.model.rate_drivers import RateDrivers
from hotline_stats.settings import Settings

SETTINGS = Settings()


def resolved(*cells: tuple[str, tuple[int, int], tuple[int, int]]) -> Facts:
    """(type, (resolved, not) in 2023, (resolved, not) in 2024), closed on the day of acceptance."""
    rows: list[dict[str, Any]] = []
    for kind, then, now in cells:
        for day, pair in (("2023-06-01", then), ("2024-06-01", now)):
            for flag, n in zip((True, False), pair, strict=True):
                if n:
                    rows.append({"accepted": day, "closed": day, "type": kind, "resolved": flag, "n": n})
    return make_facts(rows)


WINDOWS = make_windows(parse("2024"), parse("2023"))


def drive(facts: Facts, rate: str = "resolution_rate", *by: str) -> RateDrivers:
    return rate_drivers(facts, WINDOWS, rate, by or ("type",), SETTINGS)


def test_by_hand() -> None:
    """noise: 80 of 100 → 45 of 50 (share .5 → .25); parking: 40 of 100 → 75 of 150 (share .5 → .75).

    R: 120/200 = 60 % → 120/200 = 60 %, mean 60. noise: mix (−.25)(85 − 60) = −6.25, own .375 · 10 = 3.75;
    parking: mix .25 · (45 − 60) = −3.75, own .625 · 10 = 6.25. Mix −10, own +10: each type got better, all did not.
    """
    found = drive(resolved(("noise", (80, 20), (45, 5)), ("parking", (40, 60), (75, 75))))
    rows = found.rows.set_index("type")
    assert rows.loc["noise", ["mix_pp", "rate_pp", "contribution_pp"]].tolist() == pytest.approx(
        [-6.25, 3.75, -2.5]
    )
    assert rows.loc["parking", ["mix_pp", "rate_pp", "contribution_pp"]].tolist() == pytest.approx(
        [-3.75, 6.25, 2.5]
    )
    assert rows.loc["noise", ["current", "baseline", "change_pp"]].tolist() == pytest.approx([90, 80, 10])
    assert rows.loc["noise", ["share_pct", "baseline_share_pct"]].tolist() == [25, 50]
    total = found.total
    assert (total["mix_pp"], total["rate_pp"], total["change_pp"]) == pytest.approx((-10, 10, 0))
    assert total["verdict"] == "within-noise"


def test_a_cell_that_comes_is_all_mix() -> None:
    found = drive(resolved(("noise", (50, 50), (50, 50)), ("lift", (0, 0), (100, 0))))
    lift = found.rows.set_index("type").loc["lift"]
    assert lift["rate_pp"] == 0 and lift["baseline"] is None and lift["change_pp"] is None
    assert found.total["mix_pp"] == pytest.approx(25) and found.total["rate_pp"] == pytest.approx(0)


def test_no_rate_on_few_tickets_and_no_parts_without_a_rate() -> None:
    found = drive(resolved(("noise", (5, 4), (30, 5)), ("lift", (50, 50), (50, 50))))
    noise = found.rows.set_index("type").loc["noise"]
    assert noise["baseline"] is None and noise["change_pp"] is None and noise["contribution_pp"] is not None
    empty = drive(resolved(("noise", (0, 0), (30, 5))))
    assert empty.total["change_pp"] is empty.total["mix_pp"] is None
    assert empty.rows["contribution_pp"].tolist() == [None]
    json.dumps(empty.to_dict(), allow_nan=False)


@pytest.mark.parametrize("rate", RATES)
def test_the_whole_is_the_service_figure(rate: str) -> None:
    facts = random_facts(3000, seed=8)
    windows = WINDOWS
    figure = service_figures(facts, windows, SETTINGS.service, SETTINGS.comparison.confidence).figure(rate)
    found = drive(facts, rate, "type", "unit")
    assert found.total["current"] == figure.current and found.total["verdict"] == figure.verdict
    assert found.rows["denominator"].sum() == figure.denominator
    assert sum(found.rows["contribution_pp"]) == pytest.approx(figure.change_pp, abs=1e-9)
    assert found.total["mix_pp"] + found.total["rate_pp"] == pytest.approx(figure.change_pp, abs=1e-9)


def test_satisfaction_against_a_plain_groupby() -> None:
    facts = random_facts(3000, seed=5)
    windows = WINDOWS
    weights = {"satisfied": 1.0, "mostly_satisfied": 0.8, "neutral": 0.6, "dissatisfied": 0.0}
    frame = facts.frame.assign(score=facts.frame["satisfaction"].astype(object).map(weights)).dropna(
        subset="score"
    )
    frame["unit"] = frame["unit"].astype(object).fillna("")
    now, then = (
        frame[frame["closed"].between(str(p.start), str(p.end))]
        .groupby("unit")["score"]
        .agg(["mean", "count"])
        for p in (windows.period, windows.baseline)
    )
    share = [x["count"] / x["count"].sum() for x in (now, then)]
    whole = sum((x["mean"] * s).sum() for x, s in zip((now, then), share, strict=True)) / 2
    mix = 100 * (share[0] - share[1]) * ((now["mean"] + then["mean"]) / 2 - whole)
    own = 100 * (share[0] + share[1]) / 2 * (now["mean"] - then["mean"])
    mine = drive(facts, "satisfaction", "unit").rows.set_index("unit").sort_index()
    for column, plain in (("mix_pp", mix), ("rate_pp", own)):
        pd.testing.assert_series_equal(
            mine[column].astype(float), plain, check_names=False, check_index_type=False, rtol=1e-9
        )


def test_wrong_questions() -> None:
    facts = random_facts(100, seed=1)
    for rate in ("handling_median_hours", "nothing"):
        with pytest.raises(UsageError) as error:
            drive(facts, rate)
        assert error.value.code == "unknown-rate"
    with pytest.raises(UsageError):
        drive(facts, "satisfaction", "group")


def test_the_rest_and_how_it_shows() -> None:
    found = drive(random_facts(3000, seed=6), "resolution_rate", "unit")
    out = found.to_dict("en", top=3)
    for column in (
        "mix_pp",
        "rate_pp",
        "contribution_pp",
        "denominator",
        "baseline_denominator",
        "share_pct",
    ):
        parts = [r[column] for r in (*out["rows"], *out["rest"])]
        assert sum(parts) == pytest.approx(out["total"][column], abs=1e-9)
    assert out["rest"][0]["name"] == f"{len(found.rows) - 3} others"
    sizes = [abs(v) for v in found.rows["contribution_pp"]]
    assert sizes == sorted(sizes, reverse=True)
    assert repr(found).startswith("<RateDrivers of resolution_rate by unit: ")
    assert "unit-1" in found._repr_html_()


ticket = st.fixed_dictionaries(
    {
        "accepted": st.sampled_from(["2023-02-01", "2024-02-01"]),
        "type": st.sampled_from(SCHEME.ids),
        "satisfaction": st.sampled_from(["satisfied", "mostly_satisfied", "neutral", "dissatisfied", None]),
        "n": st.integers(1, 60),
    }
)


@given(st.lists(ticket, min_size=2, max_size=20), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_parts_add_up_and_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    full = [{**r, "closed": r["accepted"]} for r in rows]
    found = drive(make_facts(full), "satisfaction")
    if found.total["change_pp"] is not None:
        assert abs(sum(found.rows["contribution_pp"]) - found.total["change_pp"]) < 1e-9
    random.shuffle(full)
    again = drive(make_facts(full), "satisfaction")
    assert json.dumps(again.to_dict(), allow_nan=False) == json.dumps(found.to_dict(), allow_nan=False)
