"""Results of analysis: frozen, with frames inside; they know their windows and how to become JSON.

Numbers in results are unrounded; None (JSON null) where a ratio has no value, never inf or nan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.adjustment import Adjustment
from hotline_stats.model.disclosure import Disclosure
from hotline_stats.model.period import Period
from hotline_stats.model.shape import counted, html, named, plain, records, with_names
from hotline_stats.model.types import TypeScheme

if TYPE_CHECKING:
    from hotline_stats.model.course import Course
    from hotline_stats.model.drivers import Drivers
    from hotline_stats.model.rate_drivers import RateDrivers
    from hotline_stats.model.service_rows import ServiceRows
    from hotline_stats.model.services import ServiceFigures

Status = Literal["ok", "new", "gone", "small", "incomplete", "uncountable", "suppressed"]
Verdict = Literal["fall", "rise", "within-noise", "too-few", "calendar"]
CHANGE_COLUMNS = (
    "key", "current", "baseline", "change", "change_pct", "low_pct", "high_pct", "p", "calendar_pct", "status",
    "verdict",
)  # fmt: skip
RATIO_COLUMNS = ("change_pct", "low_pct", "high_pct", "p", "calendar_pct")


@dataclass(frozen=True)
class Note:
    """A remark on a figure: a code of messages/notes.toml and its facts."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def text(self, lang: Lang) -> str:
        return text("notes", self.code, lang, **dict(self.facts))


@dataclass(frozen=True)
class Windows:
    """The two spans compared, day for day the same when the baseline is the year before.

    `asked` is the period asked for; `period` is what of it the data covers. `complete` is False when they
    differ, and `covered` is False when the data do not hold the baseline. `requested` is False when the period is
    the default one.

    `left_out` and `baseline_left_out` are days inside the windows that are not counted: gaps of the data in either
    window, and the same days of the other. `gaps`: all gaps of the data. `means`: the spans of which the baseline is the
    mean, the latest first, when it is one; `baseline` is then the first of them. `weights`: the usual tickets of a day
    of each kind (analysis/days.py) against a working day; empty for the assumed ones.
    """

    asked: Period
    period: Period
    baseline: Period
    data_start: str
    data_end: str
    covered: bool
    notes: tuple[Note, ...] = ()
    requested: bool = True
    left_out: tuple[Period, ...] = ()
    baseline_left_out: tuple[Period, ...] = ()
    gaps: tuple[Period, ...] = ()
    means: tuple[Period, ...] = ()
    weights: tuple[float, ...] = ()

    @property
    def baselines(self) -> tuple[Period, ...]:
        """The spans whose tickets are the baseline: one, or those of a mean."""
        return self.means or (self.baseline,)

    @property
    def days(self) -> tuple[float, float]:
        """How many days of the period and of the baseline (of a mean, on average) are counted."""
        out = [sum(g.days for g in part) for part in (self.left_out, self.baseline_left_out)]
        n = len(self.baselines)
        return self.period.days - out[0], (sum(b.days for b in self.baselines) - out[1]) / n

    @property
    def complete(self) -> bool:
        return self.asked == self.period

    def to_dict(self) -> dict[str, Any]:
        return {
            "asked": self.asked.to_dict(),
            "period": self.period.to_dict(),
            "baseline": self.baseline.to_dict(),
            **self.means_dict(),
            "complete": self.complete,
            "data": {"start": self.data_start, "end": self.data_end},
        }

    def means_dict(self) -> dict[str, Any]:
        """`means`: the spans of which the baseline is the mean; nothing without one."""
        return {"means": [span.to_dict() for span in self.means]} if self.means else {}

    def __str__(self) -> str:
        return f"{self.period} against {names.baseline(self.baselines, 'en')}"


Where = tuple[tuple[str, str], ...]
"""Conditions (column, value) that selected the tickets, as they were given."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Counts of a period against its baseline.

    `rows`, `groups`: columns CHANGE_COLUMNS; `current`, `baseline`, `change` int64 (with a mean as baseline the last
    two may be float64); the `_pct` columns object (float or None), 0–100; `p` object (float or None), 0–1. `rows` hold
    every ticket once, so they add up to `total` — except `by="group"`, whose rows overlap. `groups` hold sets of rows:
    the groups of types for `by="type"`, January and February together for `by="month"` where the Spring Festival moved
    between them. `total` is one row of the same columns, as a dict, and counts distinct tickets.
    `key` is an id for types and groups, a month for `by="month"`, else the value itself ("" = missing).
    `adjusted`: the counts adjusted for misclassification, where that was asked for.
    """

    by: str
    windows: Windows
    rows: pd.DataFrame
    total: Mapping[str, Any]
    groups: pd.DataFrame
    types: TypeScheme
    where: Where = ()
    notes: tuple[Note, ...] = ()
    adjusted: Adjustment | None = None

    def __post_init__(self) -> None:
        """Rows with a suppressed count (None; for the public, see disclosure/) cannot be added up."""
        for frame in (self.rows, self.groups):
            if tuple(frame.columns) != CHANGE_COLUMNS:
                raise ValueError(f"not the columns of a comparison: {list(frame.columns)}")
        whole = self.by != "group" and not self.rows["current"].isna().any()
        if whole and int(self.rows["current"].sum()) != self.total["current"]:
            raise ValueError("the rows do not add up to the total")

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with `name` after `key`; the `_pct` columns and `p` as Float64, <NA> where there is no value; adjusted
        figures as further columns `adjusted_…`."""
        out = counted(self.rows).astype(dict.fromkeys(RATIO_COLUMNS, "Float64"))
        if self.adjusted is not None:
            out = out.join(self.adjusted.to_pandas().set_index("key").add_prefix("adjusted_"), on="key")
        return with_names(out, self.by, self.types, lang)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON of schema hotline-stats/compare/1."""
        said = {
            "schema": "hotline-stats/compare/1",
            "period": self.windows.period.to_dict(),
            "baseline": self.windows.baseline.to_dict(),
            **self.windows.means_dict(),
            "by": self.by,
            "where": [{"column": column, "value": value} for column, value in self.where],
            "rows": self._records(self.rows, lang),
            "total": named(dict(self.total), text("notes", "total", lang)),
            "groups": self._records(self.groups, lang),
            "notes": [n.text(lang) for n in (*self.windows.notes, *self.notes)],
        }
        return said if self.adjusted is None else self.adjusted.beside(said)

    def row(self, key: str) -> dict[str, Any]:
        """One row of `rows` or `groups` as a dict; KeyError when there is none."""
        for frame in (self.rows, self.groups):
            hit = frame[frame["key"] == key]
            if len(hit):
                return plain(hit.to_dict("records")[0])
        raise KeyError(key)

    def _records(self, frame: pd.DataFrame, lang: Lang) -> list[dict[str, Any]]:
        by = "type" if frame is self.groups and self.by != "month" else self.by
        return [named(r, names.value(self.types, by, r["key"], lang)) for r in records(frame)]

    def to_html(self, lang: Lang = "zh") -> str:
        """Windows and rows for a notebook, the words in `lang`."""
        return html(self.windows, self.where, self.types, self.to_pandas(lang), lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return (
            f"<Comparison by {self.by}: {self.total['baseline']} → {self.total['current']}, {self.windows},"
            f" {len(self.rows)} rows>"
        )


def shown_pct(row: Mapping[str, Any]) -> float | None:
    """The change of a row in percent where it may be printed. None on a small base, for what is new or gone and
    for what cannot be compared: there the status is printed."""
    pct: float | None = row["change_pct"] if row["status"] == "ok" else None
    return pct


def shown_interval(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """The interval of a row's change where it may be printed: beside a percentage, and for a type that is gone
    when there was enough of it to judge."""
    low, high = row["low_pct"], row["high_pct"]
    gone = row["status"] == "gone" and row["verdict"] != "too-few"
    if low is None or high is None or not (row["status"] == "ok" or gone):
        return None
    return float(low), float(high)


def left_to_chance(row: Mapping[Any, Any]) -> bool:
    """Whether the interval of a row leaves out zero but its verdict does not, for the number of rows judged with it."""
    low, high = row["low_pct"], row["high_pct"]
    outside = (low is not None and low > 0) or (high is not None and high < 0)
    return outside and row["verdict"] == "within-noise"


@dataclass(frozen=True, eq=False)
class Series:
    """Counts by month of a period and its baseline, zeros filled in.

    `frame`: columns key (a type id, a group id or "total"), position (0 = first month of the window), month
    ("2024-01"), baseline_month, current, baseline (int64; float64 for a mean), complete (False for a month that the
    window cuts or of which days are left out). `notes`: January and February together, where the Spring Festival moved.
    """

    windows: Windows
    frame: pd.DataFrame
    types: TypeScheme
    where: Where = ()
    notes: tuple[Note, ...] = ()

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`frame` with `name` after `key`."""
        return with_names(counted(self.frame.copy()), "type", self.types, lang)

    def to_dict(self) -> dict[str, Any]:
        return {
            str(key): [{k: v for k, v in r.items() if k not in ("key", "position")} for r in records(part)]
            for key, part in self.frame.groupby("key", sort=False)
        }

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        keys, months = self.frame["key"].nunique(), self.frame["position"].nunique()
        return f"<Series: {keys} keys by {months} months, {self.windows}>"


@dataclass(frozen=True, eq=False)
class Contributions:
    """What each row adds to the change of the total.

    `rows`: key, change (int64), contribution_pp (object: float, or None on a zero base) = change / baseline
    total x 100; they add up to the total's change_pct. Largest fall first.
    """

    by: str
    windows: Windows
    rows: pd.DataFrame
    total_change: int | None
    total_change_pct: float | None
    types: TypeScheme
    where: Where = ()

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with `name` after `key`; contribution_pp as Float64, <NA> where there is no value."""
        out = counted(self.rows).astype({"contribution_pp": "Float64"})
        return with_names(out, self.by, self.types, lang)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "by": self.by,
            "rows": [named(r, names.value(self.types, self.by, r["key"], lang)) for r in records(self.rows)],
            "total_change": self.total_change,
            "total_change_pct": self.total_change_pct,
        }

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        return f"<Contributions by {self.by}: {self.total_change or 0:+} in {len(self.rows)} rows, {self.windows}>"


@dataclass(frozen=True, eq=False)
class Results:
    """Everything a report says about its figures. `by`: further comparisons, keyed by their `by`
    (request_type, channel, month, station, grid, community, estate, unit), those the data has values for.
    `drivers`: types by place, at the level that the report shows; None without places. `rate_drivers`: of the rates
    that changed, by type. `course`: every month of the data by type. `units`: service figures
    of the units, those of which the report draws how far units differ; None without units. `disclosure`: set where the
    results are those for the public, with suppressed counts None."""

    types: Comparison
    by: Mapping[str, Comparison]
    series: Series
    contributions: Contributions
    services: "ServiceFigures"
    drivers: "Drivers | None" = None
    rate_drivers: "tuple[RateDrivers, ...]" = ()
    course: "Course | None" = None
    units: "ServiceRows | None" = None
    disclosure: Disclosure | None = None

    @property
    def windows(self) -> Windows:
        return self.types.windows

    @property
    def scheme(self) -> TypeScheme:
        return self.types.types

    def __repr__(self) -> str:
        total = self.types.total
        return f"<Results: {total['baseline']} → {total['current']} tickets, {self.windows}; by {', '.join(self.by)}>"


@dataclass(frozen=True)
class Provenance:
    """What the figures were made with. `settings`: (key, value as text, origin), sorted by key.
    `taxonomy_from`, `taxonomy_to`: the days (ISO) that the taxonomy is meant for, None where it does not say."""

    program_version: str
    taxonomy_id: str
    taxonomy_version: str
    taxonomy_sha256: str
    taxonomy_from: str | None
    taxonomy_to: str | None
    settings: tuple[tuple[str, str, str], ...]
