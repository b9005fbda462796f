"""Rows as they stand in a file, in batches of text cells."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class RawBatch:
    """`cells`: one string column a header cell, named by its position ("0", "1", …), no nulls.
    `lines`: int64, the line of the file (row of the sheet) where each row begins.
    `defects`: (position in this batch, code) of rows whose number of cells is not the header's, or that hold
    bytes which are not of the encoding."""

    cells: pa.RecordBatch
    lines: npt.NDArray[np.int64]
    defects: tuple[tuple[int, str], ...] = ()

    def after(self, line: int) -> "RawBatch":
        """The rows below a line."""
        if not len(self.lines) or self.lines[0] > line:
            return self
        n = int(np.searchsorted(self.lines, line, side="right"))
        return RawBatch(
            self.cells.slice(n), self.lines[n:], tuple((i - n, c) for i, c in self.defects if i >= n)
        )


def of_cells(cells: pa.RecordBatch, lines: npt.NDArray[np.int64], width: int, usual: int) -> RawBatch:
    """A batch as wide as the header: short rows are filled up, long ones cut. Both are defects, unless most rows
    of the file have the `usual` number of cells and what they have more than the header is blank. A row longer
    than that has its cells in wrong places, even when its last one is blank."""
    n = cells.num_rows
    columns, surplus = cells.columns[:width], cells.columns[width:]
    short = width - len(columns)
    odd = np.full(n, short > 0 or len(cells.columns) > max(usual, width))
    for column in surplus:
        odd |= pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0).to_numpy(zero_copy_only=False)
    defects = tuple((int(i), "short-row" if short > 0 else "long-row") for i in np.flatnonzero(odd))
    blank = [pa.array([""] * n, pa.string())] * short if short > 0 else []
    fitted = pa.RecordBatch.from_arrays([*columns, *blank], names=[str(i) for i in range(width)])
    return RawBatch(fitted, lines, defects)


def with_broken(raw: RawBatch) -> RawBatch:
    """A batch whose rows with replaced bytes (U+FFFD) are defects of code `broken-bytes`."""
    lost = np.zeros(raw.cells.num_rows, bool)
    for column in raw.cells.columns:
        lost |= pc.match_substring(column, "\ufffd").to_numpy(zero_copy_only=False)
    found = tuple((int(i), "broken-bytes") for i in np.flatnonzero(lost))
    return RawBatch(raw.cells, raw.lines, (*raw.defects, *found))
