"""How long until tickets are closed, when some still are not: the product-limit estimate of Kaplan & Meier 1958
(J. Am. Stat. Assoc. 53:457-481) with the variance of Greenwood 1926."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.differences import score_limits
from hotline_stats.analysis.ledger import Floats, Ints

Bools = npt.NDArray[np.bool_]
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Curve:
    """The estimate at the times at which tickets were closed, ascending.

    `open_share`: share of tickets open after the time. `spread`: Greenwood's sum of d / (r·(r − d)), d closed at the time
    of r at risk; the variance of open_share is open_share² × spread. nan once all are closed. `n`: tickets. `last`: the
    longest time for which a ticket was followed.
    """

    times: Floats
    open_share: Floats
    spread: Floats
    n: int
    last: float

    @property
    def standard_error(self) -> Floats:
        return self.open_share * np.sqrt(self.spread)

    def quantile(self, share: float) -> float | None:
        """The shortest time after which at least this share is closed; None when the estimate does not come so far."""
        reached = np.flatnonzero(1 - self.open_share >= share - _ROUNDING)
        return float(self.times[reached[0]]) if len(reached) else None

    def open_at(self, time: float) -> tuple[float, float] | None:
        """Share open after the time, and its variance; None beyond the longest time of a ticket, unless none is left."""
        at = int(np.searchsorted(self.times, time, side="right")) - 1
        left = float(self.open_share[at]) if at >= 0 else 1.0
        if left <= _ROUNDING:
            return 0.0, 0.0
        if time > self.last:
            return None
        return left, left * left * float(self.spread[at]) if at >= 0 else 0.0


def curve(times: Floats, closed: Bools, n: Ints) -> Curve:
    """`times`: from acceptance to closing, or as long as the ticket was seen open; n[i] tickets each."""
    times, closed, n = times[n > 0], closed[n > 0], n[n > 0]
    distinct, at = np.unique(times, return_inverse=True)
    gone = np.bincount(at, weights=n, minlength=len(distinct))
    events = np.bincount(at, weights=n * closed, minlength=len(distinct))
    at_risk = gone.sum() - np.cumsum(gone) + gone
    some = events > 0
    distinct, events, at_risk = distinct[some], events[some], at_risk[some]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(events / (at_risk * (at_risk - events)))
    left = np.cumprod(1 - events / at_risk)
    spread[left <= 0] = np.nan
    return Curve(distinct, left, spread, int(n.sum()), float(times.max()) if len(times) else 0.0)


def within(curves: list[tuple[Curve, float]], z: float) -> tuple[float, float, float] | None:
    """The share closed within a limit, over strata that each have a limit of their own, with its limits; 0–1.

    Each stratum counts by its tickets. The interval is that of log(−log S), S the share open (Kalbfleisch & Prentice
    2002, 1.4), by the variance of Greenwood; where that is zero (all or none closed in time) the score interval of a
    proportion. None when a stratum has not been followed up to its limit, or without tickets.
    """
    total = sum(c.n for c, _ in curves)
    found = [(c.n / total, c.open_at(limit)) for c, limit in curves if total]
    if not found or any(part is None for _, part in found):
        return None
    left = math.fsum(w * part[0] for w, part in found if part is not None)
    variance = math.fsum(w * w * part[1] for w, part in found if part is not None)
    if variance <= 0 or not 0 < left < 1:
        low, high = score_limits(1 - left, total, z)
        return 1 - left, max(0.0, low), min(1.0, high)
    half = z * math.sqrt(variance) / (left * abs(math.log(left)))
    low, high = (left ** math.exp(sign * half) for sign in (-1, 1))
    return 1 - left, 1 - low, 1 - high
