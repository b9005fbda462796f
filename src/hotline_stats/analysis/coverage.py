"""Which days the data answer for: from where tickets come in as they usually do, to where they stop."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, month_end

SPARSE = 0.25
"""A month at either end with fewer tickets a day than this share of the usual is not covered."""
JUDGED_FROM = 200
"""Below so many tickets nothing is usual, and the data cover the first to the last."""


@dataclass(frozen=True)
class Coverage:
    """`span`: the days covered. `stray_n`: tickets outside it, `first` to `last` of all."""

    span: Period
    first: date
    last: date
    stray_n: int


def coverage(facts: Facts) -> Coverage | None:
    """The days that the data cover; None without tickets.

    Data reach from the first to the last accepted ticket, except that sparse months at either end are left off:
    an export of this year holds a few tickets of last December that were closed this year, and a mistyped year
    puts a ticket far ahead. Compared as if they were all there was, they would make a rise or a fall out of
    nothing. Sparse is a month with less than SPARSE of the median number of tickets a day.
    """
    if facts.span is None or facts.n == 0:
        return None
    first, last = facts.span
    whole = Period(first, last)
    n = facts.frame["n"].to_numpy()
    if n.sum() < JUDGED_FROM:
        return Coverage(whole, first, last, 0)
    months = facts.frame["accepted"].to_numpy().astype("datetime64[M]").astype(np.int64)
    counts = np.bincount(months - months.min(), weights=n)
    rates = counts / _days(whole)
    dense = np.flatnonzero(rates >= SPARSE * np.median(rates[counts > 0]))
    year, month = whole.months[dense[0]]
    start = first if dense[0] == 0 else date(year, month, 1)
    end = last if dense[-1] == len(rates) - 1 else month_end(*whole.months[dense[-1]])
    stray = counts[: dense[0]].sum() + counts[dense[-1] + 1 :].sum()
    return Coverage(Period(start, end), first, last, int(stray))


def _days(span: Period) -> npt.NDArray[np.int64]:
    """Days of the span in each month that it touches."""
    days = [
        (min(span.end, month_end(y, m)) - max(span.start, date(y, m, 1))).days + 1 for y, m in span.months
    ]
    return np.array(days, np.int64)
