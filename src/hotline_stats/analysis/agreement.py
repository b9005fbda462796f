"""How far types found agree with true ones: precision, recall, F1, their intervals, and the confusion of types."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hotline_stats.analysis.differences import score_limits
from hotline_stats.analysis.uncertainty import quantile
from hotline_stats.model.evaluation import COLUMNS

Codes = NDArray[np.integer]


def confusion(true: Codes, found: Codes, types: int) -> NDArray[np.int64]:
    """Tickets by true and found type, types × types."""
    cells = np.bincount(true.astype(np.int64) * types + found, minlength=types * types)
    return cells.reshape(types, types).astype(np.int64)


def by_type(matrix: NDArray[np.int64], ids: Sequence[str], confidence: float) -> pd.DataFrame:
    """One row a type, columns of model.evaluation.COLUMNS. precision = right / found, recall = right / true, both with
    the score interval of a proportion (Wilson 1927); f1 = 2 · right / (true + found). NaN where nothing was to find or
    was found."""
    true, found, right = matrix.sum(axis=1), matrix.sum(axis=0), matrix.diagonal()
    rows = []
    for i, key in enumerate(ids):
        both = int(true[i] + found[i])
        rows.append(
            (
                key, int(true[i]), int(found[i]), int(right[i]),
                *share(int(right[i]), int(found[i]), confidence),
                *share(int(right[i]), int(true[i]), confidence),
                2 * int(right[i]) / both if both else math.nan,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def share(part: int, whole: int, confidence: float) -> tuple[float, float, float]:
    """part / whole with its score interval; NaN for an empty whole."""
    if not whole:
        return math.nan, math.nan, math.nan
    z = float(quantile(np.array([np.inf]), confidence)[0])
    low, high = score_limits(part / whole, whole, z)
    return part / whole, max(0.0, low), min(1.0, high)
