"""Which tickets are in doubt, and their rows set aside while all pass on."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.engines.review import Review, doubt, in_doubt
from hotline_stats.errors import UsageError
from hotline_stats.model.findings import Doubt
from hotline_stats.model.types import ProblemType, TypeScheme

SCHEME = TypeScheme("s", "1", tuple(ProblemType(t, t, t) for t in ("a", "b", "other")), ())
SCHEMA = pa.schema(
    [("row", pa.int64()), ("type_primary", pa.string()), ("type_margin", pa.float32()), ("type_review", pa.bool_())]
)  # fmt: skip


def classified(*sizes: int) -> pa.Table:
    """Rows with margins 0, 0.25, 0.5, 0.75 over and over, marked below 0.5, in batches of these sizes."""
    batches, at = [], 0
    for n in sizes:
        rows = np.arange(at, at + n)
        margin = (rows % 4 / 4).astype(np.float32)
        types = pa.array([SCHEME.ids[i % 3] for i in rows], pa.string())
        batches.append(pa.RecordBatch.from_arrays(
            [pa.array(rows), types, pa.array(margin), pa.array(margin < 0.5)], schema=SCHEMA
        ))  # fmt: skip
        at += n
    return pa.Table.from_batches(batches, schema=SCHEMA)


def test_a_margin_as_it_is_written_is_not_below_itself() -> None:
    written = np.array([0.1, 0.2, 0.3, 0.7, 1.0], np.float32)
    assert not any(in_doubt(written[[i]], float(repr(float(str(m)))))[0] for i, m in enumerate(written))
    assert in_doubt(written, 0.3).tolist() == [True, True, False, False, False]


def test_doubt_by_type() -> None:
    tickets = pa.table(
        {"type": pa.array([0, 0, 2, 2, 2], pa.int16()), "margin": pa.array([0.1, 0.5, 0.0, 0.2, 0.9], pa.float32())}
    )  # fmt: skip
    found = doubt(tickets, SCHEME, 0.3)
    assert found == Doubt(0.3, (("a", 1, 2), ("other", 2, 3)))
    assert found.n == 3
    assert found.to_dict() == {"min_margin": 0.3, "n": 3, "types": {"a": 1, "other": 2}}
    assert doubt(tickets, SCHEME, 0.0) == Doubt()


def test_rows_set_aside() -> None:
    """By hand: of rows 0–9 the margins 0 are rows 0, 4, 8, the margins 0.25 rows 1, 5, 9."""
    table = classified(3, 4, 3)
    found = Review(table.to_reader())
    assert found.batches.read_all().equals(table)
    assert found.rows()["row"].to_pylist() == [0, 4, 8, 1, 5, 9]
    assert found.n == 10
    assert found.types() == (("a", 2), ("b", 2), ("other", 2))


@given(st.lists(st.integers(0, 7), min_size=1, max_size=6))
def test_however_the_rows_are_cut(sizes: list[int]) -> None:
    whole, cut = Review(classified(sum(sizes)).to_reader()), Review(classified(*sizes).to_reader())
    for found in (whole, cut):
        found.batches.read_all()
    assert whole.rows().equals(cut.rows())
    assert whole.types() == cut.types() and cut.n == sum(sizes)
    margins = cut.rows()["type_margin"].to_pylist()
    assert margins == sorted(margins)
    assert len(margins) == sum(n for _, n in cut.types())


def test_rows_that_are_not_marked() -> None:
    with pytest.raises(UsageError) as error:
        Review(classified(2).drop_columns("type_review").to_reader())
    assert error.value.code == "review-needs-margin"
