"""The rows of a comparison: change, interval, p value, status and verdict of pairs of counts."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.exposure import Season, window_season, with_season
from hotline_stats.analysis.ledger import Floats, Ledger, Tally
from hotline_stats.analysis.means import averaged
from hotline_stats.analysis.uncertainty import Dispersion, dispersion, p_value, ratio_interval, survivors
from hotline_stats.model import names
from hotline_stats.model.results import CHANGE_COLUMNS, Note, Windows, left_to_chance
from hotline_stats.settings.values import ComparisonSettings

ALIKE = 0.9
"""Spans are compared when the shorter has this share of the days of the longer (28 of 31 are 0.903)."""

Bools = npt.NDArray[np.bool_]


def windows_alike(windows: Windows) -> bool:
    """Whether the two windows are of like length; counts of unlike ones do not compare."""
    short, long = sorted(windows.days)
    return short >= ALIKE * long


def row_spread(ledger: Ledger, tally: Tally, total: Tally, settings: ComparisonSettings) -> Dispersion:
    """The dispersion of each key of the tally, for a comparison of the whole windows. `total`: of all tickets."""
    return dispersion(tally.history, ledger.present(total), ledger.compared_whole, settings)


def changes(
    ledger: Ledger,
    keys: list[str],
    tally: Tally,
    spread: Dispersion,
    settings: ComparisonSettings,
    alike: Bools | None = None,
    calendar: Season | None = None,
) -> pd.DataFrame:
    """The rows of a comparison, CHANGE_COLUMNS. `alike`: False for a row whose two counts are not of like spans;
    `calendar`: what the days of each row do to its change. None when all are of the whole windows.

    Verdict: `fall` or `rise` when the interval leaves out zero and the row is a discovery, at a false discovery rate
    of 1 − confidence, among the rows given; `too-few` when both counts are below `min_n`. The family of tests are
    the rows with `min_n` tickets or more in both windows together: given their sum, which way it falls apart is
    what is tested, so that this choice does not favour changes. A discovery that a moved Spring Festival could have
    made has the verdict `calendar`, see `exposure.with_season`.
    """
    comparable = np.full(len(keys), ledger.windows.covered)
    comparable &= windows_alike(ledger.windows) if alike is None else alike
    low, high = ratio_interval(tally.current, tally.baseline, spread, settings.confidence)
    years = len(ledger.windows.baselines)
    p = p_value(tally.current, tally.baseline, spread, years)
    family = comparable & (tally.current + tally.baseline >= max(1, settings.min_n))
    tally, low, high = averaged(tally, low, high, years)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = 100 * (tally.current - tally.baseline) / tally.baseline
    figures = np.where(comparable, np.array([change, low, high, p]).reshape(4, -1), np.nan)
    found = survivors(p, family, 1 - settings.confidence)
    few = ~comparable | (np.maximum(tally.current, tally.baseline) < settings.min_n)
    verdicts = np.select(
        [few, found & (high < 0), found & (low > 0)], ["too-few", "fall", "rise"], "within-noise"
    )
    status = _status(tally, comparable, settings.min_n)
    rows = _frame(keys, tally, figures, status, [str(v) for v in verdicts])
    return with_season(rows, calendar or window_season(ledger.windows, len(keys)))


def _status(tally: Tally, comparable: Bools, min_n: int) -> list[str]:
    now, then = tally.current, tally.baseline
    cases = [~comparable, (then == 0) & (now > 0), (then > 0) & (now == 0), (then == 0) | (then < min_n)]
    return [str(s) for s in np.select(cases, ["incomplete", "new", "gone", "small"], "ok")]


def no_rows() -> pd.DataFrame:
    """The rows of a comparison that has none."""
    return _frame([], Tally(np.zeros(0), np.zeros(0), np.zeros((0, 0, 12))), np.zeros((4, 0)), [], [])


def _frame(
    keys: list[str], tally: Tally, figures: Floats, status: list[str], verdict: list[str]
) -> pd.DataFrame:
    current, baseline = (_whole(x) for x in (tally.current, tally.baseline))
    names_of_figures = ("change_pct", "low_pct", "high_pct", "p")
    columns = {
        "key": pd.Series(keys, dtype=object if not keys else None),
        "current": current,
        "baseline": baseline,
        "change": current - baseline,
        **{name: _numbers(x) for name, x in zip(names_of_figures, figures, strict=True)},
        "status": pd.Series(status, dtype=object if not status else None),
        "verdict": pd.Series(verdict, dtype=object if not verdict else None),
    }
    return pd.DataFrame(columns, columns=list(CHANGE_COLUMNS))


def _whole(values: Floats) -> npt.NDArray[np.int64] | Floats:
    """Counts as whole numbers; means stay as they are."""
    rounded = np.rint(values)
    return rounded.astype(np.int64) if np.array_equal(rounded, values) else values


def _numbers(values: Floats) -> pd.Series:
    """Floats as objects, None where a number has no value."""
    return pd.Series([float(v) if np.isfinite(v) else None for v in values], dtype=object)


def chance_notes(
    by: Sequence[str], rows: pd.DataFrame, settings: ComparisonSettings, years: int = 1
) -> tuple[Note, ...]:
    """A note on the rows that would read as a change alone and do not among so many. `by`: the columns whose values the
    rows are; `years`: of which the baseline is
    the mean."""
    columns = ("low_pct", "high_pct", "verdict")
    values = zip(*(rows[name].tolist() for name in columns), strict=True)
    n = sum(left_to_chance(dict(zip(columns, row, strict=True))) for row in values)
    if not n:
        return ()
    several = (rows["current"] + years * rows["baseline"] >= max(1, settings.min_n)) & (
        rows["status"] != "incomplete"
    )
    what = (
        ("what", " × ".join(names.column(b, "en") for b in by)),
        ("what_zh", " × ".join(names.column(b, "zh") for b in by)),
    )
    return (Note("left-to-chance", (("n", str(n)), ("rows", str(int(several.sum()))), *what)),)
