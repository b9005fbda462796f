"""How counts run over every month of the data: zeros filled in, moving sums, control limits and signals."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.comparison import BY, group_members
from hotline_stats.analysis.control import MIN_MEAN, MIN_MONTHS, Fired, Limits, fired, limits
from hotline_stats.analysis.ledger import Floats, Ledger, Tally, codes_of, open_ledger
from hotline_stats.analysis.windows import month_days, whole_month
from hotline_stats.errors import UsageError
from hotline_stats.model.course import MONTH_COLUMNS, SIGNAL_COLUMNS, Course
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, month_end
from hotline_stats.model.results import Note, Windows

Bools = npt.NDArray[np.bool_]
COURSE_BY = tuple(by for by in BY if by != "month")
_YEAR = 12


@dataclass(frozen=True)
class _Grid:
    """The months of the data: labels, days that the data hold, whether they are complete, and the base."""

    months: tuple[tuple[int, int], ...]
    days: Floats
    complete: Bools
    base: Bools

    @property
    def labels(self) -> list[str]:
        return [f"{y}-{m:02d}" for y, m in self.months]


def course(facts: Facts, windows: Windows, by: str) -> Course:
    """Counts of every month that the data hold, by key of `by` and for all tickets ("total").

    `by`: one of COURSE_BY; with "type" also the groups. Limits are set by all complete months before the period
    (`windows.period`), see `control.limits`; with fewer than control.MIN_MONTHS of them there are none, and a note says
    so, nor for a key with fewer than control.MIN_MEAN tickets a month in them. Rules are asked of every complete month.

    Raises UsageError `unknown-by`.
    """
    return course_ledger(open_ledger(facts, windows), by)


def course_ledger(ledger: Ledger, by: str) -> Course:
    """`course` on a ledger that is already open."""
    by = by.replace("-", "_")
    if by not in COURSE_BY:
        raise UsageError("unknown-by", found=by, known=", ".join(COURSE_BY))
    keys, history, total = _tallied(ledger, by)
    grid = _grid(ledger, total)
    counts = _monthly(ledger, history, grid)
    bounds = limits(counts, grid.days, np.array([m - 1 for _, m in grid.months]), grid.base)
    signals = [
        (key, f) for key, row, c, s in zip(keys, counts, bounds.centre, bounds.sigma, strict=True)
        for f in fired((row - c) / s, grid.complete)
    ]  # fmt: skip
    base_n, usable = int(grid.base.sum()), bool(grid.base.sum() >= MIN_MONTHS)
    return Course(
        by=by,
        windows=ledger.windows,
        frame=_frame(keys, counts, grid, bounds, signals),
        signals=_signals(signals, grid.labels),
        limits=_limits(keys, counts, grid, bounds),
        base=_span(grid) if usable else None,
        base_n=base_n if usable else 0,
        seasonal=bounds.seasonal,
        types=ledger.facts.types,
        notes=_notes(base_n, usable, bounds),
    )


def _tallied(ledger: Ledger, by: str) -> tuple[list[str], Floats, Tally]:
    """Keys, their tickets by year × month of year, and the tally of all tickets; "total" is the last key."""
    scheme = ledger.facts.types
    if by in ("type", "group"):
        types, _ = codes_of(ledger.facts, "type")
        requests, request_keys = codes_of(ledger.facts, "request_type")
        joint = ledger.tally(types * len(request_keys) + requests, len(scheme.ids) * len(request_keys))
        of_types = np.repeat(np.eye(len(scheme.ids), dtype=bool), len(request_keys), axis=1)
        of_groups = group_members(scheme, request_keys)
        groups, total = [g.id for g in scheme.groups], joint.total
        keys = [*scheme.ids, *groups] if by == "type" else groups
        members = np.vstack([of_types, of_groups]) if by == "type" else of_groups
        return [*keys, "total"], np.concatenate([joint.merged(members).history, total.history]), total
    codes, keys = codes_of(ledger.facts, by)
    tally = ledger.tally(codes, len(keys))
    sums = tally.history.sum(axis=(1, 2))
    held = sorted(np.flatnonzero(sums > 0), key=lambda i: (keys[i] == "", -sums[i], keys[i]))
    history = np.concatenate([tally.history[held], tally.total.history])
    return [*(keys[i] for i in held), "total"], history, tally.total


def _grid(ledger: Ledger, total: Tally) -> _Grid:
    windows = ledger.windows
    data = Period(date.fromisoformat(windows.data_start), date.fromisoformat(windows.data_end))
    present = ledger.present(total)
    complete = []
    for year, month in data.months:
        known = ledger.first_year <= year < ledger.first_year + ledger.years
        hole = known and not present[year - ledger.first_year, month - 1]
        complete.append(whole_month(data, (year, month)) and not hole)
    before = [(y, m) < (windows.period.start.year, windows.period.start.month) for y, m in data.months]
    return _Grid(
        months=data.months,
        days=np.array([month_days(data, m, windows.gaps) for m in data.months], dtype=np.float64),
        complete=np.array(complete, dtype=np.bool_),
        base=np.array(complete, dtype=np.bool_) & np.array(before, dtype=np.bool_),
    )


def _monthly(ledger: Ledger, history: Floats, grid: _Grid) -> Floats:
    """keys × months of the grid; months of years without any ticket are zero."""
    flat = history.reshape(len(history), -1)
    out = np.zeros((len(history), len(grid.months)))
    for i, (year, month) in enumerate(grid.months):
        place = (year - ledger.first_year) * 12 + month - 1
        if 0 <= place < flat.shape[1]:
            out[:, i] = flat[:, place]
    return out


def _frame(
    keys: list[str], counts: Floats, grid: _Grid, bounds: Limits, signals: list[tuple[str, Fired]]
) -> pd.DataFrame:
    size = len(grid.months)
    rules: dict[tuple[str, int], list[str]] = {}
    for key, f in signals:
        for i in range(f.first, f.last + 1):
            held = rules.setdefault((key, i), [])
            if f.rule not in held:
                held.append(f.rule)
    at = [(key, i) for key in keys for i in range(size)]
    columns = {
        "key": np.repeat(np.array(keys, dtype=object), size),
        "month": grid.labels * len(keys),
        "n": np.rint(counts).astype(np.int64).reshape(-1),
        "days": np.tile(grid.days.astype(np.int64), len(keys)),
        "complete": np.tile(grid.complete, len(keys)),
        "year_before": _whole(_year_before(counts, grid.complete)),
        "sum_12": _whole(moving_sums(counts, grid.complete)),
        "centre": _numbers(bounds.centre),
        "low": _numbers(np.maximum(0.0, bounds.centre - 3 * bounds.sigma)),
        "high": _numbers(bounds.centre + 3 * bounds.sigma),
        "rules": ["|".join(rules.get(place, ())) for place in at],
    }
    return pd.DataFrame(columns, columns=list(MONTH_COLUMNS))


def moving_sums(counts: Floats, complete: Bools, size: int = _YEAR) -> Floats:
    """The sum of the `size` months that end with each; nan where not all of them are complete."""
    out = np.full(counts.shape, np.nan)
    if counts.shape[1] >= size:
        windows = np.lib.stride_tricks.sliding_window_view(counts, size, axis=1).sum(axis=2)
        whole = np.lib.stride_tricks.sliding_window_view(complete, size).all(axis=1)
        out[:, size - 1 :] = np.where(whole, windows, np.nan)
    return out


def _year_before(counts: Floats, complete: Bools) -> Floats:
    out = np.full(counts.shape, np.nan)
    out[:, _YEAR:] = np.where(complete[:-_YEAR], counts[:, :-_YEAR], np.nan)
    return out


def _whole(values: Floats) -> pd.Series:
    return pd.Series([None if np.isnan(v) else round(v) for v in values.reshape(-1)], dtype=object)


def _numbers(values: Floats) -> pd.Series:
    return pd.Series([None if np.isnan(v) else float(v) for v in values.reshape(-1)], dtype=object)


def _signals(signals: list[tuple[str, Fired]], labels: list[str]) -> pd.DataFrame:
    rows = [
        (key, f.rule, "above" if f.above else "below", labels[f.first], labels[f.last], f.last - f.first + 1)
        for key, f in signals
    ]
    return pd.DataFrame(rows, columns=list(SIGNAL_COLUMNS))


def _limits(keys: list[str], counts: Floats, grid: _Grid, bounds: Limits) -> pd.DataFrame:
    base = counts[:, grid.base].sum(axis=1)
    rate = np.where(np.isnan(bounds.widening), np.nan, base / max(1.0, grid.days[grid.base].sum()))
    columns = {"key": keys, "base_n": np.rint(base).astype(np.int64)}
    return pd.DataFrame({**columns, "per_day": _numbers(rate), "widening": _numbers(bounds.widening)})


def _span(grid: _Grid) -> Period:
    """From the first to the last month of the base."""
    held = np.flatnonzero(grid.base)
    (year, month), last = grid.months[held[0]], grid.months[held[-1]]
    return Period(date(year, month, 1), month_end(*last))


def _notes(base_n: int, usable: bool, bounds: Limits) -> tuple[Note, ...]:
    if not usable:
        return (Note("no-limits", (("months", str(base_n)), ("least", str(MIN_MONTHS)))),)
    without = int(np.isnan(bounds.widening).sum())
    if not without:
        return ()
    return (Note("few-for-limits", (("n", str(without)), ("least", f"{MIN_MEAN:g}"))),)
