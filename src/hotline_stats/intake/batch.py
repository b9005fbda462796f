"""Rows as they stand in a file, in batches of text cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True)
class RawBatch:
    """`cells`: one string column a header cell, named by its position ("0", "1", …), no nulls.
    `lines`: int64, the line of the file (row of the sheet) where each row begins.
    `defects`: (position in this batch, code) of rows whose number of cells is not the header's."""

    cells: pa.RecordBatch
    lines: npt.NDArray[np.int64]
    defects: tuple[tuple[int, str], ...] = ()


def of_rows(rows: Sequence[Sequence[str]], lines: Sequence[int], width: int) -> RawBatch:
    """A batch of rows given as lists: short ones are filled up, longer ones cut; both are defects unless what
    is cut off is blank."""
    defects = []
    for i, row in enumerate(rows):
        if len(row) < width:
            defects.append((i, "short-row"))
        elif any(c.strip() for c in row[width:]):
            defects.append((i, "long-row"))
    full = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    columns = [pa.array([r[j] for r in full], pa.string()) for j in range(width)]
    cells = pa.RecordBatch.from_arrays(columns, names=[str(j) for j in range(width)])
    return RawBatch(cells, np.asarray(lines, np.int64), tuple(defects))
