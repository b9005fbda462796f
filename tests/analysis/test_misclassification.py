"""From counts found to true counts: tables worked out by hand, what must always hold, and singular cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hotline_stats.analysis.misclassification import (
    blurred,
    misfit,
    redrawn,
    redrawn_counts,
    refound,
    sensitivities,
    true_counts,
)

TWO = np.array([[0.9, 0.1], [0.2, 0.8]])
THREE = np.array([[0.8, 0.1, 0.1], [0.0, 0.9, 0.1], [0.2, 0.0, 0.8]])


def test_sensitivities_by_hand() -> None:
    assert sensitivities(np.array([[9, 1], [2, 8]])) == pytest.approx(TWO)
    unknown = sensitivities(np.array([[3, 1, 0], [0, 0, 0], [0, 1, 1]]))
    assert unknown.tolist() == [[0.75, 0.25, 0.0], [0.0, 1.0, 0.0], [0.0, 0.5, 0.5]]


@pytest.mark.parametrize(
    ("c", "found", "true"),
    [
        (TWO, (190, 60), (200, 50)),  # 200·.9 + 50·.2 = 190
        (THREE, (90, 190, 70), (100, 200, 50)),  # 80 + 10, 10 + 180, 10 + 20 + 40
        (TWO, (95, 5), (100, 0)),  # the equations say 107 and −7
        (TWO, (10, 90), (0, 100)),  # they say −14 and 114
        (TWO, (0, 0), (0, 0)),
        (np.eye(3), (5, 0, 7), (5, 0, 7)),
    ],
)
def test_true_counts_by_hand(c: np.ndarray, found: tuple[float, ...], true: tuple[float, ...]) -> None:
    assert true_counts(np.array(found, float), c) == pytest.approx(np.array(true, float), abs=1e-6)


def test_many_at_once_are_each_by_itself() -> None:
    found = np.array([[90.0, 190, 70], [1.0, 200, 0]])
    both = true_counts(found, np.array([THREE, THREE[::-1, ::-1]]))
    assert both[0] == pytest.approx(true_counts(found[0], THREE))
    assert both[1] == pytest.approx(true_counts(found[1], THREE[::-1, ::-1]))


@pytest.mark.parametrize("found", [(5, 90, 5), (60, 0, 40), (3, 1, 96), (30, 40, 30)])
def test_no_other_counts_are_likelier(found: tuple[int, ...]) -> None:
    """Against all true counts of the same sum on a grid of one ticket."""

    def likelihood(t: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.array(found) * np.log(t @ THREE)
        return np.where(np.array(found) > 0, terms, 0).sum(axis=-1)

    grid = np.array([(a, b, 100 - a - b) for a in range(101) for b in range(101 - a)], float)
    best = true_counts(np.array(found, float), THREE)
    assert likelihood(best) >= likelihood(grid).max() - 1e-6
    assert best.sum() == pytest.approx(100)


counts = arrays(np.float64, 4, elements=st.integers(0, 5000).map(float))
stochastic = arrays(np.float64, (4, 4), elements=st.floats(0.001, 1)).map(
    lambda m: m / m.sum(axis=1, keepdims=True)
)
clear = stochastic.map(lambda m: 0.6 * np.eye(4) + 0.4 * m)


@given(counts)
def test_perfect_rules_change_nothing(found: np.ndarray) -> None:
    assert true_counts(found, np.eye(4)) == pytest.approx(found)


@given(counts, stochastic)
def test_sums_stay_and_nothing_is_negative(found: np.ndarray, c: np.ndarray) -> None:
    got = true_counts(found, c, 200)
    assert got.sum() == pytest.approx(found.sum(), abs=1e-6)
    assert (got >= 0).all() and np.isfinite(got).all()


@given(counts, clear)
def test_the_truth_comes_back_from_exact_counts(true: np.ndarray, c: np.ndarray) -> None:
    assert true_counts(true @ c, c) == pytest.approx(true, abs=1e-5 * max(1.0, true.sum()))
    assert misfit(true @ c, true, c) == pytest.approx(0, abs=1e-6)


def test_types_that_cannot_be_told_apart() -> None:
    """The first two are found alike: neither is known, their sum is, and so is the third."""
    c = np.array([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.1, 0.9]])
    sets = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], bool)
    assert blurred(c, sets).tolist() == [True, True, False, False]
    assert not blurred(THREE, np.eye(3, dtype=bool)).any()
    got = true_counts(np.array([60.0, 65, 45]), c)
    assert got.sum() == pytest.approx(170)
    assert got[2] == pytest.approx(50) and got[0] + got[1] == pytest.approx(120)


def test_a_column_never_found_is_no_error() -> None:
    c = np.array([[1.0, 0.0], [1.0, 0.0]])
    got = true_counts(np.array([3.0, 7.0]), c)
    assert got.sum() == pytest.approx(10) and np.isfinite(got).all()
    assert misfit(np.array([3.0, 7.0]), got, c) == np.inf


def test_errors_drawn_again() -> None:
    """Mean of a Dirichlet: (9 + ½)/11 where 9 of 10 were right; a type without labels stays itself."""
    drawn = redrawn(np.array([[9, 1], [0, 0]]), 20_000, np.random.default_rng(1))
    assert drawn.sum(axis=2) == pytest.approx(np.ones((20_000, 2)))
    assert drawn[:, 0, 0].mean() == pytest.approx(9.5 / 11, abs=0.003)
    assert drawn[:, 0, 0].var() == pytest.approx(9.5 * 1.5 / 11**2 / 12, rel=0.05)
    assert (drawn[:, 1] == [0.0, 1.0]).all()
    perfect = redrawn(np.array([[20, 0], [0, 20]]), 1000, np.random.default_rng(1))
    assert np.quantile(perfect[:, 0, 0], 0.025) < 0.95, "an error never seen is not impossible"


def test_counts_drawn_again() -> None:
    """Mean as given; variance of types found T·c·(1 − c), of alike windows phi times the mean."""
    rng = np.random.default_rng(1)
    found = refound(np.tile([200.0, 50.0], (20_000, 1)), TWO, rng)
    assert found.mean(axis=0) == pytest.approx([190, 60], abs=0.2)
    assert found[:, 0].var() == pytest.approx(200 * 0.09 + 50 * 0.16, rel=0.05)
    alike = redrawn_counts(np.array([300.0, 40.0, 0.0]), np.array([[3.0, 1.0, 2.0]]), 20_000, rng)
    assert alike.mean(axis=0) == pytest.approx([300, 40, 0], abs=0.7)
    assert alike.var(axis=0) == pytest.approx([900, 40, 0], rel=0.05)
