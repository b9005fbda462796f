"""Months that follow each other: how their correlation widens the change of windows of several months."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_RHO = np.linspace(0.0, 0.9, 91)
"""Correlations of one month with the next that are told apart; a negative one does not narrow an interval."""


@dataclass(frozen=True)
class Course:
    """The months of the data in their order. `told`: those from which the dispersion is estimated; `level`: the
    level that each has in the model; `windows`: 1 in the period, −1 in the baseline, 0 in neither."""

    told: Bools
    level: Ints
    windows: Ints


def widening(residuals: Floats, course: Course) -> Floats:
    """By what the dispersion of each key grows, 1 or more, because its months follow each other.

    `residuals`: keys × months, Pearson residuals of the model, 0 in months that are not told. The correlation rho of
    a month with the next is that of a process of order one (rho^k over k months) of which the quotient of the lag-1
    and lag-0 sums of residuals, Σ e(t)·e(t+1) / Σ e(t)², has its expected value: the model takes up part of the slow
    movement, so that the plain quotient is too small. From a few years it is told badly, so a key's quotient is
    taken halfway to the mean of all keys. With M the projection onto the residuals, L the matrix of
    neighbours, R that of the correlations and c the contrast of the windows, this is tr(MLMR) / tr(MR), and the
    variance of the contrast has grown by (c'Rc / c'c) / (tr(MR) / tr(M)) more than the dispersion estimated. All
    months count with equal means here.
    """
    projection = _projection(course)
    plain, beside = _by_lag(projection), _by_lag(projection @ _neighbours(len(projection)) @ projection)
    contrast = _by_lag(np.outer(*[_contrast(course.windows)] * 2))
    ones = np.ones(len(residuals))
    if contrast[0] == 0 or plain[0] <= 0:
        return ones
    powers = _RHO[:, None] ** np.arange(len(plain))
    kept = powers @ plain
    growth = np.maximum(1.0, (powers @ contrast / contrast[0]) / (kept / plain[0]))
    squares = (residuals**2).sum(axis=1)
    neighbours = (residuals[:, 1:] * residuals[:, :-1]).sum(axis=1)
    varies = squares > 0
    found = np.divide(neighbours, squares, out=np.full(len(squares), -1.0), where=varies)
    found[varies] = (found[varies] + (found[varies].mean() if varies.any() else 0.0)) / 2
    rho = np.interp(found, np.maximum.accumulate(powers @ beside / kept), _RHO)
    out: Floats = np.interp(rho, _RHO, growth)
    return out


def _projection(course: Course) -> Floats:
    """Months × months: what of the counts of months is residual when levels and months of the year are fitted."""
    size = len(course.told)
    design = np.column_stack(
        [course.level[:, None] == np.unique(course.level), np.arange(size)[:, None] % 12 == np.arange(12)]
    )[course.told].astype(np.float64)
    out = np.zeros((size, size))
    out[np.ix_(course.told, course.told)] = np.eye(len(design)) - design @ np.linalg.pinv(design)
    return out


def _contrast(windows: Ints) -> Floats:
    """1 for the months of the period, −1 for as many of the baseline; less for each where the baseline has more."""
    periods, baselines = (windows > 0).sum(), (windows < 0).sum()
    return np.where(windows < 0, -periods / max(1, baselines), windows).astype(np.float64)


def _neighbours(size: int) -> Floats:
    out: Floats = (np.eye(size, k=1) + np.eye(size, k=-1)) / 2
    return out


def _by_lag(matrix: Floats) -> Floats:
    """Sums of a symmetric matrix over the pairs that lie 0, 1, 2 … months apart."""
    months = np.arange(len(matrix))
    apart = np.abs(months[:, None] - months).ravel()
    return np.asarray(np.bincount(apart, weights=matrix.ravel(), minlength=len(matrix)), dtype=np.float64)
