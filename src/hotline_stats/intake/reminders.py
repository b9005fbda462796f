"""Rows that only remind of another ticket (催单, 补充): which they are, and which ticket they mean."""

import re
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header, resource
from hotline_stats.intake.values import holds, present
from hotline_stats.model.tickets import REMINDER_SCHEMA

_ID_MARKS = r'^[=\'"\t`\x{feff}]+|"$|\.0+$'
"""What keeps an id text in Excel (="1", '1), the mark of a file joined to another, the .0 of a number."""
_NONE = pa.RecordBatch.from_pylist([], schema=REMINDER_SCHEMA)
_BYTES_OF_MARKS = b"='\"\t`.\xef"


def bare_ids(cell: pa.StringArray) -> pa.StringArray:
    """Ids without the marks of a spreadsheet; null where there is none."""
    ids = present(cell)
    return pc.replace_substring_regex(ids, _ID_MARKS, "") if holds(ids, _BYTES_OF_MARKS) else ids


def opens_as_reminder(raw: RawBatch, header: Header) -> npt.NDArray[np.bool_]:
    """Rows that name another ticket and whose title or content begins as a reminder does. A ticket that names
    another and has a text of its own is a ticket."""
    n = raw.cells.num_rows
    other = header.index("repeat_of")
    if other is None:
        return np.zeros(n, bool)
    named = pc.is_valid(present(raw.cells.column(other)))
    opens: pa.BooleanArray = pa.repeat(False, n)
    for column in ("title", "content"):
        at = header.index(column)
        if at is not None:
            opens = pc.or_(opens, pc.match_substring_regex(raw.cells.column(at), _opening()))
    out: npt.NDArray[np.bool_] = pc.and_(named, opens).to_numpy(zero_copy_only=False)
    return out


@cache
def _opening() -> str:
    words = "|".join(re.escape(w) for w in resource("values.toml")["rows"]["reminder_openings"])
    return rf"^[\s\x{{3000}}]*[【\[（(〔《]?[\s\x{{3000}}]*(?:{words})"


def reminders(
    raw: RawBatch, header: Header, mask: npt.NDArray[np.bool_], accepted: pa.TimestampArray
) -> pa.RecordBatch:
    """REMINDER_SCHEMA of the masked rows. The ticket meant is the one that the row names, else the one whose id
    the row itself carries."""
    if not mask.any():
        return _NONE
    rows = pa.array(mask)
    nothing = pa.nulls(int(mask.sum()), pa.string())
    ids, named = (
        nothing if (at := header.index(column)) is None else bare_ids(raw.cells.column(at).filter(rows))
        for column in ("ticket_id", "repeat_of")
    )
    columns = [ids, pc.coalesce(named, ids), accepted.filter(rows), pa.array(raw.lines[mask])]
    return pa.RecordBatch.from_arrays(columns, schema=REMINDER_SCHEMA)
