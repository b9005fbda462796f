"""The change of a rate as the effect of the mix of tickets and of the rate within each part of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hotline_stats.analysis.drivers import cells, checked
from hotline_stats.analysis.ledger import Floats, weighted_counts
from hotline_stats.analysis.measures import RATES, Rate, measures
from hotline_stats.analysis.service import Served, all_figures, read_served
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.rate_drivers import RATE_COLUMNS, RateDrivers
from hotline_stats.model.results import Windows
from hotline_stats.model.services import ServiceFigure, ServiceFigures
from hotline_stats.settings.values import Settings


@dataclass(frozen=True)
class _Rates:
    """One window: tickets that count and sums of their scores by cell."""

    n: Floats
    scored: Floats

    @property
    def whole(self) -> float:
        """The rate of all cells."""
        return math.fsum(self.scored) / float(self.n.sum())

    @property
    def share(self) -> Floats:
        out: Floats = self.n / self.n.sum()
        return out

    @property
    def rate(self) -> Floats:
        """0–1, nan where no ticket counts."""
        out: Floats = np.divide(self.scored, self.n, out=np.full(len(self.n), np.nan), where=self.n > 0)
        return out


def rate_drivers(
    facts: Facts, windows: Windows, rate: str, by: Sequence[str], settings: Settings
) -> RateDrivers:
    """How much of the change of a rate comes from another mix of tickets, how much from the rate within each cell.

    `rate`: one of service.RATES; `by`: one to three of drivers.DRIVE_BY. With s the share of a cell of the tickets that
    the rate counts, r its rate, R the whole rate, and a bar for the mean of the two windows,
    ΔR = Σ Δs · (r̄ − R̄) + Σ s̄ · Δr, the symmetric decomposition of Kitagawa 1955 (JASA 50:1168-1194). Measured from R̄, a
    cell adds to the mix when its share grew and its rate is above that of all (Σ Δs = 0, so the sum does not depend on it).
    A cell that counts no ticket in one window has no rate there; that of the other window is taken, so that its coming or
    going is all mix. Raises UsageError `unknown-rate`, `unknown-cells`.
    """
    if rate not in RATES:
        raise UsageError("unknown-rate", found=rate, known=", ".join(RATES))
    checked(by)
    read = read_served(facts, windows, settings.service, settings.comparison.confidence)
    return next(iter(several_rate_drivers(read, all_figures(read), (rate,), by)))


def several_rate_drivers(
    read: Served, figures: ServiceFigures, rates: Sequence[str], by: Sequence[str]
) -> Iterator[RateDrivers]:
    """`rate_drivers` of several rates, in the order of the report, of what is read already."""
    columns = checked(by)
    codes, keys = cells(read.facts, columns)
    n = read.lives.n.astype(np.float64)
    for measure in measures(read.facts, read.lives, read.settings):
        if not isinstance(measure, Rate) or measure.id not in rates:
            continue
        size = len(measure.scores)
        joint = codes * size + measure.codes
        now, then = (
            _rates(weighted_counts(joint[part], n[part], len(keys) * size).reshape(-1, size), measure.scores)
            for part in read.rows[measure.clock]
        )
        yield _taken_apart(figures, figures.figure(measure.id), (now, then), columns, keys, read)


def _taken_apart(
    figures: ServiceFigures,
    figure: ServiceFigure,
    windows: tuple[_Rates, _Rates],
    columns: tuple[str, ...],
    keys: list[tuple[str, ...]],
    read: Served,
) -> RateDrivers:
    now, then = windows
    held = np.flatnonzero((now.n > 0) | (then.n > 0))
    parts = np.full((2, len(keys)), np.nan) if figure.change_pp is None else _parts(now, then)
    rows = pd.DataFrame([keys[i] for i in held], columns=list(columns), dtype=object).join(
        _frame(now, then, parts, read.settings.min_n).iloc[held].reset_index(drop=True)
    )
    return RateDrivers(
        rate=figure.id,
        by=columns,
        windows=figures.windows,
        rows=_ordered(rows, columns),
        total=_total(figure, parts),
        types=read.facts.types,
        notes=figures.notes,
    )


def _rates(counts: Floats, scores: Floats) -> _Rates:
    """From tickets by cell and score. The sums do not depend on the order of the rows."""
    used = ~np.isnan(scores)
    return _Rates(counts[:, used].sum(axis=1), (counts[:, used] * scores[used]).sum(axis=1))


def _parts(now: _Rates, then: _Rates) -> Floats:
    """Mix and rate effect of each cell, in percentage points; both windows count tickets."""
    rate_now = np.where(now.n > 0, now.rate, then.rate)
    rate_then = np.where(then.n > 0, then.rate, now.rate)
    nowhere = (now.n == 0) & (then.n == 0)
    rate_now[nowhere] = rate_then[nowhere] = 0.0
    whole = (now.whole + then.whole) / 2
    mix = (now.share - then.share) * ((rate_now + rate_then) / 2 - whole)
    own = (now.share + then.share) / 2 * (rate_now - rate_then)
    return 100 * np.array([mix, own])


def _frame(now: _Rates, then: _Rates, parts: Floats, min_n: int) -> pd.DataFrame:
    few = max(1, min_n)
    rate_now, rate_then = (100 * np.where(w.n >= few, w.rate, np.nan) for w in (now, then))
    share_now, share_then = (100 * w.share if w.n.sum() else np.full(len(w.n), np.nan) for w in (now, then))
    mix, own = parts
    values = (
        rate_now,
        rate_then,
        rate_now - rate_then,
        now.n,
        then.n,
        share_now,
        share_then,
        mix,
        own,
        mix + own,
    )
    return pd.DataFrame(
        {
            name: x.astype(np.int64) if name.endswith("denominator") else _numbers(x)
            for name, x in zip(RATE_COLUMNS, values, strict=True)
        }
    )


def _numbers(values: Floats) -> pd.Series:
    return pd.Series([float(v) if np.isfinite(v) else None for v in values], dtype=object)


def _ordered(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The largest contribution first, whichever its sign."""
    size = [
        -abs(v) if v is not None else -float(n)
        for v, n in zip(rows["contribution_pp"], rows["denominator"], strict=True)
    ]
    ordered = rows.assign(size=size).sort_values(["size", *columns], kind="stable", ignore_index=True)
    return ordered.drop(columns="size")


def _total(figure: ServiceFigure, parts: Floats) -> dict[str, Any]:
    known = figure.change_pp is not None
    mix, own = (math.fsum(p) if known else None for p in parts)
    return {
        "key": "total",
        "current": figure.current,
        "baseline": figure.baseline,
        "change_pp": figure.change_pp,
        "denominator": figure.denominator,
        "baseline_denominator": figure.baseline_denominator,
        "share_pct": 100.0 if figure.denominator else None,
        "baseline_share_pct": 100.0 if figure.baseline_denominator else None,
        "mix_pp": mix,
        "rate_pp": own,
        "contribution_pp": figure.change_pp,
        "low_pp": figure.low_pp,
        "high_pp": figure.high_pp,
        "verdict": figure.verdict,
    }
