"""Facts: what every figure is computed from. No text, no person, and parts add up."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from hotline_stats.model.types import TypeScheme

PLACES = ("district", "street", "station", "grid", "community", "estate")
SHOWN_PLACES = ("community", "station", "grid", "street", "estate")
"""Levels of place in the order in which a report prefers them where it shows one."""
CATEGORICAL = ("request_type", "channel", "category", *PLACES, "unit", "satisfaction", "verified")
FACT_COLUMNS: dict[str, str] = {
    "accepted": "datetime64[s]",  # day the ticket was accepted, never missing
    "closed": "datetime64[s]",  # day it was closed; NaT while open
    "due": "datetime64[s]",  # day by the end of which it was to be closed; NaT without one
    "type": "category",  # primary type id; categories are types.ids, in order
    "labels": "int64",  # bit i set: type types.ids[i] matched (the primary among them)
    **dict.fromkeys(CATEGORICAL, "category"),  # missing = NaN; satisfaction: columns.RATINGS in order
    "contacted": "boolean",
    "resolved": "boolean",
    "on_time": "boolean",  # closed by its due time; NA while open or without a due time
    "repeat": "boolean",
    "handling_hours": "float64",  # closed minus accepted; NaN while open
    "n": "int64",  # tickets this row stands for
}


@dataclass(frozen=True)
class SourceSpan:
    """The days that an export spans: from its first to its last ticket; where the first or the last hundredth of its tickets
    lie far off (carried over, misdated), without these. `n`: its tickets."""

    file: str
    first: date
    last: date
    n: int


@dataclass(frozen=True, eq=False)
class Facts:
    """Counted tickets.

    `frame`: the columns and dtypes of FACT_COLUMNS, in that order; one row a combination, `n` tickets each
    (one ticket a row is the case n = 1). `types`: the taxonomy's types and groups, to which `type` and
    `labels` refer. `sources`: what each export spans, where that is known.
    """

    frame: pd.DataFrame
    types: TypeScheme
    sources: tuple[SourceSpan, ...] = ()

    def __post_init__(self) -> None:
        found = {c: str(t) for c, t in self.frame.dtypes.items()}
        if found != FACT_COLUMNS:
            raise ValueError(f"not the columns of Facts: {found}")
        if tuple(self.frame["type"].cat.categories) != self.types.ids:
            raise ValueError("the categories of `type` are not the ids of the taxonomy")

    @property
    def n(self) -> int:
        """Tickets counted."""
        return int(self.frame["n"].sum())

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day on which a ticket was accepted; None without tickets."""
        if self.frame.empty:
            return None
        days = self.frame["accepted"]
        return days.min().date(), days.max().date()

    def __repr__(self) -> str:
        span = "" if self.span is None else f", {self.span[0]}—{self.span[1]}"
        return f"<Facts: {self.n} tickets{span}>"
