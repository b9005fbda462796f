"""Which cells to hide so that no count from 1 to 4 can be computed from what is left."""

from collections.abc import Iterable

import numpy as np

from hotline_stats.disclosure.cells import Bools, Cells, Ints
from hotline_stats.disclosure.solve import moved, others


class UnprotectableError(ValueError):
    """The total is so small that nothing can be published beside it."""


def suppress(cells: Cells) -> Bools:
    """The cells to hide: those from 1 to 4, and others with them, the smallest first.

    Protected is a cell when all that is published also fits counts in which it is 1 or less, and counts in which it
    is 5 or more; so its interval reaches from 1 or less to 5 or more. First every sum gets enough hidden cells by
    itself; then counts that fit are looked for by linear programs, each proving many cells at once; for every cell left
    the cheapest cells are hidden with which it can move (Kelly, Golden & Assad 1992; Fischetti & Salazar 2001). Every cell
    is proven by whole counts that fit; to hide more leaves a proof standing. Raises UnprotectableError.
    """
    if (cells.small & cells.fixed).any():
        raise UnprotectableError("the total is itself small")
    hidden = _lines(cells, cells.small | ~cells.shown)
    for up in (True, False):
        left = cells.small & ~_proven(cells, (cells.values,), up)
        left = _prove(cells, hidden, left, up)
        while left.any():
            at = min(np.flatnonzero(left), key=lambda i: (-cells.values[i], i))
            goal = cells.high if up else cells.low
            found = moved(cells, hidden, int(at), int(goal - cells.values[at]))
            if found is None:
                raise UnprotectableError(str(cells.keys[at]))
            hidden = hidden | (found != cells.values)
            left = _prove(cells, hidden, left & ~_proven(cells, (found,), up), up)
    return hidden


def unproven(cells: Cells, hidden: Bools) -> list[tuple[int, bool]]:
    """The audit by itself: (position, up) of each small cell for which no counts that fit are found."""
    out = []
    for up in (True, False):
        left = cells.small & ~_proven(cells, (cells.values,), up)
        out += [(int(i), up) for i in np.flatnonzero(_prove(cells, hidden, left, up))]
    return out


def _proven(cells: Cells, found: Iterable[Ints], up: bool) -> Bools:
    out = np.zeros(len(cells.keys), np.bool_)
    for counts in found:
        out |= (counts >= cells.high) if up else (counts <= cells.low)
    return out


def _prove(cells: Cells, hidden: Bools, left: Bools, up: bool) -> Bools:
    """Those of `left` that cannot be proven. All at once as long as that proves any, then one by one."""
    while left.any():
        found = others(cells, hidden, left, up)
        proven = left & _proven(cells, () if found is None else (found,), up)
        if not proven.any():
            break
        left = left & ~proven
    for i in np.flatnonzero(left):
        if left[i]:
            one = np.arange(len(left)) == i
            found = others(cells, hidden, one, up)
            left = left & ~_proven(cells, () if found is None else (found,), up)
    return left


def _lines(cells: Cells, hidden: Bools) -> Bools:
    """Hide the smallest further cells of each sum by itself until its small cells have room to move."""
    hidden = hidden.copy()
    changed = True
    while changed:
        changed = False
        for whole, parts in cells.sums:
            while (more := _wanting(cells, hidden, whole, parts)) is not None:
                hidden[more] = changed = True
    return hidden


def _wanting(cells: Cells, hidden: Bools, whole: int, parts: tuple[int, ...]) -> int | None:
    """The next cell to hide in a sum; None when its small cells have room, or nothing is left to hide."""
    held = [p for p in parts if hidden[p]]
    small = [p for p in held if cells.small[p]]
    own = bool(hidden[whole] and cells.small[whole])
    if not small and not own:
        return None
    room = sum(int(cells.values[p] - cells.least[p]) for p in held)
    if hidden[whole]:
        enough = len(held) > 0
    else:
        enough = len(held) > 1 and all(
            room - int(cells.values[p] - cells.least[p]) >= cells.high - cells.values[p] for p in small
        )
    if enough:
        return None
    open_ = [p for p in parts if not hidden[p] and not cells.fixed[p] and cells.values[p] > 0]
    if open_:
        return min(open_, key=lambda p: (int(cells.values[p]), p))
    return whole if not hidden[whole] and not cells.fixed[whole] else None
