"""Working days: Monday to Friday, but for the official days off and the working days moved to a weekend.

Years of which no official days are known are read by their weekends."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.days import official, unknown_years
from hotline_stats.model.period import Period

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Workdays:
    """Working days of a span. `counted[i]`: how many lie among the first i days. `unknown`: its years of which no
    official days are known."""

    first: np.datetime64
    counted: npt.NDArray[np.int64]
    unknown: tuple[int, ...]

    def up_to(self, days: Days) -> npt.NDArray[np.int64]:
        """Working days from the first of the span to each of the days, itself included. NaT counts as the first
        day; days outside of the span as its nearest."""
        at = (days.astype("datetime64[D]") - self.first).astype(np.int64)
        at[np.isnat(days)] = 0
        found: npt.NDArray[np.int64] = self.counted[np.clip(at + 1, 0, len(self.counted) - 1)]
        return found

    def nth(self, accepted: Days, closed: Days) -> npt.NDArray[np.int64]:
        """On which working day after acceptance a ticket was closed: 0 on the day of acceptance, 1 up to the end of the
        first working day after it, and so on. A day off counts with the working day that follows."""
        before = self.up_to(closed - np.timedelta64(1, "D")) - self.up_to(accepted)
        nth: npt.NDArray[np.int64] = np.where(closed > accepted, before + 1, 0)
        return nth


def workdays(span: Period) -> Workdays:
    years = range(span.start.year, span.end.year + 1)
    all_days = np.concatenate([_year(year) for year in years])
    skipped = (span.start - date(span.start.year, 1, 1)).days
    counted = np.concatenate([[0], np.cumsum(all_days[skipped : skipped + span.days])])
    return Workdays(np.datetime64(span.start, "D"), counted, unknown_years(span))


def _year(year: int) -> npt.NDArray[np.bool_]:
    """Whether each day of the year is a working day."""
    first = date(year, 1, 1)
    size = (date(year, 12, 31) - first).days + 1
    working: npt.NDArray[np.bool_] = (np.arange(size) + first.weekday()) % 7 < 5
    known = official(year)
    if known is not None:
        for days, value in ((known.off, False), (known.work, True)):
            for day in days:
                working[(day - first).days] = value
    return working
