"""Periods: whole days, both ends included."""

import calendar
import re
from collections.abc import Iterable
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

    def year_before(self, years: int = 1) -> "Period":
        """The same span one year (or `years`) earlier. An end on the last day of its month stays there
        (2023-02-28 → 2022-02-28, 2024-02-29 → 2023-02-28, 2025-02-28 → 2024-02-29 for whole months)."""
        if self.whole_months:
            start = self.start.replace(year=self.start.year - years)
            return Period(start, month_end(self.end.year - years, self.end.month))
        return Period(_year_before(self.start, years), _year_before(self.end, years))

    def common(self, other: "Period") -> "Period | None":
        """The days of both; None without any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def to_dict(self) -> dict[str, str]:
        return {"label": self.label, "start": self.start.isoformat(), "end": self.end.isoformat()}

    def __str__(self) -> str:
        return f"{self.start}—{self.end}"


def month_span(month: tuple[int, int]) -> Period:
    """All days of a (year, month)."""
    return Period(date(*month, 1), month_end(*month))


def _year_before(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def merged(spans: Iterable[Period]) -> tuple[Period, ...]:
    """The same days as spans that neither overlap nor touch, in order."""
    out: list[Period] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + timedelta(days=1):
            out[-1] = Period(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


_PART = re.compile(
    r"(?P<y>\d{4})(?:(?:-?Q(?P<q>[1-4]))|(?:-?H(?P<h>[12]))|(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?))?",
    re.IGNORECASE,
)


_ASSESSED = re.compile(r"AY-?(?P<y>\d{4})|(?P<z>\d{4})\s*年度", re.IGNORECASE)
_TO_DATE = re.compile(r"(?:(?P<of>.+)-)?ytd", re.IGNORECASE)
_MEAN = re.compile(r"mean:(\d{1,2})", re.IGNORECASE)


def assessment_year(year: int, year_start: int = 1) -> Period:
    """The assessment year (考核年度) that begins with the month `year_start`, 1–12. Its number is the calendar year
    that holds most of its months; of six and six, the one in which it ends. November: 2024 is 2023-11..2024-10.

    Raises ValueError for a year that dates cannot have."""
    first = (year if year_start <= 6 else year - 1) * 12 + year_start - 1
    last = first + 11
    return Period(date(first // 12, first % 12 + 1, 1), month_end(last // 12, last % 12 + 1))


def year_of(day: date, year_start: int = 1) -> Period:
    """The assessment year that holds the day."""
    year = day.year if day.month >= year_start else day.year - 1
    return assessment_year(year if year_start <= 6 else year + 1, year_start)


def is_assessed(text: str) -> bool:
    """Whether a text names an assessment year, whose months should be said."""
    return any(_ASSESSED.search(part) for part in text.split(".."))


def mean_years(text: str) -> int | None:
    """n of `mean:n`, the mean of the same period of n years before; None for another text."""
    found = _MEAN.fullmatch(text.strip())
    n = int(found[1]) if found else 0
    return n if n else None


def resolve(text: str, last: date, year_start: int = 1) -> Period:
    """What `parse` reads, and years to date: `ytd`, `2024-ytd`, `AY2024-ytd` end on the day `last` where it lies in
    them. `ytd` alone is the (assessment) year of `last`. Raises UsageError `bad-period`."""
    found = _TO_DATE.fullmatch(text.strip())
    if not found:
        return parse(text, year_start)
    whole = year_of(last, year_start) if found["of"] is None else parse(found["of"], year_start)
    if found["of"] is not None and ".." in found["of"]:
        raise UsageError("bad-period", found=text)
    return Period(whole.start, min(whole.end, last)) if whole.start <= last else whole


def _part(text: str, year_start: int) -> Period | None:
    assessed = _ASSESSED.fullmatch(text.strip())
    if assessed:
        try:
            return assessment_year(int(assessed["y"] or assessed["z"]), year_start)
        except ValueError:
            return None
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


def parse(text: str, year_start: int = 1) -> Period:
    """`2024`, `2024Q2`, `2024H1`, `2024-05`, `2024-05-03`, `AY2024` or `2024年度` (the assessment year that begins with
    the month `year_start`), or `A..B` of any two of these.

    Raises UsageError `bad-period`.
    """
    first, dots, last = text.partition("..")
    start, end = _part(first, year_start), _part(last if dots else first, year_start)
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
