"""Workbooks (.xlsx, .xlsm, .xls): the sheets with tickets, their headers and rows as text."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from hotline_stats.errors import InputError
from hotline_stats.intake import extent, headers, mapping, ours
from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header
from hotline_stats.settings import IntakeSettings

ROWS = 20_000
_KINDS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls"}
_EXACT = 1e15
"""Excel keeps 15 digits: a longer number is not the id that was typed."""


@dataclass(frozen=True)
class Table:
    """A sheet, or a table of a web page. `lead`: its first rows as text, the first of them row `top`; `filled`: how
    many rows it has; `batches`: its rows under a header, given the header and its position in `lead`."""

    name: str
    lead: Sequence[list[str]]
    top: int
    filled: int
    batches: Callable[[Header, int], Iterator[RawBatch]]


@dataclass(frozen=True)
class Sheet:
    """A table that holds tickets."""

    name: str
    header: Header
    header_row: int
    filled: int
    batches: Callable[[], Iterator[RawBatch]]


def kind(head: bytes) -> str:
    """ "xlsx" or "xls" by the first bytes, whatever the name of the file says; "" for another file."""
    return next((name for magic, name in _KINDS.items() if head.startswith(magic)), "")


def open_sheets(path: Path, settings: IntakeSettings) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets with tickets and the names of those left out; see `choose`. Raises InputError `bad-workbook`,
    `sheet-too-large`, `no-header`, `own-output`."""
    extent.refuse_too_large(path)
    with _damage_told(path), CalamineWorkbook.from_path(path) as book:
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        tables = [(n, (s.start or (0, 0))[0] + 1, s.to_python(skip_empty_area=True)) for n, s in sheets]
    found = []
    for name, top, rows in tables:
        lead = [[_text(c) for c in row] for row in rows[: settings.header_rows + 50]]
        found.append(Table(name, lead, top, len(rows), partial(_batches, rows, top)))
    return choose(path.name, found, settings)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """The reader's errors as InputError `bad-workbook`. It panics over some files whose end is cut off: what it raises
    then is no Exception, and of a class that cannot be imported."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        raise InputError("bad-workbook", file=path.name, reason=type(error).__name__) from error


def choose(
    file: str, tables: Sequence[Table], settings: IntakeSettings
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The tables with tickets, in order: the one with most known headers (the first of equals) and those with the
    same columns, such as one a month; and the names of the others that are not empty. Tables without rows count
    only when none has any. Raises InputError `no-header`, `own-output`."""
    reading = mapping.of(settings)
    found: list[Sheet] = []
    above: list[list[str]] = []
    for table in tables:
        first = table.lead[: settings.header_rows + 1]
        ours.refuse(file, first)
        at = headers.find(first, reading)
        if at is None:
            above += first
        else:
            header = headers.read(table.lead[at], table.lead[at + 1 :], reading)
            rows = partial(table.batches, header, at)
            found.append(Sheet(table.name, header, table.top + at, table.filled - at - 1, rows))
    if not found:
        raise headers.missing(file, above, reading)
    best = max(found, key=lambda sheet: len(sheet.header.mapping)).header
    alike = tuple(sheet for sheet in found if set(sheet.header.columns) - {""} == set(best.columns) - {""})
    names = {sheet.name for sheet in alike}
    others = tuple(t.name for t in tables if t.filled and t.name not in names)
    return tuple(sheet for sheet in alike if sheet.filled) or alike[:1], others


def _batches(
    rows: Sequence[Sequence[object]], top: int, header: Header, header_at: int
) -> Iterator[RawBatch]:
    names = [str(i) for i in range(len(header.cells))]
    for at in range(header_at + 1, len(rows), ROWS):
        part = rows[at : at + ROWS]
        columns = [pa.array([_text(c) for c in column], pa.string()) for column in zip(*part, strict=True)]
        lines = np.arange(top + at, top + at + len(part), dtype=np.int64)
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
