"""The batch kernel: rows as they stand → typed tickets. Pure; its only state is the taxonomy."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from hotline_stats.intake import Flaw, RawBatch, clean
from hotline_stats.intake.headers import Header
from hotline_stats.model.tickets import TYPED_SCHEMA
from hotline_stats.taxonomy import Filed, Taxonomy, classify


@dataclass(frozen=True)
class Typed:
    """`tickets`: TYPED_SCHEMA. `reminders`: REMINDER_SCHEMA, of the rows rejected as such. Rows in = rows of `tickets` + `rejected`."""

    tickets: pa.RecordBatch
    rejected: int
    flaws: tuple[Flaw, ...]
    reminders: pa.RecordBatch

    @property
    def rows_in(self) -> int:
        return int(self.tickets.num_rows) + self.rejected


def run(raw: RawBatch, header: Header, file: int, taxonomy: Taxonomy, secret: bytes | None = None) -> Typed:
    """Clean a batch and give each ticket its type; its text ends here. `file`: position in the input. `secret`:
    the key of the caller hash, where it is asked for."""
    read = clean(raw, header, secret)
    found = classify(taxonomy, read.title, read.content, filed(read.tickets))
    columns = [
        *read.tickets.columns,
        pa.array(found.primary),
        pa.array(found.labels),
        pa.array(found.margin),
        pa.array(found.second),
        pa.array(np.full(len(found.primary), file, np.int16)),
    ]
    tickets = pa.RecordBatch.from_arrays(columns, schema=TYPED_SCHEMA)
    return Typed(tickets, read.rejected, read.flaws, read.reminders)


def filed(tickets: pa.RecordBatch) -> Filed:
    """How cleaned tickets were filed."""
    levels = [tickets[f"category_{i}"] for i in range(1, 6)]
    return Filed(tickets["request_type"], tuple(c for c in levels if c.null_count < len(c)))
