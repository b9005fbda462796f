"""The usual pace: how many tickets a day of each kind brings, against a working day near it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.days import AROUND, FESTIVAL, HOLIDAY, KINDS, WEEKEND, WORKING, kinds
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period

Floats = npt.NDArray[np.float64]

NEAR = 28
"""Days before and after a day whose working days tell its level."""
_ENOUGH = 50.0
"""Tickets that days of a kind would bring at the pace of working days, from which on their weight is measured."""
ASSUMED = {WORKING: 1.0, WEEKEND: 0.7, HOLIDAY: 0.6, FESTIVAL: 0.4, AROUND: 0.8}
"""Weights of the kinds of day where the data hold too few of them."""


@dataclass(frozen=True, eq=False)
class Daily:
    """Tickets on every day of `span`, and the kind of each day."""

    span: Period
    counts: Floats
    kinds: npt.NDArray[np.int8]

    def part(self, first: int, last: int) -> "Daily":
        """The days from position `first` to `last`, both included."""
        days = np.datetime64(self.span.start) + np.array([first, last])
        span = Period(*days.tolist())
        return Daily(span, self.counts[first : last + 1], self.kinds[first : last + 1])

    def at(self, position: int) -> date:
        day: date = (np.datetime64(self.span.start) + position).tolist()
        return day


def daily(facts: Facts) -> Daily | None:
    """Tickets by day from the first to the last; None without tickets."""
    n = facts.frame["n"].to_numpy(np.float64)
    days = facts.frame["accepted"].to_numpy().astype("datetime64[D]")[n > 0]
    if not len(days):
        return None
    span = Period(days.min().tolist(), days.max().tolist())
    at = (days - np.datetime64(span.start)).astype(np.int64)
    counts = np.bincount(at, weights=n[n > 0], minlength=span.days)
    return Daily(span, counts.astype(np.float64), kinds(span))


def level(days: Daily) -> Floats:
    """For each day the mean of the working days within NEAR days of it; 0 where there is none."""
    work = days.kinds == WORKING
    n, tickets = _near(work.astype(np.float64)), _near(np.where(work, days.counts, 0.0))
    return np.divide(tickets, n, out=np.zeros_like(tickets), where=n > 0)


def _near(values: Floats) -> Floats:
    """The sum of the values within NEAR days of each day."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    out: Floats = total[np.minimum(at + NEAR + 1, len(values))] - total[np.maximum(at - NEAR, 0)]
    return out


def weights(days: Daily) -> Floats:
    """By kind of day: its tickets / what its days would bring at the level of the working days near them.

    1 for working days. Kinds for which the divisor is below _ENOUGH have the weight of ASSUMED.
    """
    out = np.array([ASSUMED[k] for k in range(KINDS)])
    would = np.bincount(days.kinds, weights=level(days), minlength=KINDS)
    did = np.bincount(days.kinds, weights=days.counts, minlength=KINDS)
    for kind in (WEEKEND, HOLIDAY, FESTIVAL, AROUND):
        if would[kind] >= _ENOUGH:
            out[kind] = did[kind] / would[kind]
    return out


def scatter(days: Daily, expected: Floats) -> float:
    """Variance/mean of the daily counts around what is expected, at least 1."""
    seen = expected > 0
    if not seen.any():
        return 1.0
    chi2 = ((days.counts[seen] - expected[seen]) ** 2 / expected[seen]).sum()
    return max(1.0, float(chi2 / seen.sum()))
