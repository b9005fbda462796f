"""Months of two windows set side by side: their days, and January with February where the festival moved."""

from collections.abc import Sequence

import numpy as np

from hotline_stats import numbers
from hotline_stats.analysis.days import AROUND, FESTIVAL, KINDS, festivals
from hotline_stats.analysis.exposure import Floats, Season, composition, season
from hotline_stats.model.period import Period, month_span
from hotline_stats.model.results import Note, Windows


def month_days_by_kind(windows: Windows, size: int) -> tuple[Floats, Floats]:
    """Days by kind of the months of the period and of the baseline (positions × kinds, a mean's on average)."""
    return (
        _days((windows.period,), windows.left_out, size),
        _days(windows.baselines, windows.baseline_left_out, size),
    )


def _days(spans: Sequence[Period], without: Sequence[Period], size: int) -> Floats:
    out = np.zeros((size, KINDS))
    for span in spans:
        for i, month in enumerate(span.months[:size]):
            inside = month_span(month).common(span)
            if inside is not None:
                out[i] += composition([inside], without) / len(spans)
    return out


def month_season(windows: Windows, size: int) -> Season:
    """The season of each month of the windows, by position."""
    return season(*month_days_by_kind(windows, size), windows.weights)


def pairs(windows: Windows) -> tuple[int, ...]:
    """Positions of each January that is followed by its February in both windows, where the two windows have the days
    of the festival in unlike parts of them."""
    months, others = windows.period.months, windows.baseline.months
    size = min(len(months), len(others))
    now, then = month_days_by_kind(windows, size)
    moved = (now[:, [FESTIVAL, AROUND]] != then[:, [FESTIVAL, AROUND]]).any(axis=1)
    return tuple(
        i for i in range(size - 1) if months[i][1] == others[i][1] == 1 and (moved[i] or moved[i + 1])
    )


def pair_key(windows: Windows, position: int) -> str:
    """`2024-01..2024-02`."""
    year, _ = windows.period.months[position]
    return f"{year}-01..{year}-02"


def pair_season(windows: Windows, positions: Sequence[int]) -> Season:
    """The season of January and February together."""
    now, then = month_days_by_kind(windows, len(windows.period.months))
    at = np.array(positions, dtype=np.intp)
    return season(now[at] + now[at + 1], then[at] + then[at + 1], windows.weights)


def pair_notes(windows: Windows, current: Floats, baseline: Floats) -> tuple[Note, ...]:
    """A note for each January and February that should be read together, with their sum. `current`, `baseline`: counts
    by position."""
    notes = []
    for i in pairs(windows):
        now, then = (float(c[i] + c[i + 1]) for c in (current, baseline))
        days = [
            ", ".join(str(d) for s in spans for d in festivals(s))
            for spans in ((windows.period,), windows.baselines)
        ]
        facts = {
            "day": days[0] or "—",
            "baseline_day": days[1] or "—",
            "current": numbers.count(now),
            "baseline": numbers.count(then),
            "pct": numbers.percent(100 * (now - then) / then if then else None, signed=True),
        }
        notes.append(Note("spring-festival-months", tuple(facts.items())))
    return tuple(notes)
