"""Control limits against the published formulas in plain Python, and the rules one by one."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.analysis.control import MIN_MONTHS, fired, limits

DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)


def plain_laney(counts: list[int], days: list[float]) -> tuple[float, float]:
    """ū and sigma z of a u' chart, as Laney 2002 writes them, with R's qcc constant d2(2) = 1.128379."""
    rate = sum(counts) / sum(days)
    z = [(n / d - rate) / math.sqrt(rate / d) for n, d in zip(counts, days, strict=True)]
    ranges = [abs(b - a) for a, b in pairwise(z)]
    return rate, sum(ranges) / len(ranges) / 1.1283791670955126


def test_limits_are_those_of_laney() -> None:
    counts = [120, 95, 160, 130, 90, 150, 100, 170, 110, 90, 140, 105]
    rate, spread = plain_laney(counts, list(DAYS))
    found = limits(np.array([counts], dtype=float), DAYS, np.ones(12, dtype=bool))
    assert spread > 1
    assert found.widening[0] == pytest.approx(spread, rel=1e-12)
    for i, days in enumerate(DAYS):
        assert found.centre[0, i] == pytest.approx(rate * days, rel=1e-12)
        upper = days * (rate + 3 * spread * math.sqrt(rate / days))
        assert found.centre[0, i] + 3 * found.sigma[0, i] == pytest.approx(upper, rel=1e-12)


def test_equal_days_and_no_more_than_poisson_is_the_c_chart() -> None:
    counts = np.full((1, 12), 100.0)
    found = limits(counts, np.full(12, 30.0), np.ones(12, dtype=bool))
    assert found.widening[0] == 1
    assert found.centre[0].tolist() == pytest.approx([100.0] * 12)
    assert found.sigma[0].tolist() == pytest.approx([10.0] * 12)


def test_base_months_alone_set_the_limits_and_gaps_are_not_neighbours() -> None:
    counts = np.array([[100, 900, 100, *[100] * 11, 500]], dtype=float)
    base = np.array([True, False, *[True] * 12, False])
    found = limits(counts, np.full(15, 30.0), base)
    assert found.centre[0].tolist() == pytest.approx([100.0] * 15)
    assert found.widening[0] == 1


def test_no_limits_on_few_months_or_few_tickets() -> None:
    short = limits(np.full((1, 20), 50.0), np.full(20, 30.0), np.arange(20) < MIN_MONTHS - 1)
    few = limits(np.array([[4.0] * 12, [5.0] * 12]), np.full(12, 30.0), np.ones(12, dtype=bool))
    assert np.isnan(short.centre).all() and np.isnan(short.widening).all()
    assert np.isnan(few.centre[0]).all() and not np.isnan(few.centre[1]).any()


def rules(z: list[float], judged: list[bool] | None = None) -> list[tuple[str, bool, int, int]]:
    mask = np.ones(len(z), dtype=bool) if judged is None else np.array(judged)
    return [(f.rule, f.above, f.first, f.last) for f in fired(np.array(z), mask)]


def test_one_month_beyond_three_sigma() -> None:
    assert rules([0, 3.01, 0, -3.01, 3.0]) == [("outside", True, 1, 1), ("outside", False, 3, 3)]


def test_nine_in_a_row() -> None:
    assert rules([0.1] * 8 + [-0.1]) == []
    assert rules([-0.1] + [0.1] * 9) == [("run", True, 1, 9)]
    assert rules([-0.1] * 11 + [0.0]) == [("run", False, 0, 10)]
    assert rules([0.1] * 5 + [0.0] + [0.1] * 5) == []


def test_two_of_three_beyond_two_sigma() -> None:
    assert rules([2.1, 0, 2.1]) == [("two-of-three", True, 0, 2)]
    assert rules([2.1, 2.1, 0]) == [("two-of-three", True, 0, 1)]
    assert rules([2.1, 0, 0, 2.1]) == []
    assert rules([2.1, -2.1, 0]) == []
    assert rules([-2.1, 0, -2.1, 0, -2.1]) == [("two-of-three", False, 0, 4)]
    assert rules([2.1, 2.1, 0, 0, 0, 2.1, 2.1]) == [
        ("two-of-three", True, 0, 1),
        ("two-of-three", True, 5, 6),
    ]


def test_months_not_judged_break_rows_and_fire_nothing() -> None:
    assert rules([0.1] * 10, [True] * 5 + [False] + [True] * 4) == []
    assert rules([9.0, 0], [False, True]) == []
    assert rules([2.1, 0, 2.1], [True, False, True]) == []
    assert rules([math.nan] * 12) == []


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_rules_against_the_sentences_that_define_them(z: list[float]) -> None:
    out, runs, twos = set(), set(), set()
    for sign in (1, -1):
        side = [sign * x for x in z]
        out |= {(sign, i) for i, x in enumerate(side) if x > 3}
        for i in range(len(z) - 8):
            if all(x > 0 for x in side[i : i + 9]):
                runs |= {(sign, j) for j in range(i, i + 9)}
        for i in range(len(z)):
            near = [j for j in range(i, min(i + 3, len(z))) if side[j] > 2]
            if len(near) >= 2:
                twos |= {(sign, j) for j in near}
    found = fired(np.array(z), np.ones(len(z), dtype=bool))

    def covered(rule: str) -> set[tuple[int, int]]:
        return {
            (1 if f.above else -1, i) for f in found if f.rule == rule for i in range(f.first, f.last + 1)
        }

    assert covered("outside") == out and covered("run") == runs
    assert twos <= covered("two-of-three")
    assert {(s, i) for s, i in covered("two-of-three") if s * z[i] > 2} == twos
    spans = [(f.above, f.first, f.last) for f in found if f.rule == "two-of-three"]
    assert all((1 if a else -1, i) in twos for a, first, last in spans for i in (first, last))
