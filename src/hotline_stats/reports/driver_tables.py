"""What made a change as tables: cells with their contributions, what comes from one place, and rates by mix and rate."""

from collections.abc import Mapping
from typing import Any

from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.disclosure import MARK
from hotline_stats.model.drivers import Drivers, rest_name
from hotline_stats.model.rate_drivers import RateDrivers
from hotline_stats.reports import rows
from hotline_stats.reports.document import Cell, CellKind, Table, TableColumn
from hotline_stats.reports.renderers.csv import csv_text
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.sections.head import spans
from hotline_stats.reports.sheets import Format, sheet
from hotline_stats.reports.words import Words, words_of

Found = Drivers | RateDrivers

_CHANGES: Mapping[str, CellKind] = {
    "baseline": "count", "current": "count", "change": "change", "contribution_pp": "points", "volume_pp": "points",
    "mix_pp": "points", "verdict": "verdict",
}  # fmt: skip
_RATES: Mapping[str, CellKind] = {
    "baseline": "rate", "current": "rate", "change_pp": "points", "baseline_share_pct": "rate", "share_pct": "rate",
    "mix_pp": "points", "rate_pp": "points", "contribution_pp": "points",
}  # fmt: skip
_PLACED: Mapping[str, CellKind] = {
    "change": "change", "where_name": "text", "where_change": "change", "same_way_change": "change",
    "where_share": "rate", "where_n": "count",
}  # fmt: skip


def render(found: Found, form: Format, lang: Lang, top: int | None, listed: int) -> str:
    """The cells in one format, ending with a line break.

    `top`: how many cells; None lists all in `csv` and `json`, and `listed` in `table` and `md`. `csv`: the cells
    alone, machine headers, unrounded. `json`: schema hotline-stats/drivers/1 or rate-drivers/1. `table` and `md`: with
    windows, a row for those not listed, the total, what comes from one value, groups and notes.
    """
    if form == "json":
        return dumps(found.to_dict(lang, top))
    if form == "csv":
        kept = found.to_dict(lang, top)["rows"]
        keys = [name for c in found.by for name in (c, f"{c}_name")]
        return csv_text([*keys, *(c for c in found.rows.columns if c not in found.by)], kept)
    words = words_of(lang, found.windows, found.where)
    chosen = names.conditions(found.where, found.types, lang)
    shown = listed if top is None else top
    if isinstance(found, RateDrivers):
        tables, head = [rate_table(found, words, shown)], [names.figure(found.rate, lang), words.say("gap")]
    else:
        tables, head = [cell_table(found, words, shown), *_more(found, words)], []
    said = "".join(head) + words.joined([spans(found.windows, words), chosen])
    notes = [n.text(lang) for n in (*found.windows.notes, *found.notes)]
    return sheet(said, tables, notes, form, words)


def cell_table(found: Drivers, words: Words, top: int) -> Table:
    """The cells with the largest changes, those not listed by their direction, and the total."""
    out = found.to_dict(words.lang, top)
    head = _head(found.by, words)
    lines = [_line(_names(r, found.by), r, _CHANGES) for r in out["rows"]]
    for rest in found.top(top)[1]:
        lines.append(_line(_first(rest_name(rest, words.lang), len(head)), rest, _CHANGES))
    lines.append(_line(_first(out["total"]["name"], len(head)), out["total"], _CHANGES))
    return Table(
        id="drivers",
        number=0,
        caption=words.say("table-drivers", what=words.listed([words.column(c) for c in found.by])),
        columns=(*head, *_columns(_CHANGES, found, words)),
        rows=tuple(lines),
        note=words.say("table-drivers-note"),
        total_row=True,
        sums=len(found.top(top)[1]),
    )


def concentration_table(found: Drivers, words: Words) -> Table:
    """For each value of the first column, where most of its change comes from."""
    first, second = (words.column(c) for c in found.by)
    records = found.to_dict(words.lang)["concentration"]
    rows_ = [
        (r["name"], *(100 * r[k] if k == "where_share" and r[k] is not None else r[k] for k in _PLACED))
        for r in records
        if r["where"] is not None
    ]
    columns = [TableColumn(k, words.say(f"column-{k}", what=second), kind) for k, kind in _PLACED.items()]
    return Table(
        id="concentration",
        number=0,
        caption=words.say("table-concentration", first=first, second=second),
        columns=(TableColumn("name", words.heading(found.by[0]), "text"), *columns),
        rows=tuple(rows_),
        note=words.say("table-concentration-note", what=second),
    )


def rate_table(found: RateDrivers, words: Words, top: int) -> Table:
    """The cells that weigh most in the change of a rate, the others as one row, and the whole."""
    out = found.to_dict(words.lang, top)
    head = _head(found.by, words)
    lines = [_line(_names(r, found.by), r, _RATES) for r in out["rows"]]
    lines += [_line(_first(r["name"], len(head)), r, _RATES) for r in (*out["rest"], out["total"])]
    return Table(
        id=f"rate-drivers-{found.rate}",
        number=0,
        caption=words.say("table-rate-drivers", name=out["rate_name"]),
        columns=(*head, *_columns(_RATES, found, words)),
        rows=tuple(lines),
        note=words.say("table-rate-drivers-note"),
        total_row=True,
        sums=len(out["rest"]),
    )


def _more(found: Drivers, words: Words) -> list[Table]:
    tables = [concentration_table(found, words)] if len(found.concentration) else []
    groups = found.to_dict(words.lang)["groups"]
    if groups:
        kinds = {k: _CHANGES[k] for k in ("baseline", "current", "change", "contribution_pp")}
        lines = tuple(_line((g["name"],), g, kinds) for g in groups)
        columns = (TableColumn("name", words.heading("group"), "text"), *_columns(kinds, found, words))
        note = words.say("table-groups-note")
        tables.append(Table("groups", 0, words.column("group"), columns, lines, note))
    return [t for t in tables if t.rows]


def _head(by: tuple[str, ...], words: Words) -> list[TableColumn]:
    return [TableColumn(c, words.heading(c), "text") for c in by]


def _columns(kinds: Mapping[str, CellKind], found: Found, words: Words) -> list[TableColumn]:
    titles = rows.window_titles(found.windows, words)
    return [TableColumn(k, titles.get(k) or words.say(f"column-{k}"), kind) for k, kind in kinds.items()]


def _names(row: Mapping[str, Any], by: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(str(row[f"{c}_name"]) for c in by)


def _first(name: str, size: int) -> tuple[Cell, ...]:
    return (name, *[""] * (size - 1))


def _line(name: tuple[Cell, ...], row: Mapping[str, Any], kinds: Mapping[str, CellKind]) -> tuple[Cell, ...]:
    """A name and its cells; a row that sums others has no verdict, and one that does not compare says so."""
    untold = "suppressed" in (row.get("status"), row.get("rest"))
    verdict = row["status"] if row.get("status") in ("incomplete", "suppressed") else row.get("verdict")
    told = {k: MARK if untold and row.get(k) is None else row.get(k) for k in kinds}
    return (*name, *({**told, "verdict": verdict}[k] for k in kinds))
