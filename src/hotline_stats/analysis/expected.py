"""In which range the rate of a unit is expected to lie if it is like all: funnel limits (Spiegelhalter 2005, Statistics
in Medicine 24:1185-1202)."""

import math
from collections.abc import Sequence

import numpy as np

from hotline_stats.analysis.differences import Sample
from hotline_stats.analysis.ledger import Floats
from hotline_stats.model.funnel import Funnel

_FEW = 5
"""From so many units on it is estimated how much they differ beyond chance."""
_TAIL = 0.1


def funnel(everything: Sample, means: Sequence[float], n: Sequence[int]) -> Funnel | None:
    """The funnel of units with these means and numbers of tickets, around the mean of all tickets; None where all tickets
    have one score, so that nothing can differ.

    The scale is the arcsine of the root, on which the variance of a rate is 1 / 4n whatever the rate, so that the limits
    hold near 0 and 100 % and stay within them. spread = mean of z² with a tenth of the z at either end pulled in
    (winsorised), and 1 for fewer than five units.
    """
    mean = everything.mean
    if not 0 < mean < 1:
        return None
    squares = math.fsum(everything.counts * (everything.scores - mean) ** 2)
    unit = squares / everything.n / (mean * (1 - mean))
    if unit <= 0:
        return None
    sizes, found = np.array(n, np.float64), np.array(means, np.float64)
    z = 2 * np.sqrt(sizes / unit) * (np.arcsin(np.sqrt(found)) - math.asin(math.sqrt(mean)))
    return Funnel(mean, unit, _spread(z))


def _spread(z: Floats) -> float:
    if len(z) < _FEW:
        return 1.0
    low, high = np.quantile(z, [_TAIL, 1 - _TAIL])
    return max(1.0, float(np.mean(np.clip(z, low, high) ** 2)))
