"""Results of analysis: frozen, with frames inside; they know their windows and how to become JSON.

Numbers in results are unrounded; None (JSON null) where a ratio has no value, never inf or nan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from hotline_stats.messages import Lang, text
from hotline_stats.model.period import Period
from hotline_stats.model.types import TypeScheme

Status = Literal["ok", "new", "gone", "small", "incomplete"]
Verdict = Literal["fall", "rise", "within-noise", "too-few"]
CHANGE_COLUMNS = (
    "key", "current", "baseline", "change", "change_pct", "low_pct", "high_pct", "status", "verdict",
)  # fmt: skip


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
    """

    asked: Period
    period: Period
    baseline: Period
    data_start: str
    data_end: str
    covered: bool
    notes: tuple[Note, ...] = ()
    requested: bool = True

    @property
    def complete(self) -> bool:
        return self.asked == self.period

    def to_dict(self) -> dict[str, Any]:
        return {
            "asked": self.asked.to_dict(),
            "period": self.period.to_dict(),
            "baseline": self.baseline.to_dict(),
            "complete": self.complete,
            "data": {"start": self.data_start, "end": self.data_end},
        }

    def __str__(self) -> str:
        return f"{self.period} against {self.baseline}"


@dataclass(frozen=True)
class Comparison:
    """Counts of a period against its baseline.

    `rows`, `groups`: columns CHANGE_COLUMNS; `current`, `baseline`, `change` int64; the `_pct` columns object
    (float or None), 0–100. `rows` hold every ticket once, so they add up to `total` — except `by="group"`,
    whose rows overlap. `total` is one row of the same columns, as a dict, and counts distinct tickets.
    `key` is an id for types and groups, a month for `by="month"`, else the value itself ("" = missing).
    """

    by: str
    windows: Windows
    rows: pd.DataFrame
    total: Mapping[str, Any]
    groups: pd.DataFrame
    types: TypeScheme
    where: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        for frame in (self.rows, self.groups):
            if tuple(frame.columns) != CHANGE_COLUMNS:
                raise ValueError(f"not the columns of a comparison: {list(frame.columns)}")
        if self.by != "group" and int(self.rows["current"].sum()) != self.total["current"]:
            raise ValueError("the rows do not add up to the total")

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with `name` after `key`; the `_pct` columns as Float64, <NA> where there is no value."""
        out = self.rows.astype(dict.fromkeys(("change_pct", "low_pct", "high_pct"), "Float64"))
        out.insert(1, "name", [self._name(k, lang) for k in out["key"]])
        return out

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON of schema hotline-stats/compare/1."""
        return {
            "schema": "hotline-stats/compare/1",
            "period": self.windows.period.to_dict(),
            "baseline": self.windows.baseline.to_dict(),
            "by": self.by,
            "where": [{"column": column, "value": value} for column, value in self.where],
            "rows": self._records(self.rows, lang),
            "total": self._named(dict(self.total), lang),
            "groups": self._records(self.groups, lang),
            "notes": [n.text(lang) for n in (*self.windows.notes, *self.notes)],
        }

    def row(self, key: str) -> dict[str, Any]:
        """One row of `rows` or `groups` as a dict; KeyError when there is none."""
        for frame in (self.rows, self.groups):
            hit = frame[frame["key"] == key]
            if len(hit):
                return _plain(hit.to_dict("records")[0])
        raise KeyError(key)

    def _records(self, frame: pd.DataFrame, lang: Lang) -> list[dict[str, Any]]:
        return [self._named(_plain(r), lang) for r in frame.to_dict("records")]

    def _named(self, row: dict[str, Any], lang: Lang) -> dict[str, Any]:
        return {"key": row["key"], "name": self._name(row["key"], lang), **row}

    def _name(self, key: str, lang: Lang) -> str:
        if key == "":
            return text("notes", "missing-value", lang)
        if key == "total":
            return text("notes", "total", lang)
        return self.types.name(key, lang) if self.by in ("type", "group") else str(key)

    def _repr_html_(self) -> str:
        return f"<p>{self.windows}</p>" + self.to_pandas().to_html(
            index=False, float_format="{:.1f}".format, na_rep=""
        )

    def __repr__(self) -> str:
        return (
            f"<Comparison by {self.by}: {self.total['baseline']} → {self.total['current']}, {self.windows},"
            f" {len(self.rows)} rows>"
        )


@dataclass(frozen=True)
class Series:
    """Counts by month of a period and its baseline, zeros filled in.

    `frame`: columns key (a type id, a group id or "total"), position (0 = first month of the window), month
    ("2024-01"), baseline_month, current, baseline (int64), complete (False for a month that the window cuts).
    """

    windows: Windows
    frame: pd.DataFrame
    types: TypeScheme

    def to_dict(self) -> dict[str, Any]:
        return {
            str(key): [
                {k: v for k, v in _plain(r).items() if k not in ("key", "position")}
                for r in part.to_dict("records")
            ]
            for key, part in self.frame.groupby("key", sort=False)
        }


@dataclass(frozen=True)
class Contributions:
    """What each row adds to the change of the total.

    `rows`: key, change (int64), contribution_pp (object: float, or None on a zero base) = change / baseline
    total x 100; they add up to the total's change_pct. Largest fall first.
    """

    by: str
    windows: Windows
    rows: pd.DataFrame
    total_change: int
    total_change_pct: float | None
    types: TypeScheme

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "by": self.by,
            "rows": [
                {"key": r["key"], "name": self.types.name(r["key"], lang), **r}
                for r in map(_plain, self.rows.to_dict("records"))
            ],
            "total_change": self.total_change,
            "total_change_pct": self.total_change_pct,
        }


@dataclass(frozen=True)
class ServiceFigure:
    """One service figure in both windows. For a rate, value = 100 x numerator / denominator (percent);
    for a time, value is hours and `numerator` is None.

    `excluded_n` are the tickets of the window that the denominator leaves out. `change_pp` is the
    difference of two percentages in percentage points (hours for a time), `change_pct` the relative change.
    """

    id: str
    unit: Literal["pct", "hours"]
    clock: Literal["accepted", "closed"]
    current: float | None
    baseline: float | None
    numerator: float | None
    baseline_numerator: float | None
    denominator: int
    baseline_denominator: int
    excluded_n: int
    baseline_excluded_n: int
    change_pp: float | None
    change_pct: float | None

    def to_dict(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class ServiceFigures:
    """The service figures of two windows. `weights`: of the ratings, as used for satisfaction."""

    windows: Windows
    figures: tuple[ServiceFigure, ...]
    weights: Mapping[str, float]
    notes: tuple[Note, ...] = ()

    def figure(self, figure_id: str) -> ServiceFigure:
        return next(f for f in self.figures if f.id == figure_id)

    def to_dict(self) -> dict[str, Any]:
        return {"figures": [f.to_dict() for f in self.figures], "satisfaction_weights": dict(self.weights)}


@dataclass(frozen=True)
class Results:
    """Everything a report says about its figures. `by`: further comparisons, keyed by their `by`
    (request_type, channel, month, station, grid, community, estate, unit), those the data has values for."""

    types: Comparison
    by: Mapping[str, Comparison]
    series: Series
    contributions: Contributions
    services: ServiceFigures

    @property
    def windows(self) -> Windows:
        return self.types.windows

    @property
    def scheme(self) -> TypeScheme:
        return self.types.types


@dataclass(frozen=True)
class Provenance:
    """What the figures were made with. `settings`: (key, value as text, origin), sorted by key."""

    program_version: str
    taxonomy_id: str
    taxonomy_version: str
    taxonomy_sha256: str
    settings: tuple[tuple[str, str, str], ...]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A frame's row with Python numbers, missing values as None."""
    return {
        str(k): None
        if v is None or (isinstance(v, float) and v != v)
        else v.item()
        if hasattr(v, "item")
        else v
        for k, v in row.items()
    }
