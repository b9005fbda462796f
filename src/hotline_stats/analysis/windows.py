"""Which days are compared: a period against its baseline, both cut to what the data can answer for."""

from dataclasses import dataclass
from datetime import date

from hotline_stats.analysis.coverage import coverage
from hotline_stats.analysis.left_out import left_out, same_part
from hotline_stats.analysis.window_notes import Settled, window_notes
from hotline_stats.errors import InputError, UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, is_assessed, mean_years, month_span, previous, resolve, year_of
from hotline_stats.model.results import Windows

_LEAST = 3
"""A window of which the data hold less than one part in so many is not compared."""

_YEAR = 366
"""A mean over years is of periods up to so many days, else its spans would overlap."""


@dataclass(frozen=True)
class _Cut:
    """`inside`: what of the baseline lies in the data. `missing`: spans of a mean that do not."""

    period: Period
    baselines: tuple[Period, ...]
    inside: Period | None
    covered: bool
    missing: tuple[Period, ...] = ()


def settle(
    facts: Facts,
    period: Period | str | None = None,
    against: Period | str | None = None,
    year_start: int = 1,
) -> Windows:
    """The windows compared, like for like.

    `period`: a Period or a text (see `model.period.resolve`); None means the year of the last day covered, to date.
    `against`: None means the same span one year before, "previous" the period just before, "mean:n" the mean of the
    same span in each of the n years before, else a Period or a text. `year_start`: the month with which assessment
    years begin; the default period is one of them.

    What the data cover is told by `coverage`, so settle the windows before tickets are selected. A window that
    leaves it is cut, and the other one is cut to the same part of its own span; days in gaps of the data are left out
    of both; years of a mean that are not wholly covered are left out of it. The notes of the result say each of these.
    `covered` is False, and the period stays whole, when less than a third of a window is in the data.

    Raises InputError `nothing-to-compare`, UsageError `period-outside-data`, `bad-period`,
    `mean-too-long`.
    """
    reach = coverage(facts)
    if reach is None:
        raise InputError("nothing-to-compare")
    data = reach.span
    asked = _asked(period, data.end, year_start)
    current = asked.common(data)
    if current is None:
        raise UsageError("period-outside-data", period=str(asked), start=str(data.start), end=str(data.end))
    years = mean_years(against) if isinstance(against, str) else None
    if years and current.days > _YEAR:
        raise UsageError("mean-too-long", period=str(current))
    if years:
        cut = _mean(current, data, years)
    else:
        cut = _single(current, _baseline_asked(asked, current, against, data.end, year_start), data)
    spans = (cut.period, *cut.baselines)
    out = left_out(spans, reach.gaps)
    holey = any(_LEAST * (s.days - sum(g.days for g in o)) < s.days for s, o in zip(spans, out, strict=True))
    spelled = [t for t in (period, against) if isinstance(t, str) and is_assessed(t)]
    named = tuple(_spelled(t, data.end, year_start) for t in spelled)
    settled = Settled(asked, cut.period, cut.baselines, cut.inside, cut.covered, cut.missing, out, named)
    return Windows(
        asked=asked,
        period=cut.period,
        baseline=cut.baselines[0],
        data_start=data.start.isoformat(),
        data_end=data.end.isoformat(),
        covered=cut.covered and not holey,
        notes=window_notes(facts, reach, settled, holey and cut.covered),
        requested=period is not None,
        left_out=out[0],
        baseline_left_out=tuple(g for part in out[1:] for g in part),
        gaps=reach.gaps,
        means=cut.baselines if years else (),
        weights=reach.weights,
    )


def _asked(period: Period | str | None, last: date, year_start: int) -> Period:
    if period is None:
        return year_of(last, year_start)
    return resolve(period, last, year_start) if isinstance(period, str) else period


def _spelled(text: str, last: date, year_start: int) -> tuple[str, Period]:
    return text.strip(), resolve(text, last, year_start)


def _baseline_asked(
    asked: Period, current: Period, against: Period | str | None, last: date, year_start: int
) -> Period:
    """The baseline before it is cut to the data."""
    if against is None:
        return current.year_before()
    if isinstance(against, Period):
        whole = against
    else:
        whole = previous(asked) if against == "previous" else resolve(against, last, year_start)
    return same_part(current, asked, whole)


def _single(current: Period, baseline: Period, data: Period) -> _Cut:
    inside = baseline.common(data)
    if inside is None or _LEAST * inside.days < baseline.days:
        return _Cut(current, (baseline,), inside, False)
    return _Cut(same_part(inside, baseline, current), (inside,), inside, True)


def _mean(current: Period, data: Period, years: int) -> _Cut:
    spans = tuple(current.year_before(i) for i in range(1, years + 1))
    whole = tuple(s for s in spans if s.common(data) == s)
    missing = tuple(s for s in spans if s not in whole)
    return _Cut(current, whole or spans[:1], None, bool(whole), missing)


def whole_month(span: Period, month: tuple[int, int]) -> bool:
    """Whether every day of the (year, month) lies in `span`."""
    whole = month_span(month)
    return span.common(whole) == whole


def month_days(span: Period, month: tuple[int, int], without: tuple[Period, ...] = ()) -> int:
    """How many days of the (year, month) lie in `span` and in none of the spans of `without`."""
    inside = span.common(month_span(month))
    if inside is None:
        return 0
    gone = [inside.common(g) for g in without]
    return inside.days - sum(g.days for g in gone if g is not None)
