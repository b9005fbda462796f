"""A control chart of monthly counts: limits from base months, widened for overdispersion, and the rules that fire."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.ledger import Floats

Bools = npt.NDArray[np.bool_]

MIN_MONTHS = 12
"""Base months below which there are no limits."""
MIN_MEAN = 5.0
"""Tickets a month in the base below which a key has no limits: zones of so small a count are lopsided."""
RUN = 9
"""Months in a row on one side of the centre (Nelson 1984, test 2)."""
_D2 = 2 / math.sqrt(math.pi)
"""Mean range of two standard normal values: the constant d2 of moving ranges (1.128)."""


@dataclass(frozen=True)
class Limits:
    """keys × months: the centre and one standard deviation, in tickets a month; nan for a key without limits.
    `widening`: how many times the Poisson standard deviation the months of a key vary, at least 1."""

    centre: Floats
    sigma: Floats
    widening: Floats


@dataclass(frozen=True)
class Fired:
    """A rule that fired. `first`, `last`: positions of the months it spans. `above`: on which side of the centre."""

    rule: str
    above: bool
    first: int
    last: int


def limits(counts: Floats, days: Floats, base: Bools) -> Limits:
    """Limits of a u' chart (Laney 2002, Quality Engineering 14:531-537), with the days of a month as its exposure.

    `counts`: keys × months; `days`: by month; `base`: the months that set the limits. The rate a day is that of all base
    months, the centre of a month is the rate × its days. z = (count − centre) / √centre; the standard deviation of z is
    the mean range of neighbouring base months / 1.128, taken as 1 where it is less; sigma = √centre × it. Ranges of
    neighbours leave out a level that drifts slowly. With equal days and z no wider than Poisson this is the c chart.
    """
    n = counts[:, base].sum(axis=1)
    known = (base.sum() >= MIN_MONTHS) & (n >= MIN_MEAN * base.sum())
    rate = np.where(known, n / max(float(days[base].sum()), 1.0), np.nan)
    centre: Floats = rate[:, None] * days[None, :]
    z = (counts - centre) / np.sqrt(centre)
    pairs = np.flatnonzero(base[1:] & base[:-1])
    ranges = np.abs(z[:, pairs + 1] - z[:, pairs])
    spread = ranges.mean(axis=1) / _D2 if len(pairs) else np.ones(len(n))
    widening: Floats = np.where(known, np.maximum(1.0, spread), np.nan)
    return Limits(centre, np.sqrt(centre) * widening[:, None], widening)


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
