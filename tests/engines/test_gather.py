"""Gathered batches are the batches put end to end, however many texts a column has and whatever is let go."""

import numpy as np
import pyarrow as pa
import pytest

import hotline_stats as hs
from hotline_stats.engines.gather import BATCHES, Gathering
from hotline_stats.model.tickets import TYPED_SCHEMA


def batch(start: int, n: int, texts: int) -> pa.RecordBatch:
    """Tickets `start`… with `texts` names of estates, every third without one; the other columns null."""
    numbers = range(start, start + n)
    given = {
        "ticket_id": pa.array([f"T{i}" for i in numbers]),
        "accepted_at": pa.array([i * 60 for i in numbers], pa.timestamp("s")),
        "estate": pa.array([f"小区{i % texts}" if i % 3 else None for i in numbers]).dictionary_encode(),
        "row": pa.array(numbers, pa.int64()),
        "type": pa.array([i % 18 for i in numbers], pa.int16()),
        "resolved": pa.array([None if i % 5 == 0 else i % 2 == 0 for i in numbers]),
    }
    columns = [given.get(f.name, pa.nulls(n, f.type)) for f in TYPED_SCHEMA]
    return pa.RecordBatch.from_arrays(columns, schema=TYPED_SCHEMA)


@pytest.mark.parametrize(("texts", "width"), [(100, pa.int8()), (300, pa.int16()), (40_000, pa.int32())])
def test_nothing_changes_but_the_width_of_codes(texts: int, width: pa.DataType) -> None:
    sizes = [0, 700, 1, *[900] * (BATCHES + 5)]
    starts = np.cumsum([0, *sizes])[:-1].tolist()
    batches = [batch(start, n, texts) for start, n in zip(starts, sizes, strict=True)]
    gathered = Gathering()
    for one in batches:
        gathered.add(one)
    table = gathered.table()
    assert table.schema.field("estate").type == pa.dictionary(width, pa.string())
    expected = pa.Table.from_batches(batches)
    for name in TYPED_SCHEMA.names:
        assert table[name].to_pylist() == expected[name].to_pylist(), name


def test_what_is_let_go_is_gone_in_every_column() -> None:
    gathered = Gathering()
    for k in range(BATCHES + 3):
        gathered.add(batch(k * 50, 50, 9))
    n = 50 * (BATCHES + 3)
    first = np.arange(n) % 7 != 0
    gathered.keep(first)
    gathered.keep(np.arange(first.sum()) % 2 == 0)
    gathered.keep(np.ones(len(gathered.columns("row")), bool))
    left = np.flatnonzero(first)[::2]
    table = gathered.table()
    assert table["row"].to_pylist() == left.tolist()
    assert table["ticket_id"].to_pylist() == [f"T{i}" for i in left]
    assert table["estate"].to_pylist() == [f"小区{i % 9}" if i % 3 else None for i in left]
    assert table["caller"].null_count == len(left)


def test_nothing_gathered() -> None:
    gathered = Gathering()
    gathered.keep(np.ones(0, bool))
    assert gathered.table().num_rows == len(gathered.columns("row", "file")) == 0


def test_counted_is_loaded_without_the_tickets(tmp_path: object) -> None:
    files = hs.sample(str(tmp_path))
    exports = [f for f in files if "truth" not in f.name]
    counted, loaded = hs.count(exports), hs.load(exports)
    assert counted.facts.frame.equals(loaded.facts.frame)
    assert len(counted) == len(loaded) == len(loaded.frame)
    assert repr(counted).startswith(f"<Counted: {len(counted)} from ")
    assert hs.report(counted).to_dict() == hs.report(loaded).to_dict()
