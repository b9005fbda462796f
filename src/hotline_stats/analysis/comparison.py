"""Counts of a window against its baseline by one column, each with its change, interval, status and verdict."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.changes import ALIKE, chance_notes, changes, no_rows, row_spread, windows_alike
from hotline_stats.analysis.exposure import season_notes
from hotline_stats.analysis.ledger import Floats, Ledger, Tally, codes_of, open_ledger, weighted_counts
from hotline_stats.analysis.months import month_season, pair_key, pair_notes, pair_season, pairs
from hotline_stats.analysis.uncertainty import Dispersion, dispersion
from hotline_stats.analysis.windows import month_days
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import PLACES, Facts
from hotline_stats.model.results import Comparison, Note, Windows
from hotline_stats.model.types import TypeScheme
from hotline_stats.settings.values import ComparisonSettings

BY = ("type", "group", "category", "month", *PLACES, "unit", "request_type", "channel")
"""What tickets can be compared by."""

_SHARED = 0.2
"""When the shares of the categories in the two windows overlap less than this, the system has changed."""


def compare(facts: Facts, windows: Windows, by: str, settings: ComparisonSettings) -> Comparison:
    """Tickets accepted in the period against those of the baseline, one row a key of `by`.

    `by`: one of BY (dashes are read as underscores). Types are primary types in the order of the taxonomy,
    groups count distinct tickets, months stand in the order of the window, other keys by current count.
    change_pct = 100 × (current − baseline) / baseline of the raw counts, as official 同比 has it: windows of
    different length are not scaled. low_pct, high_pct and p: see `uncertainty.ratio_interval` and
    `p_value`, with the dispersion of the key's own months; rows of by="month" use that of the total. The verdict
    holds the false discovery rate of the rows at 1 − confidence, see `changes.changes`.

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
    total = joint.total
    by_group, by_id = joint.merged(group_members(scheme, request_keys)), joint.merged(type_members)
    group_frame = changes(
        ledger,
        [g.id for g in scheme.groups],
        by_group,
        row_spread(ledger, by_group, total, settings),
        settings,
        _countable(ledger, scheme, requests, request_keys),
    )
    spread = row_spread(ledger, by_id, total, settings)
    type_frame = changes(ledger, list(scheme.ids), by_id, spread, settings)
    rows, groups = (type_frame, group_frame) if by == "type" else (group_frame, no_rows())
    return _comparison(ledger, by, rows, total, settings, groups, _uncountable(group_frame, scheme, ledger))


def _uncountable(groups: pd.DataFrame, scheme: TypeScheme, ledger: Ledger) -> tuple[Note, ...]:
    """A note that names the groups which cannot be counted for want of request types."""
    if not (ledger.windows.covered and windows_alike(ledger.windows)):
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
    alike = windows_alike(ledger.windows)
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
    spread = row_spread(ledger, part, tally.total, settings)
    rows = changes(ledger, [keys[i] for i in shown], part, spread, settings, alike)
    notes = (Note("category-break"),) if broken and ledger.windows.covered else ()
    return _comparison(ledger, by, rows, tally.total, settings, no_rows(), notes)


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
    tally = Tally(_padded(current, size), _padded(baseline, size), np.zeros((size, 0, 12)))
    keys = [f"{y}-{m:02d}" for y, m in months]
    spread = _month_spread(ledger, total, [[i] for i in range(size)], settings)
    rows = changes(ledger, keys, tally, spread, settings, alike, month_season(windows, size))
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
        return no_rows()
    tally = Tally(
        months.current[at] + months.current[at + 1],
        months.baseline[at] + months.baseline[at + 1],
        months.history[at],
    )
    keys = [pair_key(ledger.windows, i) for i in at]
    spread = _month_spread(ledger, total, [[i, i + 1] for i in at], settings)
    found = pair_season(ledger.windows, pairs(ledger.windows))
    return changes(ledger, keys, tally, spread, settings, alike[at] & alike[at + 1], found)


def _month_spread(
    ledger: Ledger, total: Tally, rows: Sequence[Sequence[int]], settings: ComparisonSettings
) -> Dispersion:
    """The dispersion of all tickets for each row of months (positions in the windows): the other months tell."""
    windows, present = ledger.windows, ledger.present(total)
    parts = []
    for positions in rows:
        now, then = (
            [span.months[i] for span in spans for i in positions if i < len(span.months)]
            for spans in ((windows.period,), windows.baselines)
        )
        compared = ledger.compared(now, then)
        parts.append(dispersion(total.history, present & (compared == 0), compared, settings))
    phi, df = (np.concatenate(x) for x in zip(*((p.phi, p.df) for p in parts), strict=True))
    return Dispersion(phi, df, any(p.enough for p in parts))


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
    return leap_day or short >= ALIKE * long


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


def _comparison(
    ledger: Ledger,
    by: str,
    rows: pd.DataFrame,
    total: Tally,
    settings: ComparisonSettings,
    groups: pd.DataFrame,
    notes: tuple[Note, ...] = (),
) -> Comparison:
    spread = row_spread(ledger, total, total, settings)
    if not spread.enough and ledger.windows.covered:
        assumed = f"{spread.phi[0]:g}"
        notes = (*notes, Note("fallback-dispersion", (("dispersion", assumed),)))
    total_frame = changes(ledger, ["total"], total, spread, settings)
    total_row = total_frame.to_dict("records")[0]
    notes = (*notes, *season_notes((rows, groups, total_frame), ledger.windows))
    years = len(ledger.windows.baselines)
    grouped = "month" if by == "month" else "group"
    return Comparison(
        by=by,
        windows=ledger.windows,
        rows=rows,
        total={str(k): v for k, v in total_row.items()},
        groups=groups,
        types=ledger.facts.types,
        notes=(
            *notes,
            *chance_notes((by,), rows, settings, years),
            *chance_notes((grouped,), groups, settings, years),
        ),
    )
