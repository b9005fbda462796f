"""Months as axis labels and as words, and the rows of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from hotline_stats.charts.font import width
from hotline_stats.charts.sentences import say
from hotline_stats.messages import Lang
from hotline_stats.model.period import Period, parse
from hotline_stats.model.results import Series


@dataclass(frozen=True)
class Months:
    """One key of a series, month by month in order of the window. `complete` is False for a cut month.

    `labels` and `complete` have an entry for every month of the longer window; `current` and `baseline` end
    with their own window. None is a suppressed count.
    """

    labels: tuple[str, ...]
    current: tuple[int | None, ...]
    baseline: tuple[float | None, ...]
    complete: tuple[bool, ...]


def months_of(series: Series, key: str) -> Months:
    """The months of `key`. KeyError when the series does not have it."""
    part: pd.DataFrame = series.frame[series.frame["key"] == key].sort_values("position", kind="stable")
    if part.empty:
        raise KeyError(key)
    own, other = (part[c].astype(str) for c in ("month", "baseline_month"))
    return Months(
        tuple(own.where(own != "", other)),
        tuple(None if n is None else int(n) for n in part["current"][own != ""].tolist()),
        tuple(part["baseline"][other != ""].tolist()),
        tuple(bool(c) for c in part["complete"]),
    )


def months_in(period: Period) -> tuple[str, ...]:
    """The months that the period touches, as "2024-01"."""
    return tuple(f"{year}-{month:02d}" for year, month in period.months)


def is_whole(period: Period, month: str) -> bool:
    """Whether the period holds every day of the month."""
    own = parse(month)
    return period.start <= own.start and own.end <= period.end


def month_name(month: str, lang: Lang) -> str:
    """`6月`, `Jun` for "2024-06"."""
    return say("months", lang).split()[int(month[5:7]) - 1]


def month_of_year(month: str, lang: Lang) -> str:
    """`2024年6月`, `Jun 2024` for "2024-06"."""
    return say("month-of-year", lang, year=month[:4], month=month_name(month, lang))


def axis_labels(months: Sequence[str], pitch: float, size: float, lang: Lang) -> list[str]:
    """A label a month: in full, else short (1月 2 3 …, J F M …), else "" where even that has no room at
    `pitch` points a month."""
    names = [month_name(m, lang) for m in months]
    if not _fits(names, pitch, size):
        short = say("months-short", lang).split()
        names = [short[int(m[5:7]) - 1] for m in months]
    step = next((s for s in (1, 2, 3, 4, 6, 12, 24) if _fits(names[::s], s * pitch, size)), len(names))
    return [n if i % step == 0 else "" for i, n in enumerate(names)]


def _fits(names: Sequence[str], pitch: float, size: float) -> bool:
    """Whether names centred `pitch` points apart keep a gap."""
    return all((width(a, size) + width(b, size)) / 2 + 2.5 <= pitch for a, b in pairwise(names))
