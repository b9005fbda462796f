"""Results of analysis: frozen, with frames inside; they know their windows and how to become JSON.

Numbers in results are unrounded; None (JSON null) where a ratio has no value, never inf or nan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.period import Period
from hotline_stats.model.types import TypeScheme

if TYPE_CHECKING:
    from hotline_stats.model.services import ServiceFigures

Status = Literal["ok", "new", "gone", "small", "incomplete", "uncountable"]
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


Where = tuple[tuple[str, str], ...]
"""Conditions (column, value) that selected the tickets, as they were given."""


@dataclass(frozen=True, eq=False)
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
    where: Where = ()
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
        return _with_names(out, self.by, self.types, lang)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON of schema hotline-stats/compare/1."""
        return {
            "schema": "hotline-stats/compare/1",
            "period": self.windows.period.to_dict(),
            "baseline": self.windows.baseline.to_dict(),
            "by": self.by,
            "where": [{"column": column, "value": value} for column, value in self.where],
            "rows": self._records(self.rows, lang),
            "total": _named(dict(self.total), text("notes", "total", lang)),
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
        by = "type" if frame is self.groups else self.by
        return [_named(r, names.value(self.types, by, r["key"], lang)) for r in _records(frame)]

    def to_html(self, lang: Lang = "zh") -> str:
        """Windows and rows for a notebook, the words in `lang`."""
        return notebook_html(self.windows, self.where, self.types, self.to_pandas(lang), lang)

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


@dataclass(frozen=True, eq=False)
class Series:
    """Counts by month of a period and its baseline, zeros filled in.

    `frame`: columns key (a type id, a group id or "total"), position (0 = first month of the window), month
    ("2024-01"), baseline_month, current, baseline (int64), complete (False for a month that the window cuts).
    """

    windows: Windows
    frame: pd.DataFrame
    types: TypeScheme
    where: Where = ()

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`frame` with `name` after `key`."""
        return _with_names(self.frame.copy(), "type", self.types, lang)

    def to_dict(self) -> dict[str, Any]:
        return {
            str(key): [{k: v for k, v in r.items() if k not in ("key", "position")} for r in _records(part)]
            for key, part in self.frame.groupby("key", sort=False)
        }

    def _repr_html_(self) -> str:
        return notebook_html(self.windows, self.where, self.types, self.to_pandas(), "zh")

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
    total_change: int
    total_change_pct: float | None
    types: TypeScheme
    where: Where = ()

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with `name` after `key`; contribution_pp as Float64, <NA> where there is no value."""
        return _with_names(self.rows.astype({"contribution_pp": "Float64"}), self.by, self.types, lang)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "by": self.by,
            "rows": [
                _named(r, names.value(self.types, self.by, r["key"], lang)) for r in _records(self.rows)
            ],
            "total_change": self.total_change,
            "total_change_pct": self.total_change_pct,
        }

    def _repr_html_(self) -> str:
        return notebook_html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        return f"<Contributions by {self.by}: {self.total_change:+} in {len(self.rows)} rows, {self.windows}>"


@dataclass(frozen=True, eq=False)
class Results:
    """Everything a report says about its figures. `by`: further comparisons, keyed by their `by`
    (request_type, channel, month, station, grid, community, estate, unit), those the data has values for."""

    types: Comparison
    by: Mapping[str, Comparison]
    series: Series
    contributions: Contributions
    services: "ServiceFigures"

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


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [_plain(r) for r in frame.to_dict("records")]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A frame's row with Python numbers, missing values as None."""
    return {str(k): _plain_value(v) for k, v in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, float) and value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _named(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {"key": row["key"], "name": name, **row}


def _with_names(frame: pd.DataFrame, by: str, types: TypeScheme, lang: Lang) -> pd.DataFrame:
    frame.insert(1, "name", [names.value(types, by, k, lang) for k in frame["key"]])
    return frame


def notebook_html(
    windows: Windows, where: Where, types: TypeScheme | None, frame: pd.DataFrame, lang: Lang
) -> str:
    """The windows, what was selected, and a frame, as a notebook shows them."""
    code = "windows" if windows.covered else "windows-uncovered"
    head = names.say(code, lang, period=windows.period, baseline=windows.baseline)
    said = " ".join(s for s in (head, names.conditions(where, types, lang)) if s)
    body: str = frame.to_html(index=False, float_format="{:.1f}".format, na_rep="")
    return f"<p>{escape(said)}</p>{body}"
