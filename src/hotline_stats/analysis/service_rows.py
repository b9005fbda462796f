"""Service figures by unit, place, type or channel: the same figures, each over the tickets of one value."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.differences import difference_p, sum_of
from hotline_stats.analysis.expected import funnel
from hotline_stats.analysis.ledger import Codes, Ints, codes_of, rows_within
from hotline_stats.analysis.measures import Rate, Reading, Time, measures
from hotline_stats.analysis.service import CLOCKS, Served, all_figures, figure_of, read_served
from hotline_stats.analysis.still_open import Lives, open_tickets
from hotline_stats.analysis.uncertainty import survivors
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import PLACES, Facts
from hotline_stats.model.funnel import Funnel
from hotline_stats.model.households import Households
from hotline_stats.model.results import Note, Windows
from hotline_stats.model.service_rows import COUNT_COLUMNS, COUNTS, OF_FIGURE, ROW_COLUMNS, ServiceRows
from hotline_stats.model.services import ServiceFigures
from hotline_stats.settings.values import ServiceSettings

BY = ("type", "category", *PLACES, "unit", "request_type", "channel")
Rows = npt.NDArray[np.intp]
Parts = Sequence[tuple[Rows, Rows]]
"""Rows of the period and of the baseline, by value."""
_NAMED = 10
"""A note names so many places."""


@dataclass(frozen=True, eq=False)
class _Split:
    """The rows of both windows by value of a column. `keys`: in the order of the result; `parts`: by clock."""

    keys: Sequence[str]
    parts: Mapping[str, Parts]


def service_rows(
    facts: Facts,
    windows: Windows,
    by: str,
    settings: ServiceSettings,
    confidence: float,
    households: Households | None = None,
    figures: Collection[str] | None = None,
) -> ServiceRows:
    """The figures of `service.service_figures` for each value of the column `by`, one of BY.

    A value has a figure from `settings.min_n` tickets in its denominator on; nothing is ordered by a figure. Changes
    are `rise` or `fall` where their interval leaves out zero and they are among the discoveries of the figure at a
    false discovery rate of 1 − confidence. For the expected range see `expected.funnel`. `figures`: the ids of those
    wanted, None = all.

    Raises UsageError `unknown-by`.
    """
    column = by.replace("-", "_")
    if column not in BY:
        raise UsageError("unknown-by", found=by, known=", ".join(BY))
    read = read_served(facts, windows, settings, confidence)
    return rows_of(read, all_figures(read), column, households, figures)


def rows_of(
    read: Served,
    whole: ServiceFigures,
    column: str,
    households: Households | None = None,
    figures: Collection[str] | None = None,
) -> ServiceRows:
    """`service_rows` of what is read already; `whole`: the figures of all tickets."""
    facts, windows, settings, lives = read.facts, read.windows, read.settings, read.lives
    split = _split(read, column)
    counts = _counts(facts, lives, split, windows)
    found: list[pd.DataFrame] = []
    funnels: dict[str, Funnel] = {}
    for measure in measures(facts, lives, settings):
        if figures is not None and measure.id not in figures:
            continue
        frame, around = _of_measure(measure, split, lives.n, settings.min_n, read.confidence)
        found.append(frame)
        if around is not None:
            funnels[measure.id] = around
    rows = pd.concat(found, ignore_index=True)
    order = {key: i for i, key in enumerate(split.keys)}
    rows = rows.iloc[np.argsort(rows["key"].map(order).to_numpy(), kind="stable")].reset_index(drop=True)
    total = {c: int(counts[c].sum()) for c in COUNTS}
    whole = replace(whole, figures=tuple(f for f in whole.figures if figures is None or f.id in figures))
    known = {} if households is None else households.levels.get(column, {})
    return ServiceRows(
        by=column,
        windows=windows,
        counts=_per_household(counts, known, windows),
        rows=rows,
        total=whole,
        total_counts=total | _total_per_household(counts, known, windows),
        funnels=funnels,
        min_n=settings.min_n,
        confidence=read.confidence,
        types=facts.types,
        notes=_household_notes(split.keys, known, households),
    )


def _split(read: Served, column: str) -> _Split:
    codes, keys = codes_of(read.facts, column)
    n = read.lives.n
    parts: dict[str, Parts] = {}
    for clock in CLOCKS:
        now, then = (_by_code(codes, rows, len(keys)) for rows in read.rows[clock])
        parts[clock] = list(zip(now, then, strict=True))
    sizes = [[int(n[rows].sum()) for rows in pair] for pair in parts["accepted"]]
    held = [i for i in range(len(keys)) if any(len(r) for pair in parts.values() for r in pair[i])]
    held.sort(key=lambda i: (keys[i] == "", -sizes[i][0], -sizes[i][1], keys[i]))
    return _Split([keys[i] for i in held], {clock: [p[i] for i in held] for clock, p in parts.items()})


def _by_code(codes: Codes, rows: Rows, size: int) -> list[Rows]:
    order = rows[np.argsort(codes[rows], kind="stable")]
    return np.split(order, np.searchsorted(codes[order], np.arange(1, size)))


def _counts(facts: Facts, lives: Lives, split: _Split, windows: Windows) -> pd.DataFrame:
    late = facts.frame["on_time"].eq(False).to_numpy(bool, na_value=False)
    out = []
    for key, accepted, closed in zip(split.keys, split.parts["accepted"], split.parts["closed"], strict=True):
        now_open = open_tickets(lives, accepted[0], windows.period.end)
        values = [
            *(int(lives.n[rows].sum()) for rows in accepted),
            *(int(lives.n[rows].sum()) for rows in closed),
            *(int(lives.n[rows][late[rows]].sum()) for rows in closed),
            now_open.open_n, _open_then(lives, accepted[1], windows), now_open.over_limit_n, now_open.overdue_n,
        ]  # fmt: skip
        out.append((key, *values))
    return pd.DataFrame(out, columns=["key", *COUNTS])


def _open_then(lives: Lives, rows: Rows, windows: Windows) -> int:
    """Tickets of the baseline open at its end; of a mean, the sum of its spans."""
    parts = ((rows[rows_within(lives.accepted[rows], (span,))], span.end) for span in windows.baselines)
    return sum(open_tickets(lives, part, end).open_n for part, end in parts)


def _of_measure(
    measure: Rate | Time, split: _Split, n: Ints, min_n: int, confidence: float
) -> tuple[pd.DataFrame, Funnel | None]:
    """One row a value, ROW_COLUMNS, and what the expected ranges come from."""
    readings = [
        (measure.read(now, n, min_n), measure.read(then, n, min_n))
        for now, then in split.parts[measure.clock]
    ]
    p = np.array([_p(now, then) for now, then in readings])
    real = survivors(p, ~np.isnan(p), 1 - confidence)
    around = _funnel([now for now, _ in readings], split.keys)
    rows = []
    for key, (now, then), value_p, is_real in zip(split.keys, readings, p, real, strict=True):
        figure = figure_of(measure, now, then, confidence)
        values = figure.to_dict()
        if figure.verdict in ("fall", "rise") and not is_real:
            values["verdict"] = "within-noise"
        values |= {"figure": figure.id, "key": key, "p": None if np.isnan(value_p) else float(value_p)}
        values |= _range(around if key else None, now)
        rows.append([values[c] for c in ROW_COLUMNS])
    frame = pd.DataFrame(rows, columns=list(ROW_COLUMNS))
    objects = [
        c for c in OF_FIGURE if not c.startswith(("denom", "baseline_denom", "excluded", "baseline_excl"))
    ]
    for column in objects:
        frame[column] = pd.Series([r[ROW_COLUMNS.index(column)] for r in rows], dtype=object)
    return frame, around


def _p(now: Reading, then: Reading) -> float:
    if now.value is None or then.value is None or now.sample is None or then.sample is None:
        return np.nan
    return difference_p(now.sample, then.sample)


def _funnel(readings: Sequence[Reading], keys: Sequence[str]) -> Funnel | None:
    samples = [r.sample for r in readings if r.sample is not None]
    shown = [r for r, key in zip(readings, keys, strict=True) if key and r.value is not None]
    if not samples or not shown or not any(s.n for s in samples):
        return None
    return funnel(sum_of(samples), [(r.value or 0.0) / 100 for r in shown], [r.denominator for r in shown])


def _range(around: Funnel | None, now: Reading) -> dict[str, Any]:
    if around is None or now.value is None:
        return dict.fromkeys(("expected_low", "expected_high", "flag"))
    low, high = (100 * x for x in around.limits(now.denominator))
    flag = "below" if now.value < low else "above" if now.value > high else "within"
    return {"expected_low": low, "expected_high": high, "flag": flag}


def _per_household(counts: pd.DataFrame, known: Mapping[str, int], windows: Windows) -> pd.DataFrame:
    out = counts.copy()
    found = [known.get(key) for key in counts["key"]]
    out["households"] = pd.Series(found, dtype=object)
    for column, tickets in (("per_100", "accepted_n"), ("baseline_per_100", "baseline_accepted_n")):
        years = 1 if column == "per_100" else len(windows.baselines)
        ratios = [
            100 * int(n) / years / h if h and (windows.covered or column == "per_100") else None
            for n, h in zip(counts[tickets], found, strict=True)
        ]
        out[column] = pd.Series(ratios, dtype=object)
    return out[list(COUNT_COLUMNS)]


def _total_per_household(counts: pd.DataFrame, known: Mapping[str, int], windows: Windows) -> dict[str, Any]:
    """Tickets of all places of the table by their households, those without a ticket too."""
    if not known:
        return dict.fromkeys(("households", "per_100", "baseline_per_100"))
    years = len(windows.baselines)
    households, of = sum(known.values()), counts[counts["key"].isin(list(known))]
    now, then = (100 * int(of[c].sum()) / households for c in ("accepted_n", "baseline_accepted_n"))
    return {
        "households": households,
        "per_100": now,
        "baseline_per_100": then / years if windows.covered else None,
    }


def _household_notes(
    keys: Sequence[str], known: Mapping[str, int], households: Households | None
) -> tuple[Note, ...]:
    if households is None:
        return ()
    if not known:
        return (Note("households-other-level", (("levels", ", ".join(households.levels)),)),)
    groups = {
        "households-missing": [k for k in keys if k and k not in known],
        "households-unused": sorted(set(known) - set(keys)),
    }
    return tuple(
        Note(code, (("n", str(len(places))), ("places", _listed(places))))
        for code, places in groups.items()
        if places
    )


def _listed(places: Sequence[str]) -> str:
    return "、".join(places[:_NAMED]) + (" …" if len(places) > _NAMED else "")
