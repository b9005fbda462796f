"""The texts of exports with the types they get, batch by batch, repeats included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.engines.kernel import filed
from hotline_stats.engines.local import Progress, in_order
from hotline_stats.intake import Export, RawBatch, clean
from hotline_stats.intake.masking import mask
from hotline_stats.taxonomy import Classified, Taxonomy, classify


@dataclass(frozen=True)
class Typed:
    """Tickets of one batch: their text (title, a space, content), what is personal masked, and their types."""

    file: str
    rows: pa.Array
    texts: pa.StringArray
    found: Classified


def typed(exports: Sequence[Export], taxonomy: Taxonomy, progress: Progress | None = None) -> Iterator[Typed]:
    """All tickets of the exports, in their order."""

    def one(export: Export, raw: RawBatch) -> tuple[Typed, int]:
        read = clean(raw, export.header)
        found = classify(taxonomy, read.title, read.content, filed(read.tickets))
        joined = pc.binary_join_element_wise(
            pc.fill_null(read.title, ""), pc.fill_null(read.content, ""), " "
        )
        return Typed(export.file, read.tickets["row"], mask(joined), found), raw.cells.num_rows

    jobs = ((lambda e=e, raw=raw: one(e, raw)) for e in exports for raw in e.batches())
    for batch, rows_in in in_order(jobs):
        if progress is not None:
            progress(rows_in)
        yield batch
