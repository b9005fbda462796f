"""Contributions: what each row adds to the change of the total."""

from datetime import date

import pytest
from analysis_frames import make_facts

from hotline_stats.analysis import compare, contributions, settle
from hotline_stats.model.results import Contributions
from hotline_stats.settings.values import ComparisonSettings


def parts(**counts: tuple[int, int]) -> Contributions:
    rows = [{"accepted": date(2024, 12, 31), "type": t, "n": c} for t, (c, _) in counts.items()]
    rows += [{"accepted": date(2023, 1, 1), "type": t, "n": b} for t, (_, b) in counts.items()]
    facts = make_facts([r for r in rows if r["n"]])
    return contributions(compare(facts, settle(facts), "type", ComparisonSettings()))


def test_by_hand() -> None:
    found = parts(noise=(30, 50), parking=(80, 100), lift=(15, 0), other=(50, 50))
    assert found.rows["key"].tolist() == ["noise", "parking", "other", "lift"]
    assert found.rows["change"].tolist() == [-20, -20, 0, 15]
    assert found.rows["contribution_pp"].tolist() == [-10.0, -10.0, 0.0, 7.5]
    assert found.total_change == -25
    assert found.total_change_pct == sum(found.rows["contribution_pp"]) == -12.5


def test_a_zero_base_has_no_points() -> None:
    rows = [{"accepted": "2024-12-31", "type": "noise", "n": 5}, {"accepted": "2023-01-01", "n": 0}]
    facts = make_facts(rows)
    found = contributions(compare(facts, settle(facts), "type", ComparisonSettings()))
    assert found.rows["contribution_pp"].tolist() == [None] * 4
    assert (found.total_change, found.total_change_pct) == (5, None)


def test_an_uncovered_baseline_has_no_points() -> None:
    facts = make_facts([{"accepted": "2024-01-01"}, {"accepted": "2024-12-31"}])
    found = contributions(compare(facts, settle(facts), "type", ComparisonSettings()))
    assert found.rows["contribution_pp"].tolist() == [None] * 4
    assert found.to_dict()["total_change_pct"] is None


def test_groups_overlap() -> None:
    facts = make_facts([{"accepted": "2023-01-01"}, {"accepted": "2024-12-31"}])
    with pytest.raises(ValueError, match="overlap"):
        contributions(compare(facts, settle(facts), "group", ComparisonSettings()))
