"""Counts adjusted for misclassification, beside those of a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from hotline_stats.model.evaluation import Sample

AdjustedStatus = Literal["ok", "small", "incomplete", "not-identifiable"]
NUMBERS = (
    "current", "current_low", "current_high", "baseline", "baseline_low", "baseline_high",
    "change_pct", "low_pct", "high_pct",
)  # fmt: skip
ADJUSTED_COLUMNS = ("key", "labels_n", *NUMBERS, "status", "reason", "verdict")


@dataclass(frozen=True, eq=False)
class Adjustment:
    """`rows`, `groups`: columns ADJUSTED_COLUMNS, with the keys of the comparison's own in their order. `labels_n`
    (int64): labelled tickets of the type or group. Counts, which are no whole numbers, and percentages are objects
    (float or None); `_low` and `_high` their intervals. `status`: `ok`, `small` (adjusted baseline below
    comparison.min_n: no change), `incomplete` (as the raw row), `not-identifiable` (no number but the labels), and then
    `reason`: `few-labels`, `blurred` or `wide`, else "". `verdict` is None where there is no interval of the change.

    `sample`, `labelled_n`: the labelled tickets that the errors were estimated from. `draws`, `seed`: how the intervals
    were simulated; `confidence`: theirs.
    """

    rows: pd.DataFrame
    groups: pd.DataFrame
    sample: Sample
    labelled_n: int
    draws: int
    seed: int
    confidence: float

    def __post_init__(self) -> None:
        for frame in (self.rows, self.groups):
            if tuple(frame.columns) != ADJUSTED_COLUMNS:
                raise ValueError(f"not the columns of an adjustment: {list(frame.columns)}")

    def to_pandas(self) -> pd.DataFrame:
        """`rows` with Float64 columns, <NA> where there is no value."""
        return self.rows.astype(dict.fromkeys(NUMBERS, "Float64"))

    def to_dict(self) -> dict[str, Any]:
        return {
            "sample": {"file": self.sample.file, "sha256": self.sample.sha256, "n": self.labelled_n},
            "draws": self.draws,
            "seed": self.seed,
            "confidence": self.confidence,
        }

    def beside(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A comparison's JSON with this in it: `adjustment`, and `adjusted` in each of its rows and groups."""
        out = {**said, "adjustment": self.to_dict()}
        for name, frame in (("rows", self.rows), ("groups", self.groups)):
            own = frame.astype({"labels_n": object}).set_index("key").to_dict("index")
            out[name] = [
                {**row, "adjusted": {str(k): v for k, v in own[row["key"]].items()}} for row in said[name]
            ]
        return out
