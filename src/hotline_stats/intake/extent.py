"""How far the sheets of a workbook reach: a stray cell far away makes a sheet of billions of cells."""

import re
import zipfile
import zlib
from pathlib import Path

from hotline_stats.errors import InputError

CELLS = 50_000_000
"""A sheet of Excel's 1,048,576 rows may have 47 columns. The reader holds every cell up to the last in memory, and
the whole program ends where there is not enough of it."""
_CHUNK, _OVERLAP = 1 << 22, 64
_NEAR = 100_000
_ANY_ROW = re.compile(rb' r="[A-Za-z]*(\d+)')  # each begins with a literal, which is found fast
_FAR_ROW = re.compile(rb' r="[A-Za-z]*(\d{6,})')
_COLUMN = re.compile(rb' r="([A-Za-z]{2,})\d')


def refuse_too_large(path: Path) -> None:
    """Raise InputError `sheet-too-large` when the cells of a sheet span more than CELLS. What cannot be unpacked
    here is left to the reader of workbooks."""
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
