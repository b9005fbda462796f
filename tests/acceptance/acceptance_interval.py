"""How sure a change is, by the definitions in words: scipy's chi² test of the year × month table for the dispersion,
root finding on the score equation for the limits, statsmodels for the changes of rates, where the program has closed
forms of its own."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import chi2_contingency, norm, t
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

CONFIDENCE, MIN_N, MIN_PAIRS, FALLBACK = 0.95, 10, 6, 3.0
"""The defaults; the report says its own in provenance.settings."""


def dispersion(part: pd.DataFrame) -> tuple[float, float]:
    """Pearson chi² / df of the year × month table, at least 1; the assumed value with normal quantiles where
    fewer than five degrees of freedom are left. Years and months without a ticket do not count."""
    table = pd.crosstab(part["accepted"].dt.year, part["accepted"].dt.month).to_numpy()
    if min(table.shape) < 2:
        return FALLBACK, np.inf
    test = chi2_contingency(table, correction=False)
    if test.dof < MIN_PAIRS - 1:
        return FALLBACK, np.inf
    return max(1.0, test.statistic / test.dof), float(test.dof)


def interval(current: int, baseline: int, phi: float, df: float) -> tuple[float | None, float | None]:
    """The ratios r at which (current − r·baseline)² reaches z²·phi·r·(current + baseline), as changes in percent."""
    if current == baseline == 0:
        return None, None
    upper = (1 + CONFIDENCE) / 2
    z = norm.ppf(upper) if np.isinf(df) else t.ppf(upper, df)

    def beyond(r: float) -> float:
        return float((current - r * baseline) ** 2 - z**2 * phi * r * (current + baseline))

    if baseline == 0:
        return 100 * (root(beyond, 0.0, float(current)) - 1), None
    ratio = current / baseline
    far = max(1.0, 2 * ratio)
    while beyond(far) <= 0:
        far *= 2
    low = root(beyond, 0.0, ratio) if current else 0.0
    return 100 * (low - 1), 100 * (root(beyond, ratio or 1e-12, far) - 1)


def rate_change(now: pd.Series, then: pd.Series) -> dict[str, float | str]:
    """Interval and verdict of the change of a mean score, by statsmodels: Newcombe's for scores of 0 and 1, that of
    two means for weighted ones."""
    alpha = 1 - CONFIDENCE
    if set(now) | set(then) <= {0.0, 1.0}:
        counts = (int(now.sum()), len(now), int(then.sum()), len(then))
        low, high = confint_proportions_2indep(*counts, method="newcomb", compare="diff", alpha=alpha)
    else:
        means = CompareMeans(DescrStatsW(now.to_numpy()), DescrStatsW(then.to_numpy()))
        low, high = means.zconfint_diff(alpha=alpha, usevar="unequal")
    said = "fall" if high < 0 else "rise" if low > 0 else "within-noise"
    return {"low_pp": 100 * float(low), "high_pp": 100 * float(high), "verdict": said}


def root(of: Callable[[float], float], start: float, end: float) -> float:
    return float(brentq(of, start, end, xtol=1e-15, rtol=1e-15, maxiter=500))


def status(current: int, baseline: int) -> str:
    if baseline == 0:
        return "new" if current else "small"
    if current == 0:
        return "gone"
    return "small" if baseline < MIN_N else "ok"


def verdict(current: int, baseline: int, low: float | None, high: float | None) -> str:
    if max(current, baseline) < MIN_N:
        return "too-few"
    if high is not None and high < 0:
        return "fall"
    return "rise" if low is not None and low > 0 else "within-noise"
