"""A control chart of monthly counts: limits from base months, widened for overdispersion, and the rules that fire."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.ledger import Floats, Ints

Bools = npt.NDArray[np.bool_]

MIN_MONTHS = 12
"""Base months below which there are no limits."""
MIN_MEAN = 5.0
"""Tickets a month in the base below which a key has no limits: zones of so small a count are lopsided."""
RUN = 9
"""Months in a row on one side of the centre (Nelson 1984, test 2)."""
_SEASONS = 2
"""Base months of each name from which on each has a centre of its own."""


@dataclass(frozen=True)
class Limits:
    """keys × months: the centre and one sigma, in tickets a month; nan for a key without limits. `widening`: how many
    times the Poisson standard deviation the months of a key vary, at least 1. `seasonal`: whether each month of the year
    has a centre of its own."""

    centre: Floats
    sigma: Floats
    widening: Floats
    seasonal: bool


@dataclass(frozen=True)
class Fired:
    """A rule that fired. `first`, `last`: positions of the months it spans. `above`: on which side of the centre."""

    rule: str
    above: bool
    first: int
    last: int


def limits(counts: Floats, days: Floats, of_year: Ints, base: Bools) -> Limits:
    """Limits of a u chart for counts that vary more than Poisson, with the days of a month as its exposure.

    `counts`: keys × months; `days`, `of_year` (0 = January): by month; `base`: the months that set the limits.

    The centre of a month is its days × the rate a day of the base months of the same name, where the base has every month
    of the year twice or more (`seasonal`); else × that of all base months, so that a season is noise. Months without any
    ticket in the base have the rate of one. phi = Pearson chi² /
    freedom of the base months about their centres, 1 or more, freedom = base months − rates (McCullagh & Nelder 1989, 4.5).
    A further month varies by √(centre · phi · (1 + 1/m)), m the base months behind its rate; sigma is that times what
    Student's t has in place of 3 for the freedom, so that `outside` keeps its level of 0.27 %.
    """
    n = counts[:, base].sum(axis=1)
    known = (base.sum() >= MIN_MONTHS) & (n >= MIN_MEAN * base.sum())
    each = np.bincount(of_year[base], minlength=12)
    seasonal = bool((each >= _SEASONS).all())
    at = of_year if seasonal else np.zeros_like(of_year)
    member = (at[base, None] == np.arange(12)).astype(np.float64)
    months, exposure = member.sum(axis=0), days[base] @ member
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.where(known[:, None], np.maximum(counts[:, base] @ member, 1.0) / exposure, np.nan)
        centre: Floats = rates[:, at] * days
        chi2 = np.nansum((counts - centre)[:, base] ** 2 / centre[:, base], axis=1)
    freedom = int(base.sum()) - int((months > 0).sum())
    widening: Floats = np.where(known, np.sqrt(np.maximum(1.0, chi2 / max(1, freedom))), np.nan)
    further = np.sqrt(1 + 1 / np.maximum(months, 1.0))[at] * _wider(freedom)
    return Limits(centre, np.sqrt(centre) * widening[:, None] * further, widening, seasonal)


def _wider(freedom: int) -> float:
    """The quantile of Student's t beyond which lies what lies beyond 3 of the normal, as a multiple of 3."""
    from scipy.special import ndtr, stdtrit

    return float(stdtrit(max(1, freedom), ndtr(3.0))) / 3


def fired(z: Floats, judged: Bools) -> list[Fired]:
    """The rules that fire on one key, by month: tests 1, 2 and 5 of Nelson 1984 (Journal of Quality Technology
    16:237-239), the first and last of which are also those of Western Electric 1956.

    `z`: (count − centre) / sigma by month. `outside`: one month beyond 3 sigma. `run`: RUN or more months in a row on
    one side of the centre. `two-of-three`: two of three months in a row beyond 2 sigma on one side, firings that
    overlap as one. A month that is not `judged` breaks a row.
    """
    out: list[Fired] = []
    for above in (True, False):
        side = z if above else -z
        out += [Fired("outside", above, int(i), int(i)) for i in np.flatnonzero(judged & (side > 3))]
        out += [Fired("run", above, a, b) for a, b in _rows(judged & (side > 0)) if b - a + 1 >= RUN]
        out += [Fired("two-of-three", above, a, b) for a, b in _two_of_three(judged & (side > 2), judged)]
    return sorted(out, key=lambda f: (f.first, f.last, f.rule, f.above))


def _rows(marked: Bools) -> Iterator[tuple[int, int]]:
    """First and last position of each row of marked months."""
    edges = np.diff(np.concatenate([[0], marked.astype(np.int8), [0]]))
    firsts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    for first, end in zip(firsts, ends, strict=True):
        yield int(first), int(end) - 1


def _two_of_three(beyond: Bools, judged: Bools) -> Iterator[tuple[int, int]]:
    """First and last month beyond, of each stretch in which two of three neighbours are."""
    at = [int(i) for i in np.flatnonzero(beyond)]
    near = [(a, b) for a, b in pairwise(at) if b - a <= 2 and judged[a : b + 1].all()]
    start = None
    for i, (a, b) in enumerate(near):
        start = a if start is None else start
        if i + 1 == len(near) or near[i + 1][0] != b:
            yield start, b
            start = None
