"""Whole reports of a few tickets: an independent solver reads their JSON and cannot tell any small count."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import no_ties, reader, secrets
from small_facts import CELLS, GROUPS, NESTED, both, some, spread

from hotline_stats.errors import InputError
from hotline_stats.model.findings import FINDING_COLUMNS, Intake
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.renderers.json import dumps, report_dict

WINDOWS = ("current", "baseline")
SEEDS = (1, 2)
Said = dict[str, Any]


def said(results: Results) -> Said:
    findings = pd.DataFrame([], columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS)
    made = Provenance("0", "small", "1", "", None, None, ())
    return dict(json.loads(dumps(report_dict(results, Intake((), 0, findings), made, "zh"))))


@cache
def case(seed: int) -> tuple[Said, Said, Results]:
    """The JSON for the house, the one for the public, and the results of that."""
    inside, outside = both(spread(some(seed)))
    return said(inside), said(outside), outside


def told(inside: Said, outside: Said, windows: Sequence[str] = WINDOWS) -> list[Any]:
    """Small counts whose interval does not reach from 1 or less to 5 or more."""
    out: list[Any] = []
    for window in windows:
        known = reader(outside, window, GROUPS, NESTED)
        program = known.program()
        for name in secrets(inside, window, GROUPS):
            if name not in known.counts:
                continue  # a table that the public report does not have
            if known.counts[name] is not None:
                out.append((window, name, "published"))
                continue
            low, high = program.interval(name, whole=True)
            if low > 1 or high < 5:
                out.append((window, name, low, high))
    return out


@settings(deadline=None, max_examples=8)
@given(st.lists(st.sampled_from([0, 0, 0, 0, 1, 2, 3, 4, 6, 12]), min_size=2 * CELLS, max_size=2 * CELLS))
def test_no_small_count_can_be_told(counts: list[int]) -> None:
    inside, outside = (said(r) for r in both(spread(counts)))
    no_ties(outside)
    assert told(inside, outside) == []


def test_hiding_small_counts_alone_would_tell() -> None:
    """The solver of these tests does find what naive hiding gives away."""
    inside = case(1)[0]
    hidden = json.loads(json.dumps(inside))
    rows = [r for t in (hidden["types"], *hidden["by"].values()) for r in t["rows"]]
    rows += [*hidden["drivers"]["rows"], *(m for line in hidden["series"].values() for m in line)]
    for row in rows:
        for window in WINDOWS:
            row[window] = None if 0 < row[window] < 5 else row[window]
    del hidden["by"]["estate"], hidden["by"]["unit"]
    assert len(told(inside, hidden, ("current",))) > 5


@pytest.mark.parametrize("seed", SEEDS)
def test_published_counts_are_true(seed: int) -> None:
    inside, outside, _ = case(seed)
    for window in WINDOWS:
        truth = reader(inside, window, GROUPS).counts
        known = reader(outside, window, GROUPS).counts
        assert all(count is None or truth[name] == count for name, count in known.items())
        assert sum(count is not None for count in known.values()) > 10


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_do_not_tell_by_their_order(seed: int) -> None:
    outside = case(seed)[1]
    for by in ("community", "street", "request_type", "channel"):
        keys = [r["key"] for r in outside["by"][by]["rows"]]
        hidden = [r["key"] for r in outside["by"][by]["rows"] if r["current"] is None]
        assert hidden == sorted(hidden) and keys[len(keys) - len(hidden) :] == hidden
    cells = [(r["type"], r["community"]) for r in outside["drivers"]["rows"]]
    untold = [(r["type"], r["community"]) for r in outside["drivers"]["rows"] if r["change"] is None]
    assert untold == sorted(untold) and cells[len(cells) - len(untold) :] == untold


def test_levels_that_name_somebody_are_gone() -> None:
    _, outside, results = case(1)
    assert set(results.by) == {"month", "request_type", "channel", "street", "community"}
    assert "苑" not in dumps(outside) and "城管中队" not in dumps(outside)


@pytest.mark.parametrize("seed", SEEDS)
def test_intervals_are_whole_and_none_tells_of_hidden_months(seed: int) -> None:
    outside = case(seed)[1]
    for table in (outside["types"], *outside["by"].values()):
        for row in (*table["rows"], table["total"]):
            assert all(row[c] is None or float(row[c]).is_integer() for c in ("low_pct", "high_pct"))
    for row in outside["types"]["rows"]:
        months = outside["series"][row["key"]]
        if any(m[w] is None for m in months for w in WINDOWS):
            assert row["low_pct"] is None and row["high_pct"] is None
    assert all(r["low_pct"] is None for r in outside["drivers"]["rows"])


def test_rests_of_drivers_sum_what_is_published() -> None:
    found = case(1)[2].drivers
    assert found is not None
    kept, rest = found.top(1)
    assert len(kept) == 1 and not kept["change"].isna().any()
    (untold,) = [r for r in rest if r["rest"] == "suppressed"]
    assert untold["current"] is None and untold["change"] is None and untold["contribution_pp"] is None
    assert untold["cells_n"] == int(found.rows["change"].isna().sum())


def test_a_baseline_that_is_not_held_is_left_out_whole() -> None:
    outside = said(both(spread(some(4, 1), years=(2024,)))[1])
    assert outside["covered"] is False
    assert all(r["baseline"] is None for r in outside["types"]["rows"])
    assert outside["types"]["total"]["baseline"] is None


def test_a_mean_of_years() -> None:
    """1 to 4 tickets a year on average are as small as 1 to 4 in one year."""
    counts = [n if i % 3 == 0 else 0 for i, n in enumerate(some(5, 3))]
    inside, outside = (said(r) for r in both(spread(counts, years=(2022, 2023, 2024)), against="mean:2"))
    assert len(outside["means"]) == 2
    for window in WINDOWS:
        known = reader(outside, window, GROUPS, NESTED)
        program = known.program()
        for name in secrets(inside, window, GROUPS):
            if name in known.counts:
                low, high = program.interval(name, whole=False)
                assert low <= 1 and high >= 5, name


def test_too_few_tickets_for_anything() -> None:
    days = (date(2023, 1, 5), date(2024, 1, 5), date(2024, 12, 31))
    with pytest.raises(InputError) as error:
        both([(day, "noise", "投诉", "甲居委", 1) for day in days])
    assert error.value.code == "public-too-few"
