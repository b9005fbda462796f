"""On which line of the file each row begins, as an editor counts."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv

from hotline_stats.intake.encoding import LINE_END

Lines = npt.NDArray[np.int64]


class Clock:
    """Counts over batches: cells may hold line ends, and rows that the reader set aside stand between the
    others. `line`: of the row that comes next; `last`: of the row that came last."""

    def __init__(self, line: int, quotes: bool) -> None:
        self.line = self.last = line
        self.quotes = quotes
        self.record = 1

    def place(self, cells: pa.RecordBatch, aside: Sequence[pacsv.InvalidRow]) -> tuple[Lines, Lines]:
        """The lines of the rows of a batch, and of the rows set aside before, among and right after them;
        `aside` may go on with rows further down."""
        n = cells.num_rows
        at = np.array([row.number for row in aside], np.int64) - self.record
        at = at[at - np.arange(len(at)) <= n]
        heights = np.ones(n + len(at), np.int64)
        regular = np.ones(len(heights), bool)
        regular[at] = False
        heights[at] += np.array([len(LINE_END.findall(row.text)) for row in aside[: len(at)]], np.int64)
        if self.quotes:
            heights[regular] += line_ends(cells)
        ends = self.line + np.cumsum(heights)
        starts = ends - heights
        if len(heights):
            self.line, self.last = int(ends[-1]), int(starts[-1])
        self.record += len(heights)
        return starts[regular], starts[at]


def line_ends(cells: pa.RecordBatch) -> Lines:
    """Line ends inside the cells of each row: CRLF, LF or CR."""
    out = np.zeros(cells.num_rows, np.int64)
    for column in cells.columns:
        _, offsets, data = column.buffers()
        if data is None:
            continue
        bounds = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
        text = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]
        feeds, returns = np.flatnonzero(text == 10), np.flatnonzero(text == 13)
        if len(returns):
            alone = returns[text[np.minimum(returns + 1, len(text) - 1)] != 10]
            feeds = np.concatenate([feeds, alone])
        if len(feeds):
            out += np.bincount(
                np.searchsorted(bounds, feeds + bounds[0], side="right") - 1, minlength=len(out)
            )
    return out
