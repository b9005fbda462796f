"""Counts by month of a window and its baseline, for every type, every group and the total."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.comparison import group_members, month_counts
from hotline_stats.analysis.coverage import gap_in_month
from hotline_stats.analysis.ledger import Codes, Ints, Ledger, codes_of, open_ledger, weighted_counts
from hotline_stats.analysis.months import pair_notes
from hotline_stats.analysis.windows import whole_month
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Series, Windows


def monthly(facts: Facts, windows: Windows) -> Series:
    """How the counts run month by month, zeros filled in, both windows aligned by position.

    Keys: the type ids and the group ids of the taxonomy, then "total". Where one window touches fewer months
    than the other, its month is "" and its count 0. Months of a baseline that the data do not cover count 0
    (`windows.covered` is False then).
    """
    return monthly_ledger(open_ledger(facts, windows))


def monthly_ledger(ledger: Ledger) -> Series:
    """`monthly` on a ledger that is already open."""
    windows, scheme = ledger.windows, ledger.facts.types
    months, baseline_months = windows.period.months, windows.baseline.months
    size = max(len(months), len(baseline_months))
    current = _counts(ledger, ledger.current, ledger.current_month, size)
    baseline = _counts(ledger, ledger.baseline, ledger.baseline_month, size)
    means = baseline / len(windows.baselines) if windows.means else baseline
    keys = [*scheme.ids, *(g.id for g in scheme.groups), "total"]
    complete = [
        all(
            i < len(p.months) and whole_month(p, p.months[i]) and _nothing_left_out(windows, p.months[i])
            for p in _spans(ledger)
        )
        for i in range(size)
    ]
    frame = pd.DataFrame(
        {
            "key": np.repeat(np.array(keys, dtype=object), size),
            "position": np.tile(np.arange(size, dtype=np.int64), len(keys)),
            "month": _labels(months, size) * len(keys),
            "baseline_month": _labels(baseline_months, size) * len(keys),
            "current": current.reshape(-1),
            "baseline": means.reshape(-1),
            "complete": complete * len(keys),
        }
    )
    then = month_counts(ledger)
    notes = pair_notes(windows, then[0], then[1] / len(windows.baselines)) if windows.covered else ()
    return Series(windows=windows, frame=frame, types=scheme, notes=notes)


def _nothing_left_out(windows: Windows, month: tuple[int, int]) -> bool:
    return not gap_in_month((*windows.left_out, *windows.baseline_left_out), month)


def _spans(ledger: Ledger) -> tuple[Period, Period]:
    return ledger.windows.period, ledger.windows.baseline


def _labels(months: tuple[tuple[int, int], ...], size: int) -> list[str]:
    return [f"{y}-{m:02d}" for y, m in months] + [""] * (size - len(months))


def _counts(ledger: Ledger, rows: npt.NDArray[np.intp], position: Codes, size: int) -> Ints:
    """keys × months of one window, as int64: types, groups, total."""
    scheme = ledger.facts.types
    types, _ = codes_of(ledger.facts, "type")
    requests, request_keys = codes_of(ledger.facts, "request_type")
    joint = (types * len(request_keys) + requests)[rows]
    cells = len(scheme.ids) * len(request_keys)
    counts = weighted_counts(joint * size + position, ledger.n[rows], cells * size).reshape(cells, size)
    by_type = counts.reshape(len(scheme.ids), len(request_keys), size).sum(axis=1)
    by_group = group_members(scheme, request_keys).astype(np.float64) @ counts
    out: Ints = np.rint(np.vstack([by_type, by_group, counts.sum(axis=0)])).astype(np.int64)
    return out
