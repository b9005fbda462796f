"""Facts read once for a pair of windows: weights, months and rows of each window, and counts by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.coverage import gap_in_month
from hotline_stats.analysis.windows import whole_month
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Windows

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.signedinteger]
Floats = npt.NDArray[np.float64]
Months = Sequence[tuple[int, int]]
"""(year, month) pairs."""

_HOLE_MEAN = 10
"""A month without any ticket is a hole in the data, not a count of zero, where months hold this many on average."""


@dataclass(frozen=True)
class Tally:
    """Tickets by key: in the window, in its baseline (float64 of whole numbers; of a mean, the sum of its spans), and by
    year × month of year."""

    current: Floats
    baseline: Floats
    history: Floats

    def merged(self, members: npt.NDArray[np.bool_]) -> "Tally":
        """The tally of sets of keys: `members` is sets × keys."""
        weights = members.astype(np.float64)
        return Tally(
            weights @ self.current, weights @ self.baseline, np.tensordot(weights, self.history, axes=1)
        )

    def taken(self, index: npt.NDArray[np.intp]) -> "Tally":
        return Tally(self.current[index], self.baseline[index], self.history[index])

    @property
    def total(self) -> "Tally":
        """The sum of all keys, as a tally of one key."""
        return Tally(
            *(part.sum(axis=0, keepdims=True) for part in (self.current, self.baseline, self.history))
        )


@dataclass(frozen=True)
class Ledger:
    """What counting needs. `month`: month of each row since January of `first_year`; `current`, `baseline`:
    positions of the rows accepted in the windows (of a mean, in any of its spans); `current_month`,
    `baseline_month`: for these, the month counted from the first of their span; `years`: how many calendar years the rows touch."""

    facts: Facts
    windows: Windows
    n: Floats
    month: Codes
    current: npt.NDArray[np.intp]
    baseline: npt.NDArray[np.intp]
    current_month: Codes
    baseline_month: Codes
    first_year: int
    years: int

    def tally(self, codes: Codes, size: int) -> Tally:
        """Count the rows by code, 0 … size − 1."""
        cells = self.years * 12
        history = weighted_counts(codes * cells + self.month, self.n, size * cells)
        return Tally(
            self._counted(codes, self.current, size),
            self._counted(codes, self.baseline, size),
            history.reshape(size, self.years, 12),
        )

    def _counted(self, codes: Codes, rows: npt.NDArray[np.intp], size: int) -> Floats:
        return weighted_counts(codes[rows], self.n[rows], size)

    def present(self, total: Tally) -> npt.NDArray[np.bool_]:
        """years × 12: the calendar months that lie wholly in the data and are no hole in them."""
        data = Period(date.fromisoformat(self.windows.data_start), date.fromisoformat(self.windows.data_end))
        inside = np.zeros((self.years, 12), dtype=bool)
        for year, month in data.months:
            if self.first_year <= year < self.first_year + self.years and whole_month(data, (year, month)):
                inside[year - self.first_year, month - 1] = not gap_in_month(self.windows.gaps, (year, month))
        counts = total.history[0]
        if inside.any() and counts[inside].mean() >= _HOLE_MEAN:
            inside &= counts > 0
        return inside

    def compared(self, period: Months, baseline: Months) -> Ints:
        """years × 12: 1 for the months of the period, −1 for those of the baseline, 0 for others and for both."""
        out = np.zeros(self.years * 12, dtype=np.int64)
        for sign, months in ((1, period), (-1, baseline)):
            positions = np.array([(y - self.first_year) * 12 + m - 1 for y, m in months], dtype=np.int64)
            out[positions[(positions >= 0) & (positions < len(out))]] += sign
        return out.reshape(self.years, 12)

    @property
    def compared_whole(self) -> Ints:
        """`compared` of the whole windows."""
        baselines = [month for span in self.windows.baselines for month in span.months]
        return self.compared(self.windows.period.months, baselines)


def open_ledger(facts: Facts, windows: Windows) -> Ledger:
    """Read the dates and counts of the Facts once; every comparison of a report shares them."""
    accepted = facts.frame["accepted"].to_numpy()
    months = accepted.astype("datetime64[M]").astype(np.int32)
    years = (int(months.min()) // 12, int(months.max()) // 12) if len(months) else (0, 0)
    current = _rows(accepted, months, (windows.period,), windows.left_out)
    baseline = _rows(accepted, months, windows.baselines, windows.baseline_left_out)
    return Ledger(
        facts=facts,
        windows=windows,
        n=facts.frame["n"].to_numpy(np.float64),
        month=months - years[0] * 12,
        current=current[0],
        baseline=baseline[0],
        current_month=current[1],
        baseline_month=baseline[1],
        first_year=years[0] + 1970,
        years=years[1] - years[0] + 1,
    )


def _rows(
    accepted: npt.NDArray[np.datetime64], months: Codes, spans: Sequence[Period], without: Sequence[Period]
) -> tuple[npt.NDArray[np.intp], Codes]:
    """Positions of the rows in the spans, one span after the other, and the month of each from the first of its span."""
    parts = [rows_within(accepted, (span,), without) for span in spans]
    firsts = [(span.start.year - 1970) * 12 + span.start.month - 1 for span in spans]
    at = [months[rows] - first for rows, first in zip(parts, firsts, strict=True)]
    return np.concatenate(parts), np.concatenate(at)


def weighted_counts(codes: Codes, weights: Floats, size: int) -> Floats:
    """The sum of the weights by code, 0 … size − 1."""
    return np.asarray(np.bincount(codes, weights=weights, minlength=size), dtype=np.float64)


def rows_within(
    days: npt.NDArray[np.datetime64], spans: Sequence[Period], without: Sequence[Period] = ()
) -> npt.NDArray[np.intp]:
    """Positions of the days inside one of the spans and outside of `without`; NaT is in none."""
    return np.flatnonzero(_inside(days, spans) & ~_inside(days, without))


def _inside(days: npt.NDArray[np.datetime64], spans: Sequence[Period]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(days), dtype=np.bool_)
    for span in spans:
        found |= (days >= np.datetime64(span.start)) & (days <= np.datetime64(span.end))
    return found


def codes_of(facts: Facts, column: str) -> tuple[Codes, list[str]]:
    """Codes and keys of a categorical column; missing and empty values have the last key, ""."""
    values = facts.frame[column].cat
    keys = [str(k) for k in values.categories]
    codes = values.codes.to_numpy().astype(np.int32)
    missing = codes < 0
    if "" in keys:
        missing |= codes == keys.index("")
    codes[missing] = len(keys)
    return codes, [*keys, ""]
