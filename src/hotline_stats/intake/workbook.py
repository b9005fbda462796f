"""Workbooks (.xlsx, .xlsm, .xls): the sheets with tickets, their headers and rows as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from hotline_stats.errors import InputError
from hotline_stats.intake import extent, headers, mapping
from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header
from hotline_stats.settings import IntakeSettings

ROWS = 20_000
_KINDS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls"}
_EXACT = 1e15
"""Excel keeps 15 digits: a longer number is not the id that was typed."""


@dataclass(frozen=True)
class Sheet:
    """A sheet that holds tickets. `rows` begin at sheet row `first`, under the header."""

    name: str
    header: Header
    header_row: int
    rows: Sequence[Sequence[object]]
    first: int


def kind(head: bytes) -> str:
    """ "xlsx" or "xls" by the first bytes, whatever the name of the file says; "" for another file."""
    return next((name for magic, name in _KINDS.items() if head.startswith(magic)), "")


def open_sheets(path: Path, settings: IntakeSettings) -> tuple[Sheet, ...]:
    """The sheets with tickets, in order: the one with most known headers (the first of equals) and those with
    the same columns, such as one a month. Sheets without rows count only when none has any. Raises InputError
    `bad-workbook`, `sheet-too-large`, `no-header`."""
    extent.refuse_too_large(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
            tables = [(n, (s.start or (0, 0))[0] + 1, s.to_python(skip_empty_area=True)) for n, s in sheets]
    except CalamineError as error:
        raise InputError("bad-workbook", file=path.name, reason=type(error).__name__) from error
    reading = mapping.of(settings)
    found: list[Sheet] = []
    above: list[list[str]] = []
    for name, top, table in tables:
        lead = [[_text(c) for c in row] for row in table[: settings.header_rows + 50]]
        at = headers.find(lead[: settings.header_rows + 1], reading)
        if at is None:
            above += lead[: settings.header_rows + 1]
        else:
            header = headers.read(lead[at], lead[at + 1 :], reading)
            found.append(Sheet(name, header, top + at, table[at + 1 :], top + at + 1))
    if not found:
        raise headers.missing(path.name, above, reading)
    best = max(found, key=lambda sheet: len(sheet.header.mapping)).header
    alike = tuple(sheet for sheet in found if set(sheet.header.columns) - {""} == set(best.columns) - {""})
    return tuple(sheet for sheet in alike if sheet.rows) or alike[:1]


def batches(sheet: Sheet) -> Iterator[RawBatch]:
    names = [str(i) for i in range(len(sheet.header.cells))]
    for at in range(0, len(sheet.rows), ROWS):
        part = sheet.rows[at : at + ROWS]
        columns = [pa.array([_text(c) for c in column], pa.string()) for column in zip(*part, strict=True)]
        lines = np.arange(sheet.first + at, sheet.first + at + len(part), dtype=np.int64)
        yield RawBatch(pa.RecordBatch.from_arrays(columns, names=names), lines)


def _text(cell: object) -> str:
    """A cell as an export would write it: whole numbers without ".0", times in ISO form."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < _EXACT else f"{cell:E}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
