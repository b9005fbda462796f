"""Periods: whole days, both ends included."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from hotline_stats.errors import UsageError


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it starts: {self.start}—{self.end}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def whole_months(self) -> bool:
        return self.start.day == 1 and self.end == month_end(self.end.year, self.end.month)

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """The (year, month) pairs that the period touches, in order."""
        first, last = self.start.year * 12 + self.start.month - 1, self.end.year * 12 + self.end.month - 1
        return tuple((m // 12, m % 12 + 1) for m in range(first, last + 1))

    @property
    def label(self) -> str:
        """The shortest text that `parse` reads back as this period."""
        s, e = self.start, self.end
        if not self.whole_months:
            return f"{s}..{e}"
        if s.year == e.year:
            if (s.month, e.month) == (1, 12):
                return f"{s.year}"
            if s.month == e.month:
                return f"{s:%Y-%m}"
            if s.month % 3 == 1 and e.month == s.month + 2:
                return f"{s.year}Q{e.month // 3}"
            if s.month % 6 == 1 and e.month == s.month + 5:
                return f"{s.year}H{e.month // 6}"
        return f"{s:%Y-%m}..{e:%Y-%m}"

    def year_before(self) -> "Period":
        """The same span one year earlier. An end on the last day of its month stays there
        (2023-02-28 → 2022-02-28, 2024-02-29 → 2023-02-28, 2025-02-28 → 2024-02-29 for whole months)."""
        if self.whole_months:
            return Period(
                self.start.replace(year=self.start.year - 1), month_end(self.end.year - 1, self.end.month)
            )
        return Period(_year_before(self.start), _year_before(self.end))

    def to_dict(self) -> dict[str, str]:
        return {"label": self.label, "start": self.start.isoformat(), "end": self.end.isoformat()}

    def __str__(self) -> str:
        return f"{self.start}—{self.end}"


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


_PART = re.compile(
    r"(?P<y>\d{4})(?:(?:-?Q(?P<q>[1-4]))|(?:-?H(?P<h>[12]))|(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?))?",
    re.IGNORECASE,
)


def _part(text: str) -> Period | None:
    found = _PART.fullmatch(text.strip())
    if not found:
        return None
    year = int(found["y"])
    try:
        if found["q"]:
            return Period(date(year, int(found["q"]) * 3 - 2, 1), month_end(year, int(found["q"]) * 3))
        if found["h"]:
            return Period(date(year, int(found["h"]) * 6 - 5, 1), month_end(year, int(found["h"]) * 6))
        if found["d"]:
            day = date(year, int(found["m"]), int(found["d"]))
            return Period(day, day)
        if found["m"]:
            return Period(date(year, int(found["m"]), 1), month_end(year, int(found["m"])))
        return Period(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None


def parse(text: str) -> Period:
    """`2024`, `2024Q2`, `2024H1`, `2024-05`, `2024-05-03`, or `A..B` of any two of these.

    Raises UsageError `bad-period`.
    """
    first, dots, last = text.partition("..")
    start, end = _part(first), _part(last if dots else first)
    if start is None or end is None or end.end < start.start:
        raise UsageError("bad-period", found=text)
    return Period(start.start, end.end)


def previous(period: Period) -> Period:
    """The period of the same length just before (whole months before whole months)."""
    end = period.start - timedelta(days=1)
    if period.whole_months:
        n = len(period.months)
        first = period.start.year * 12 + period.start.month - 1 - n
        return Period(date(first // 12, first % 12 + 1, 1), end)
    return Period(end - timedelta(days=period.days - 1), end)
