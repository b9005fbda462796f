"""Workbooks (.xlsx, .xlsm, .xls): the sheet with tickets, its header and its rows as text."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from hotline_stats.errors import InputError
from hotline_stats.intake import headers
from hotline_stats.intake.batch import RawBatch, of_rows
from hotline_stats.intake.headers import Header
from hotline_stats.settings import IntakeSettings

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
ROWS = 20_000


@dataclass(frozen=True)
class Sheet:
    """The sheet that holds the tickets. `rows` begin at sheet row `first`, under the header."""

    name: str
    header: Header
    header_row: int
    rows: Sequence[Sequence[object]]
    first: int


def is_workbook(head: bytes) -> bool:
    return head.startswith(MAGIC)


def open_sheet(path: Path, settings: IntakeSettings) -> Sheet:
    """The sheet with the most known headers. Raises InputError `bad-workbook`, `no-header`."""
    data = path.read_bytes()
    best: Sheet | None = None
    seen: list[str] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(n, book.get_sheet_by_name(n)) for n in book.sheet_names]
        tables = [(name, (sheet.start or (0, 0))[0], sheet.to_python(skip_empty_area=True)) for name, sheet in sheets]
    except CalamineError as error:
        raise InputError("bad-workbook", file=path.name, reason=type(error).__name__) from error
    for name, top, table in tables:
        lead = [[_text(c) for c in row] for row in table[: settings.header_rows + 50]]
        at = headers.find(lead[: settings.header_rows + 1])
        if at is None:
            seen.append(name)
            continue
        header = headers.read(lead[at], lead[at + 1 :])
        if best is None or len(header.mapping) > len(best.header.mapping):
            best = Sheet(name, header, top + at + 1, table[at + 1 :], top + at + 2)
    if best is None:
        raise InputError(
            "no-header", file=path.name, rows=settings.header_rows + 1, expected="受理时间", found="、".join(seen)
        )
    return best


def batches(sheet: Sheet) -> Iterator[RawBatch]:
    width = len(sheet.header.cells)
    for at in range(0, len(sheet.rows), ROWS):
        part = [[_text(c) for c in row] for row in sheet.rows[at : at + ROWS]]
        lines = range(sheet.first + at, sheet.first + at + len(part))
        yield of_rows(part, lines, width)


def _text(cell: object) -> str:
    """A cell as an export would write it: whole numbers without ".0", times in ISO form."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return str(cell)
