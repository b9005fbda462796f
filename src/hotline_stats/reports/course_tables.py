"""How counts run as tables: months down and keys across, and what the control limits say of each key."""

from collections.abc import Mapping, Sequence
from typing import Any

from hotline_stats import numbers
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.course import MONTH_COLUMNS, Course
from hotline_stats.reports.document import Cell, CellKind, Table, TableColumn
from hotline_stats.reports.renderers.csv import csv_text
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.sheets import Format, sheet
from hotline_stats.reports.words import Words, words_of

_YEAR = 12
_ACROSS = 6
"""Keys beside one another in a table for people."""
_LIMITS: Mapping[str, CellKind] = {
    "sum_12": "count", "year_before": "count", "centre": "count", "low": "count", "high": "count",
    "widening": "count", "signals": "text",
}  # fmt: skip


def render(found: Course, form: Format, lang: Lang) -> str:
    """The course in one format, ending with a line break.

    `csv`: a row for every key and month, unrounded. `json`: schema hotline-stats/series/1. `table` and `md`: months
    with the keys beside one another, then moving sums, limits and signals by key, and notes.
    """
    if form == "json":
        return dumps(found.to_dict(lang))
    if form == "csv":
        flat = [
            {"key": row["key"], "name": row["name"], **month, "rules": "|".join(month["rules"])}
            for row in found.to_dict(lang)["rows"]
            for month in row["months"]
        ]
        return csv_text(("key", "name", *MONTH_COLUMNS[1:]), flat)
    words = words_of(lang, found.windows, found.where)
    keys = found.keys
    parts = [keys[i : i + _ACROSS] for i in range(0, len(keys), _ACROSS)]
    tables = [month_table(found, part, words) for part in parts]
    tables.append(control_table(found, keys, words))
    notes = [n.text(lang) for n in (*found.windows.notes, *found.notes)]
    return sheet(head(found, words), tables, notes, form, words)


def head(found: Course, words: Words) -> str:
    """The months, what was selected, and the base of the limits."""
    first, last = (found.frame["month"].iloc[i] for i in (0, -1))
    chosen = names.conditions(found.where, found.types, words.lang)
    return words.joined([f"{first}—{last}", chosen, base_said(found, words)])


def base_said(found: Course, words: Words) -> str:
    """Which months set the limits; "" without limits."""
    if found.base is None:
        return ""
    return words.say("control-base", base=str(found.base), n=found.base_n)


def season_said(found: Course, words: Words) -> str:
    """Whether the limits know the season."""
    return words.say("control-seasonal" if found.seasonal else "control-season")


def month_table(found: Course, keys: Sequence[str], words: Words) -> Table:
    """Months down, keys across; a month that is not whole is marked."""
    parts = [found.of(key) for key in keys]
    first = parts[0]
    labels = [m if whole else f"{m}*" for m, whole in zip(first["month"], first["complete"], strict=True)]
    columns = [TableColumn(k, found.name(k, words.lang), "count") for k in keys]
    counts = zip(*(p["n"].tolist() for p in parts), strict=True)
    return Table(
        id="series",
        number=0,
        caption=words.say("table-series"),
        columns=(TableColumn("month", words.heading("month"), "text"), *columns),
        rows=tuple((label, *row) for label, row in zip(labels, counts, strict=True)),
        note="" if first["complete"].all() else words.say("table-series-note"),
    )


def control_table(found: Course, keys: Sequence[str], words: Words) -> Table:
    """Moving sums, limits and signals of each key."""
    columns = [TableColumn(k, words.say(f"column-{k}"), kind) for k, kind in _LIMITS.items()]
    limits = {str(r["key"]): r for r in found.limits.to_dict("records")}
    return Table(
        id="control",
        number=0,
        caption=words.say("table-control"),
        columns=(TableColumn("key", words.say("column-key"), "text"), *columns),
        rows=tuple((found.name(k, words.lang), *_row(found, k, limits[k], words)) for k in keys),
        note="" if found.base is None else _control_note(found, words),
    )


def _control_note(found: Course, words: Words) -> str:
    months = found.frame.loc[found.frame["complete"], "month"]
    last = months.iloc[-1] if len(months) else numbers.MISSING
    return words.joined([words.say("table-control-note", month=last), season_said(found, words)])


def _row(found: Course, key: str, limit: Mapping[Any, Any], words: Words) -> tuple[Cell, ...]:
    months = found.of(key)
    sums = months["sum_12"].tolist()
    last = max((i for i, v in enumerate(sums) if v is not None), default=None)
    now = None if last is None else sums[last]
    before = None if last is None or last < _YEAR else sums[last - _YEAR]
    said = words.say("signal-mark").join(found.said(words.lang, key))
    whole = months[months["complete"]]
    bounds = [None] * 3 if whole.empty else [whole[c].iloc[-1] for c in ("centre", "low", "high")]
    shown = [numbers.decimal(x, words.lang) for x in (*bounds, limit["widening"])]
    return (now, before, *shown, said or numbers.MISSING)
