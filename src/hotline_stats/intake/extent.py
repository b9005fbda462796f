"""How far the sheets of a workbook reach: a stray cell far away makes a sheet of billions of cells."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from hotline_stats.errors import InputError

CELLS = 50_000_000
"""A sheet of Excel's 1,048,576 rows may have 47 columns. The reader holds every cell up to the last in memory, and
the whole program ends where there is not enough of it."""
_CHUNK, _OVERLAP = 1 << 22, 64
_NEAR = 100_000
_ANY_ROW = re.compile(rb' r="[A-Za-z]*(\d+)')  # each begins with a literal, which is found fast
_FAR_ROW = re.compile(rb' r="[A-Za-z]*(\d{6,})')
_COLUMN = re.compile(rb' r="([A-Za-z]{2,})\d')
_CELL_RECORDS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
"""Of a workbook of Excel 97 to 2003: records that begin with row and column of a cell ([MS-XLS] 2.3.1)."""
_COLUMNS_97 = 256


def refuse_too_large(path: Path) -> None:
    """Raise InputError `sheet-too-large` when the cells of a sheet span more than CELLS; `bad-workbook` when one
    of Excel 97 to 2003 lacks its stream or has a cell further to the right than these have columns. What else cannot
    be unpacked here is left to the reader of workbooks."""
    if olefile.isOleFile(path):
        _refuse_damaged_97(path)
        return
    try:
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if "worksheets/" in name.lower():
                    rows, columns = _extent(book, name, _FAR_ROW)
                    if max(rows, _NEAR) * columns > CELLS:
                        rows, columns = _extent(book, name, _ANY_ROW)
                    if rows * columns > CELLS:
                        raise InputError("sheet-too-large", file=path.name, rows=rows, columns=columns)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return


def _refuse_damaged_97(path: Path) -> None:
    """The reader believes what a damaged file says of its sizes, and asks for as much memory."""
    try:
        with olefile.OleFileIO(path) as book:
            name = next(n for n in ("Workbook", "Book") if book.exists(n))
            data = book.openstream(name).read()
    except (StopIteration, OSError, IndexError, ValueError, struct.error) as error:
        raise InputError("bad-workbook", file=path.name, reason=type(error).__name__) from error
    if any(column >= _COLUMNS_97 for column in _columns_97(data)):
        raise InputError("bad-workbook", file=path.name, reason="BIFF")


def _columns_97(data: bytes) -> Iterator[int]:
    """The column of every cell record."""
    at, record = 0, struct.Struct("<HHHH")
    while at + record.size <= len(data):
        kind, size, _, column = record.unpack_from(data, at)
        if kind in _CELL_RECORDS and size >= 4:
            yield column
        at += 4 + size


def _extent(book: zipfile.ZipFile, name: str, row: re.Pattern[bytes]) -> tuple[int, int]:
    """The last row and the last column (26 at least) that a sheet names; of rows only those that `row` finds."""
    rows, columns, rest = 1, 26, b""
    with book.open(name) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = (rest + chunk).replace(b" r='", b' r="')
            rows = max(rows, *(int(n[:12]) for n in {*row.findall(text), b"1"}))
            columns = max(columns, *(_number(c) for c in {*_COLUMN.findall(text), b"Z"}))
            rest = text[-_OVERLAP:]
    return rows, columns


def _number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters[:12].upper():
        number = number * 26 + letter - 64
    return number
