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

    counts: npt.NDArray[np.int64]
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
    where = pc.index_in(reminders["refers_to"], ids.combine_chunks(), skip_nulls=True)
    at = pc.fill_null(where, -1).to_numpy().astype(np.int64)
    counts = np.bincount(at[(at >= 0) & ~again], minlength=len(ids)).astype(np.int64)
    return Reminded(counts, int((~again).sum()), np.flatnonzero(at < 0))
