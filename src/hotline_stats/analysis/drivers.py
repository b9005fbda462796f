"""Which cells of several columns made the change of the total: contributions, volume and mix, concentration."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from hotline_stats.analysis.changes import chance_notes
from hotline_stats.analysis.comparison import compare_ledger
from hotline_stats.analysis.ledger import Ledger, codes_of, open_ledger
from hotline_stats.errors import UsageError
from hotline_stats.model.drivers import CONCENTRATION_COLUMNS, PART_COLUMNS, Drivers
from hotline_stats.model.facts import PLACES, Facts
from hotline_stats.model.results import RATIO_COLUMNS, Comparison, Windows
from hotline_stats.settings.values import ComparisonSettings

DRIVE_BY = ("type", "category", "request_type", "channel", *PLACES, "unit")
"""Columns that every ticket has one value of, so that cells add up. Groups overlap and are none of them."""
MOST_COLUMNS = 3
_HOLDER = "unit"
"""The column in whose place cells are compared: any that `compare` takes as it stands."""
_DENSE = 1_000_000


def drivers(facts: Facts, windows: Windows, by: Sequence[str], settings: ComparisonSettings) -> Drivers:
    """What each combination of the columns `by` (one to three of DRIVE_BY) adds to the change of all tickets.

    contribution_pp = 100 × change / baseline of the total. With N the total, n a cell, s = n / N its share, and a bar
    for the mean of the two windows, change = s̄ · ΔN + N̄ · Δs: what the cell would have changed with all tickets
    (volume_pp), and what it did by taking another share of them (mix_pp). This is the symmetric decomposition of a
    product (Kitagawa 1955, JASA 50:1168; Das Gupta 1978, Demography 15:99), so nothing is left over; mix_pp adds up
    to zero. Interval, status and verdict are those of `compare`, with the cells as rows.

    Raises UsageError `unknown-by`.
    """
    return drivers_ledger(open_ledger(facts, windows), by, settings)


def drivers_ledger(ledger: Ledger, by: Sequence[str], settings: ComparisonSettings) -> Drivers:
    """`drivers` on a ledger that is already open."""
    columns = checked(by)
    codes, keys = cells(ledger.facts, columns)
    found = compare_ledger(_with_cells(ledger, codes, len(keys)), _HOLDER, settings)
    chance = chance_notes(columns, found.rows, settings, len(found.windows.baselines))
    notes = tuple(n for n in found.notes if n.code != "left-to-chance")
    found = replace(found, notes=(*notes, *chance))
    if "category" in columns:
        found = _unless_broken(found, compare_ledger(ledger, "category", settings))
    rows = pd.DataFrame(
        [keys[int(key)] for key in found.rows["key"]], columns=list(columns), dtype=object
    ).join(found.rows.drop(columns="key"))
    parts = pd.DataFrame(_parts(found), columns=list(PART_COLUMNS), index=rows.index, dtype=object)
    rows = rows.join(parts).sort_values(["change", *columns], kind="stable", ignore_index=True)
    total = dict(found.total)
    whole = total["change_pct"]
    total |= dict(zip(PART_COLUMNS, (whole, whole, None if whole is None else 0.0), strict=True))
    return Drivers(
        by=columns,
        windows=found.windows,
        rows=rows,
        total=total,
        groups=_groups(ledger, columns, found, settings),
        concentration=_concentration(rows, columns, settings.min_n),
        types=found.types,
        notes=found.notes,
    )


def checked(by: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, each once. Raises UsageError `unknown-by`."""
    columns = tuple(c.strip().replace("-", "_") for c in by)
    wrong = [c for i, c in enumerate(columns) if c not in DRIVE_BY or c in columns[:i]]
    if wrong or not 0 < len(columns) <= MOST_COLUMNS:
        raise UsageError(
            "unknown-cells", found=",".join(columns), known=", ".join(DRIVE_BY), most=MOST_COLUMNS
        )
    return columns


def cells(facts: Facts, columns: Sequence[str]) -> tuple[npt.NDArray[np.int64], list[tuple[str, ...]]]:
    """The cell of each row, as a code, and the keys of each cell, sorted; only combinations that occur are cells."""
    read = [codes_of(facts, c) for c in columns]
    joint = np.zeros(len(facts.frame), dtype=np.int64)
    for codes, keys in read:
        joint = joint * len(keys) + codes
    sizes = [len(keys) for _, keys in read]
    held, codes = _occurring(joint, math.prod(sizes))
    parts = np.unravel_index(held, sizes)
    named = [[keys[i] for i in part] for part, (_, keys) in zip(parts, read, strict=True)]
    unsorted = list(zip(*named, strict=True))
    order = sorted(range(len(unsorted)), key=unsorted.__getitem__)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[codes], [unsorted[i] for i in order]


def _occurring(
    codes: npt.NDArray[np.int64], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The codes (0 … size − 1) that occur, ascending, and the place of each among them; without sorting where the codes are
    not many more than the rows."""
    if size > _DENSE + 4 * len(codes):
        held, places = np.unique(codes, return_inverse=True)
        return held, places.reshape(-1)
    occurs = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[codes]


def _with_cells(ledger: Ledger, codes: npt.NDArray[np.int64], size: int) -> Ledger:
    """The ledger with the cells as values of the column _HOLDER."""
    values = pd.Categorical.from_codes(
        codes, categories=pd.Index([str(i) for i in range(size)], dtype=object)
    )
    facts = ledger.facts
    return replace(ledger, facts=Facts(facts.frame.assign(**{_HOLDER: values}), facts.types))


def _unless_broken(found: Comparison, categories: Comparison) -> Comparison:
    """The cells as not comparable, and a note, where the source's categories are of two systems."""
    notes = tuple(n for n in categories.notes if n.code == "category-break")
    if not notes:
        return found
    none = pd.Series([None] * len(found.rows), dtype=object, index=found.rows.index)
    unknown = dict.fromkeys(RATIO_COLUMNS, none)
    rows = found.rows.assign(**unknown, status="incomplete", verdict="too-few")
    return replace(found, rows=rows, notes=(*found.notes, *notes))


def _parts(found: Comparison) -> list[tuple[float | None, float | None, float | None]]:
    """Contribution, volume and mix of each row, in percentage points; all None where the total does not compare."""
    if found.total["change_pct"] is None or any(n.code == "category-break" for n in found.notes):
        return [(None, None, None)] * len(found.rows)
    now, then = (found.rows[c].to_numpy(np.float64) for c in ("current", "baseline"))
    total_now, total_then = float(found.total["current"]), float(found.total["baseline"])
    share_then = then / total_then
    share_now = now / total_now if total_now else share_then
    volume = 100 * (share_now + share_then) / 2 * (total_now - total_then) / total_then
    mix = 100 * (total_now + total_then) / 2 * (share_now - share_then) / total_then
    whole = 100 * (now - then) / total_then
    return [(float(a), float(b), float(c)) for a, b, c in zip(whole, volume, mix, strict=True)]


def _groups(
    ledger: Ledger, columns: tuple[str, ...], found: Comparison, settings: ComparisonSettings
) -> pd.DataFrame:
    """Groups of types, each ticket once in every group that its type is in."""
    counts = ["key", "current", "baseline", "change"]
    if "type" not in columns:
        return pd.DataFrame(columns=[*counts, "contribution_pp"])
    groups = compare_ledger(ledger, "type", settings).groups
    base, whole = found.total["baseline"], found.total["change_pct"]
    parts = [
        None
        if whole is None or row["status"] in ("incomplete", "uncountable")
        else 100 * row["change"] / base
        for row in groups.to_dict("records")
    ]
    return groups[counts].assign(contribution_pp=pd.Series(parts, dtype=object))


def _concentration(rows: pd.DataFrame, columns: tuple[str, ...], min_n: int) -> pd.DataFrame:
    """How much of the change of each value of the first column comes from one value of the second."""
    if len(columns) != 2:
        return pd.DataFrame(columns=list(CONCENTRATION_COLUMNS))
    out = [
        (
            key,
            *(sum(part[c].tolist()) for c in ("current", "baseline", "change")),
            *_largest(part, columns[1], min_n),
        )
        for key, part in rows.groupby(columns[0], sort=True)
    ]
    frame = pd.DataFrame(out, columns=list(CONCENTRATION_COLUMNS), dtype=object)
    frame = frame.astype({c: frame[c].infer_objects().dtype for c in ("current", "baseline", "change")})
    return frame.sort_values(["change", "key"], kind="stable", ignore_index=True)


def _largest(
    part: pd.DataFrame, column: str, min_n: int
) -> tuple[str | None, float | None, float | None, float | None, int | None]:
    """The named value with the largest change the way of the whole: it, its change, all changes that way (also of
    tickets without a value), its share of them, and how many named values moved that way."""
    change = sum(part["change"].tolist())
    if not change or max(part["current"].sum(), part["baseline"].sum()) < min_n:
        return None, None, None, None, None
    same_way = part[part["change"] * change > 0]
    whole, named = sum(same_way["change"].tolist()), same_way[same_way[column] != ""]
    if named.empty:
        return None, None, whole, None, 0
    first = min(named.to_dict("records"), key=lambda r: (-abs(r["change"]), r[column]))
    return str(first[column]), first["change"], whole, float(first["change"] / whole), len(named)
