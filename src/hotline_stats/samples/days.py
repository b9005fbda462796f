"""When tickets come in: seasons, week-ends, holidays, and hours of the day."""

from datetime import date, datetime, timedelta
from functools import cache

from hotline_stats.samples.draw import Draw, running

YEARS = (2023, 2024)
SPRING_FESTIVAL = (date(2023, 1, 22), date(2024, 2, 10))
HOURS = (6, 3, 2, 1, 1, 3, 9, 24, 60, 92, 96, 78, 46, 58, 80, 84, 80, 66, 46, 44, 48, 36, 22, 12)
"""How many of 1,000 tickets are accepted in each hour, about."""

NOISE = (0.62, 0.74, 0.85, 0.92, 1.0, 1.0, 1.08, 1.18, 1.33, 1.6)
"""Days differ by chance more than independent calls would."""


@cache
def year_days(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    return tuple(first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days))


@cache
def holidays() -> frozenset[date]:
    """Days off of Spring Festival and the National Day, on which no working day is counted."""
    spring = {eve + timedelta(days=i) for eve in SPRING_FESTIVAL for i in range(-1, 7)}
    return frozenset(
        spring | {date(y, 10, d) for y in YEARS for d in range(1, 8)} | {date(y, 1, 1) for y in YEARS}
    )


def weather(draw: Draw) -> dict[date, float]:
    """The factor of each day that all types share."""
    return {day: _ordinary(day) * draw.pick(NOISE) for year in YEARS for day in year_days(year)}


def _ordinary(day: date) -> float:
    weight = 0.72 if day.weekday() >= 5 else 1.0
    off = (day - SPRING_FESTIVAL[day.year - YEARS[0]]).days
    if -1 <= off <= 6:
        return weight * 0.35
    if -8 <= off <= -2 or 7 <= off <= 9:
        return weight * 0.75
    return weight * 0.7 if day in holidays() else weight


def spread(draw: Draw, year: int, n: int, season: tuple[int, ...], shared: dict[date, float]) -> list[date]:
    """The days of n tickets of one type in a year."""
    months = [weight * (0.84 + 0.32 * draw.number()) for weight in season]
    days = year_days(year)
    totals = running([months[d.month - 1] * shared[d] for d in days])
    return [draw.weighted(days, totals) for _ in range(n)]


_HOURS = running([float(h) for h in HOURS])


def clock(draw: Draw, day: date) -> datetime:
    """A time of that day."""
    hour = draw.weighted(range(24), _HOURS)
    return datetime(day.year, day.month, day.day, hour, draw.below(60), draw.below(60))


def working_days_later(day: date, n: int) -> date:
    while n > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays():
            n -= 1
    return day
