"""Quantiles of samples in which each value stands several times."""

import numpy as np

from hotline_stats.analysis.ledger import Floats, Ints


def weighted_quantile(values: Floats, n: Ints, share: float) -> float:
    """The quantile of the sample in which values[i] stands n[i] times, with linear interpolation between order
    statistics (numpy's default; type 7 of Hyndman & Fan 1996). `n` must not add up to zero."""
    order = np.argsort(values, kind="stable")
    up_to = n[order]
    np.cumsum(up_to, out=up_to)
    position = (int(up_to[-1]) - 1) * share
    below = int(np.floor(position))
    above = min(below + 1, int(up_to[-1]) - 1)
    low, high = values[order[np.searchsorted(up_to, [below, above], side="right")]]
    return float(low + (high - low) * (position - below))
