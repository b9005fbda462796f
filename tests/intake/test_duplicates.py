"""Repeated rows of a ticket, against a plain pandas oracle."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.intake import duplicates, older_rows

ROW = st.tuples(
    st.sampled_from([None, "a", "b", "c", ""]), st.none() | st.integers(0, 3), st.integers(0, 2)
)  # id, closed, file


def table(rows: list[tuple[str | None, int | None, int]], chunk: int = 1000) -> pa.Table:
    """`row` is the position, as lines within a file ascend."""
    schema = pa.schema(
        [
            ("ticket_id", pa.string()),
            ("closed_at", pa.timestamp("s")),
            ("updated_at", pa.timestamp("s")),
            ("file", pa.int16()),
            ("row", pa.int64()),
        ]
    )
    named = [{"ticket_id": i, "closed_at": c, "file": f, "row": n} for n, (i, c, f) in enumerate(rows)]
    parts = [pa.RecordBatch.from_pylist(named[at : at + chunk], schema) for at in range(0, len(named), chunk)]
    return pa.Table.from_batches(parts, schema)


def oracle(rows: list[tuple[str | None, int | None, int]]) -> list[int]:
    frame = pd.DataFrame(rows, columns=["id", "closed", "file"], dtype=object)
    frame["row"] = range(len(frame))
    older: list[int] = []
    for _, same in frame.dropna(subset="id").groupby("id"):
        ranked = same.assign(open=same["closed"].isna(), day=same["closed"].fillna(0))
        ranked = ranked.sort_values(["open", "day", "file", "row"], ascending=[False, True, True, True])
        older += list(ranked["row"][:-1])
    return sorted(older)


@given(st.lists(ROW, max_size=25), st.integers(1, 9))
@settings(deadline=None, derandomize=True)
def test_the_newest_row_of_a_ticket_counts(
    rows: list[tuple[str | None, int | None, int]], chunk: int
) -> None:
    assert older_rows(table(rows, chunk))[0].tolist() == oracle(rows)


def test_an_open_row_is_older_than_a_closed_one_below_or_above() -> None:
    assert older_rows(table([("a", 5, 0), ("a", None, 1)]))[0].tolist() == [1]
    assert older_rows(table([("a", None, 0), ("a", 5, 0)]))[0].tolist() == [0]


def test_then_the_later_file_then_the_lower_row() -> None:
    assert older_rows(table([("a", 5, 1), ("a", 5, 0)]))[0].tolist() == [1]
    assert older_rows(table([("a", None, 0), ("a", None, 0), ("a", None, 0)]))[0].tolist() == [0, 1]


def test_rows_without_an_id_are_never_repeats() -> None:
    assert older_rows(table([(None, 5, 0)] * 4))[0].tolist() == []
    assert older_rows(table([]))[0].tolist() == []


def test_ids_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_hashes", lambda ids: np.zeros(len(ids), np.uint64))
    rows = [("a", 1, 0), ("b", 2, 0), (None, 1, 0), ("a", 2, 1), (None, 3, 1), ("c", None, 1)]
    older, newer = older_rows(table(rows, chunk=2))
    assert (older.tolist(), newer.tolist()) == ([0], [3])
