"""Which days the data answer for: from where tickets come in as they usually do, to where they stop, without gaps."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.pace import NEAR, Daily, daily, level, scatter, weights
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, month_span

SPARSE = 0.25
"""Days at either end with fewer tickets than this share of the usual are not covered."""
JUDGED_FROM = 200
"""Below so many tickets nothing is usual, and the data cover the first to the last."""
_RARE = np.log(0.01)
"""A run of days without tickets is a gap where its probability, times the days of the data, is below this."""
_BUSY_DAYS = 10
"""Days with tickets near a run without any that it takes to say what is usual there."""
_LONGEST_TAIL = 62
_ONE_DAY = (0.6, 9.0)
"""A first or last day is not whole below this share of the usual, when its deviance is above this (3 sigma)."""
_SOME_DAYS = (SPARSE, 16.0)
"""The same for two days or more at an end (4 sigma)."""


@dataclass(frozen=True)
class ThinEnd:
    """Days at an end of the data with far fewer tickets than usual: `n`, where `usual` a day were expected."""

    span: Period
    n: int
    usual: float


@dataclass(frozen=True)
class Coverage:
    """`span`: the days covered. `stray_n`: tickets outside it and outside `thin`, from `first` to `last` of all.
    `gaps`: days inside the span without tickets, longer than chance allows. `weights`: see `pace.weights`."""

    span: Period
    first: date
    last: date
    stray_n: int
    thin: tuple[ThinEnd, ...] = ()
    gaps: tuple[Period, ...] = ()
    weights: tuple[float, ...] = ()


def coverage(facts: Facts) -> Coverage | None:
    """The days that the data cover; None without tickets.

    Data reach from the first to the last accepted ticket, except that

    - sparse months at either end are left off (less than SPARSE of the median number of tickets a day): an export of
      this year holds a few tickets of last December that were closed this year, and a mistyped year puts a ticket far
      ahead;
    - days at either end with far fewer tickets than usual are left off: an export made at noon holds half a day;
    - runs of days without any ticket are gaps where the pace of the weeks around makes them practically impossible.

    Compared as if they were all there was, each would make a rise or a fall out of nothing. What is usual knows
    weekends, holidays and the Spring Festival (`pace.weights`), and how much days vary; an office with two tickets a
    day has quiet days, and keeps them.
    """
    found = daily(facts)
    if found is None:
        return None
    first, last = found.span.start, found.span.end
    if found.counts.sum() < JUDGED_FROM:
        return Coverage(found.span, first, last, 0, weights=tuple(weights(found).tolist()))
    dense = _dense(found)
    body, thin = _whole_ends(dense)
    stray = found.counts.sum() - body.counts.sum() - sum(t.n for t in thin)
    share = weights(body)
    return Coverage(
        body.span, first, last, int(stray), thin, gaps_of(body, share[body.kinds]), tuple(share.tolist())
    )


def _dense(found: Daily) -> Daily:
    """The days without the sparse months at either end."""
    months = (np.datetime64(found.span.start) + np.arange(found.span.days)).astype("datetime64[M]")
    index = (months - months[0]).astype(np.int64)
    counts = np.bincount(index, weights=found.counts)
    rates = counts / np.bincount(index)
    dense = np.flatnonzero(rates >= SPARSE * np.median(rates[counts > 0]))
    inside = np.flatnonzero((index >= dense[0]) & (index <= dense[-1]))
    return found.part(int(inside[0]), int(inside[-1]))


def _whole_ends(found: Daily) -> tuple[Daily, tuple[ThinEnd, ...]]:
    """The days without thin ones at either end, and what these were."""
    thin = []
    tail = _tail(found)
    if tail:
        thin.append(tail)
        found = found.part(0, found.span.days - 1 - tail.span.days)
    turned = Daily(found.span, found.counts[::-1], found.kinds[::-1])
    head = _tail(turned)
    if head:
        length = head.span.days
        thin.insert(0, ThinEnd(found.part(0, length - 1).span, head.n, head.usual))
        found = found.part(length, found.span.days - 1)
    return found, tuple(thin)


def _tail(found: Daily) -> ThinEnd | None:
    """The last days, when they hold far fewer tickets than the weeks before them, at their kinds of day.

    For every number of days k the deviance 2 (n ln(n / usual) − (n − usual)) / scatter says how far they are from
    usual; the k with the largest is taken.
    """
    size = found.span.days
    share = weights(found)[found.kinds]
    best: tuple[float, ThinEnd] | None = None
    spread = scatter(found, level(found) * share)
    for k in range(1, min(_LONGEST_TAIL, size - NEAR) + 1):
        before = slice(max(0, size - k - NEAR), size - k)
        if (found.counts[before] > 0).sum() < _BUSY_DAYS:
            continue
        usual = found.counts[before].sum() / share[before].sum() * share[size - k :].sum()
        n = found.counts[size - k :].sum()
        below, enough = _ONE_DAY if k == 1 else _SOME_DAYS
        deviance = 2 * ((n * np.log(n / usual) if n else 0.0) - n + usual) / spread if usual else 0.0
        if n < below * usual and deviance > enough and (best is None or deviance > best[0]):
            span = Period(found.at(size - k), found.at(size - 1))
            best = (float(deviance), ThinEnd(span, int(n), float(usual / k)))
    return best[1] if best else None


def gaps_of(found: Daily, share: npt.NDArray[np.float64]) -> tuple[Period, ...]:
    """The runs of days without tickets that are no chance. `share`: the weight of each day.

    Were the days negative binomial with the scatter s of the data (Poisson for s = 1), days that would bring m tickets
    bring none with probability exp(−m ln s / (s − 1)). m goes by the NEAR days before and after the run.
    """
    spread = scatter(found, level(found) * share)
    rate = np.log(spread) / (spread - 1) if spread > 1 else 1.0
    empty = np.concatenate([[0], (found.counts == 0).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(empty))
    out = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        near = np.r_[max(0, start - NEAR) : start, end : min(end + NEAR, len(found.counts))]
        if (found.counts[near] > 0).sum() < _BUSY_DAYS:
            continue
        usual = found.counts[near].sum() / max(share[near].sum(), 1e-9) * share[start:end].sum()
        if -usual * rate + np.log(found.span.days) < _RARE:
            out.append(Period(found.at(int(start)), found.at(int(end) - 1)))
    return tuple(out)


def gap_in_month(gaps: tuple[Period, ...], month: tuple[int, int]) -> bool:
    """Whether a day of the (year, month) lies in a gap."""
    return any(gap.common(month_span(month)) for gap in gaps)
