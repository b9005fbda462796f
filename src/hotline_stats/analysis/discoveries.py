"""Which of many tests are discoveries when few of those may be false."""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]


def survivors(p: npt.NDArray[np.float64], family: Bools, rate: float) -> Bools:
    """Which of the tests of `family` are discoveries when at most the share `rate` of discoveries may be false
    (Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289-300). Tests outside of the family are none."""
    out = np.zeros(len(p), dtype=bool)
    order = np.flatnonzero(family)[np.argsort(p[family], kind="stable")]
    below = np.flatnonzero(p[order] <= rate * np.arange(1, len(order) + 1) / max(1, len(order)))
    out[order[: below[-1] + 1 if len(below) else 0]] = True
    return out
