"""Service figures by unit, place, type or channel."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.funnel import Funnel
from hotline_stats.model.results import Note, Where, Windows
from hotline_stats.model.services import ServiceFigures
from hotline_stats.model.shape import html
from hotline_stats.model.types import TypeScheme

COUNTS = (
    "accepted_n", "baseline_accepted_n", "closed_n", "baseline_closed_n", "late_n", "baseline_late_n", "open_n",
    "baseline_open_n", "over_limit_n", "overdue_n",
)  # fmt: skip
"""Tickets of a row: accepted and closed in each window, closed late; open at the end of each, of these at the end of the
period past the limit and past their due day. Of a baseline that is a mean of years, the sum of these."""
PER_HOUSEHOLD = ("households", "per_100", "baseline_per_100")
OF_FIGURE = (
    "current", "baseline", "numerator", "baseline_numerator", "denominator", "baseline_denominator", "excluded_n",
    "baseline_excluded_n", "change_pp", "change_pct", "low_pp", "high_pp", "p", "verdict", "expected_low",
    "expected_high", "flag",
)  # fmt: skip
COUNT_COLUMNS = ("key", *COUNTS, *PER_HOUSEHOLD)
ROW_COLUMNS = ("key", "figure", "unit", "clock", *OF_FIGURE)
_WHOLE = ("denominator", "baseline_denominator", "excluded_n", "baseline_excluded_n")


@dataclass(frozen=True, eq=False)
class ServiceRows:
    """`counts`: one row a value of `by`, COUNT_COLUMNS, most accepted tickets first and the missing value ("") last;
    they add up to `total_counts`. `rows`: one row a value and figure, ROW_COLUMNS, in the same order; for each figure
    numerators and denominators add up to those of `total`. Numbers without a value are None.

    `verdict` holds the false discovery rate over the values of a figure. `expected_low`, `expected_high`: the range in
    which the figure of a value is expected to lie at its number of tickets if it is like all; `flag`: `below`, `above`
    or `within` it. `funnels`: by figure, what these ranges come from; a figure without ranges has none.
    """

    by: str
    windows: Windows
    counts: pd.DataFrame
    rows: pd.DataFrame
    total: ServiceFigures
    total_counts: Mapping[str, Any]
    funnels: Mapping[str, Funnel]
    min_n: int
    confidence: float
    types: TypeScheme
    where: Where = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if tuple(self.counts.columns) != COUNT_COLUMNS or tuple(self.rows.columns) != ROW_COLUMNS:
            raise ValueError("not the columns of service figures by row")
        if any(int(self.counts[c].sum()) != self.total_counts[c] for c in COUNTS):
            raise ValueError("the rows do not add up to the total")
        for figure in self.total.figures:
            part = self.rows[self.rows["figure"] == figure.id]
            if any(int(part[c].sum()) != getattr(figure, c) for c in _WHOLE):
                raise ValueError(f"the rows of {figure.id} do not add up to the total")
            for column, whole in (
                ("numerator", figure.numerator), ("baseline_numerator", figure.baseline_numerator),
            ):  # fmt: skip
                if whole is not None and not math.isclose(math.fsum(part[column]), whole, abs_tol=1e-6):
                    raise ValueError(f"the rows of {figure.id} do not add up to the total")

    @property
    def spread(self) -> dict[str, float]:
        """By figure, how many times wider than chance (as variance) values differ; 1 = chance."""
        ids = [f.id for f in self.total.figures]
        return {i: self.funnels[i].spread if i in self.funnels else 1.0 for i in ids}

    def figure(self, figure_id: str) -> pd.DataFrame:
        """The rows of one figure; KeyError when there is none of this id."""
        part = self.rows[self.rows["figure"] == figure_id]
        self.total.figure(figure_id)
        return part.reset_index(drop=True)

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`rows` with `name` after `key` and the counts of the value at the end; numbers as Float64."""
        numeric = [c for c in OF_FIGURE if c not in (*_WHOLE, "verdict", "flag")]
        out = self.rows.merge(self.counts, on="key", how="left", sort=False)
        out = out.astype(dict.fromkeys((*numeric, *PER_HOUSEHOLD), "Float64"))
        out.insert(1, "name", [names.value(self.types, self.by, k, lang) for k in out["key"]])
        return out

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON of schema hotline-stats/services/1 with `by`."""
        figures: dict[str, list[dict[str, Any]]] = {}
        for record in self.rows.to_dict("records"):
            values = {str(k): v for k, v in record.items() if k != "key"}
            figures.setdefault(record["key"], []).append({"id": values.pop("figure"), **values})
        rows = [
            {
                "key": r["key"],
                "name": names.value(self.types, self.by, r["key"], lang),
                **{str(k): v for k, v in r.items() if k != "key"},
                "figures": figures.get(r["key"], []),
            }
            for r in self.counts.to_dict("records")
        ]
        total = {"key": "total", "name": text("notes", "total", lang), **self.total_counts}
        return {
            **services_dict(self.total, lang),
            "by": self.by,
            "min_n": self.min_n,
            "spread": self.spread,
            "rows": rows,
            "total": total,
            "notes": [n.text(lang) for n in (*self.windows.notes, *self.total.notes, *self.notes)],
        }

    def selected(self, where: Where) -> "ServiceRows":
        return replace(self, where=where, total=replace(self.total, where=where))

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        return f"<ServiceRows by {self.by}: {len(self.counts)} rows, {self.windows}>"


def services_dict(services: ServiceFigures, lang: Lang) -> dict[str, Any]:
    """The JSON of schema hotline-stats/services/1 without rows."""
    return {
        "schema": "hotline-stats/services/1",
        "period": services.windows.period.to_dict(),
        "baseline": services.windows.baseline.to_dict(),
        "where": [{"column": column, "value": value} for column, value in services.where],
        **services.to_dict(),
        "notes": [n.text(lang) for n in (*services.windows.notes, *services.notes)],
    }
