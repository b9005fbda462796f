"""Typed batches put end to end in little memory: each text of a column once, codes as narrow as they may be."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hotline_stats.model.tickets import CATEGORY, TYPED_SCHEMA, nulls

BATCHES = 64
"""So many batches become one block: thousands of small columns would cost more than what they hold."""
NARROW = (pa.int8(), pa.int16(), pa.int32())
TEXTS = tuple(f.name for f in TYPED_SCHEMA if f.type == CATEGORY)


class Gathering:
    """The tickets read so far, in order. A ticket takes some 70 bytes and its id."""

    def __init__(self) -> None:
        self._fresh: list[pa.RecordBatch] = []
        self._blocks: list[pa.RecordBatch] = []
        self._texts: dict[str, dict[str, int]] = {name: {} for name in TEXTS}

    def add(self, tickets: pa.RecordBatch) -> None:
        """Take in a batch of TYPED_SCHEMA."""
        self._fresh.append(tickets)
        if len(self._fresh) == BATCHES:
            self._press()

    def columns(self, *names: str) -> pa.Table:
        """Some columns of all tickets; none of TEXTS. Shares its memory, so it should be let go before `keep`."""
        self._press()
        schema = pa.schema([TYPED_SCHEMA.field(n) for n in names])
        return pa.Table.from_batches([b.select(names) for b in self._blocks], schema=schema)

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Let go of the tickets that are not in the mask, block by block."""
        self._press()
        if mask.all():
            return
        start = 0
        for i, block in enumerate(self._blocks):
            end = start + block.num_rows
            self._blocks[i] = _sharing(block.filter(pa.array(mask[start:end])))
            start = end
        pa.default_memory_pool().release_unused()

    def table(self) -> pa.Table:
        """All tickets: TYPED_SCHEMA, but for the width of codes in a column of texts."""
        self._press()
        fields, columns = [], []
        for at, field in enumerate(TYPED_SCHEMA):
            chunks = [b.column(at) for b in self._blocks]
            if field.name in TEXTS:
                texts = pa.array(self._texts[field.name], pa.string())
                width = _width(len(texts))
                chunks = [pa.DictionaryArray.from_arrays(c.cast(width), texts) for c in chunks]
                field = field.with_type(pa.dictionary(width, pa.string()))
            fields.append(field)
            columns.append(pa.chunked_array(chunks, field.type))
        return pa.table(columns, schema=pa.schema(fields))

    def _press(self) -> None:
        """Make a block of the batches that wait."""
        if not self._fresh:
            return
        rows = pa.Table.from_batches(self._fresh).unify_dictionaries().combine_chunks()
        self._fresh.clear()
        names = rows.schema.names
        columns = [self._codes(n, rows[n].chunk(0)) if n in TEXTS else rows[n].chunk(0) for n in names]
        self._blocks.append(_sharing(pa.RecordBatch.from_arrays(columns, names=names)))

    def _codes(self, name: str, column: pa.DictionaryArray) -> pa.Array:
        """The positions of the texts among all texts of the column."""
        known = self._texts[name]
        own = [known.setdefault(text, len(known)) for text in column.dictionary.to_pylist()]
        return pa.array(own, _width(len(known))).take(column.indices)


def _width(texts: int) -> pa.DataType:
    return next(t for t in NARROW if texts < np.iinfo(t.to_pandas_dtype()).max)


def _sharing(block: pa.RecordBatch) -> pa.RecordBatch:
    """The block with all its columns of nothing but nulls on one memory."""
    n = block.num_rows
    columns: Sequence[pa.Array] = [nulls(c.type, n) if c.null_count == n else c for c in block.columns]
    return pa.RecordBatch.from_arrays(columns, names=block.schema.names)
