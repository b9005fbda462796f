"""From comparisons to the rows of tables: which rows, the remainder that makes them add up, and the total."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from hotline_stats.model import names
from hotline_stats.model.disclosure import MARK
from hotline_stats.model.results import Comparison, Results, Windows, shown_interval, shown_pct
from hotline_stats.model.types import Group
from hotline_stats.reports.document import Cell, CellKind, TableColumn
from hotline_stats.reports.words import Words, capital

Row = Mapping[str, Any]
"""A row of a comparison: the keys of CHANGE_COLUMNS and `name`."""

JUDGED = ("baseline", "current", "change", "change_pct", "verdict", "interval")
"""Columns of a table of types: with the interval that the verdict rests on."""
SHARED = ("baseline", "current", "change", "change_pct", "verdict", "share")
"""Columns of a table of places, units and the like: with the share of the total."""
ALONE = ("current", "share")
"""Columns where there is nothing to compare with."""

_KINDS: Mapping[str, CellKind] = {
    "name": "text",
    "baseline": "count",
    "current": "count",
    "share": "rate",
    "change": "change",
    "change_pct": "change_pct",
    "calendar_pct": "change_pct",
    "interval": "interval",
    "verdict": "verdict",
}


def with_calendar(keys: tuple[str, ...], found: Iterable[Row]) -> tuple[str, ...]:
    """The columns, with the calendar-adjusted change after the raw one where a row has one."""
    if all(r["calendar_pct"] is None for r in found) or "change_pct" not in keys:
        return keys
    at = keys.index("change_pct") + 1
    return (*keys[:at], "calendar_pct", *keys[at:])


def judged(results: Results) -> bool:
    """Whether the change of all tickets is judged at all, so that it can be taken apart."""
    total = results.types.total
    several = len(shown_types(results)) > 1
    return (
        several and results.windows.covered and shown_pct(total) is not None and total["verdict"] != "too-few"
    )


def shown_types(results: Results) -> tuple[str, ...]:
    """The types that a report names."""
    return types_of(results.types)


def types_of(found: Comparison) -> tuple[str, ...]:
    """The types that a comparison by type names: all, or those with tickets when the tickets were selected by type."""
    ids = found.types.ids
    if not any(names.column_id(column) in ("type", "group", "label") for column, _ in found.where):
        return ids
    counts = zip(found.rows["key"], found.rows["current"], found.rows["baseline"], strict=True)
    held = {key for key, now, then in counts if not (now == 0 and then == 0)}
    return tuple(i for i in ids if i in held)


def shown_groups(results: Results) -> dict[str, Group]:
    """The groups that a report names, by id."""
    return groups_of(results.types)


def groups_of(found: Comparison) -> dict[str, Group]:
    """The groups that a comparison by type names, by id: those that could be counted, and where tickets were selected
    those of which the selection leaves tickets of two types or more."""
    out = {}
    for group in found.types.groups:
        rows = found.groups[found.groups["key"] == group.id].to_dict("records")
        if not rows or rows[0]["status"] == "uncountable":
            continue
        left = set(group.types) & set(types_of(found))
        emptied = rows[0]["current"] == rows[0]["baseline"] == 0
        if not found.where or (len(left) > 1 and not emptied):
            out[group.id] = group
    return out


def records(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    """The rows of a comparison as dicts with `name`, in its order."""
    return list(comparison.to_dict(words.lang)["rows"])


def group_records(comparison: Comparison, words: Words) -> dict[str, dict[str, Any]]:
    """The groups of a comparison by id."""
    return {str(r["key"]): r for r in comparison.to_dict(words.lang)["groups"]}


def total_record(comparison: Comparison, words: Words) -> dict[str, Any]:
    return dict(comparison.to_dict(words.lang)["total"])


def summed(name: str, parts: Iterable[Row], covered: bool, min_n: int) -> dict[str, Any]:
    """One row for several: counts add up, the change is their quotient; no interval and no verdict."""
    rows = list(parts)
    current, baseline = (added(r[window] for r in rows) for window in ("current", "baseline"))
    if current is None or baseline is None:
        return untold(name, current, baseline)
    change = current - baseline
    return {
        "key": None,
        "name": name,
        "current": current,
        "baseline": baseline,
        "change": change,
        "change_pct": 100 * change / baseline if baseline and covered else None,
        "low_pct": None,
        "high_pct": None,
        "p": None,
        "calendar_pct": None,
        "status": _status(current, baseline, min_n) if covered else "incomplete",
        "verdict": None,
    }


def added(counts: Iterable[Any]) -> Any:
    """The sum; None where one of the counts is suppressed."""
    found = list(counts)
    return None if any(n is None for n in found) else sum(found)


def untold(name: str, current: Any, baseline: Any) -> dict[str, Any]:
    """A row of which a count is suppressed, so that nothing is said of its change."""
    said = ("change", "change_pct", "low_pct", "high_pct", "p", "calendar_pct", "verdict")
    counts = {"current": current, "baseline": baseline}
    return {"key": None, "name": name, **counts, **dict.fromkeys(said), "status": "suppressed"}


def _status(current: int, baseline: int, min_n: int) -> str:
    if current and not baseline:
        return "new"
    if baseline and not current:
        return "gone"
    return "small" if baseline < max(min_n, 1) else "ok"


def ranked(
    comparison: Comparison, words: Words, top_n: int, min_n: int, also: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The `top_n` values with the most tickets now and those of `also`, then one row for all others and one for
    tickets without a value: together they are every ticket of the comparison."""
    rows = records(comparison, words)
    named = sorted(
        (r for r in rows if r["key"] != ""),
        key=lambda r: (r["current"] is None, -(r["current"] or 0), -(r["baseline"] or 0), r["key"]),
    )
    top = [r for i, r in enumerate(named) if i < top_n or r["key"] in also]
    others = [r for i, r in enumerate(named) if i >= top_n and r["key"] not in also]
    if len(others) == 1:
        top, others = named, []
    if others:
        name = words.say("others", n=len(others))
        top.append(summed(name, others, comparison.windows.covered, min_n))
    return top + [r for r in rows if r["key"] == ""]


def columns(first: str, keys: tuple[str, ...], windows: Windows, words: Words) -> tuple[TableColumn, ...]:
    """The first column, titled `first`, and those of `keys`; the counts are titled by their years when each
    window lies in a year of its own."""
    titles = window_titles(windows, words)
    titles |= {key: words.say(f"column-{key}") for key in keys if key not in titles}
    return (TableColumn("name", first, "text"), *(TableColumn(k, titles[k], _KINDS[k]) for k in keys))


def window_titles(windows: Windows, words: Words) -> dict[str, str]:
    """How tables call the two windows: `2023年` and `2024年`, or 对比期 and 本期."""
    current, baseline = names.windows(windows.period, windows.baselines, words.lang)
    return {"baseline": capital(baseline), "current": capital(current)}


def cells(row: Row, keys: tuple[str, ...], words: Words, total: int, covered: bool) -> tuple[Cell, ...]:
    """The row's name and its cells; `total` is what shares are taken of.

    Without a covered baseline its counts are no zeros but unknown, and so are the changes.
    """
    return (str(row["name"]), *(_cell(row, key, words, total, covered) for key in keys))


def _cell(row: Row, key: str, words: Words, total: int, covered: bool) -> Cell:
    if row["status"] == "uncountable":
        return "uncountable" if key == "verdict" else None
    if row["current"] is None or (covered and row["baseline"] is None):
        return _suppressed(row, key, total)
    if key == "current":
        current: Cell = row["current"]
        return current
    if key == "share":
        return 100 * row["current"] / total if total else None
    if not covered:
        return None
    if key == "change_pct":
        return _change(row, words)
    if key == "calendar_pct":
        return row["calendar_pct"] if shown_pct(row) is not None else None
    if key == "interval":
        return shown_interval(row)
    if key == "verdict":
        return _verdict(row)
    value: Cell = row[key]
    return value


def _suppressed(row: Row, key: str, total: int) -> Cell:
    """A cell of a row that lacks a count: the count that is told, else the mark."""
    if key == "verdict":
        return "suppressed"
    if key == "share":
        return MARK if row["current"] is None else 100 * row["current"] / total if total else None
    value: Cell = row.get(key)
    return MARK if value is None else value


def _change(row: Row, words: Words) -> Cell:
    """The change in percent or, where none is printed, why."""
    pct = shown_pct(row)
    if pct is not None or row["status"] == "incomplete" or row["current"] == row["baseline"] == 0:
        return pct
    return names.say(f"status-{row['status']}", words.lang)


def _verdict(row: Row) -> str | None:
    """The verdict's code; `incomplete` for spans that are not alike, None where there is nothing to judge."""
    if row["status"] == "incomplete":
        return "incomplete"
    if not row["current"] and not row["baseline"]:
        return None
    return None if row["verdict"] is None else str(row["verdict"])
