"""What the calendar alone does to a change: days by kind in both windows, the change without them, and verdicts that
a moved Spring Festival could have made."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.days import AROUND, FESTIVAL, HOLIDAY, KINDS, WEEKEND, kinds, unknown_years
from hotline_stats.analysis.pace import ASSUMED
from hotline_stats.model.period import Period
from hotline_stats.model.results import Note, Windows

Floats = npt.NDArray[np.float64]

TOLD_FROM = 0.005
"""An adjusted change is told where the windows' days differ by this share or more."""
STRONGEST = {FESTIVAL: 0.8, AROUND: 0.4}
"""The largest share of tickets that a day of the festival week, and one of the days around it, is thought to lose."""


MOVED_FROM = 0.02
"""Where the strongest effect moves a count by this share or more, a verdict in its direction must hold at STRICT times
the width of the interval."""
STRICT = 5 / 3
"""On the logarithm of the ratio: 95 % become 99.9 % (3.29 / 1.96 of the normal quantile)."""


@dataclass(frozen=True)
class Season:
    """By row: `factor`, what the usual weights of the days make of equal counts (1 = nothing); `least` and `most`, the
    range of what the festival alone may make of them, from no effect (1) to the strongest."""

    factor: Floats
    least: Floats
    most: Floats


def composition(spans: Sequence[Period], without: Sequence[Period] = ()) -> Floats:
    """Days of each kind in the spans, on average of the spans, those of `without` not counted."""
    out = np.zeros(KINDS)
    for span in spans:
        out += np.bincount(kinds(span), minlength=KINDS)
        for gone in without:
            inside = span.common(gone)
            if inside is not None:
                out -= np.bincount(kinds(inside), minlength=KINDS)
    return out / max(1, len(spans))


def season(current: Floats, baseline: Floats, weights: Sequence[float]) -> Season:
    """The season of rows from their days: `current`, `baseline` rows × kinds of day.

    factor = (Σ days × weight of the period) / (the same of the baseline). With a loss of s · STRONGEST on days of the
    festival the counts of a window are (1 − s · loss), loss the mean loss of its days: the range is from s = 0 to 1.
    """
    weigh = np.array(weights or [ASSUMED[k] for k in range(KINDS)])
    lost = np.array([STRONGEST.get(k, 0.0) for k in range(KINDS)])
    now, then = current @ weigh, baseline @ weigh
    factor = np.divide(now, then, out=np.ones(len(now)), where=(now > 0) & (then > 0))
    left = [
        1 - np.divide(c @ lost, n, out=np.zeros(len(n)), where=n > 0)
        for c in (current, baseline)
        for n in [c.sum(axis=1)]
    ]
    strongest = left[0] / left[1]
    return Season(factor, np.minimum(1.0, strongest), np.maximum(1.0, strongest))


def window_season(windows: Windows, rows: int) -> Season:
    """The season of the whole windows, the same for so many rows."""
    now = composition([windows.period], windows.left_out)
    then = composition(windows.baselines, windows.baseline_left_out)
    return season(np.tile(now, (rows, 1)), np.tile(then, (rows, 1)), windows.weights)


def with_season(rows: pd.DataFrame, found: Season) -> pd.DataFrame:
    """The rows with `calendar_pct`, and with verdicts that hold whatever the festival did.

    calendar_pct = 100 × ((1 + change_pct / 100) / factor − 1); None where there is no change in percent or the factor is
    within TOLD_FROM of 1. A `rise` or `fall` stays where the interval of the change, divided by `least` and by `most`,
    lies on its side of zero; else the verdict is `calendar`. In a direction in which the festival moves the count by
    MOVED_FROM or more, the interval is taken STRICT times as wide: it moves every year, and each January and February
    would else be misjudged as often as any other month.
    """
    change, low, high = (
        1 + rows[c].to_numpy(np.float64, na_value=np.nan) / 100 for c in ("change_pct", "low_pct", "high_pct")
    )
    adjusted = np.where(np.abs(found.factor - 1) >= TOLD_FROM, 100 * (change / found.factor - 1), np.nan)
    low = _widened(change, low, found.most - 1 >= MOVED_FROM)
    high = _widened(change, high, 1 - found.least >= MOVED_FROM)
    verdict = rows["verdict"].to_numpy(object)
    shaky = ((verdict == "rise") & (low <= found.most)) | ((verdict == "fall") & (high >= found.least))
    values = [float(v) if np.isfinite(v) else None for v in adjusted]
    return rows.assign(
        calendar_pct=pd.Series(values, index=rows.index, dtype=object),
        verdict=pd.Series(
            np.where(shaky, "calendar", verdict), index=rows.index, dtype=rows["verdict"].dtype
        ),
    )


def _widened(change: Floats, end: Floats, moved: npt.NDArray[np.bool_]) -> Floats:
    """The limit of a ratio, STRICT times as far from it (on the logarithm) where the festival moved."""
    with np.errstate(divide="ignore", invalid="ignore"):
        far = change * (end / change) ** STRICT
    return np.where(moved & (change > 0), far, end)


def season_notes(rows: Sequence[pd.DataFrame], windows: Windows) -> tuple[Note, ...]:
    """What is to be said of adjusted changes and of withheld verdicts, when there are any in the rows."""
    notes = []
    if any(frame["calendar_pct"].notna().any() for frame in rows):
        share = windows.weights or tuple(ASSUMED[k] for k in range(KINDS))
        named = {"weekend": WEEKEND, "holiday": HOLIDAY, "festival": FESTIVAL, "around": AROUND}
        notes.append(Note("calendar-adjusted", tuple((name, f"{share[k]:.2f}") for name, k in named.items())))
        unknown = unknown_years(windows.period, *windows.baselines)
        if unknown:
            years = tuple(
                (key, mark.join(map(str, unknown))) for key, mark in (("years", ", "), ("years_zh", "、"))
            )
            notes.append(Note("calendar-unknown", years))
    if any((frame["verdict"] == "calendar").any() for frame in rows):
        notes.append(Note("calendar-verdict"))
    return tuple(notes)
