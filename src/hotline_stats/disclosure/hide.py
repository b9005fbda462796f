"""Results with the hidden counts, and all that follows from them, left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from hotline_stats import numbers
from hotline_stats.disclosure.cells import Key
from hotline_stats.disclosure.relations import TOTAL, cell_key, month_key, row_key
from hotline_stats.model.drivers import PART_COLUMNS, Drivers
from hotline_stats.model.results import RATIO_COLUMNS, Comparison, Contributions, Results, Series

WINDOWS = ("current", "baseline")
_BY_SIZE = ("request_type", "channel", "category", "district", "street", "community")
"""Comparisons whose rows stand in the order of their counts."""


@dataclass(frozen=True)
class Hidden:
    """The cells that are not published, by window."""

    current: frozenset[Key]
    baseline: frozenset[Key]

    def has(self, window: str, key: Key) -> bool:
        return key in (self.current if window == "current" else self.baseline)

    def any(self, key: Key) -> bool:
        return key in self.current or key in self.baseline


def comparison(found: Comparison, hidden: Hidden, spread_known: Callable[[str], bool]) -> Comparison:
    """A comparison without its hidden counts; a row that lacks one has no change. Intervals are in whole percent, and
    where not `spread_known`, whether a reader may know how the months of a row vary, there is none; nor p values.
    Rows in the order of their counts have the hidden ones after the others."""
    by = found.by
    rows = _changes(found.rows, lambda r: row_key(by, r["key"]), hidden, spread_known)
    if by in _BY_SIZE:
        rows = _last(rows, ["key"], "current")
    grouped = "months" if by == "month" else "group"
    groups = _changes(found.groups, lambda r: row_key(grouped, r["key"]), hidden, spread_known)
    total = _changes(pd.DataFrame([found.total]), lambda _: TOTAL, hidden, lambda _: True)
    total_row = {str(k): v for k, v in total.to_dict("records")[0].items()}
    return replace(found, rows=rows, groups=groups, total=total_row)


def series(found: Series, results: Results, hidden: Hidden) -> Series:
    frame = found.frame.copy()
    keys = [month_key(results, k, p) for k, p in zip(frame["key"], frame["position"], strict=True)]
    for window in WINDOWS:
        frame[window] = _without(frame[window].tolist(), [hidden.has(window, k) for k in keys])
    return replace(found, frame=frame)


def contributions(found: Contributions, hidden: Hidden) -> Contributions:
    """Types whose change is hidden stand last, in the order of their ids."""
    rows = found.rows.copy()
    gone = [hidden.any(row_key(found.by, k)) for k in rows["key"]]
    for column in ("change", "contribution_pp"):
        rows[column] = _without(rows[column].tolist(), gone)
    whole = hidden.any(TOTAL)
    return replace(
        found,
        rows=_last(rows, ["key"], "change"),
        total_change=None if whole else found.total_change,
        total_change_pct=None if whole else found.total_change_pct,
    )


def drivers(found: Drivers, hidden: Hidden) -> Drivers:
    """Cells whose change is hidden stand last, in the order of their keys; no interval, since months of cells are not
    published. Where most of a type's change is, is told where none of its cells is hidden."""
    rows = _changes(found.rows, lambda r: cell_key(found.by, r), hidden, lambda _: False)
    gone = rows["change"].isna()
    groups = found.groups.copy()
    group_gone = [
        (hidden.has("current", row_key("group", k)), hidden.has("baseline", row_key("group", k)))
        for k in groups["key"]
    ]
    for column, lost in (
        ("current", [now for now, _ in group_gone]),
        ("baseline", [then for _, then in group_gone]),
        ("change", [any(g) for g in group_gone]),
        ("contribution_pp", [any(g) for g in group_gone]),
    ):
        groups[column] = _without(groups[column].tolist(), lost)
    total = _changes(pd.DataFrame([dict(found.total)]), lambda _: TOTAL, hidden, lambda _: True)
    first = found.by[0]
    return replace(
        found,
        rows=_last(rows, list(found.by), "change"),
        total={str(k): v for k, v in total.to_dict("records")[0].items()},
        groups=groups,
        concentration=_placed(found.concentration, first, set(rows.loc[gone, first]), hidden),
    )


def _placed(frame: pd.DataFrame, by: str, gone: set[str], hidden: Hidden) -> pd.DataFrame:
    out = frame.copy()
    keys = [row_key(by, k) for k in out["key"]]
    for window in WINDOWS:
        out[window] = _without(out[window].tolist(), [hidden.has(window, k) for k in keys])
    out["change"] = _without(out["change"].tolist(), [hidden.any(k) for k in keys])
    for column in ("where", "where_change", "same_way_change", "where_share", "where_n"):
        out[column] = _without(out[column].tolist(), [k in gone for k in out["key"]])
    return out


def _changes(
    frame: pd.DataFrame,
    key_of: Callable[[Mapping[str, Any]], Key],
    hidden: Hidden,
    spread_known: Callable[[str], bool],
) -> pd.DataFrame:
    """Rows of a comparison without their hidden counts and what follows from them."""
    records = [{str(k): v for k, v in r.items()} for r in frame.to_dict("records")]
    out = frame.copy()
    keys = [key_of(r) for r in records]
    gone = [hidden.any(k) for k in keys]
    for window in WINDOWS:
        out[window] = _without(out[window].tolist(), [hidden.has(window, k) for k in keys])
    for column in ("change", *RATIO_COLUMNS, "verdict", *(c for c in PART_COLUMNS if c in out)):
        out[column] = _without(out[column].tolist(), gone)
    told = [spread_known(str(r.get("key"))) for r in records]
    for column in ("low_pct", "high_pct"):
        values = [_whole(v) if known else None for v, known in zip(out[column], told, strict=True)]
        out[column] = pd.Series(values, index=out.index, dtype=object)
    out["p"] = pd.Series([None] * len(out), index=out.index, dtype=object)
    status = [
        "suppressed" if lost and r["status"] not in ("incomplete", "uncountable") else r["status"]
        for r, lost in zip(records, gone, strict=True)
    ]
    out["status"] = pd.Series(status, index=out.index, dtype=frame["status"].dtype)
    return out


def _without(values: list[Any], gone: list[bool]) -> pd.Series:
    """The values with None where `gone`; as they were where none is."""
    if not any(gone):
        return pd.Series(values) if values else pd.Series(values, dtype=object)
    return pd.Series([None if lost else v for v, lost in zip(values, gone, strict=True)], dtype=object)


def _last(frame: pd.DataFrame, keys: list[str], by: str) -> pd.DataFrame:
    """Rows without a value of `by` after the others, in the order of their keys and not of what they hide; the row
    without a key stays the very last of a table."""
    lost = frame[by].isna()
    told, untold = frame[~lost], frame[lost].sort_values(keys, kind="stable")
    out = pd.concat([told, untold]) if len(untold) and len(told) else (told if len(told) else untold)
    if len(keys) == 1:
        missing = out["key"] == ""
        out = pd.concat([out[~missing], out[missing]]) if missing.any() and not missing.all() else out
    return out.reset_index(drop=True)


def _whole(value: Any) -> float | None:
    return None if value is None or value != value else float(numbers.rounded(value, 0))
