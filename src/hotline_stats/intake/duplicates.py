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
    ids = pc.dictionary_encode(tickets["ticket_id"].combine_chunks())
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    codes = pc.fill_null(ids.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    counts = np.bincount(codes[codes >= 0], minlength=1)
    several = np.flatnonzero((codes >= 0) & (counts[codes] > 1))
    if not len(several):
        return several, several
    rows = tickets.select(["closed_at", "updated_at", "file", "row"]).take(pa.array(several))
    times = [pc.cast(rows[c], pa.int64()) for c in ("closed_at", "updated_at")]
    last_time = pc.fill_null(pc.max_element_wise(*times), np.iinfo(np.int64).min).to_numpy()
    order = np.lexsort((rows["row"].to_numpy(), rows["file"].to_numpy(), last_time, codes[several]))
    ordered, sorted_codes = several[order], codes[several][order]
    last = np.append(sorted_codes[1:] != sorted_codes[:-1], True)
    newest = ordered[last][np.cumsum(last) - last]
    older, newer = ordered[~last], newest[~last]
    ascending = np.argsort(older)
    return older[ascending], newer[ascending]


def on_another_day(tickets: pa.Table, older: Positions, newer: Positions) -> npt.NDArray[np.bool_]:
    """Whether a repeated row was accepted on another day than the row that replaces it: a ticket accepted
    again, or two tickets with one id."""
    days = tickets["accepted_at"].to_numpy().astype("datetime64[D]")
    other: npt.NDArray[np.bool_] = days[older] != days[newer]
    return other
