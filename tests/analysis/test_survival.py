"""The product-limit estimate: a table by hand, statsmodels, and what must hold for any tickets."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

from hotline_stats.analysis.survival import curve, within

Z = float(norm.ppf(0.975))
LIVES = st.lists(
    st.tuples(st.integers(0, 12), st.booleans(), st.integers(0, 5)), min_size=1, max_size=30
).filter(lambda lives: sum(k for *_, k in lives) > 0)


def arrays(lives: list[tuple[int, bool, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    times, closed, n = zip(*lives, strict=True)
    return np.array(times, float), np.array(closed), np.array(n, np.int64)


def test_a_table_by_hand() -> None:
    """Ten tickets: closed after 1 (two), 3, 5 and 5 days; seen open for 2, 3, 6, 6 and 6.

    day  at risk  closed  left
     1     10       2     0.8
     3      7       1     0.8 · 6/7
     5      5       2     0.8 · 6/7 · 3/5
    """
    lives = [(1, True, 2), (2, False, 1), (3, True, 1), (3, False, 1), (5, True, 2), (6, False, 3)]
    found = curve(*arrays(lives))
    assert found.times.tolist() == [1, 3, 5]
    assert found.open_share == pytest.approx([0.8, 0.8 * 6 / 7, 0.8 * 6 / 7 * 3 / 5], abs=1e-15)
    assert found.spread == pytest.approx([1 / 40, 1 / 40 + 1 / 42, 1 / 40 + 1 / 42 + 2 / 15], abs=1e-15)
    assert (found.quantile(0.2), found.quantile(0.5), found.quantile(0.9)) == (1, 5, None)
    assert found.open_at(0.5) == (1.0, 0.0)
    assert found.open_at(4) == pytest.approx((24 / 35, (24 / 35) ** 2 * (1 / 40 + 1 / 42)))
    assert found.open_at(6.5) is None


@given(LIVES)
def test_it_is_that_of_statsmodels(lives: list[tuple[int, bool, int]]) -> None:
    times, closed, n = arrays(lives)
    found = curve(times, closed, n)
    if not n[closed].sum():
        assert not len(found.times) and found.quantile(0.1) is None
        return
    oracle = SurvfuncRight(np.repeat(times, n), np.repeat(closed, n))
    some = np.isin(oracle.surv_times, found.times)
    assert found.open_share == pytest.approx(oracle.surv_prob[some], abs=1e-9)
    left = found.open_share > 1e-12
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = oracle.surv_prob_se[some]
    assert found.standard_error[left] == pytest.approx(expected[left], abs=1e-9)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.sampled_from([0.25, 0.5, 0.9, 1.0]))
def test_with_all_closed_it_is_the_sample(times: list[int], share: float) -> None:
    """The quantile is then the smallest value with at least that share of the sample at or below it."""
    found = curve(np.array(times, float), np.ones(len(times), bool), np.ones(len(times), np.int64))
    assert found.quantile(share) == sorted(times)[math.ceil(share * len(times) - 1e-9) - 1]
    closed = sum(t <= 25 for t in times) / len(times)
    got = within([(found, 25.0)], Z)
    assert got is not None and got[0] == pytest.approx(closed)
    assert 0 <= got[1] <= got[0] + 1e-12 and got[0] <= got[2] + 1e-12 <= 1 + 1e-9


@given(LIVES, st.integers(0, 12))
def test_the_interval_holds_the_share_and_lies_within_0_and_1(
    lives: list[tuple[int, bool, int]], limit: int
) -> None:
    found = within([(curve(*arrays(lives)), float(limit))], Z)
    if found is not None:
        share, low, high = found
        assert -1e-12 <= low <= share + 1e-12 and share <= high + 1e-12 <= 1 + 1e-9


def test_open_tickets_pull_the_share_down_against_those_closed() -> None:
    """Of ten, five closed within two days and five are open after four: all of the closed were fast, half of all."""
    lives = arrays([(2, True, 5), (4, False, 5)])
    found = within([(curve(*lives), 2.0)], Z)
    assert found is not None and found[0] == 0.5
    # log(-log S) by hand: S = 0.5, variance 0.25 · 5 / (10 · 5)
    half = Z * math.sqrt(0.025) / (0.5 * math.log(2))
    assert found[1:] == pytest.approx((1 - 0.5 ** math.exp(-half), 1 - 0.5 ** math.exp(half)))


def test_each_stratum_by_its_own_limit_and_its_tickets() -> None:
    one = (curve(*arrays([(1, True, 3), (4, True, 1)])), 1.0)
    five = (curve(*arrays([(2, True, 2), (9, True, 4)])), 5.0)
    found = within([one, five], Z)
    assert found is not None and found[0] == pytest.approx((3 + 2) / 10)


def test_a_limit_not_reached_is_not_judged_and_certainty_is_not_claimed() -> None:
    assert within([(curve(*arrays([(1, True, 2), (3, False, 2)])), 5.0)], Z) is None
    assert within([], Z) is None
    sure = within([(curve(*arrays([(1, True, 20)])), 5.0)], Z)
    assert sure is not None and sure[0] == 1.0 and 0.8 < sure[1] < 0.9 and sure[2] == 1.0
