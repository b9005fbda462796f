"""From results to the cells of both windows with every sum that ties them."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from hotline_stats.disclosure.cells import Cells, Key, Ledger
from hotline_stats.model.disclosure import Crossing
from hotline_stats.model.results import Comparison, Results
from hotline_stats.model.types import Group

TOTAL: Key = ("total",)
_OTHER = {"current": "baseline", "baseline": "current"}


def cells_of(results: Results, crossings: Sequence[Crossing], window: str) -> Cells:
    """The cells of one window (`current` or `baseline`) of results that hold nothing but what is to be published.

    Sums: the rows of every table add up to the total; types to their groups, where a group that counts some request types
    leaves a rest; months to January and February together; the months of a type, and the types of a month; the places of
    a type, and the types of a place; places to the places they lie in.
    """
    years = len(results.windows.baselines) if window == "baseline" else 1
    ledger = Ledger(unit=years)
    ledger.fixed.add(ledger.add(TOTAL, results.types.total[window]))
    _table(ledger, results.types, window, bool(results.types.where))
    for comparison in results.by.values():
        _table(ledger, comparison, window, comparison.by != "month")
    _groups(ledger, results, window)
    if "month" in results.by:
        _months(ledger, results, window)
    if results.drivers is not None:
        _cells(ledger, results, window)
    for crossing in crossings:
        _crossed(ledger, crossing, window)
    return ledger.closed()


def row_key(by: str, key: object) -> Key:
    return ("row", by, str(key))


def month_key(results: Results, key: str, position: int) -> Key:
    """The cell of a month of the series: of all tickets it is the row of the months."""
    if key == "total":
        return row_key("month", results.by["month"].rows["key"].iloc[position])
    return ("month", key, position)


def cell_key(by: Sequence[str], row: Any) -> Key:
    return ("cell", *(str(row[c]) for c in by))


def _table(ledger: Ledger, comparison: Comparison, window: str, listed: bool) -> None:
    """Rows that add up to the total. `listed`: a row stands there because it has a ticket in one of the windows."""
    ledger.adds_up(TOTAL, _rows(ledger, comparison.rows, comparison.by, window, listed))


def _rows(ledger: Ledger, frame: pd.DataFrame, by: str, window: str, listed: bool) -> list[Key]:
    keys = []
    for key, own, other in zip(frame["key"], frame[window], frame[_OTHER[window]], strict=True):
        least = int(listed and own > 0 and other == 0)
        keys.append(ledger.add(row_key(by, key), own, least=least))
    return keys


def _groups(ledger: Ledger, results: Results, window: str) -> None:
    """Groups of types; a group that counts some request types has a rest of its types, a rest of these requests, and
    what is neither."""
    values = dict(zip(results.types.groups["key"], results.types.groups[window], strict=True))
    for group in results.scheme.groups:
        if group.id not in values:
            continue
        key = ledger.add(row_key("group", group.id), values[group.id])
        _group(ledger, group, key, [row_key("type", t) for t in group.types], "all")
        requests = results.by.get("request_type")
        if group.request_types and requests is not None:
            held = [row_key("request_type", k) for k in requests.rows["key"] if k in group.request_types]
            whole: Key = ("requests", group.id)
            ledger.add(whole, sum(ledger.values[h] for h in held) / ledger.unit, shown=False)
            ledger.adds_up(whole, held)
            ledger.rest(("requests-rest", group.id), whole, [key])
            ledger.rest(
                ("neither", group.id), TOTAL, [("types", group.id, "all"), ("requests-rest", group.id)]
            )


def _group(ledger: Ledger, group: Group, key: Key, parts: list[Key], place: object) -> None:
    """A group as the sum of the parts, or that sum with a rest beside it."""
    if not group.request_types:
        ledger.adds_up(key, parts)
        return
    whole: Key = ("types", group.id, place)
    ledger.add(whole, sum(ledger.values[p] for p in parts) / ledger.unit, shown=False)
    ledger.adds_up(whole, parts)
    ledger.rest(("types-rest", group.id, place), whole, [key])


def _months(ledger: Ledger, results: Results, window: str) -> None:
    months = results.by["month"]
    for key, value in zip(months.groups["key"], months.groups[window], strict=True):
        first, last = str(key).split("..")
        ledger.add(row_key("months", key), value)
        ledger.adds_up(row_key("months", key), [row_key("month", m) for m in (first, last)])
    frame = results.series.frame
    for key, position, value in zip(frame["key"], frame["position"], frame[window], strict=True):
        ledger.add(month_key(results, key, position), value)
    size = len(months.rows)
    groups = {g.id: g for g in results.scheme.groups}
    for key in dict.fromkeys(frame["key"]):
        if key != "total":
            by = "group" if key in groups else "type"
            ledger.adds_up(row_key(by, key), [month_key(results, key, i) for i in range(size)])
    for i in range(size):
        of = {t: month_key(results, t, i) for t in results.scheme.ids}
        ledger.adds_up(month_key(results, "total", i), list(of.values()))
        for group in groups.values():
            _group(ledger, group, month_key(results, group.id, i), [of[t] for t in group.types], i)


def _cells(ledger: Ledger, results: Results, window: str) -> None:
    """Types by place: every combination, so that a row tells nothing by standing there (`grid.whole`)."""
    found = results.drivers
    assert found is not None
    lines: dict[Key, list[Key]] = {}
    for row in found.rows.to_dict("records"):
        key = ledger.add(cell_key(found.by, row), row[window])
        for column in found.by:
            lines.setdefault(row_key(column, row[column]), []).append(key)
    for column in found.by:
        table = results.types if column == "type" else results.by[column]
        for whole in _named(column, table.rows["key"]):
            ledger.adds_up(whole, lines.get(whole, []))


def _named(by: str, keys: Iterable[object]) -> list[Key]:
    return [row_key(by, k) for k in keys]


def _crossed(ledger: Ledger, crossing: Crossing, window: str) -> None:
    """Places of one level within those of another; nobody shows these cells, but everybody knows which there are."""
    lines: dict[Key, list[Key]] = {}
    for row in crossing.rows.to_dict("records"):
        ends = row_key(crossing.outer, row["outer"]), row_key(crossing.inner, row["inner"])
        key = ledger.add(("crossed", *ends), row[window], shown=False)
        for end in ends:
            lines.setdefault(end, []).append(key)
    for whole, parts in lines.items():
        ledger.adds_up(whole, parts)
