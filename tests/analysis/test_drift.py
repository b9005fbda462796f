"""Months that follow each other: the widening against matrices written out, and what it does to false alarms."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import dispersion, p_value
from hotline_stats.analysis.drift import Course, widening
from hotline_stats.settings.values import ComparisonSettings

SETTINGS = ComparisonSettings()
YEAR, MONTH = np.divmod(np.arange(36), 12)


def course(months: npt.NDArray[np.bool_]) -> Course:
    windows = np.where(months & (YEAR == 2), 1, np.where(months & (YEAR == 1), -1, 0))
    return Course(np.ones(36, dtype=bool), 3 * YEAR + 1 + windows, windows)


def by_matrices(rho: float, found: Course) -> tuple[float, float]:
    """The expected quotient of the lag-1 and lag-0 sums of residuals, and the growth, for one correlation."""
    design = np.column_stack(
        [found.level[:, None] == np.unique(found.level), MONTH[:, None] == range(12)]
    ).astype(float)
    off = np.eye(36) - design @ np.linalg.pinv(design)
    apart = np.abs(np.subtract.outer(range(36), range(36)))
    like, beside, c = rho**apart, (apart == 1) / 2, found.windows
    kept = np.trace(off @ like)
    return np.trace(off @ beside @ off @ like) / kept, (c @ like @ c / (c @ c)) / (kept / np.trace(off))


@pytest.mark.parametrize("months", [12, 5])
@pytest.mark.parametrize("rho", [0.1, 0.5, 0.8])
def test_the_widening_is_that_of_the_correlation_told(months: int, rho: float) -> None:
    """Residuals made to have just the quotient expected of rho are widened by the growth at rho."""
    found = course(months > MONTH)
    quotient, growth = by_matrices(rho, found)
    residuals = np.zeros((1, 36))
    residuals[0, :20] = np.sign(quotient) ** np.arange(20)
    residuals[0, 25] = np.sqrt(19 / abs(quotient) - 20)
    assert (residuals[0, 1:] * residuals[0, :-1]).sum() / (residuals**2).sum() == pytest.approx(quotient)
    assert growth > 1.1
    assert widening(residuals, found)[0] == pytest.approx(growth, rel=1e-3)


def test_no_correlation_and_a_negative_one_widen_nothing() -> None:
    residuals = np.zeros((3, 36))
    residuals[0] = np.where(np.arange(36) % 2, 1, -1)
    assert widening(residuals, course(MONTH < 12))[[0, 2]].tolist() == [1, 1]
    residuals[1] = 1
    assert widening(residuals, course(MONTH < 0)).tolist() == [1, 1, 1]


@given(st.integers(0, 2**32 - 1), st.integers(0, 12))
@settings(max_examples=30, deadline=None)
def test_the_widening_is_finite_and_never_narrows(seed: int, months: int) -> None:
    residuals = np.random.default_rng(seed).normal(size=(4, 36)).cumsum(axis=1)
    found = widening(residuals, course(months > MONTH))
    assert np.isfinite(found).all() and (found >= 1).all()


def test_a_level_that_drifts_gives_fewer_false_alarms_than_without_the_widening() -> None:
    """Correlation 0.6 from month to month: from about a quarter of years called a change to about an eighth."""
    rng, size = np.random.default_rng(2), 3000
    noise = rng.normal(size=(size, 36))
    for t in range(1, 36):
        noise[:, t] = 0.6 * noise[:, t - 1] + 0.8 * noise[:, t]
    y = rng.poisson(300 * np.exp(np.sqrt(2 / 300) * noise)).astype(float).reshape(size, 3, 12)
    windows, present = np.zeros((3, 12), dtype=np.int64), np.ones((3, 12), dtype=bool)
    plain = dispersion(y, present, windows, SETTINGS)
    windows[2], windows[1] = 1, -1
    wide = dispersion(y, present, windows, SETTINGS)
    without, kept = (np.mean(p_value(y[:, 2].sum(1), y[:, 1].sum(1), d) < 0.05) for d in (plain, wide))
    assert without > 0.2
    assert kept < 0.16
