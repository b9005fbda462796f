"""Series by month: complete grids, zeros, cut months."""

from datetime import date

import pytest
from analysis_frames import SCHEME, daily, make_facts, make_windows, monthly_rows

from hotline_stats.analysis import compare, monthly, settle
from hotline_stats.model.period import parse
from hotline_stats.settings.values import ComparisonSettings

KEYS = [*SCHEME.ids, "headline", "overlap", "complaints", "total"]


def test_grid_of_a_small_table() -> None:
    rows = [
        *monthly_rows({"2023-01": 4, "2024-01": 6, "2024-03": 2}, type="noise", request_type="投诉"),
        *monthly_rows({"2023-02": 10, "2023-03": 1}, type="lift"),
    ]
    series = monthly(make_facts(rows), make_windows(parse("2024-01..2024-03"), parse("2023-01..2023-03")))
    assert series.frame["key"].tolist() == [k for k in KEYS for _ in range(3)]
    got = {k: (p["current"].tolist(), p["baseline"].tolist()) for k, p in series.frame.groupby("key")}
    nothing = ([0, 0, 0], [0, 0, 0])
    assert got["noise"] == got["headline"] == got["complaints"] == ([6, 0, 2], [4, 0, 0])
    assert got["lift"] == got["overlap"] == ([0, 0, 0], [0, 10, 1])
    assert got["parking"] == got["other"] == nothing
    assert got["total"] == ([6, 0, 2], [4, 10, 1])
    assert series.frame["complete"].all()
    assert series.to_dict()["total"][1] == {
        "month": "2024-02", "baseline_month": "2023-02", "current": 0, "baseline": 10, "complete": True,
    }  # fmt: skip


def test_a_cut_month_is_marked() -> None:
    facts = make_facts(daily(date(2023, 1, 1), date(2024, 3, 12)))
    series = monthly(facts, settle(facts))
    total = series.frame[series.frame["key"] == "total"]
    assert total["month"].tolist() == ["2024-01", "2024-02", "2024-03"]
    assert total["complete"].tolist() == [True, True, False]
    assert total["current"].tolist() == [31, 29, 12]
    assert total["baseline"].tolist() == [31, 28, 12]


def test_windows_of_unequal_months_are_padded() -> None:
    facts = make_facts(daily(date(2024, 1, 1), date(2024, 6, 30)))
    series = monthly(facts, settle(facts, parse("2024-05"), parse("2024-01..2024-03")))
    total = series.frame[series.frame["key"] == "total"]
    assert total["month"].tolist() == ["2024-05", "", ""]
    assert total["current"].tolist() == [31, 0, 0]
    assert total["baseline"].tolist() == [31, 29, 31]
    assert total["complete"].tolist() == [True, False, False]


def test_an_uncovered_baseline_counts_nothing() -> None:
    facts = make_facts(daily(date(2024, 1, 1), date(2024, 3, 31)))
    series = monthly(facts, settle(facts))
    assert series.frame["baseline"].sum() == 0
    assert series.frame["current"].dtype == series.frame["baseline"].dtype == "int64"


@pytest.mark.parametrize("by", ["type", "group", "month"])
def test_the_series_adds_up_to_the_comparison(by: str) -> None:
    facts = make_facts(
        [
            *daily(date(2023, 1, 1), date(2024, 8, 20), type="noise", request_type="投诉"),
            *daily(date(2023, 2, 1), date(2024, 8, 20), type="parking"),
        ]
    )
    windows = settle(facts)
    comparison, frame = compare(facts, windows, by, ComparisonSettings()), monthly(facts, windows).frame
    if by == "month":
        part = frame[frame["key"] == "total"]
        assert part["month"].tolist() == comparison.rows["key"].tolist()
        assert part["current"].tolist() == comparison.rows["current"].tolist()
    else:
        sums = frame.groupby("key")[["current", "baseline"]].sum()
        for row in comparison.rows.to_dict("records"):
            assert sums.loc[row["key"]].tolist() == [row["current"], row["baseline"]]
