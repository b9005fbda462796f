"""Service figures as one table: aligned text, Markdown, CSV or JSON; of all tickets or by unit, place, type, channel."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hotline_stats import numbers
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.results import Note
from hotline_stats.model.service_rows import ServiceRows, services_dict
from hotline_stats.model.services import ServiceFigure, ServiceFigures
from hotline_stats.reports.document import Cell, CellKind, Measure, Table, TableColumn
from hotline_stats.reports.format import clean
from hotline_stats.reports.renderers.csv import csv_text
from hotline_stats.reports.renderers.json import dumps
from hotline_stats.reports.rows import window_titles
from hotline_stats.reports.sections.head import spans
from hotline_stats.reports.sheets import Format, sheet
from hotline_stats.reports.words import Words, words_of

_WIDE = (
    "contact_rate", "resolution_rate", "satisfaction", "on_time_rate", "within_limit_rate", "handling_median_hours",
    "handling_p90_hours", "repeat_rate", "unverified_rate",
)  # fmt: skip
_COUNTS = ("accepted_n", "closed_n", "late_n", "open_n", "over_limit_n")
_ONE: dict[str, CellKind] = {
    "baseline": "rate", "current": "rate", "current_of": "quotient", "difference": "points", "verdict": "verdict",
    "interval": "points_interval", "expected": "text", "flag": "text",
}  # fmt: skip


def render(found: ServiceFigures | ServiceRows, form: Format, lang: Lang, figure: str | None = None) -> str:
    """The figures in one format, ending with a line break.

    `csv` has one row a figure (and value of `by`), machine headers, numbers unrounded; `json` is schema
    hotline-stats/services/1. `table` and `md` are as people read them: of rows by `by`, all figures of the period side
    by side or, with `figure`, one of them with baseline, change and expected range. KeyError for a figure not there.
    """
    if figure is not None:
        (found.total if isinstance(found, ServiceRows) else found).figure(figure)
    if form == "json":
        return dumps(found.to_dict(lang) if isinstance(found, ServiceRows) else services_dict(found, lang))
    if form == "csv":
        frame = found.to_pandas(lang)
        if figure is not None:
            frame = frame[frame["figure" if isinstance(found, ServiceRows) else "id"] == figure]
        return csv_text(list(frame.columns), _records(frame))
    words = words_of(lang, found.windows, found.where)
    head = words.joined([spans(found.windows, words), _chosen(found, lang)])
    return sheet(head, [_table(found, words, figure)], [n.text(lang) for n in _notes(found)], form, words)


def _records(frame: pd.DataFrame) -> list[dict[str, Cell]]:
    plain = frame.astype(object)
    records = plain.where(plain.notna(), None).to_dict("records")
    return [{str(k): v for k, v in r.items()} for r in records]


def _chosen(found: ServiceFigures | ServiceRows, lang: Lang) -> str:
    return clean(names.conditions(found.where, found.types, lang))


def _notes(found: ServiceFigures | ServiceRows) -> list[Note]:
    own = [*found.total.notes, *found.notes] if isinstance(found, ServiceRows) else [*found.notes]
    return list(dict.fromkeys([*found.windows.notes, *own]))


def _table(found: ServiceFigures | ServiceRows, words: Words, figure: str | None) -> Table:
    if not isinstance(found, ServiceRows):
        return _of_all(found, words, figure)
    return _wide(found, words) if figure is None else _of_one(found, words, figure)


def _of_all(found: ServiceFigures, words: Words, figure: str | None) -> Table:
    keys = ("baseline", "current", "current_of", "difference", "verdict", "interval")
    figures = [f for f in found.figures if figure in (None, f.id)]
    rows = tuple((names.figure(f.id, words.lang), *_of_figure(f, keys)) for f in figures)
    return Table("services", 0, "", _columns("figure", keys, found, words), rows, words.say("services-note"))


def _of_one(found: ServiceRows, words: Words, figure: str) -> Table:
    """One figure by row, with the range in which it is expected."""
    keys = tuple(_ONE)
    rows = []
    for record in found.figure(figure).to_dict("records"):
        values = {str(k): v for k, v in record.items()}
        name = names.value(found.types, found.by, str(record["key"]), words.lang)
        rows.append(
            (name, *_of_figure(ServiceFigure(**_fields(values)), keys[:-2]), *_expected(values, words))
        )
    total = (words.say("total-rows"), *_of_figure(found.total.figure(figure), keys[:-2]), None, None)
    note = words.say("services-one-note", name=names.figure(figure, words.lang), min_n=found.min_n)
    columns = _columns(found.by, keys, found, words)
    return Table("services", 0, "", columns, (*rows, total), note, total_row=True)


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    left_out = ("key", "figure", "p", "expected_low", "expected_high", "flag")
    return {"id": values["figure"], **{k: v for k, v in values.items() if k not in left_out}}


def _of_figure(f: ServiceFigure, keys: Sequence[str]) -> list[Cell]:
    value: CellKind = "rate" if f.unit == "pct" else "hours"
    moved: CellKind = "points" if f.unit == "pct" else "hours_change"
    cells: dict[str, Cell] = {
        "baseline": Measure(f.baseline, value),
        "current": Measure(f.current, value),
        "current_of": (f.numerator, f.denominator),
        "difference": Measure(f.change_pp, moved),
        "verdict": f.verdict,
        "interval": None if f.low_pp is None or f.high_pp is None else (f.low_pp, f.high_pp),
    }
    return [cells[k] for k in keys]


def _expected(values: dict[str, Any], words: Words) -> tuple[Cell, Cell]:
    if values["flag"] is None:
        return None, None
    low, high = (numbers.percent(values[f"expected_{end}"], words.lang) for end in ("low", "high"))
    return words.say("interval", low=low, high=high), words.say(f"flag-{values['flag']}")


def _wide(found: ServiceRows, words: Words) -> Table:
    """The period's figures side by side, and which of them are outside of what is expected."""
    shown = [f for f in found.total.figures if f.id in _WIDE and f.denominator]
    by_row: dict[str, dict[str, dict[str, Any]]] = {}
    for record in found.rows.to_dict("records"):
        by_row.setdefault(str(record["key"]), {})[str(record["figure"])] = {
            str(k): v for k, v in record.items()
        }
    homes = any(h is not None for h in found.counts["households"])
    rows = []
    for counts in found.counts.to_dict("records"):
        figures = by_row[str(counts["key"])]
        cells: list[Cell] = [int(counts[c]) for c in _COUNTS]
        cells += [Measure(figures[f.id]["current"], _kind(f)) for f in shown]
        cells += [counts["per_100"]] if homes else []
        rows.append(
            (
                names.value(found.types, found.by, str(counts["key"]), words.lang),
                *cells,
                _flagged([figures[f.id] for f in shown], words),
            )
        )
    total: list[Cell] = [int(found.total_counts[c]) for c in _COUNTS]
    total += [Measure(f.current, _kind(f)) for f in shown]
    total += [found.total_counts["per_100"]] if homes else []
    columns = [TableColumn("name", words.column(found.by), "text")]
    columns += [TableColumn(c, words.say(f"column-{c}"), "count") for c in _COUNTS]
    columns += [TableColumn(f.id, names.figure(f.id, words.lang), _kind(f)) for f in shown]
    columns += [TableColumn("per_100", words.say("column-per_100"), "decimal")] if homes else []
    columns.append(TableColumn("flagged", words.say("column-flagged"), "text"))
    body = (*(tuple(r) for r in rows), (words.say("total-rows"), *total, None))
    note = words.say("services-wide-note", min_n=found.min_n)
    return Table("services", 0, "", tuple(columns), body, note, total_row=True)


def _kind(figure: ServiceFigure) -> CellKind:
    return "rate" if figure.unit == "pct" else "hours"


def _flagged(figures: Sequence[dict[str, Any]], words: Words) -> str | None:
    outside = [
        words.say(f"outside-{f['flag']}", name=names.figure(f["figure"], words.lang))
        for f in figures
        if f["flag"] in ("below", "above")
    ]
    return words.say("list-mark").join(outside) if outside else None


def _columns(
    first: str, keys: Sequence[str], found: ServiceFigures | ServiceRows, words: Words
) -> tuple[TableColumn, ...]:
    titles = window_titles(found.windows, words)
    titles["current_of"] = words.say("column-parts_of", window=titles["current"])
    titles["interval"] = words.say("column-points_interval")
    head = words.say("column-figure") if first == "figure" else words.column(first)
    named = (TableColumn(k, titles.get(k) or words.say(f"column-{k}"), _ONE[k]) for k in keys)
    return (TableColumn("name", head, "text"), *named)
