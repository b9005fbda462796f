"""Results about how tickets were handled: figures of closed tickets, the tickets still open, times that count both."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

import pandas as pd

from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.results import Note, Verdict, Where, Windows
from hotline_stats.model.shape import html
from hotline_stats.model.types import TypeScheme


@dataclass(frozen=True)
class ServiceFigure:
    """One service figure in both windows. For a rate, value = 100 x numerator / denominator (percent);
    for a time, value is hours and `numerator` is None.

    `excluded_n` are the tickets of the window that the denominator leaves out. `change_pp` is the
    difference of two percentages in percentage points (hours for a time), `change_pct` the relative change.
    `low_pp` and `high_pp` are the interval of `change_pp`, and `verdict` says whether it holds zero; None for
    times, which are not judged, and where one of the values is missing. In figures for the public numerators,
    denominators and intervals are None.
    """

    id: str
    unit: Literal["pct", "hours"]
    clock: Literal["accepted", "closed"]
    current: float | None
    baseline: float | None
    numerator: float | None
    baseline_numerator: float | None
    denominator: int | None
    baseline_denominator: int | None
    excluded_n: int | None
    baseline_excluded_n: int | None
    change_pp: float | None
    change_pct: float | None
    low_pp: float | None = None
    high_pp: float | None = None
    verdict: Verdict | None = None

    @property
    def counted(self) -> bool:
        """Whether any ticket counts in either window, also where it is not told how many."""
        return self.denominator != 0 or self.baseline_denominator != 0

    @property
    def digits(self) -> int:
        """Decimals with which it is written: none where it is rounded for the public."""
        return 0 if self.denominator is None else 1

    def to_dict(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True)
class OpenTickets:
    """Tickets accepted in a window by what had become of them at the end of its last day, `as_of` (ISO).

    accepted_n = closed_n + unknown_n + open_n; `unknown_n` have a result or a rating and no closing time. Of the open
    ones `median_age_days` is the median of the days since acceptance (None without any), `limited_n` have a request type
    with a limit and `over_limit_n` are past it, `due_n` have a due day and `overdue_n` are past it.
    """

    as_of: str
    accepted_n: int
    closed_n: int
    unknown_n: int
    open_n: int
    median_age_days: float | None
    limited_n: int
    over_limit_n: int
    due_n: int
    overdue_n: int

    def __post_init__(self) -> None:
        if self.accepted_n != self.closed_n + self.unknown_n + self.open_n:
            raise ValueError("closed, open and unknown tickets do not add up to the accepted ones")


@dataclass(frozen=True)
class WithOpen:
    """Handling times of all tickets accepted in a window, those not closed by `as_of` (ISO, the end of the data) taken as
    closed later, at a time not known: the estimate of Kaplan & Meier 1958.

    `n` tickets = `closed_n` + `censored_n`; `excluded_n` were closed at a time not known. Times in hours; None where the
    estimate does not come so far. `within_limit_pct`: share closed within the limit of the request type, of `limited_n`
    tickets with one, and its interval.
    """

    as_of: str
    n: int
    closed_n: int
    censored_n: int
    excluded_n: int
    median_hours: float | None
    p90_hours: float | None
    limited_n: int
    within_limit_pct: float | None
    low_pct: float | None
    high_pct: float | None

    def __post_init__(self) -> None:
        if self.n != self.closed_n + self.censored_n:
            raise ValueError("closed and censored tickets do not add up")


@dataclass(frozen=True)
class ServiceFigures:
    """The service figures of two windows. `weights`: of the ratings, as used for satisfaction. `limits`: working days by
    request type, `complex_limit` for complex matters. `open_now`, `open_then`: the tickets accepted in the period and in
    the baseline at the end of each; `all_now`, `all_then`: times that count them. None where the data have no closing
    times of the window. `types`: the taxonomy, by which the conditions of `where` are named."""

    windows: Windows
    figures: tuple[ServiceFigure, ...]
    weights: Mapping[str, float]
    limits: Mapping[str, int] = field(default_factory=dict)
    complex_limit: int = 0
    open_now: OpenTickets | None = None
    open_then: OpenTickets | None = None
    all_now: WithOpen | None = None
    all_then: WithOpen | None = None
    notes: tuple[Note, ...] = ()
    where: Where = ()
    types: TypeScheme | None = None

    def figure(self, figure_id: str) -> ServiceFigure:
        """One figure; KeyError when there is none of this id."""
        return {f.id: f for f in self.figures}[figure_id]

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """One row a figure: id, name and the fields of ServiceFigure, numbers as Float64 with <NA> for none."""
        numeric = ("current", "baseline", "numerator", "baseline_numerator", "change_pp", "change_pct", "low_pp",
                   "high_pp")  # fmt: skip
        whole = ("denominator", "baseline_denominator", "excluded_n", "baseline_excluded_n")
        columns = [f.name for f in fields(ServiceFigure)]
        out = pd.DataFrame([f.to_dict() for f in self.figures], columns=columns)
        out = out.astype(dict.fromkeys(numeric, "Float64"))
        untold = [c for c in whole if out[c].isna().any()]  # suppressed, see disclosure/
        out = out.astype(dict.fromkeys(untold, "Int64"))
        out.insert(1, "name", [names.figure(f.id, lang) for f in self.figures])
        return out

    def to_dict(self) -> dict[str, Any]:
        return {
            "figures": [f.to_dict() for f in self.figures],
            "satisfaction_weights": dict(self.weights),
            "limits": dict(self.limits),
            "complex_limit": self.complex_limit,
            "open": {"current": _dict(self.open_now), "baseline": _dict(self.open_then)},
            "with_open": {"current": _dict(self.all_now), "baseline": _dict(self.all_then)},
        }

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        known = sum(f.current is not None for f in self.figures)
        return f"<ServiceFigures: {known} of {len(self.figures)} with a value, {self.windows}>"


def _dict(part: OpenTickets | WithOpen | None) -> dict[str, Any] | None:
    return None if part is None else asdict(part)
