"""How tickets were handled: contact, resolution, satisfaction, time, repeats, each with its denominator."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.differences import Sample, difference_interval
from hotline_stats.analysis.ledger import Codes, Floats, Ints, codes_of, rows_within, weighted_counts
from hotline_stats.analysis.quantiles import weighted_quantile
from hotline_stats.analysis.still_open import Lives, any_closed, open_tickets, read_lives, with_open
from hotline_stats.analysis.uncertainty import quantile
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Note, Verdict, Windows
from hotline_stats.model.services import OpenTickets, ServiceFigure, ServiceFigures, WithOpen
from hotline_stats.settings.values import ServiceSettings

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Clock = Literal["accepted", "closed"]

_WEEK_HOURS = 168.0
_SETTLED_DAYS = 30
"""Data that begin this long before a window hold nearly all tickets closed in it: limits end at 15 working days."""

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


def service_figures(
    facts: Facts, windows: Windows, settings: ServiceSettings, confidence: float
) -> ServiceFigures:
    """The service figures of both windows. `confidence`: of the intervals of rates, 0–1.

    Rates (percent): contact_rate 先行联系率 = 是 / (是 + 否); resolution_rate 实际解决率 = 实际解决 / (实际解决 +
    解释说明); satisfaction 满意率 = sum of `settings.weights` over rated tickets / rated; on_time_rate 按时办结率 =
    closed by due / closed with a due time; within_limit_rate = closed within the working days of `settings.limits` /
    closed of a request type with a limit; within_complex_limit_rate = closed within `settings.complex_limit` working
    days / closed; within_7_days_rate = closed within 168 elapsed hours / closed with known hours; repeat_rate 重复率 =
    repeats / tickets of which it is known; unverified_rate 不属实率 = 不属实 / tickets with a fact-finding. Times (hours
    from acceptance to closing): median and 90th percentile with linear interpolation. All count tickets closed in the
    window, repeat_rate tickets accepted in it. A value is None when its denominator is below `settings.min_n`. The
    change of a rate has an interval and a verdict: see `differences.difference_interval`; times have none.

    `open_now` … `all_then` are about the tickets accepted in the windows, see `still_open`; a baseline that is a mean of
    years has no end at which tickets are open.
    """
    n = facts.frame["n"].to_numpy(np.int64)
    rows = {clock: window_rows(facts, clock, windows) for clock in ("accepted", "closed")}
    lives = read_lives(facts, date.fromisoformat(windows.data_end), settings)
    figures = []
    for measure in measures(facts, lives, settings):
        now, then = (measure.read(part, n, settings.min_n) for part in rows[measure.clock])
        figures.append(figure_of(measure, now, then, confidence))
    lasting, lasted = (
        _still_open(lives, part, span.end, windows, settings.min_n, confidence)
        for part, span in zip(rows["accepted"], (windows.period, windows.baseline), strict=True)
    )
    return ServiceFigures(
        windows=windows,
        figures=tuple(figures),
        weights=dict(settings.weights),
        limits=dict(settings.limits),
        complex_limit=settings.complex_limit,
        open_now=lasting[0],
        open_then=lasted[0],
        all_now=lasting[1],
        all_then=lasted[1],
        notes=_notes(windows, lives),
        types=facts.types,
    )


def _still_open(
    lives: Lives, rows: Rows, end: date, windows: Windows, min_n: int, confidence: float
) -> tuple[OpenTickets, WithOpen] | tuple[None, None]:
    if not any_closed(lives, rows) or (windows.means and end != windows.period.end):
        return None, None
    z = float(quantile(np.array([np.inf]), confidence)[0])
    data_end = date.fromisoformat(windows.data_end)
    return open_tickets(lives, rows, end), with_open(lives, rows, data_end, min_n, z)


def window_rows(facts: Facts, clock: str, windows: Windows) -> tuple[Rows, Rows]:
    days = facts.frame[clock].to_numpy()
    out = windows.left_out, windows.baseline_left_out
    baseline = rows_within(days, windows.baselines, out[1])
    # Without accepted tickets of a baseline, those closed in it are a remnant and no figure.
    return rows_within(days, (windows.period,), out[0]), baseline if windows.covered else baseline[:0]


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


def figure_of(measure: Rate | Time, now: Reading, then: Reading, confidence: float) -> ServiceFigure:
    change = None if now.value is None or then.value is None else now.value - then.value
    low, high = None, None
    if change is not None and now.sample is not None and then.sample is not None:
        low, high = difference_interval(now.sample, then.sample, confidence)
    return ServiceFigure(
        id=measure.id,
        unit=measure.unit,
        clock=measure.clock,
        current=now.value,
        baseline=then.value,
        numerator=now.numerator,
        baseline_numerator=then.numerator,
        denominator=now.denominator,
        baseline_denominator=then.denominator,
        excluded_n=now.excluded_n,
        baseline_excluded_n=then.excluded_n,
        change_pp=change,
        change_pct=100 * change / then.value if change is not None and then.value else None,
        low_pp=low,
        high_pp=high,
        verdict=_verdict(low, high),
    )


def _verdict(low: float | None, high: float | None) -> Verdict | None:
    if low is None or high is None:
        return None
    return "fall" if high < 0 else "rise" if low > 0 else "within-noise"


def _notes(windows: Windows, lives: Lives) -> tuple[Note, ...]:
    """Tickets closed early in a window may have been accepted before the data begin; years without a known calendar."""
    first: Period = windows.baseline if windows.covered else windows.period
    out = []
    if np.datetime64(first.start) - np.datetime64(windows.data_start) < np.timedelta64(_SETTLED_DAYS, "D"):
        out.append(Note("closed-clock-start", (("data_start", windows.data_start), ("window", str(first)))))
    unknown = [str(y) for y in lives.work.unknown if first.start.year <= y <= windows.period.end.year]
    if unknown and (lives.limit > 0).any():
        years = (("years", ", ".join(unknown)), ("years_zh", "、".join(unknown)))
        out.append(Note("workdays-by-weekends", years))
    return tuple(out)
