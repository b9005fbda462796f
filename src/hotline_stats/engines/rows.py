"""The input's rows again, with the type of each: what `classify` writes."""

from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.engines.local import Progress, in_order
from hotline_stats.errors import InputError
from hotline_stats.intake import Export, RawBatch, clean, understood
from hotline_stats.model.columns import BY_NAME
from hotline_stats.taxonomy import Taxonomy, classify, labels_text

ADDED = (
    ("ticket_id", pa.string()),
    ("type_primary", pa.string()),
    ("type_labels", pa.string()),
    ("type_evidence", pa.string()),
    ("type_margin", pa.float32()),
)


def classified(
    exports: Sequence[Export], taxonomy: Taxonomy, progress: Progress | None = None
) -> Iterator[pa.RecordBatch]:
    """Batches of all tickets in their order, repeats included: the columns of the files (schema of `schema`),
    then those of ADDED. Columns with text or personal data, and those of no known meaning, are left out, and so
    is a cell that is not what its column is for.

    Raises InputError `no-tickets` at the end when there was none.
    """
    shape = schema(exports)
    jobs = (partial(_typed, raw, e, taxonomy, shape) for e in exports for raw in e.batches())
    rows_in = kept = 0
    for batch, n in in_order(jobs):
        rows_in, kept = rows_in + n, kept + batch.num_rows
        if progress is not None:
            progress(n)
        if batch.num_rows:
            yield batch
    if not kept:
        raise InputError("no-tickets", rows_in=rows_in)


def schema(exports: Sequence[Export]) -> pa.Schema:
    """The headers that may be shown, in order of first appearance, then ADDED."""
    heads = dict.fromkeys(h for e in exports for _, h in _shown(e) if h not in dict(ADDED))
    return pa.schema([*((h, pa.string()) for h in heads), *ADDED])


def left_out(exports: Sequence[Export]) -> tuple[str, ...]:
    """The headers that are not written."""
    return tuple(
        dict.fromkeys(
            h for e in exports for i, h in enumerate(e.header.cells) if h and (i, h) not in _shown(e)
        )
    )


def _shown(export: Export) -> list[tuple[int, str]]:
    head = export.header
    return [
        (i, h)
        for i, (h, c) in enumerate(zip(head.cells, head.columns, strict=True))
        if c and BY_NAME[c].kind not in ("text", "personal")
    ]


def _safe(cell: pa.StringArray, column: str, export: Export) -> pa.StringArray:
    """The cells that hold what their column is for; the others blank."""
    return pc.if_else(understood(column, cell, export.header.reading), cell, "")


def _typed(raw: RawBatch, export: Export, taxonomy: Taxonomy, shape: pa.Schema) -> tuple[pa.RecordBatch, int]:
    read = clean(raw, export.header)
    found = classify(taxonomy, read.title, read.content, evidence=True)
    kept = raw.cells.take(pa.array(read.kept))
    columns_of = export.header.columns
    given = {h: _safe(kept.column(i), columns_of[i], export) for i, h in _shown(export)}
    ids = pa.array([taxonomy.scheme.ids[i] for i in found.primary], pa.string())
    added = {
        "ticket_id": read.tickets["ticket_id"],
        "type_primary": ids,
        "type_labels": labels_text(taxonomy, found.primary, found.labels),
        "type_evidence": pa.array(
            ["|".join(dict.fromkeys(e[0] for e in row)) for row in found.evidence or ()], pa.string()
        ),
        "type_margin": pa.array(found.margin, pa.float32()),
    }
    n = len(found.primary)
    columns = [added.get(f.name, given.get(f.name, pa.array([""] * n, pa.string()))) for f in shape]
    return pa.RecordBatch.from_arrays(columns, schema=shape), raw.cells.num_rows
