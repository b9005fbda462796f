"""What kind of day each day is in China: working, weekend, holiday, Spring Festival week, the days around it.

Source: resources/calendar.toml, which has the festival's first days of 1990–2099 and the official days of the years
whose notices are published. Any other year is read by its weekends and fixed holidays, never refused.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from hotline_stats.model.period import Period

WORKING, WEEKEND, HOLIDAY, FESTIVAL, AROUND = range(5)
"""Kinds of day."""
KINDS = 5
_WEEK = (-1, 6)
"""The festival week, in days from the first day of the first lunar month: the eve to the seventh day."""
_SEASON = (-8, 13)
"""The week, and seven days before and after it."""
_FIXED = (((1, 1), (1, 1)), ((5, 1), (5, 1)), ((10, 1), (10, 7)))
"""Holidays of a year whose notice is not known."""


@dataclass(frozen=True)
class Official:
    """Days off and working days moved to a weekend, of one year."""

    off: frozenset[date]
    work: frozenset[date]


def kinds(span: Period) -> npt.NDArray[np.int8]:
    """The kind of every day of the span, in order."""
    years = range(span.start.year, span.end.year + 1)
    whole = np.concatenate([_year(year) for year in years])
    skipped = (span.start - date(span.start.year, 1, 1)).days
    return whole[skipped : skipped + span.days]


@cache
def _year(year: int) -> npt.NDArray[np.int8]:
    """The kinds of the days of one calendar year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    size = (last - first).days + 1
    weekday = (np.arange(size) + first.weekday()) % 7
    out = np.where(weekday >= 5, WEEKEND, WORKING).astype(np.int8)

    def put(kind: int, start: date, end: date) -> None:
        out[max((start - first).days, 0) : max((end - first).days + 1, 0)] = kind

    for kind, start, end in _marked(year):
        put(kind, start, end)
    for day in festivals(Period(first, last)):
        put(AROUND, *_from(day, _SEASON))
        put(FESTIVAL, *_from(day, _WEEK))
    out.flags.writeable = False
    return out


def _marked(year: int) -> Iterator[tuple[int, date, date]]:
    known = official(year)
    if known is None:
        for start, end in _FIXED:
            yield HOLIDAY, date(year, *start), date(year, *end)
        return
    for kind, days in ((HOLIDAY, known.off), (WORKING, known.work)):
        for day in sorted(days):
            yield kind, day, day


def festivals(span: Period) -> tuple[date, ...]:
    """The first days of the first lunar month whose season touches the span, in order."""
    found: tuple[date, ...] = _calendar()["spring_festival"]
    return tuple(d for d in found if _from(d, _SEASON)[0] <= span.end and span.start <= _from(d, _SEASON)[1])


def festival_days(span: Period) -> int:
    """How many days of Spring Festival weeks lie in the span."""
    return int((kinds(span) == FESTIVAL).sum())


def festivals_known(span: Period) -> bool:
    """Whether the festival of every year of the span is in the table."""
    known: tuple[date, ...] = _calendar()["spring_festival"]
    return known[0].year <= span.start.year and span.end.year <= known[-1].year


def unknown_years(*spans: Period) -> tuple[int, ...]:
    """The years of the spans of which no official days are known, ascending."""
    years = {y for s in spans for y in range(s.start.year, s.end.year + 1)}
    return tuple(sorted(years - set(_calendar()["official"])))


def official(year: int) -> Official | None:
    """The official days of a year; None where its notice is not known."""
    found: Official | None = _calendar()["official"].get(year)
    return found


def _from(day: date, reach: tuple[int, int]) -> tuple[date, date]:
    return day + timedelta(days=reach[0]), day + timedelta(days=reach[1])


@cache
def _calendar() -> Mapping[str, Any]:
    """`spring_festival`: first days, in order; `official`: days off and working days moved, by year."""
    raw = tomllib.loads((files("hotline_stats") / "resources" / "calendar.toml").read_text("utf-8"))
    known = {
        int(year): Official(*(frozenset(_days(int(year), entry[key])) for key in ("off", "work")))
        for year, entry in raw["official"].items()
    }
    return {"spring_festival": tuple(raw["spring_festival"]), "official": known}


def _days(year: int, texts: list[str]) -> Iterator[date]:
    """`01-28..02-04` as the days of the year."""
    for text in texts:
        first, _, last = text.partition("..")
        day, end = (date.fromisoformat(f"{year}-{part}") for part in (first, last or first))
        while day <= end:
            yield day
            day += timedelta(days=1)
