"""Drivers with a row for every combination: one that stands there only because it has tickets would tell so."""

from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd

from hotline_stats.model.drivers import PART_COLUMNS, Drivers
from hotline_stats.model.results import Results


def whole(found: Drivers, results: Results) -> Drivers:
    """The drivers with rows of zeros for the combinations without a ticket, of keys that have any ticket."""
    held = [_held(results, column) for column in found.by]
    there = set(zip(*(found.rows[c] for c in found.by), strict=True))
    base = found.total["change_pct"] is not None
    empty: dict[str, Any] = {
        "current": 0, "baseline": 0, "change": 0, "status": "small", "verdict": "too-few",
        **dict.fromkeys(PART_COLUMNS, 0.0 if base else None),
    }  # fmt: skip
    columns = [str(c) for c in found.rows.columns]
    extra = [
        dict.fromkeys(columns) | empty | dict(zip(found.by, keys, strict=True))
        for keys in product(*held)
        if keys not in there
    ]
    if not extra:
        return found
    records: list[dict[Any, Any]] = [*found.rows.to_dict("records"), *extra]
    series = {
        c: pd.Series([r[c] for r in records], dtype=object if found.rows[c].dtype == object else None)
        for c in columns
    }
    rows = pd.DataFrame(series, columns=columns)
    return replace(found, rows=rows.sort_values(["change", *found.by], kind="stable", ignore_index=True))


def _held(results: Results, column: str) -> list[str]:
    frame = (results.types if column == "type" else results.by[column]).rows
    return [str(k) for k in frame.loc[(frame["current"] > 0) | (frame["baseline"] > 0), "key"]]
