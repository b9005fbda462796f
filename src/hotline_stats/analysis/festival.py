"""The Spring Festival: it moves between January and February, and takes tickets with it."""

from datetime import date, timedelta

from hotline_stats.model.period import Period
from hotline_stats.model.results import Note

FIRST_DAYS = (
    date(2010, 2, 14), date(2011, 2, 3), date(2012, 1, 23), date(2013, 2, 10), date(2014, 1, 31),
    date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5),
    date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10),
    date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13),
    date(2030, 2, 3), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19),
    date(2035, 2, 8),
)  # fmt: skip
"""First day of the first lunar month, by the Chinese calendar (GB/T 33661). Other years are not judged."""

_HOLIDAY = 8
"""Days of the week of the festival: the eve and the seven days from the first."""


def festival_days(period: Period) -> int:
    """How many days of Spring Festival weeks lie in the period."""
    weeks = (Period(d - timedelta(days=1), d + timedelta(days=_HOLIDAY - 2)) for d in FIRST_DAYS)
    return sum(
        max(0, (min(period.end, w.end) - max(period.start, w.start)).days + 1)
        for w in weeks
    )  # fmt: skip


def festival_notes(current: Period, baseline: Period) -> tuple[Note, ...]:
    """A note when the two windows hold unequal parts of the festival."""
    days, baseline_days = festival_days(current), festival_days(baseline)
    known = all(
        FIRST_DAYS[0].year <= p.start.year and p.end.year <= FIRST_DAYS[-1].year for p in (current, baseline)
    )
    if not known or days == baseline_days:
        return ()
    return (Note("spring-festival", (("days", str(days)), ("baseline_days", str(baseline_days)))),)


def festival_month_notes(current: Period, baseline: Period) -> tuple[Note, ...]:
    """A note for a comparison month by month when the festival stands in different months of the windows."""
    here = [d for d in FIRST_DAYS if current.start <= d <= current.end]
    there = [d for d in FIRST_DAYS if baseline.start <= d <= baseline.end]
    if not here or not there or here[0].month == there[0].month:
        return ()
    return (Note("spring-festival-months", (("day", str(here[0])), ("baseline_day", str(there[0])))),)
