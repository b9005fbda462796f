"""Results of service figures: rates and times of two windows, each with what it was counted from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
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
    times, which are not judged, and where one of the values is missing.
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
    low_pp: float | None = None
    high_pp: float | None = None
    verdict: Verdict | None = None

    def to_dict(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True)
class ServiceFigures:
    """The service figures of two windows. `weights`: of the ratings, as used for satisfaction. `types`: the
    taxonomy, by which the conditions of `where` are named."""

    windows: Windows
    figures: tuple[ServiceFigure, ...]
    weights: Mapping[str, float]
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
        columns = [f.name for f in fields(ServiceFigure)]
        out = pd.DataFrame([f.to_dict() for f in self.figures], columns=columns)
        out = out.astype(dict.fromkeys(numeric, "Float64"))
        out.insert(1, "name", [names.figure(f.id, lang) for f in self.figures])
        return out

    def to_dict(self) -> dict[str, Any]:
        return {"figures": [f.to_dict() for f in self.figures], "satisfaction_weights": dict(self.weights)}

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        known = sum(f.current is not None for f in self.figures)
        return f"<ServiceFigures: {known} of {len(self.figures)} with a value, {self.windows}>"
