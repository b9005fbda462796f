"""The batch kernel: rows as they stand → typed tickets. Pure; its only state is the taxonomy."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from hotline_stats.intake import Flaw, RawBatch, clean
from hotline_stats.intake.headers import Header
from hotline_stats.model.tickets import TYPED_SCHEMA
from hotline_stats.taxonomy import Taxonomy, classify


@dataclass(frozen=True)
class Typed:
    """`tickets`: TYPED_SCHEMA. Rows in = rows of `tickets` + `rejected`."""

    tickets: pa.RecordBatch
    rejected: int
    flaws: tuple[Flaw, ...]

    @property
    def rows_in(self) -> int:
        return int(self.tickets.num_rows) + self.rejected


def run(raw: RawBatch, header: Header, file: int, taxonomy: Taxonomy) -> Typed:
    """Clean a batch and give each ticket its type; its text ends here. `file`: position in the input."""
    read = clean(raw, header)
    found = classify(taxonomy, read.title, read.content)
    columns = [
        *read.tickets.columns,
        pa.array(found.primary),
        pa.array(found.labels),
        pa.array(found.margin),
        pa.array(np.full(len(found.primary), file, np.int16)),
    ]
    return Typed(pa.RecordBatch.from_arrays(columns, schema=TYPED_SCHEMA), read.rejected, read.flaws)
