"""What is measured of handled tickets: rates as means of scores, times as quantiles, each with what it leaves out."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.differences import Sample
from hotline_stats.analysis.ledger import Codes, Floats, Ints, codes_of, weighted_counts
from hotline_stats.analysis.quantiles import weighted_quantile
from hotline_stats.analysis.still_open import Lives
from hotline_stats.model.facts import Facts
from hotline_stats.settings.values import ServiceSettings

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Clock = Literal["accepted", "closed"]

_WEEK_HOURS = 168.0

RATES = (
    "contact_rate", "resolution_rate", "satisfaction", "on_time_rate", "within_limit_rate",
    "within_complex_limit_rate", "within_7_days_rate", "repeat_rate", "unverified_rate",
)  # fmt: skip
"""The figures that are means of scores, in the order of the report."""


@dataclass(frozen=True)
class Rate:
    """100 × mean of the scores. `codes`: value of each ticket row; `scores`: by code, nan for a value that the
    denominator leaves out."""

    id: str
    clock: Clock
    codes: Codes
    scores: Floats
    unit: Literal["pct"] = "pct"

    def read(self, rows: Rows, n: Ints, min_n: int) -> "Reading":
        counts = weighted_counts(self.codes[rows], n[rows].astype(np.float64), len(self.scores))
        used = ~np.isnan(self.scores)
        denominator = int(counts[used].sum())
        # fsum does not depend on the order of the values, so neither does the figure.
        numerator = math.fsum(counts[used] * self.scores[used])
        value = 100 * numerator / denominator if denominator >= max(1, min_n) else None
        excluded = int(counts.sum()) - denominator
        return Reading(value, numerator, denominator, excluded, Sample(self.scores[used], counts[used]))


@dataclass(frozen=True)
class Time:
    """A quantile of the hours; tickets without hours are left out."""

    id: str
    clock: Clock
    hours: Floats
    share: float
    unit: Literal["hours"] = "hours"

    def read(self, rows: Rows, n: Ints, min_n: int) -> "Reading":
        known = rows[~np.isnan(self.hours[rows])]
        denominator = int(n[known].sum())
        value = (
            weighted_quantile(self.hours[known], n[known], self.share)
            if denominator >= max(1, min_n)
            else None
        )
        return Reading(value, None, denominator, int(n[rows].sum()) - denominator)


@dataclass(frozen=True)
class Reading:
    """A measure in one window. `sample`: the scores behind a rate; None for a time."""

    value: float | None
    numerator: float | None
    denominator: int
    excluded_n: int
    sample: Sample | None = None


def measures(facts: Facts, lives: Lives, settings: ServiceSettings) -> Iterator[Rate | Time]:
    """One after the other: the codes of all tickets are a lot to hold for all of them."""
    hours = facts.frame["handling_hours"].to_numpy(np.float64)
    ratings = {key: float(weight) for key, weight in settings.weights.items()}
    yield Rate("contact_rate", "closed", *_flag(facts, "contacted"))
    yield Rate("resolution_rate", "closed", *_flag(facts, "resolved"))
    yield Rate("satisfaction", "closed", *_scored(facts, "satisfaction", ratings, np.nan))
    yield Rate("on_time_rate", "closed", *_flag(facts, "on_time"))
    yield Time("handling_median_hours", "closed", hours, 0.5)
    yield Time("handling_p90_hours", "closed", hours, 0.9)
    closed = ~np.isnat(lives.closed)
    limited = closed & (lives.limit > 0)
    yield Rate("within_limit_rate", "closed", *_coded(~limited, lives.taken <= lives.limit))
    if settings.complex_limit:
        in_time = lives.taken <= settings.complex_limit
        yield Rate("within_complex_limit_rate", "closed", *_coded(~closed, in_time))
    yield Rate("within_7_days_rate", "closed", *_coded(np.isnan(hours), hours <= _WEEK_HOURS))
    yield Rate("repeat_rate", "accepted", *_flag(facts, "repeat"))
    yield Rate("unverified_rate", "closed", *_scored(facts, "verified", {"不属实": 1.0}, 0.0))


def _flag(facts: Facts, column: str) -> tuple[Codes, Floats]:
    flag = facts.frame[column]
    return _coded(flag.isna().to_numpy(), flag.to_numpy(bool, na_value=False))


def _coded(unknown: Bools, yes: Bools) -> tuple[Codes, Floats]:
    codes: Codes = np.where(unknown, 2, yes).astype(np.int8)
    return codes, np.array([0.0, 1.0, np.nan])


def _scored(facts: Facts, column: str, scores: Mapping[str, float], known: float) -> tuple[Codes, Floats]:
    """Codes and scores by value: `known` for values that have no score, nan for missing ones."""
    codes, keys = codes_of(facts, column)
    return codes, np.array([np.nan if key == "" else scores.get(key, known) for key in keys])
