"""Which days are compared: a period against its baseline, both cut to what the data can answer for."""

from datetime import date, timedelta

import numpy as np

from hotline_stats.analysis.coverage import Coverage, coverage
from hotline_stats.analysis.festival import festival_notes
from hotline_stats.errors import InputError, UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, month_end, parse, previous
from hotline_stats.model.results import Note, Windows


def settle(facts: Facts, period: Period | None = None, against: Period | str | None = None) -> Windows:
    """The two windows compared, like for like.

    `period`: None means the calendar year of the last accepted ticket, to date. `against`: None means the same
    span one year before, "previous" the period just before, else a Period (or a text that `parse` reads).
    What the data cover is told by `coverage`, so settle the windows before tickets are selected. A window that
    leaves it is cut, and the other one is cut to the same part of its own span; the notes of the result say so.
    `covered` is False, and the period stays whole, when less than a third of the baseline is in the data.

    Raises InputError `nothing-to-compare`, UsageError `period-outside-data`.
    """
    reach = coverage(facts)
    if reach is None:
        raise InputError("nothing-to-compare")
    data = reach.span
    asked = period or Period(date(data.end.year, 1, 1), date(data.end.year, 12, 31))
    if not _meet(asked, data):
        raise UsageError("period-outside-data", period=str(asked), start=str(data.start), end=str(data.end))
    current = _common(asked, data)
    full = current.year_before() if against is None else _baseline_asked(asked, against)
    baseline = full if against is None else _same_part(current, asked, full)
    inside = _common(baseline, data) if _meet(baseline, data) else None
    covered = inside is not None and 3 * inside.days >= baseline.days
    if inside is not None and covered:
        current, baseline = _same_part(inside, baseline, current), inside
    return Windows(
        asked=asked,
        period=current,
        baseline=baseline,
        data_start=data.start.isoformat(),
        data_end=data.end.isoformat(),
        covered=covered,
        notes=(*_stray(reach), *_notes(facts, data, asked, current, baseline, covered, inside)),
        requested=period is not None,
    )


def _stray(reach: Coverage) -> tuple[Note, ...]:
    if not reach.stray_n:
        return ()
    facts = {"n": reach.stray_n, "first": reach.first, "last": reach.last, "span": reach.span}
    return (Note("stray-tickets", tuple((k, str(v)) for k, v in facts.items())),)


def _baseline_asked(asked: Period, against: Period | str) -> Period:
    if isinstance(against, Period):
        return against
    return previous(asked) if against == "previous" else parse(against)


def _meet(a: Period, b: Period) -> bool:
    return a.start <= b.end and b.start <= a.end


def _common(a: Period, b: Period) -> Period:
    return Period(max(a.start, b.start), min(a.end, b.end))


def _same_part(part: Period, whole: Period, other: Period) -> Period:
    """The part of `other` that `part` is of `whole`: the same days of the month where both start on the same
    day of a month, else the same number of days off each end. `other` itself where nothing would be left."""
    start, end = other.start, other.end
    if whole.start.day == other.start.day:
        months = (other.start.year - whole.start.year) * 12 + other.start.month - whole.start.month
        if part.start != whole.start:
            start = max(start, _shift(part.start, months, False))
        if part.end != whole.end:
            to_month_end = Period(whole.start, part.end).whole_months
            end = min(end, _shift(part.end, months, to_month_end))
    else:
        start += part.start - whole.start
        end -= whole.end - part.end
    return Period(start, end) if start <= end else other


def _shift(day: date, months: int, to_month_end: bool) -> date:
    index = day.year * 12 + day.month - 1 + months
    last = month_end(index // 12, index % 12 + 1)
    return last if to_month_end else last.replace(day=min(day.day, last.day))


def _notes(
    facts: Facts,
    reach: Period,
    asked: Period,
    current: Period,
    baseline: Period,
    covered: bool,
    inside: Period | None,
) -> tuple[Note, ...]:
    spans = (("period", str(current)), ("baseline", str(baseline)))
    data = (("data_start", str(reach.start)), ("data_end", str(reach.end)))
    suffix = "" if covered else "-alone"
    notes = []
    if current.end != asked.end:
        notes.append(Note(f"cut-end{suffix}", (*data, *spans)))
    if current.start != asked.start:
        notes.append(Note(f"cut-start{suffix}", (*data, *spans)))
    if not covered and inside is not None:
        notes.append(Note("part-baseline", (("inside", str(inside)), *spans)))
    elif not covered:
        notes.append(Note("no-baseline", (*data, *spans)))
    holes = _empty_months(facts, (current, baseline) if covered else (current,))
    if holes:
        notes.append(Note("empty-months", (("months", ", ".join(holes)), ("months_zh", "、".join(holes)))))
    if covered and current.days != baseline.days:
        leap = (
            abs(current.days - baseline.days) == 1
            and current.start.month == baseline.start.month
            and _has_leap_day(current) != _has_leap_day(baseline)
        )
        days = (("days", str(current.days)), ("baseline_days", str(baseline.days)))
        notes.append(Note("leap-day" if leap else "unequal-days", (*days, *spans)))
    return (*notes, *(festival_notes(current, baseline) if covered else ()))


def _has_leap_day(period: Period) -> bool:
    return any(
        month == 2 and month_end(year, 2).day == 29 and period.start <= date(year, 2, 29) <= period.end
        for year, month in period.months
    )


def _empty_months(facts: Facts, spans: tuple[Period, ...]) -> list[str]:
    """Whole calendar months inside the spans without a ticket, as "2024-03", in order."""
    months = facts.frame["accepted"].to_numpy().astype("datetime64[M]").astype(np.int64)
    seen = set((np.unique(months[facts.frame["n"].to_numpy() > 0]) + 1970 * 12).tolist())
    whole = {m for span in spans for m in span.months if whole_month(span, m)}
    return [f"{y}-{m:02d}" for y, m in sorted(whole) if y * 12 + m - 1 not in seen]


def whole_month(span: Period, month: tuple[int, int]) -> bool:
    """Whether every day of the (year, month) lies in `span`."""
    return span.start <= date(*month, 1) and month_end(*month) <= span.end


def month_days(span: Period, month: tuple[int, int]) -> int:
    """How many days of the (year, month) lie in `span`."""
    inside = min(span.end, month_end(*month)) - max(span.start, date(*month, 1)) + timedelta(days=1)
    return max(0, inside.days)
