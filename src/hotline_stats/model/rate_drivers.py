"""What made the change of a rate: the mix of tickets or the rate within each part of them; a frozen result."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.results import Note, Where, Windows
from hotline_stats.model.shape import html, records
from hotline_stats.model.types import TypeScheme

RATE_COLUMNS = (
    "current", "baseline", "change_pp", "denominator", "baseline_denominator", "share_pct", "baseline_share_pct",
    "mix_pp", "rate_pp", "contribution_pp",
)  # fmt: skip
_NUMBERS = tuple(c for c in RATE_COLUMNS if not c.endswith("denominator"))


@dataclass(frozen=True, eq=False)
class RateDrivers:
    """The change of a rate by the cells of one to three columns.

    `rate`: the id of a service figure; `by`: the columns. `rows`: a column of keys for each of `by`, then RATE_COLUMNS
    (object: float or None; denominators int): the rate of the cell in percent (None on a denominator below
    `service.min_n`), its share of the tickets that the rate counts, and what its share (mix_pp) and its own rate
    (rate_pp) add to the change of the whole in percentage points; contribution_pp is their sum. Contributions add up to the
    change of the whole. The largest size first. `total`: the same without the keys, with low_pp, high_pp and verdict of the
    service figure.
    """

    rate: str
    by: tuple[str, ...]
    windows: Windows
    rows: pd.DataFrame
    total: Mapping[str, Any]
    types: TypeScheme
    where: Where = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        change = self.total["change_pp"]
        if change is not None and abs(sum(self.rows["contribution_pp"]) - change) > 1e-9:
            raise ValueError("the contributions do not add up to the change of the rate")

    def top(self, n: int | None) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
        """The first `n` rows (None: all) and, where there are more, one row that sums the others."""
        kept = self.rows if n is None else self.rows.head(max(0, n))
        others = self.rows.iloc[len(kept) :]
        if others.empty:
            return kept, []
        parts = {c: None if others[c].isna().any() else float(sum(others[c])) for c in RATE_COLUMNS[5:]}
        counts = {c: int(others[c].sum()) for c in ("denominator", "baseline_denominator")}
        return kept, [{"rest": "all", "cells_n": len(others), **counts, **parts}]

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with a column COLUMN_name after each column of keys; numbers as Float64, <NA> where there is none."""
        out = self.rows.astype(dict.fromkeys(_NUMBERS, "Float64"))
        for column in self.by:
            named = [names.value(self.types, column, k, lang) for k in out[column]]
            out.insert(list(out.columns).index(column) + 1, f"{column}_name", named)
        return out

    def to_dict(self, lang: Lang = "zh", top: int | None = None) -> dict[str, Any]:
        """The JSON of schema hotline-stats/rate-drivers/1; with `top`, the largest contributions and the `rest`."""
        kept, rest = self.top(top)
        return {
            "schema": "hotline-stats/rate-drivers/1",
            "period": self.windows.period.to_dict(),
            "baseline": self.windows.baseline.to_dict(),
            **self.windows.means_dict(),
            "rate": self.rate,
            "rate_name": names.figure(self.rate, lang),
            "by": list(self.by),
            "where": [{"column": column, "value": value} for column, value in self.where],
            "rows": [self.named(r, lang) for r in records(kept)],
            "rest": [{**r, "name": names.say("rest-all", lang, n=r["cells_n"])} for r in rest],
            "total": {**self.total, "name": text("notes", "total", lang)},
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

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        change = self.total["change_pp"]
        said = "no change" if change is None else f"{change:+.1f} pp"
        return f"<RateDrivers of {self.rate} by {', '.join(self.by)}: {said}, {self.windows}>"
