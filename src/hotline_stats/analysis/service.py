"""How tickets were handled: contact, resolution, satisfaction, time, repeats, each with its denominator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from hotline_stats.analysis.differences import difference_interval
from hotline_stats.analysis.ledger import rows_within
from hotline_stats.analysis.measures import Clock, Rate, Reading, Rows, Time, measures
from hotline_stats.analysis.still_open import Lives, any_closed, open_tickets, read_lives, with_open
from hotline_stats.analysis.uncertainty import quantile
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Note, Verdict, Windows
from hotline_stats.model.services import OpenTickets, ServiceFigure, ServiceFigures, WithOpen
from hotline_stats.settings.values import ServiceSettings

CLOCKS: tuple[Clock, ...] = ("accepted", "closed")
_SETTLED_DAYS = 30
"""Data that begin this long before a window hold nearly all tickets closed in it: limits end at 15 working days."""


@dataclass(frozen=True, eq=False)
class Served:
    """The tickets of two windows, ready for service figures. `rows`: by clock, of the period and of its baseline."""

    facts: Facts
    windows: Windows
    settings: ServiceSettings
    confidence: float
    lives: Lives
    rows: Mapping[Clock, tuple[Rows, Rows]]


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
    return all_figures(read_served(facts, windows, settings, confidence))


def read_served(facts: Facts, windows: Windows, settings: ServiceSettings, confidence: float) -> Served:
    """What `service_figures`, `service_rows` and `rate_drivers` take from the Facts, read once."""
    rows = {clock: window_rows(facts, clock, windows) for clock in CLOCKS}
    lives = read_lives(facts, date.fromisoformat(windows.data_end), settings)
    return Served(facts, windows, settings, confidence, lives, rows)


def all_figures(read: Served) -> ServiceFigures:
    """`service_figures` of what is read already."""
    windows, settings, lives = read.windows, read.settings, read.lives
    figures = []
    for measure in measures(read.facts, lives, settings):
        now, then = (measure.read(part, lives.n, settings.min_n) for part in read.rows[measure.clock])
        figures.append(figure_of(measure, now, then, read.confidence))
    lasting, lasted = (
        _still_open(lives, part, span.end, windows, settings.min_n, read.confidence)
        for part, span in zip(read.rows["accepted"], (windows.period, windows.baseline), strict=True)
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
        types=read.facts.types,
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
