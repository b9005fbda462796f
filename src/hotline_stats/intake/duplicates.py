"""Repeated rows of a ticket, settled by its id: which row counts."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Positions = npt.NDArray[np.int64]


def older_rows(tickets: pa.Table) -> tuple[Positions, Positions]:
    """Positions of the rows that a newer row of the same ticket replaces, ascending, and of that row for each.

    The newest row of a ticket counts: the one closed or updated last, whichever of its times is later (a row with
    neither is older than one with either), then the one in the later file, then the one further down. Rows
    without an id are never repeats.
    """
    likely, ids = _likely(tickets["ticket_id"])
    more = np.bincount(ids, minlength=1)[ids] > 1
    several, codes = likely[more], ids[more]
    if not len(several):
        return several, several
    rows = tickets.select(["closed_at", "updated_at", "file", "row"]).take(pa.array(several))
    times = [pc.cast(rows[c], pa.int64()) for c in ("closed_at", "updated_at")]
    last_time = pc.fill_null(pc.max_element_wise(*times), np.iinfo(np.int64).min).to_numpy()
    order = np.lexsort((rows["row"].to_numpy(), rows["file"].to_numpy(), last_time, codes))
    ordered, sorted_codes = several[order], codes[order]
    last = np.append(sorted_codes[1:] != sorted_codes[:-1], True)
    newest = ordered[last][np.cumsum(last) - last]
    older, newer = ordered[~last], newest[~last]
    ascending = np.argsort(older)
    return older[ascending], newer[ascending]


def _likely(ids: pa.ChunkedArray) -> tuple[Positions, Positions]:
    """Positions of the ids that may come more than once, and a number for each, the same for the same id.

    Most ids stand alone, as their hashes do; only those of a hash that comes again are compared as text. That
    spares a table of all of them.
    """
    hashes = np.concatenate([np.empty(0, np.uint64), *map(_hashes, ids.chunks)])
    ordered = np.sort(hashes)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    del ordered
    found, start = [np.zeros(0, np.int64)], 0
    for chunk in ids.chunks if len(again) else ():
        part = hashes[start : start + len(chunk)]
        near = np.minimum(np.searchsorted(again, part), len(again) - 1)
        given = chunk.is_valid().to_numpy(zero_copy_only=False)
        found.append(start + np.flatnonzero((again[near] == part) & given))
        start += len(chunk)
    likely = np.concatenate(found)
    coded = pc.dictionary_encode(ids.take(pa.array(likely)).combine_chunks())
    return likely, coded.indices.to_numpy().astype(np.int64)


def _hashes(ids: pa.StringArray) -> npt.NDArray[np.uint64]:
    """A 64-bit hash of each text (FNV-1a)."""
    _, offsets, data = ids.buffers()
    found = np.full(len(ids), 0xCBF29CE484222325, np.uint64)
    if data is None:
        return found
    edges = np.frombuffer(offsets, np.int32)[ids.offset : ids.offset + len(ids) + 1]
    text, length = np.frombuffer(data, np.uint8), np.diff(edges)
    for i in range(int(length.max(initial=0))):
        longer = np.flatnonzero(length > i)
        found[longer] = (found[longer] ^ text[edges[longer] + i]) * np.uint64(0x100000001B3)
    return found


def on_another_day(tickets: pa.Table, older: Positions, newer: Positions) -> npt.NDArray[np.bool_]:
    """Whether a repeated row was accepted on another day than the row that replaces it: a ticket accepted
    again, or two tickets with one id."""
    days = tickets["accepted_at"].to_numpy().astype("datetime64[D]")
    other: npt.NDArray[np.bool_] = days[older] != days[newer]
    return other
