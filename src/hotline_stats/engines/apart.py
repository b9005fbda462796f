"""Accepted times that lie more than a year apart from all others: slips such as 2042 for 2024, or 1970."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

GAP = 366 * 86400
"""Seconds without any ticket that set a slip apart from the data."""
FEWEST, SHARE = 30, 1000
"""From so many tickets on at least one may be a slip, and one in so many; more of them are data."""

Positions = npt.NDArray[np.int64]


def far_dates(accepted: pa.ChunkedArray) -> tuple[Positions, npt.NDArray[np.str_]]:
    """Positions of the tickets whose accepted time is a slip, ascending, and the code of each: `future-date`
    or `past-date`.

    No clock is asked: after the last of the ordinary tickets follows a gap of more than a year, and beyond it at
    most one ticket in a thousand (and at least one). Before the first the same.
    """
    seconds = pc.cast(accepted, pa.int64()).to_numpy()
    n = len(seconds)
    most = max(n // SHARE, 1)
    if n < FEWEST:
        return np.zeros(0, np.int64), np.zeros(0, np.str_)
    parted = np.partition(seconds, (most, n - 1 - most))
    late, early = np.sort(parted[n - 1 - most :]), np.sort(parted[: most + 1])
    after = np.flatnonzero(np.diff(late) > GAP)
    before = np.flatnonzero(np.diff(early) > GAP)
    last = late[after[0]] if len(after) else late[-1]
    first = early[before[-1] + 1] if len(before) else early[0]
    at = np.flatnonzero((seconds > last) | (seconds < first))
    return at, np.where(seconds[at] > last, "future-date", "past-date")
