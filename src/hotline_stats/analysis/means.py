"""A baseline that is the mean of several years: counts by the year, and the interval of a change against them."""

from dataclasses import replace

from hotline_stats.analysis.ledger import Floats, Tally


def averaged(tally: Tally, low: Floats, high: Floats, years: int) -> tuple[Tally, Floats, Floats]:
    """The tally with the baseline of one year, and the limits (percent) of the change against it.

    `tally.baseline` is the sum of the years, and `low`, `high` are limits of the ratio of the count to that sum: given
    the sum of both, the count is binomial with p = r / (r + years), r the ratio of their yearly means, so that the
    limits of r are `years` times those of the ratio of the counts. A mean has less noise than one year; that years
    differ among themselves is not in the interval.
    """
    if years == 1:
        return tally, low, high
    low, high = (100 * ((1 + end / 100) * years - 1) for end in (low, high))
    return replace(tally, baseline=tally.baseline / years), low, high
