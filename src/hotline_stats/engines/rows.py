"""The input's rows again, with the type of each: what `classify` writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.engines.kernel import filed
from hotline_stats.engines.local import Progress, in_order, read
from hotline_stats.engines.review import in_doubt
from hotline_stats.errors import InputError
from hotline_stats.intake import Export, RawBatch, clean, understood
from hotline_stats.intake.masking import mask
from hotline_stats.model.columns import BY_NAME
from hotline_stats.taxonomy import Taxonomy, classify, labels_text

ADDED = (
    ("ticket_id", pa.string()),
    ("type_primary", pa.string()),
    ("type_labels", pa.string()),
    ("type_evidence", pa.string()),
    ("type_margin", pa.float32()),
)
REVIEW = ("type_review", pa.bool_())


@dataclass(frozen=True)
class Wish:
    """What is written beside the usual. `text`: title and content, masked. `secret`: the key of the caller hash,
    for a column `caller`. `settle`: of the rows of a ticket only the newest, which reads the files twice.
    `min_margin`: rows whose type leads by less are marked in a column type_review; 0 = without the column."""

    text: bool = False
    secret: bytes | None = None
    settle: bool = False
    min_margin: float = 0.0


def classified(
    exports: Sequence[Export], taxonomy: Taxonomy, progress: Progress | None = None, wish: Wish = Wish()
) -> Iterator[pa.RecordBatch]:
    """Batches of all tickets in their order, repeats included: the columns of the files (schema of `schema`),
    then those of ADDED. Columns with text or personal data, and those of no known meaning, are left out, and so
    is a cell that is not what its column is for.

    Raises InputError `no-tickets` at the end when there was none.
    """
    shape = schema(exports, wish)
    counting = _counting(exports, taxonomy) if wish.settle else None
    jobs = (
        partial(_typed, raw, e, taxonomy, shape, wish, None if counting is None else counting[i])
        for i, e in enumerate(exports)
        for raw in e.batches()
    )
    rows_in = kept = 0
    for batch, n in in_order(jobs):
        rows_in, kept = rows_in + n, kept + batch.num_rows
        if progress is not None:
            progress(n)
        if batch.num_rows:
            yield batch
    if not kept:
        raise InputError("no-tickets", rows_in=rows_in)


def _counting(exports: Sequence[Export], taxonomy: Taxonomy) -> list[pa.Array]:
    """The lines of the rows that count, by file."""
    tickets = read(exports, taxonomy).tickets
    return [tickets["row"].filter(pc.equal(tickets["file"], i)).combine_chunks() for i in range(len(exports))]


def schema(exports: Sequence[Export], wish: Wish = Wish()) -> pa.Schema:
    """The headers that may be shown, in order of first appearance, then ADDED, then type_review and `caller` if
    wished."""
    added = [*ADDED]
    if wish.min_margin:
        added.append(REVIEW)
    if wish.secret is not None:
        added.append(("caller", pa.string()))
    heads = dict.fromkeys(h for e in exports for _, h in _shown(e, wish) if h not in dict(added))
    return pa.schema([*((h, pa.string()) for h in heads), *added])


def left_out(exports: Sequence[Export], wish: Wish = Wish()) -> tuple[str, ...]:
    """The headers that are not written."""
    return tuple(
        dict.fromkeys(
            h for e in exports for i, h in enumerate(e.header.cells) if h and (i, h) not in _shown(e, wish)
        )
    )


def _shown(export: Export, wish: Wish) -> list[tuple[int, str]]:
    head, hidden = export.header, ("personal",) if wish.text else ("text", "personal")
    return [
        (i, h)
        for i, (h, c) in enumerate(zip(head.cells, head.columns, strict=True))
        if c and BY_NAME[c].kind not in hidden
    ]


def _safe(cell: pa.StringArray, column: str, export: Export, whole: pa.BooleanArray) -> pa.StringArray:
    """The cells that hold what their column is for; the others blank. Text is masked, and blank in a row that is
    not `whole`: its cells may stand in wrong columns."""
    if BY_NAME[column].kind == "text":
        return mask(pc.if_else(whole, cell, ""))
    return pc.if_else(understood(column, cell, export.header.reading), cell, "")


def _typed(
    raw: RawBatch,
    export: Export,
    taxonomy: Taxonomy,
    shape: pa.Schema,
    wish: Wish,
    counting: pa.Array | None,
) -> tuple[pa.RecordBatch, int]:
    seen = clean(raw, export.header, wish.secret)
    found = classify(taxonomy, seen.title, seen.content, filed(seen.tickets), evidence=True)
    kept = raw.cells.take(pa.array(seen.kept))
    columns_of = export.header.columns
    whole = pa.array(~np.isin(seen.kept, [i for i, _ in raw.defects]))
    given = {h: _safe(kept.column(i), columns_of[i], export, whole) for i, h in _shown(export, wish)}
    ids = pa.array([taxonomy.scheme.ids[i] for i in found.primary], pa.string())
    added = {
        "ticket_id": seen.tickets["ticket_id"],
        "type_primary": ids,
        "type_labels": labels_text(taxonomy, found.primary, found.labels),
        "type_evidence": pa.array(
            ["|".join(dict.fromkeys(e[0] for e in row)) for row in found.evidence or ()], pa.string()
        ),
        "type_margin": pa.array(found.margin, pa.float32()),
        "type_review": pa.array(in_doubt(found.margin, wish.min_margin)),
        "caller": seen.tickets["caller"],
    }
    n = len(found.primary)
    columns = [added.get(f.name, given.get(f.name, pa.array([""] * n, pa.string()))) for f in shape]
    batch = pa.RecordBatch.from_arrays(columns, schema=shape)
    if counting is not None:
        batch = batch.filter(pc.is_in(seen.tickets["row"], counting))
    return batch, raw.cells.num_rows
