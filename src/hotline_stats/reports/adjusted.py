"""A comparison with adjusted counts: each figure beside its raw one."""

from collections.abc import Mapping
from typing import Any

from hotline_stats.model.adjustment import ADJUSTED_COLUMNS
from hotline_stats.reports import rows
from hotline_stats.reports.document import Cell, TableColumn
from hotline_stats.reports.words import Words

CSV_COLUMNS = tuple(f"adjusted_{c}" for c in ADJUSTED_COLUMNS[1:])
_SHOWN = ("baseline", "current", "change_pct", "verdict", "interval")
_ALONE = ("current",)


def columns(raw: tuple[TableColumn, ...], covered: bool, words: Words) -> tuple[TableColumn, ...]:
    """The columns to add to those of a table of comparisons."""
    by_key = {c.key: c for c in raw}
    shown = [by_key[k] for k in (_SHOWN if covered else _ALONE)]
    return tuple(
        TableColumn(f"adjusted_{c.key}", words.say("column-adjusted", title=c.title), c.kind) for c in shown
    )


def cells(row: Mapping[str, Any], covered: bool, words: Words) -> tuple[Cell, ...]:
    """The cells of these columns: of a row with `adjusted` counts as whole numbers, of the total its own, which no
    error changes."""
    found = row.get("adjusted", row)
    if found["status"] == "not-identifiable":
        return (None, None, None, "not-identifiable", None) if covered else (None,)
    whole = {k: None if found[k] is None else round(found[k]) for k in ("current", "baseline")}
    keys = _SHOWN if covered else _ALONE
    return rows.cells({"name": "", **found, **whole}, keys, words, 0, covered)[1:]


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the JSON with its adjusted figures among the others, as a CSV has them."""
    return {**record, **{f"adjusted_{k}": v for k, v in record["adjusted"].items()}}
