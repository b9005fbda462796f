"""Tickets whose type is in doubt: which they are, how many of each type, and their rows for a person to read."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hotline_stats.errors import UsageError
from hotline_stats.model.findings import Doubt
from hotline_stats.model.types import TypeScheme


def in_doubt(margin: NDArray[np.float32], min_margin: float) -> NDArray[np.bool_]:
    """Which margins are below `min_margin`; compared as they are written, so that a printed 0.3 is not below 0.3."""
    return margin < np.float32(min_margin)


def doubt(tickets: pa.Table, scheme: TypeScheme, min_margin: float) -> Doubt:
    """The tickets in doubt by type, of typed tickets (TYPED_SCHEMA)."""
    if not min_margin:
        return Doubt()
    types, k = tickets["type"].to_numpy(), len(scheme.ids)
    low = in_doubt(tickets["margin"].to_numpy(), min_margin)
    all_, doubtful = (np.bincount(t, minlength=k).tolist() for t in (types, types[low]))
    rows = zip(scheme.ids, doubtful, all_, strict=True)
    return Doubt(min_margin, tuple(row for row in rows if row[2]))


class Review:
    """Sets the doubtful rows of classified batches aside while all of them pass on."""

    def __init__(self, classified: pa.RecordBatchReader) -> None:
        """Raises UsageError `review-needs-margin` when the rows are not marked."""
        if "type_review" not in classified.schema.names:
            raise UsageError("review-needs-margin")
        self._classified = classified
        self._aside: list[pa.RecordBatch] = []
        self._types: Counter[str] = Counter()
        self.n = 0

    @property
    def batches(self) -> pa.RecordBatchReader:
        """All rows as they were; to be read once, before `rows` and `types`."""
        return pa.RecordBatchReader.from_batches(self._classified.schema, self._passing())

    def _passing(self) -> Iterator[pa.RecordBatch]:
        for batch in self._classified:
            low = batch.filter(batch["type_review"])
            self.n += batch.num_rows
            if low.num_rows:
                self._aside.append(low)
                self._types.update(low["type_primary"].to_pylist())
            yield batch

    def rows(self) -> pa.Table:
        """The doubtful rows, least sure first; those equally sure stay in their order."""
        table = pa.Table.from_batches(self._aside, schema=self._classified.schema)
        order = np.argsort(table["type_margin"].to_numpy(), kind="stable")
        return table.take(pa.array(order))

    def types(self) -> tuple[tuple[str, int], ...]:
        """Doubtful rows by the id of their type, most first."""
        return tuple(sorted(self._types.items(), key=lambda item: (-item[1], item[0])))
