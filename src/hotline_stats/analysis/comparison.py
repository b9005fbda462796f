"""Counts of a window against its baseline by one column, each with its change, interval, status and verdict."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.exposure import Season, season_notes, window_season, with_season
from hotline_stats.analysis.ledger import Floats, Ledger, Tally, codes_of, open_ledger, weighted_counts
from hotline_stats.analysis.means import averaged
from hotline_stats.analysis.months import month_season, pair_key, pair_notes, pair_season, pairs
from hotline_stats.analysis.uncertainty import Dispersion, dispersion, ratio_interval
from hotline_stats.analysis.windows import month_days
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import PLACES, Facts
from hotline_stats.model.results import CHANGE_COLUMNS, Comparison, Note, Windows
from hotline_stats.model.types import TypeScheme
from hotline_stats.settings.values import ComparisonSettings

BY = ("type", "group", "category", "month", *PLACES, "unit", "request_type", "channel")
"""What tickets can be compared by."""

_SHARED = 0.2
"""When the shares of the categories in the two windows overlap less than this, the system has changed."""
_ALIKE = 0.9
"""Months are compared when the shorter has this share of the days of the longer (28 of 31 are 0.903)."""


def compare(facts: Facts, windows: Windows, by: str, settings: ComparisonSettings) -> Comparison:
    """Tickets accepted in the period against those of the baseline, one row a key of `by`.

    `by`: one of BY (dashes are read as underscores). Types are primary types in the order of the taxonomy,
    groups count distinct tickets, months stand in the order of the window, other keys by current count.
    change_pct = 100 × (current − baseline) / baseline of the raw counts, as official 同比 has it: windows of
    different length are not scaled. low_pct and high_pct: see `uncertainty.ratio_interval`, with the
    dispersion of the key's own months; rows of by="month" use that of the total.

    Raises UsageError `unknown-by`.
    """
    return compare_ledger(open_ledger(facts, windows), by, settings)


def compare_ledger(ledger: Ledger, by: str, settings: ComparisonSettings) -> Comparison:
    """`compare` on a ledger that is already open."""
    by = by.replace("-", "_")
    if by not in BY:
        raise UsageError("unknown-by", found=by, known=", ".join(BY))
    if by in ("type", "group"):
        return _by_type(ledger, by, settings)
    return _by_month(ledger, settings) if by == "month" else _by_column(ledger, by, settings)


def _by_type(ledger: Ledger, by: str, settings: ComparisonSettings) -> Comparison:
    """Types and groups come from one joint count of type × request type, so that a group counts a ticket once."""
    scheme = ledger.facts.types
    types, _ = codes_of(ledger.facts, "type")
    requests, request_keys = codes_of(ledger.facts, "request_type")
    joint = ledger.tally(types * len(request_keys) + requests, len(scheme.ids) * len(request_keys))
    type_members = np.repeat(np.eye(len(scheme.ids), dtype=bool), len(request_keys), axis=1)
    group_frame = _changes(
        ledger,
        [g.id for g in scheme.groups],
        joint.merged(group_members(scheme, request_keys)),
        joint.total,
        settings,
        _countable(ledger, scheme, requests, request_keys),
    )
    type_frame = _changes(ledger, list(scheme.ids), joint.merged(type_members), joint.total, settings)
    rows, groups = (type_frame, group_frame) if by == "type" else (group_frame, _no_rows())
    return _comparison(
        ledger, by, rows, joint.total, settings, groups, _uncountable(group_frame, scheme, ledger)
    )


def _uncountable(groups: pd.DataFrame, scheme: TypeScheme, ledger: Ledger) -> tuple[Note, ...]:
    """A note that names the groups which cannot be counted for want of request types."""
    if not (ledger.windows.covered and _windows_alike(ledger.windows)):
        return ()
    missing = [scheme.group(k) for k in groups.loc[groups["status"] == "incomplete", "key"]]
    if not missing:
        return ()
    facts = (("groups", ", ".join(g.en for g in missing)), ("groups_zh", "、".join(g.zh for g in missing)))
    return (Note("no-request-type", facts),)


def _countable(
    ledger: Ledger, scheme: TypeScheme, requests: npt.NDArray[np.int64], request_keys: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Which groups can be compared: one that asks for a request type only where both windows know some."""
    known = requests != len(request_keys) - 1
    both = bool(known[ledger.current].any() and known[ledger.baseline].any())
    alike = _windows_alike(ledger.windows)
    return np.array([alike and (both or not g.request_types) for g in scheme.groups], dtype=np.bool_)


def group_members(scheme: TypeScheme, request_keys: Sequence[str]) -> npt.NDArray[np.bool_]:
    """groups × (type × request type): which of the joint keys each group counts."""
    out = np.zeros((len(scheme.groups), len(scheme.ids), len(request_keys)), dtype=bool)
    for row, group in zip(out, scheme.groups, strict=True):
        wanted = [not group.request_types or key in group.request_types for key in request_keys]
        row[[scheme.ids.index(t) for t in group.types]] = wanted
    return out.reshape(len(scheme.groups), len(scheme.ids) * len(request_keys))


def _by_column(ledger: Ledger, by: str, settings: ComparisonSettings) -> Comparison:
    codes, keys = codes_of(ledger.facts, by)
    tally = ledger.tally(codes, len(keys))
    shown = [i for i in range(len(keys)) if tally.current[i] or tally.baseline[i]]
    shown.sort(key=lambda i: (keys[i] == "", -tally.current[i], keys[i]))
    part = tally.taken(np.array(shown, dtype=np.intp))
    broken = by == "category" and _broken(tally, keys)
    alike = np.zeros(len(shown), dtype=np.bool_) if broken else None
    rows = _changes(ledger, [keys[i] for i in shown], part, tally.total, settings, alike)
    notes = (Note("category-break"),) if broken and ledger.windows.covered else ()
    return _comparison(ledger, by, rows, tally.total, settings, _no_rows(), notes)


def _broken(tally: Tally, keys: Sequence[str]) -> bool:
    """Whether the source's own categories of the two windows are of two systems."""
    named = np.array([key != "" for key in keys], dtype=np.bool_)
    now, then = tally.current[named], tally.baseline[named]
    if not now.sum() or not then.sum():
        return False
    return float(np.minimum(now / now.sum(), then / then.sum()).sum()) < _SHARED


def _by_month(ledger: Ledger, settings: ComparisonSettings) -> Comparison:
    """Months by position in their window. A month without a counterpart of like length is `incomplete`."""
    windows = ledger.windows
    total = _everything(ledger)
    current, baseline = month_counts(ledger)
    size = max(len(current), len(baseline))
    months = windows.period.months + windows.baseline.months[len(windows.period.months) :]
    alike = np.array([_alike(windows, i) for i in range(size)], dtype=np.bool_)
    tally = Tally(_padded(current, size), _padded(baseline, size), np.repeat(total.history, size, axis=0))
    keys = [f"{y}-{m:02d}" for y, m in months]
    rows = _changes(ledger, keys, tally, total, settings, alike, month_season(windows, size))
    together = _together(ledger, tally, total, settings, alike)
    means = tally.baseline / len(windows.baselines)
    notes = pair_notes(windows, tally.current, means) if windows.covered else ()
    return _comparison(ledger, "month", rows, total, settings, together, notes)


def _together(
    ledger: Ledger, months: Tally, total: Tally, settings: ComparisonSettings, alike: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """January and February as one row, where the festival stands in unlike parts of them."""
    at = np.array(pairs(ledger.windows), dtype=np.intp)
    if not len(at):
        return _no_rows()
    tally = Tally(
        months.current[at] + months.current[at + 1],
        months.baseline[at] + months.baseline[at + 1],
        months.history[at],
    )
    keys = [pair_key(ledger.windows, i) for i in at]
    found = pair_season(ledger.windows, pairs(ledger.windows))
    return _changes(ledger, keys, tally, total, settings, alike[at] & alike[at + 1], found)


def _alike(windows: Windows, position: int) -> bool:
    """Whether the parts of the months at a position of the two windows are of like length."""
    spans = (windows.period, windows.baseline)
    if any(position >= len(span.months) for span in spans):
        return False
    months = [span.months[position] for span in spans]
    out = (windows.left_out, windows.baseline_left_out)
    counted = [month_days(*part) for part in zip(spans, months, out, strict=True)]
    short, long = sorted(counted)
    if any(3 * n < month_days(s, m) for n, s, m in zip(counted, spans, months, strict=True)):
        return False
    leap_day = long - short == 1 and months[0][1] == months[1][1] == 2
    return leap_day or short >= _ALIKE * long


def _windows_alike(windows: Windows) -> bool:
    """Whether the two windows are of like length; counts of unlike ones do not compare."""
    short, long = sorted(windows.days)
    return short >= _ALIKE * long


def month_counts(ledger: Ledger) -> tuple[Floats, Floats]:
    """Tickets by month of the window and by month of its baseline (of a mean, their sum), zeros filled in."""
    parts = []
    for span, rows, position in (
        (ledger.windows.period, ledger.current, ledger.current_month),
        (ledger.windows.baseline, ledger.baseline, ledger.baseline_month),
    ):
        parts.append(weighted_counts(position, ledger.n[rows], len(span.months)))
    return parts[0], parts[1]


def _everything(ledger: Ledger) -> Tally:
    return ledger.tally(np.zeros(len(ledger.n), dtype=np.int64), 1)


def _padded(values: Sequence[float] | Floats, size: int) -> Floats:
    out = np.zeros(size)
    out[: len(values)] = values
    return out


def _no_rows() -> pd.DataFrame:
    return _frame([], Tally(np.zeros(0), np.zeros(0), np.zeros((0, 0, 12))), np.zeros((3, 0)), [], [])


def _comparison(
    ledger: Ledger,
    by: str,
    rows: pd.DataFrame,
    total: Tally,
    settings: ComparisonSettings,
    groups: pd.DataFrame,
    notes: tuple[Note, ...] = (),
) -> Comparison:
    spread = _spread(ledger, total, total, settings)
    if not spread.enough and ledger.windows.covered:
        assumed = f"{spread.phi[0]:g}"
        notes = (*notes, Note("fallback-dispersion", (("dispersion", assumed),)))
    total_frame = _changes(ledger, ["total"], total, total, settings)
    total_row = total_frame.to_dict("records")[0]
    notes = (*notes, *season_notes((rows, groups, total_frame), ledger.windows))
    return Comparison(
        by=by,
        windows=ledger.windows,
        rows=rows,
        total={str(k): v for k, v in total_row.items()},
        groups=groups,
        types=ledger.facts.types,
        notes=notes,
    )


def _spread(ledger: Ledger, tally: Tally, total: Tally, settings: ComparisonSettings) -> Dispersion:
    return dispersion(tally.history, ledger.present(total), settings)


def _changes(
    ledger: Ledger,
    keys: list[str],
    tally: Tally,
    total: Tally,
    settings: ComparisonSettings,
    alike: npt.NDArray[np.bool_] | None = None,
    calendar: Season | None = None,
) -> pd.DataFrame:
    """The rows of a comparison. `alike`: False for a row whose two counts are not of like spans; None when all
    are of the whole windows. `calendar`: what the days of each row do to its change; None when all are of the whole
    windows."""
    spread = _spread(ledger, tally, total, settings)
    comparable = np.full(len(keys), ledger.windows.covered)
    comparable &= _windows_alike(ledger.windows) if alike is None else alike
    low, high = ratio_interval(tally.current, tally.baseline, spread, settings.confidence)
    tally, low, high = averaged(tally, low, high, len(ledger.windows.baselines))
    with np.errstate(divide="ignore", invalid="ignore"):
        change = 100 * (tally.current - tally.baseline) / tally.baseline
    pct = np.where(comparable, np.array([change, low, high]).reshape(3, -1), np.nan)
    status = _status(tally, comparable, settings.min_n)
    rows = _frame(keys, tally, pct, status, _verdict(tally, pct[1], pct[2], comparable, settings.min_n))
    return with_season(rows, calendar or window_season(ledger.windows, len(keys)))


def _status(tally: Tally, comparable: npt.NDArray[np.bool_], min_n: int) -> list[str]:
    now, then = tally.current, tally.baseline
    cases = [~comparable, (then == 0) & (now > 0), (then > 0) & (now == 0), (then == 0) | (then < min_n)]
    return [str(s) for s in np.select(cases, ["incomplete", "new", "gone", "small"], "ok")]


def _verdict(
    tally: Tally, low: Floats, high: Floats, comparable: npt.NDArray[np.bool_], min_n: int
) -> list[str]:
    few = ~comparable | (np.maximum(tally.current, tally.baseline) < min_n)
    return [str(v) for v in np.select([few, high < 0, low > 0], ["too-few", "fall", "rise"], "within-noise")]


def _frame(keys: list[str], tally: Tally, pct: Floats, status: list[str], verdict: list[str]) -> pd.DataFrame:
    current, baseline = (_whole(x) for x in (tally.current, tally.baseline))
    columns = {
        "key": pd.Series(keys, dtype=object if not keys else None),
        "current": current,
        "baseline": baseline,
        "change": current - baseline,
        **{name: _numbers(x) for name, x in zip(("change_pct", "low_pct", "high_pct"), pct, strict=True)},
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
