"""What made the change of all tickets, cell by cell of one to three columns: a frozen result."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.results import RATIO_COLUMNS, Note, Where, Windows
from hotline_stats.model.shape import counted, html, records
from hotline_stats.model.types import TypeScheme

PART_COLUMNS = ("contribution_pp", "volume_pp", "mix_pp")
CONCENTRATION_COLUMNS = (
    "key", "current", "baseline", "change", "where", "where_change", "same_way_change", "where_share", "where_n",
)  # fmt: skip
_NUMBERS = (*RATIO_COLUMNS, *PART_COLUMNS)
_REST = ("down", "up", "same", "suppressed")


@dataclass(frozen=True, eq=False)
class Drivers:
    """What each cell adds to the change of the total, and how much of that is volume and how much mix.

    `rows`: a column of keys for each of `by`, then the columns of a comparison without its key, then PART_COLUMNS
    (object: float or None). One row for each combination that has a ticket in either window, the largest fall first.
    contribution_pp = 100 × change / baseline of the total, and volume_pp + mix_pp = contribution_pp; contributions
    add up to the total's change_pct. Verdict and status are those of the cell among all cells.
    `total`: the row of the comparison of all tickets, with PART_COLUMNS.
    `groups`: for a `by` with "type", key, current, baseline, change, contribution_pp of each group; they count
    distinct tickets, overlap, and do not add up.
    `concentration`: for two columns, CONCENTRATION_COLUMNS, a row for each value of the first: the value of the second
    (`where`) with the largest change the same way, its share (0–1) of all changes that way, and how many named values
    of the second moved that way. None where there are too few tickets to say.
    """

    by: tuple[str, ...]
    windows: Windows
    rows: pd.DataFrame
    total: Mapping[str, Any]
    groups: pd.DataFrame
    concentration: pd.DataFrame
    types: TypeScheme
    where: Where = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        for column in ("current", "baseline", "change"):
            if self.rows[column].isna().any():
                continue  # suppressed, see disclosure/
            if abs(float(self.rows[column].sum()) - self.total[column]) > 1e-6:
                raise ValueError(f"{column}: the rows do not add up to the total")
        whole, parts = self.total["change_pct"], _total(self.rows["contribution_pp"])
        if whole is not None and parts is not None and abs(parts - whole) > 1e-9 * max(1.0, abs(whole)):
            raise ValueError("the contributions do not add up to the change of the total")

    def top(self, n: int | None) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
        """The `n` rows with the largest changes (None: all), in order, and up to three rows that sum the others:
        those that fell, rose and stayed, each with `rest` ("down", "up", "same") and `cells_n`; cells whose change is
        suppressed are listed with all others or not at all, and are then a rest without numbers ("suppressed")."""
        change = self.rows["change"].astype("Float64")
        told = change.dropna().abs().sort_values(ascending=False, kind="stable").index
        kept = self.rows.index.isin(self.rows.index if n is None else told[: max(0, n)])
        ways = (change < 0, change > 0, change == 0, change.isna())
        masks = [way.fillna(False).astype(bool) for way in ways]
        rest = [_summed(name, self.rows[~kept & mask]) for name, mask in zip(_REST, masks, strict=True)]
        return self.rows[kept], [r for r in rest if r["cells_n"]]

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with a column COLUMN_name after each column of keys; numbers as Float64, <NA> where there is none."""
        out = counted(self.rows).astype(dict.fromkeys(_NUMBERS, "Float64"))
        for column in self.by:
            named = [names.value(self.types, column, k, lang) for k in out[column]]
            out.insert(list(out.columns).index(column) + 1, f"{column}_name", named)
        return out

    def to_dict(self, lang: Lang = "zh", top: int | None = None) -> dict[str, Any]:
        """The JSON of schema hotline-stats/drivers/1; with `top`, the largest changes and the `rest`."""
        kept, rest = self.top(top)
        return {
            "schema": "hotline-stats/drivers/1",
            "period": self.windows.period.to_dict(),
            "baseline": self.windows.baseline.to_dict(),
            **self.windows.means_dict(),
            "by": list(self.by),
            "where": [{"column": column, "value": value} for column, value in self.where],
            "rows": [self.named(r, lang) for r in records(kept)],
            "rest": [{**r, "name": rest_name(r, lang)} for r in rest],
            "total": {**self.total, "name": text("notes", "total", lang)},
            "groups": [
                {"key": r["key"], "name": self.types.name(r["key"], lang), **r} for r in records(self.groups)
            ],
            "concentration": [self._located(r, lang) for r in records(self.concentration)],
            "notes": [n.text(lang) for n in (*self.windows.notes, *self.notes)],
        }

    def named(self, row: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
        """A row with COLUMN_name after each key."""
        out: dict[str, Any] = {}
        for key, value in row.items():
            out[key] = value
            if key in self.by:
                out[f"{key}_name"] = names.value(self.types, key, value, lang)
        return out

    def _located(self, row: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
        name = names.value(self.types, self.by[0], row["key"], lang)
        where = row["where"]
        where_name = None if where is None else names.value(self.types, self.by[1], where, lang)
        return {"key": row["key"], "name": name, **row, "where_name": where_name}

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        return (
            f"<Drivers by {', '.join(self.by)}: {self.total['change']:+} in {len(self.rows)} cells,"
            f" {self.windows}>"
        )


def rest_name(row: Mapping[str, Any], lang: Lang) -> str:
    """What the sum of rows not shown is called: `其余减少的12项`."""
    return names.say(f"rest-{row['rest']}", lang, n=row["cells_n"])


def _summed(rest: str, rows: pd.DataFrame) -> dict[str, Any]:
    parts = {c: _total(rows[c]) for c in PART_COLUMNS}
    untold = rest == "suppressed"
    counts = {c: None if untold else sum(rows[c].tolist()) for c in ("current", "baseline", "change")}
    return {"rest": rest, "cells_n": len(rows), **counts, **parts}


def _total(values: Iterable[float | None]) -> float | None:
    """The sum; None where a part has no value."""
    parts = list(values)
    known = [v for v in parts if v is not None]
    return None if len(known) < len(parts) else math.fsum(known)
