"""From comparisons to the rows of tables: which rows, the remainder that makes them add up, and the total."""

from collections.abc import Iterable, Mapping
from typing import Any

from hotline_stats.messages import text
from hotline_stats.model.results import Comparison, Results, Windows
from hotline_stats.reports.document import Cell, CellKind, TableColumn
from hotline_stats.reports.words import Words

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
    "interval": "interval",
    "verdict": "verdict",
}


def judged(results: Results) -> bool:
    """Whether the change of all tickets is judged at all, so that it can be taken apart."""
    total = results.types.total
    return results.windows.covered and total["change_pct"] is not None and total["verdict"] != "too-few"


def records(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    """The rows of a comparison as dicts with `name`, in its order."""
    return list(comparison.to_dict(words.lang)["rows"])


def group_records(comparison: Comparison, words: Words) -> dict[str, dict[str, Any]]:
    """The groups of a comparison by id."""
    return {str(r["key"]): r for r in comparison.to_dict(words.lang)["groups"]}


def total_record(comparison: Comparison, words: Words) -> dict[str, Any]:
    return dict(comparison.to_dict(words.lang)["total"])


def summed(name: str, parts: Iterable[Row], covered: bool) -> dict[str, Any]:
    """One row for several: counts add up, the change is their quotient; no interval and no verdict."""
    rows = list(parts)
    current, baseline = sum(r["current"] for r in rows), sum(r["baseline"] for r in rows)
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
        "status": "new" if current and not baseline and covered else "ok" if covered else "incomplete",
        "verdict": None,
    }


def ranked(comparison: Comparison, words: Words, top_n: int) -> list[dict[str, Any]]:
    """The `top_n` values with the most tickets now, then one row for all others and one for tickets without a
    value: together they are every ticket of the comparison."""
    rows = records(comparison, words)
    named = sorted(
        (r for r in rows if r["key"] != ""), key=lambda r: (-r["current"], -r["baseline"], r["key"])
    )
    top, others = named[:top_n], named[top_n:]
    if len(others) == 1:
        top, others = named, []
    if others:
        name = words.say("others", n=len(others))
        top.append(summed(name, others, comparison.windows.covered))
    return top + [{**r, "name": text("notes", "missing-value", words.lang)} for r in rows if r["key"] == ""]


def columns(first: str, keys: tuple[str, ...], windows: Windows, words: Words) -> tuple[TableColumn, ...]:
    """The first column, titled `first`, and those of `keys`; the counts are titled by their years when each
    window lies in a year of its own."""
    titles = {key: words.say(f"column-{key}") for key in keys} | window_titles(windows, words)
    return (TableColumn("name", first, "text"), *(TableColumn(k, titles[k], _KINDS[k]) for k in keys))


def window_titles(windows: Windows, words: Words) -> dict[str, str]:
    """How tables call the two windows: `2023年` and `2024年`, or 对比期 and 本期."""
    spans = {"baseline": windows.baseline, "current": windows.period}
    years = {k: {p.start.year, p.end.year} for k, p in spans.items()}
    if all(len(y) == 1 for y in years.values()) and years["baseline"] != years["current"]:
        return {k: words.say("column-year", year=min(y)) for k, y in years.items()}
    return {k: words.say(f"column-{k}") for k in spans}


def cells(row: Row, keys: tuple[str, ...], words: Words, total: int, covered: bool) -> tuple[Cell, ...]:
    """The row's name and its cells; `total` is what shares are taken of.

    Without a covered baseline its counts are no zeros but unknown, and so are the changes.
    """
    return (str(row["name"]), *(_cell(row, key, words, total, covered) for key in keys))


def _cell(row: Row, key: str, words: Words, total: int, covered: bool) -> Cell:
    if key == "current":
        return int(row["current"])
    if key == "share":
        return 100 * row["current"] / total if total else None
    if not covered:
        return None
    if key == "change_pct" and row["status"] == "new":
        return words.say("status-new")
    if key == "change_pct" and row["status"] == "small":
        return words.say("status-small") if row["current"] or row["baseline"] else None
    if key == "interval" and row["status"] == "small":
        return None
    if key == "interval":
        low, high = row["low_pct"], row["high_pct"]
        return None if low is None or high is None else (float(low), float(high))
    if key == "verdict":
        return _verdict(row)
    value: Cell = row[key]
    return value


def _verdict(row: Row) -> str | None:
    """The verdict's code; `incomplete` for spans that are not alike, None where there is nothing to judge."""
    if row["status"] == "incomplete":
        return "incomplete"
    if not row["current"] and not row["baseline"]:
        return None
    return None if row["verdict"] is None else str(row["verdict"])
