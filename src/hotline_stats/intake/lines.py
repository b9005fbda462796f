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

    def __init__(self, line: int) -> None:
        self.line = self.last = line
        self.record = 1

    def place(self, inner: Lines, aside: Sequence[pacsv.InvalidRow]) -> tuple[Lines, Lines]:
        """The lines of the rows of a batch, whose cells hold `inner` line ends, and of the rows set aside
        before, among and right after them; `aside` may go on with rows further down."""
        n = len(inner)
        at = np.array([row.number for row in aside], np.int64) - self.record
        at = at[at - np.arange(len(at)) <= n]
        heights = np.ones(n + len(at), np.int64)
        regular = np.ones(len(heights), bool)
        regular[at] = False
        heights[at] += np.array([len(LINE_END.findall(row.text)) for row in aside[: len(at)]], np.int64)
        heights[regular] += inner
        ends = self.line + np.cumsum(heights)
        starts = ends - heights
        if len(heights):
            self.line, self.last = int(ends[-1]), int(starts[-1])
        self.record += len(heights)
        return starts[regular], starts[at]


def line_ends(cells: pa.RecordBatch) -> tuple[Lines, tuple[int, ...]]:
    """Line ends (CRLF, LF or CR) inside the cells of each row, and the columns that have any."""
    out, where = np.zeros(cells.num_rows, np.int64), []
    for i, column in enumerate(cells.columns):
        _, offsets, data = column.buffers()
        if data is None:
            continue
        bounds = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
        text = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]
        if text.min(initial=14) > 13:  # most columns: a look is faster than a search
            continue
        low = np.flatnonzero(text <= 13)
        signs = text.take(low)
        ends, returns = low[signs == 10], low[signs == 13]
        if len(returns):
            after = returns + 1 + bounds[0]
            followed = (text[np.minimum(returns + 1, len(text) - 1)] == 10) & (
                bounds[np.searchsorted(bounds, after)] != after
            )
            ends = np.concatenate([ends, returns[~followed]])
        if len(ends):
            out += np.bincount(
                np.searchsorted(bounds, ends + bounds[0], side="right") - 1, minlength=len(out)
            )
            where.append(i)
    return out, tuple(where)
