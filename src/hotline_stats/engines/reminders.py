"""Reminders beside the tickets they mean: how many each ticket has, and those that mean none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Reminded:
    """`counts`: reminders of each ticket row. `total`: reminders in all, each once; `orphans`: positions in the
    reminder rows of those whose ticket is not among the tickets."""

    counts: npt.NDArray[np.int32]
    total: int
    orphans: npt.NDArray[np.int64]

    @property
    def tickets(self) -> int:
        return int((self.counts > 0).sum())


def count(ids: pa.ChunkedArray, reminders: pa.Table, *, settle: bool) -> Reminded:
    """Match reminder rows (REMINDER_SCHEMA and `file`) with the ids of tickets.

    With `settle` a reminder that stands in several exports counts once: the same id, ticket and accepted time.
    A ticket whose rows were not settled counts its reminders on its first row only.
    """
    n = reminders.num_rows
    frame = reminders.select(["ticket_id", "refers_to", "accepted_at"]).to_pandas()
    again = (
        frame.duplicated().to_numpy() & frame["ticket_id"].notna().to_numpy() if settle else np.zeros(n, bool)
    )
    meant = _positions(ids, reminders["refers_to"])
    where = pc.index_in(reminders["refers_to"], ids.take(pa.array(meant)).combine_chunks(), skip_nulls=True)
    at = np.append(meant, -1)[pc.fill_null(where, -1).to_numpy()]
    counts = np.bincount(at[(at >= 0) & ~again], minlength=len(ids)).astype(np.int32)
    return Reminded(counts, int((~again).sum()), np.flatnonzero(at < 0))


def _positions(ids: pa.ChunkedArray, meant: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Where the ids stand that are meant: a table of those few, not of all ids."""
    if not len(meant):
        return np.zeros(0, np.int64)
    found = pc.is_in(ids, value_set=meant.combine_chunks(), skip_nulls=True)
    return np.flatnonzero(found.to_numpy())
