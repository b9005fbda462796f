"""How sure a change is, by the definitions in words: scipy's chi² test of the year × month table for the dispersion,
matrices written out for months that follow each other, root finding on the score equation for the limits, statsmodels
for the verdicts of a table and the changes of rates, where the program has closed forms of its own."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import chi2, chi2_contingency, norm, t
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

CONFIDENCE, MIN_N, MIN_PAIRS, FALLBACK = 0.95, 10, 6, 3.0
"""The defaults; the report says its own in provenance.settings."""


def spreads(parts: Sequence[pd.DataFrame], compared: tuple[int, ...] = ()) -> list[tuple[float, float]]:
    """For each row of a table, from its tickets, the variance/mean of monthly counts and its degrees of freedom.

    `compared`: months (1–12) that are compared with themselves a year before, so that the others tell; without them the
    years are. Where months follow each other it is widened, by the lag-1 quotient of a row taken halfway to the mean."""
    found = [dispersion(part, compared) for part in parts]
    mean = (
        float(np.mean([q for _, _, q in found if q is not None]))
        if any(q is not None for *_, q in found)
        else 0.0
    )
    return [(phi * (1.0 if q is None else widening((q + mean) / 2, compared)), df) for phi, df, q in found]


def dispersion(part: pd.DataFrame, compared: tuple[int, ...]) -> tuple[float, float, float | None]:
    """Variance/mean of the months of two years, its degrees of freedom, and the residuals' lag-1 quotient.

    Pearson chi² / freedom of the year × month table, without months and years that have no ticket, at least its 5 %
    quantile for Poisson counts; the months of a year against their mean where fewer than four degrees of freedom are
    left. Not for tickets of three years."""
    table = pd.crosstab(part["accepted"].dt.year, part["accepted"].dt.month)
    table = table.reindex(index=sorted(set(table.index)), columns=range(1, 13), fill_value=0)
    table = table.drop(columns=list(compared))
    told = table[table.sum(axis=1) > 0]
    assert len(told) in (1, 2)
    seen = told.loc[:, told.sum() > 0].to_numpy()
    freedom = (seen.shape[0] - 1) * (seen.shape[1] - 1)
    if freedom >= MIN_PAIRS - 2:
        expected = chi2_contingency(seen, correction=False).expected_freq
    else:
        seen = told.to_numpy()
        freedom = seen.size - len(seen)
        expected = np.repeat(seen.mean(axis=1, keepdims=True), seen.shape[1], axis=1)
    if freedom < MIN_PAIRS - 2 or not seen.sum():
        return FALLBACK, np.inf, None
    phi = max(((seen - expected) ** 2 / expected).sum() / freedom, chi2.ppf(0.05, freedom) / freedom)
    over = max(phi, 1.0)
    kurtosis = (6 * (over - 1) + 1 / over) / (seen.sum() / seen.size)
    df = max(1.0, freedom / (1 + kurtosis * freedom / (2 * seen.size)))
    residuals = pd.DataFrame(0.0, index=[2023, 2024], columns=range(1, 13))
    columns = told.columns[told.sum() > 0] if seen.shape[1] < told.shape[1] else told.columns
    residuals.loc[told.index, columns] = (seen - expected) / np.sqrt(expected)
    e = residuals.to_numpy().ravel()
    return phi, df, float((e[1:] * e[:-1]).sum() / (e**2).sum()) if e.any() else None


def widening(quotient: float, compared: tuple[int, ...]) -> float:
    """How much more the compared months vary than the residuals say, since months follow each other: by rho, told
    from the lag-1 quotient, to the hundredth and straight between hundredths, from 0 to 0.9."""
    year, month = np.divmod(np.arange(24), 12)
    told = ~np.isin(month + 1, compared)
    design = (
        np.column_stack([year == 0, year == 1, *(month == m for m in range(12))]).astype(float)
        * told[:, None]
    )
    base = np.linalg.svd(design)[0][:, : np.linalg.matrix_rank(design)]
    off = np.diag(told.astype(float)) - base @ base.T
    apart = np.abs(np.subtract.outer(np.arange(24), np.arange(24)))
    contrast = np.where(year == 1, 1.0, -1.0) * (~told if compared else np.full(24, True))
    quotients, growth = [], []
    rhos = np.arange(91) / 100
    for rho in rhos:
        like = rho**apart if rho else np.eye(24)
        kept = np.trace(off @ like)
        quotients.append(np.trace(off @ ((apart == 1) / 2) @ off @ like) / kept)
        growth.append(contrast @ like @ contrast / (contrast @ contrast) / (kept / np.trace(off)))
    assert np.all(np.diff(quotients) > 0)
    rho = np.interp(quotient, quotients, rhos)
    return float(np.interp(rho, rhos, np.maximum(1, growth)))


def p_value(current: int, baseline: int, phi: float, df: float) -> float | None:
    """Of no change; the t distribution with many degrees of freedom is the normal one."""
    if current == baseline == 0:
        return None
    pivot = abs(current - baseline) / np.sqrt(phi * (current + baseline))
    return float(2 * (norm.sf(pivot) if np.isinf(df) else t.sf(pivot, df)))


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


def judge(rows: list[dict[str, Any]]) -> None:
    """Give the rows of one table their verdicts: Benjamini and Hochberg's discoveries among those with enough tickets
    in both windows together."""
    family = [r for r in rows if r["current"] + r["baseline"] >= MIN_N]
    found = (
        multipletests([r["p"] for r in family], alpha=1 - CONFIDENCE, method="fdr_bh")[0] if family else []
    )
    for row in rows:
        row["verdict"] = "too-few" if max(row["current"], row["baseline"]) < MIN_N else "within-noise"
    for row, discovery in zip(family, found, strict=True):
        if discovery and row["verdict"] != "too-few":
            row["verdict"] = "fall" if row["current"] < row["baseline"] else "rise"
