"""Rows inside a cell: the sign of a quote that was never closed."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.errors import InputError
from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header
from hotline_stats.intake.lines import Lines
from hotline_stats.intake.values import buffers

_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}"


def refuse_rows_inside(
    path: Path, header: Header, delimiter: str, raw: RawBatch, ends: tuple[Lines, Sequence[int]]
) -> None:
    """A quote that is never closed takes in what follows up to the next quote: a cell then holds the start of
    another ticket, with a date in its place, in a row with a stray quote or an unusual number of cells.
    `ends`: line ends in each row, and the columns that have some. Raises InputError `unclosed-quote`."""
    inner, where = ends
    mark = re.escape(delimiter)
    before = header.columns.index(header.received)
    row = rf"[\r\n](?:[^{mark}\r\n]*{mark}){{{before}}}{_DATE}[^{mark}\r\n]{{0,20}}{mark}"
    damaged = {position for position, _ in raw.defects}
    for column in (raw.cells.column(i) for i in where if i < raw.cells.num_columns):
        likely = _with_digit_after(column, delimiter if before else "\r\n")
        likely = likely[inner[likely] > 0]
        if not len(likely):
            continue
        found = pc.match_substring_regex(column.take(pa.array(likely)), row).to_numpy(zero_copy_only=False)
        for i in likely[found]:
            if i in damaged or any('"' in str(c[int(i)].as_py()) for c in raw.cells.columns):
                raise InputError("unclosed-quote", file=path.name, line=int(raw.lines[i]))


def _with_digit_after(text: pa.StringArray, signs: str) -> npt.NDArray[np.int64]:
    """The positions of texts with a digit after one of these signs of ASCII: few, where a pattern is slow."""
    bounds, data = buffers(text)
    own = data[bounds[0] : bounds[-1]]
    at = np.concatenate([np.flatnonzero(own[:-1] == ord(sign)) for sign in signs])
    at = at[own[at + 1] - np.uint8(ord("0")) <= np.uint8(9)]
    rows = np.searchsorted(bounds, at + bounds[0], side="right") - 1
    found: npt.NDArray[np.int64] = np.unique(rows)
    return found
