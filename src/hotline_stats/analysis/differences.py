"""How sure the change of a rate is: the interval of the difference of two means of scores."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotline_stats.analysis.ledger import Floats
from hotline_stats.analysis.uncertainty import quantile


@dataclass(frozen=True, eq=False)
class Sample:
    """Tickets by their score, 0–1: `counts[i]` tickets have `scores[i]`."""

    scores: Floats
    counts: Floats

    @property
    def n(self) -> float:
        return float(self.counts.sum())

    @property
    def mean(self) -> float:
        return math.fsum(self.counts * self.scores) / self.n

    @property
    def variance(self) -> float:
        """Of the sample, with n − 1; 0 for a single ticket."""
        squares = math.fsum(self.counts * (self.scores - self.mean) ** 2)
        return squares / (self.n - 1) if self.n > 1 else 0.0


def difference_interval(current: Sample, baseline: Sample, confidence: float) -> tuple[float, float]:
    """Lower and upper limit of the change of the mean score, in percentage points. Both samples hold a ticket.

    Scores of 0 and 1 alone (a rate): the hybrid score interval of two proportions, method 10 of Newcombe 1998,
    Statistics in Medicine 17:873-890, which stays sound near 0 and 100 % and on few tickets. Other scores
    (weighted ratings): mean difference ± z·sqrt(s1²/n1 + s2²/n2), s² the sample variances. Tickets are taken
    as independent of one another.
    """
    z = float(quantile(np.array([np.inf]), confidence)[0])
    now, then = current.mean, baseline.mean
    if np.isin(np.concatenate([current.scores, baseline.scores]), (0.0, 1.0)).all():
        (low1, high1), (low2, high2) = score_limits(now, current.n, z), score_limits(then, baseline.n, z)
        below = math.hypot(now - low1, high2 - then)
        above = math.hypot(high1 - now, then - low2)
    else:
        below = above = z * math.sqrt(current.variance / current.n + baseline.variance / baseline.n)
    return 100 * (now - then - below), 100 * (now - then + above)


def difference_p(current: Sample, baseline: Sample) -> float:
    """Two-sided p value of no change of the mean score: of the z of the difference, with the variance of both samples
    taken as one for a rate (the score test), of each by itself for other scores. 1 where nothing varies."""
    from scipy.special import ndtr

    now, then = current.mean, baseline.mean
    if np.isin(np.concatenate([current.scores, baseline.scores]), (0.0, 1.0)).all():
        both = sum_of([current, baseline])
        variance = both.mean * (1 - both.mean) * (1 / current.n + 1 / baseline.n)
    else:
        variance = current.variance / current.n + baseline.variance / baseline.n
    if variance <= 0:
        return 1.0 if now == then else 0.0
    return float(2 * ndtr(-abs(now - then) / math.sqrt(variance)))


def sum_of(samples: Sequence[Sample]) -> Sample:
    """All tickets of several samples as one."""
    return Sample(np.concatenate([s.scores for s in samples]), np.concatenate([s.counts for s in samples]))


def score_limits(share: float, n: float, z: float) -> tuple[float, float]:
    """The score interval of one proportion (Wilson 1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half
