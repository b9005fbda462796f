"""Comparisons against tables worked out by hand."""

import json
from datetime import date

import numpy as np
import pytest
from analysis_frames import SCHEME, daily, make_facts, make_windows, monthly_rows
from scipy.stats import chi2

from hotline_stats.analysis import BY, compare, dispersion, ratio_interval, settle
from hotline_stats.analysis.uncertainty import Dispersion
from hotline_stats.errors import UsageError
from hotline_stats.model.period import parse
from hotline_stats.model.results import CHANGE_COLUMNS, Comparison
from hotline_stats.settings.values import ComparisonSettings

SETTINGS = ComparisonSettings()
ASSUMED = ComparisonSettings(min_pairs=13)
"""No months tell the dispersion: variance/mean 3 is assumed."""
YEARS = make_windows(parse("2024"), parse("2023"))


def tickets(current: int, baseline: int, **values: object) -> list[dict[str, object]]:
    """Counts of two years, each on the first and the last day, so that the years are covered."""
    out = [
        {"accepted": date(2024, 12, 31), "n": current, **values},
        {"accepted": date(2023, 1, 1), "n": baseline, **values},
    ]
    return [r for r in out if r["n"]]


def column(comparison: Comparison, name: str) -> list[object]:
    return comparison.rows[name].tolist()


def test_the_counts_of_the_source_article() -> None:
    """1368 → 1102 is −19.4 %; the score interval with variance/mean 3, worked out from its quadratic."""
    facts = make_facts(tickets(1102, 1368))
    total = compare(facts, settle(facts), "type", SETTINGS).total
    assert (total["current"], total["baseline"], total["change"]) == (1102, 1368, -266)
    assert total["change_pct"] == pytest.approx(-19.444444444444443)
    k = 3 * 1.959963984540054**2 * (1102 + 1368)
    roots = np.roots([1368**2, -(2 * 1102 * 1368 + k), 1102**2])
    assert (total["low_pct"], total["high_pct"]) == pytest.approx(tuple(sorted(100 * (roots - 1))), abs=1e-8)
    assert (total["status"], total["verdict"]) == ("ok", "fall")


def test_types_stand_in_scheme_order_with_zero_rows() -> None:
    facts = make_facts([*tickets(30, 60, type="parking"), *tickets(5, 4, type="other")])
    rows = compare(facts, settle(facts), "type", SETTINGS)
    assert column(rows, "key") == list(SCHEME.ids)
    assert column(rows, "current") == [0, 30, 0, 5]
    assert column(rows, "baseline") == [0, 60, 0, 4]
    assert column(rows, "change_pct") == [None, -50.0, None, 25.0]
    assert column(rows, "status") == ["small", "ok", "small", "small"]
    assert column(rows, "verdict") == ["too-few", "within-noise", "too-few", "too-few"]
    assert tuple(rows.rows.columns) == CHANGE_COLUMNS


@pytest.mark.parametrize(
    ("current", "baseline", "status", "verdict"),
    [
        (11, 0, "new", "within-noise"),
        (50, 0, "new", "rise"),
        (3, 0, "new", "too-few"),
        (0, 50, "gone", "fall"),
        (0, 3, "gone", "too-few"),
        (9, 9, "small", "too-few"),
        (200, 9, "small", "rise"),
        (10, 10, "ok", "within-noise"),
        (1000, 1010, "ok", "within-noise"),
        (1000, 500, "ok", "rise"),
    ],
)
def test_status_and_verdict(current: int, baseline: int, status: str, verdict: str) -> None:
    rows = [*tickets(current, baseline, type="noise"), *tickets(10, 10)]
    row = compare(make_facts(rows), YEARS, "type", ASSUMED).row("noise")
    assert (row["status"], row["verdict"]) == (status, verdict)
    assert (row["change_pct"] is None) == (baseline == 0)
    assert (row["high_pct"] is None) == (baseline == 0)
    assert row["low_pct"] is not None


def test_groups_count_distinct_tickets_and_their_request_types() -> None:
    facts = make_facts(
        [
            *tickets(20, 40, type="noise", request_type="投诉"),
            *tickets(7, 3, type="noise", request_type="咨询"),
            *tickets(30, 30, type="parking", request_type="投诉"),
            *tickets(5, 6, type="lift"),
            *tickets(1, 2, type="other", request_type="投诉"),
        ]
    )
    by_type = compare(facts, settle(facts), "type", SETTINGS)
    groups = by_type.groups.set_index("key")
    assert groups["current"].to_dict() == {"headline": 57, "overlap": 35, "complaints": 50}
    assert groups["baseline"].to_dict() == {"headline": 73, "overlap": 36, "complaints": 70}
    by_group = compare(facts, settle(facts), "group", SETTINGS)
    assert by_group.rows.equals(by_type.groups)
    assert by_group.total == by_type.total
    assert by_group.groups.empty
    assert by_type.total["current"] == 63


def test_other_columns_by_size_then_key_and_missing_last() -> None:
    facts = make_facts(
        [
            *tickets(5, 1, street="乙"),
            *tickets(5, 9, street="甲"),
            *tickets(8, 2, street="丙"),
            *tickets(99, 98),
            *tickets(4, 4, street=""),
            {"accepted": "2022-05-05", "street": "旧"},
        ]
    )
    rows = compare(facts, YEARS, "street", SETTINGS)
    assert column(rows, "key") == ["丙", *sorted(["乙", "甲"]), ""]
    assert column(rows, "current") == [8, 5, 5, 103]
    assert rows.to_dict("zh")["rows"][-1]["name"] == "（未填）"
    assert rows.groups.empty and tuple(rows.groups.columns) == CHANGE_COLUMNS


def test_months_are_aligned_by_position() -> None:
    counts = {"2023-11": 40, "2023-12": 60, "2024-01": 80, "2024-11": 44, "2024-12": 30, "2025-01": 80}
    facts = make_facts(monthly_rows(counts))
    rows = compare(facts, settle(facts, parse("2024-11..2025-01")), "month", SETTINGS)
    assert column(rows, "key") == ["2024-11", "2024-12", "2025-01"]
    assert column(rows, "baseline") == [40, 60, 80]
    assert column(rows, "change_pct") == [10.0, -50.0, 0.0]
    assert rows.total["current"] == 154


def test_a_month_without_counterpart_is_incomplete() -> None:
    facts = make_facts(monthly_rows({"2024-01": 50, "2024-02": 50, "2024-03": 50, "2024-04": 60}))
    longer = compare(facts, settle(facts, parse("2024-04"), parse("2024-01..2024-03")), "month", SETTINGS)
    assert column(longer, "key") == ["2024-04", "2024-02", "2024-03"]
    assert column(longer, "status") == ["ok", "incomplete", "incomplete"]
    assert column(longer, "current") == [60, 0, 0]
    assert column(longer, "baseline") == [50, 50, 50]
    shorter = compare(facts, settle(facts, parse("2024-03..2024-04"), parse("2024-01")), "month", SETTINGS)
    assert column(shorter, "status") == ["ok", "incomplete"]
    assert column(shorter, "change_pct") == [0.0, None]


def test_parts_of_months_of_unlike_length_are_not_compared() -> None:
    facts = make_facts(daily(date(2024, 3, 1), date(2024, 6, 30), n=20))
    windows = settle(facts, parse("2024-05-03..2024-05-20"), "previous")
    assert windows.baseline == parse("2024-04-15..2024-05-02")
    rows = compare(facts, windows, "month", SETTINGS)
    assert column(rows, "baseline") == [320, 40]
    assert column(rows, "status") == ["incomplete", "incomplete"]


def test_a_leap_day_in_a_part_of_february_is_still_compared() -> None:
    facts = make_facts(daily(date(2023, 1, 1), date(2024, 12, 31), n=20))
    rows = compare(facts, settle(facts, parse("2024-02-26..2024-03-31")), "month", SETTINGS)
    assert column(rows, "status") == ["ok", "ok"]
    assert column(rows, "baseline") == [60, 620]


def test_an_incomplete_last_month_never_reads_as_a_fall() -> None:
    """Twenty a day without any change, data to 12 May: no row and no month may say fall."""
    facts = make_facts(daily(date(2022, 1, 1), date(2024, 5, 12), n=20))
    for period in (None, parse("2024-05"), parse("2024Q2"), parse("2024H1")):
        for against in (None, "previous", parse("2023")):
            windows = settle(facts, period, against)
            for by in ("type", "month"):
                comparison = compare(facts, windows, by, SETTINGS)
                if windows.period.days - windows.baseline.days in (-1, 0, 1):
                    assert comparison.total["verdict"] == "within-noise"
                assert "fall" not in column(comparison, "verdict") or against == parse("2023")


def test_the_same_daily_count_gives_no_change_over_a_leap_day_but_one_day() -> None:
    facts = make_facts(daily(date(2023, 1, 1), date(2024, 12, 31), n=10))
    total = compare(facts, settle(facts), "type", SETTINGS).total
    assert (total["current"], total["baseline"], total["verdict"]) == (3660, 3650, "within-noise")


def test_without_a_baseline_everything_is_incomplete() -> None:
    facts = make_facts(daily(date(2024, 1, 1), date(2024, 12, 31), type="noise", street="甲"))
    windows = settle(facts)
    for by in BY:
        comparison = compare(facts, windows, by, SETTINGS)
        for row in (
            comparison.total,
            *comparison.rows.to_dict("records"),
            *comparison.groups.to_dict("records"),
        ):
            assert (row["status"], row["verdict"]) == ("incomplete", "too-few")
            assert row["change_pct"] is row["low_pct"] is row["high_pct"] is None
        assert comparison.notes == ()


def test_one_ticket() -> None:
    facts = make_facts([{"accepted": "2024-02-29", "type": "noise"}])
    windows = settle(facts)
    assert windows.period == parse("2024-02-29")
    for by in BY:
        json.dumps(compare(facts, windows, by, SETTINGS).to_dict(), allow_nan=False)


def test_no_rows_left_after_a_selection() -> None:
    facts = make_facts(tickets(5, 5, street="甲"))
    empty = type(facts)(facts.frame.iloc[:0].reset_index(drop=True), facts.types)
    for by in BY:
        comparison = compare(empty, settle(facts), by, SETTINGS)
        assert (comparison.total["current"], comparison.total["status"]) == (0, "small")
        assert comparison.total["verdict"] == "too-few"


def test_huge_counts_are_exact() -> None:
    facts = make_facts(tickets(3 * 10**14 + 1, 10**14))
    total = compare(facts, settle(facts), "type", SETTINGS).total
    assert total["current"] == 3 * 10**14 + 1
    assert total["verdict"] == "rise"


def test_the_dispersion_of_past_months_widens_the_interval_and_few_months_say_so() -> None:
    rng = np.random.default_rng(1)
    names = [f"{y}-{m:02d}" for y in (2022, 2023, 2024) for m in range(1, 13)]
    counts = {m: int(v) for m, v in zip(names, rng.negative_binomial(10, 0.05, 36), strict=True)}
    facts = make_facts(monthly_rows(counts))
    comparison = compare(facts, settle(facts), "type", SETTINGS)
    assert [n.code for n in comparison.notes] == ["no-request-type", "calendar-adjusted"]
    table = np.array(list(counts.values()), dtype=float).reshape(3, 12)
    windows = np.repeat([0, -1, 1], 12).reshape(3, 12)
    spread = dispersion(table[None], np.ones((3, 12), dtype=bool), windows, SETTINGS)
    assert spread.phi[0] > 5
    low, high = ratio_interval(table[2:].sum(axis=1), table[1:2].sum(axis=1), spread, 0.95)
    assert (comparison.total["low_pct"], comparison.total["high_pct"]) == pytest.approx(
        (low[0], high[0]), abs=1e-7
    )

    few = make_facts(monthly_rows({m: counts[m] for m in ("2023-01", "2023-02", "2024-01", "2024-02")}))
    notes = compare(few, settle(few, parse("2024-01..2024-02")), "type", SETTINGS).notes
    assert [n.code for n in notes] == ["no-request-type", "fallback-dispersion", "calendar-adjusted"]
    assert "3" in notes[1].text("zh") and "3" in notes[1].text("en")


def test_a_part_month_and_a_hole_do_not_count_as_past_months() -> None:
    """Flat counts with one empty month and a cut last month: ten degrees of freedom, and no dispersion but the least
    that is believed."""
    whole = {f"{y}-{m:02d}": 300 for y in (2022, 2023) for m in range(1, 13) if (y, m) != (2022, 4)}
    rows = [*monthly_rows(whole), *daily(date(2024, 1, 1), date(2024, 1, 10), n=10)]
    facts = make_facts(rows)
    comparison = compare(facts, settle(facts, parse("2023")), "type", SETTINGS)
    worth = 10 / (1 + 1 / 300 * 10 / (2 * 22))
    spread = Dispersion(np.array([chi2.ppf(0.05, 10) / 10]), np.array([worth]), True)
    low, _ = ratio_interval(np.array([3600.0]), np.array([3300.0]), spread, 0.95)
    assert comparison.total["low_pct"] == pytest.approx(low[0], abs=1e-6)


def test_months_of_a_moving_festival_are_noted() -> None:
    facts = make_facts(daily(date(2023, 1, 1), date(2024, 12, 31), n=10))
    notes = compare(facts, settle(facts), "month", SETTINGS).notes
    assert [n.code for n in notes if n.code != "fallback-dispersion"] == [
        "spring-festival-months",
        "calendar-adjusted",
    ]
    assert "2024-02-10" in notes[0].text("zh") and "2023-01-22" in notes[0].text("zh")


def test_a_festival_in_the_same_month_is_not_noted() -> None:
    facts = make_facts(daily(date(2022, 1, 1), date(2024, 12, 31), n=10))
    found = compare(
        facts, settle(facts, parse("2024-03..2024-12"), parse("2022-03..2022-12")), "month", SETTINGS
    )
    assert "spring-festival-months" not in [n.code for n in found.notes] and found.groups.empty


def test_dashes_in_by_and_unknown_by() -> None:
    facts = make_facts(tickets(5, 5, request_type="投诉"))
    assert compare(facts, settle(facts), "request-type", SETTINGS).by == "request_type"
    with pytest.raises(UsageError) as error:
        compare(facts, settle(facts), "colour", SETTINGS)
    assert error.value.code == "unknown-by"


def test_rows_know_their_types_as_json_needs_them() -> None:
    facts = make_facts(tickets(30, 20, type="noise"))
    comparison = compare(facts, settle(facts), "type", SETTINGS)
    assert comparison.rows["current"].dtype == comparison.rows["change"].dtype == np.int64
    assert type(comparison.total["current"]) is int
    assert comparison.row("noise")["change_pct"] == 50.0
