"""Markup (.html, and .xls that is really a web page or Excel's XML of 2003): the tables with tickets, as text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from lxml import etree

from hotline_stats.errors import InputError
from hotline_stats.intake import encoding
from hotline_stats.intake.batch import RawBatch, of_cells, with_broken
from hotline_stats.intake.encoding import Survey
from hotline_stats.intake.headers import Header
from hotline_stats.intake.markup import Reader, Row, SheetReader
from hotline_stats.intake.workbook import ROWS, Sheet, Table, choose
from hotline_stats.settings import IntakeSettings

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)


def is_page(head: bytes) -> bool:
    """Whether a file that begins like this is a web page with a table, whatever its name says."""
    codec = next((c for c in ("utf-16-le", "utf-16-be") if head.startswith("\ufeff".encode(c))), "latin-1")
    text = head.removeprefix(b"\xef\xbb\xbf").decode(codec, "ignore").lstrip("\ufeff \t\r\n")
    return text.startswith("<") and _TABLE.search(text) is not None


def open_tables(
    path: Path, seen: Survey, settings: IntakeSettings
) -> tuple[str, tuple[Sheet, ...], tuple[str, ...]]:
    """What `check` says of the encoding, the tables with tickets and the names of those left out (see
    workbook.choose). A table's name is its number in the page, "" where only one is read. The first pass keeps the
    first rows of each table; the rows are read as a stream, each time they are asked for.

    Encoding: byte order mark, else `settings`, else UTF-8 when all of the page is, else what the page declares,
    else GB18030. Raises InputError `bad-encoding`, `bad-workbook`, `binary-file`,
    `no-header`.
    """
    code = encoding.decide(path, seen, settings.encoding or _declared(seen))
    lossy = bool(settings.encoding) and not (seen.utf8 and code.startswith("utf-8"))
    encoding.head_text(path, seen, code, lossy)
    kind: type[Reader] = SheetReader if _SPREADSHEET in seen.head else Reader
    read = partial(_rows, path, code, lossy)
    found: dict[int, _Lead] = {}
    kept = settings.header_rows + 50
    for row in read(partial(kind, first=kept)):
        lead = found.setdefault(row.table, _Lead(row.number))
        lead.filled += 1
        if lead.filled <= kept:
            lead.rows.append(row.cells)
            lead.numbers.append(row.number)
    tables = [
        Table(
            str(n),
            lead.rows,
            lead.top,
            lead.filled,
            partial(_batches, partial(read, partial(kind, only=n)), n, lossy, lead),
        )
        for n, lead in sorted(found.items())
    ]
    sheets, others = choose(path.name, tables, settings)
    if len(sheets) == 1:
        only = sheets[0]
        sheets = (Sheet("", only.header, only.header_row, only.filled, only.batches),)
    name = "xml" if kind is SheetReader else "html"
    return f"{name} ({code})", sheets, tuple(f"table {n}" for n in others)


@dataclass
class _Lead:
    """The first rows of a table."""

    top: int
    filled: int = 0
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def _declared(seen: Survey) -> str:
    """The encoding that a page declares, where its bytes leave a choice and Python knows it."""
    named = _CHARSET.search(seen.head)
    if seen.utf8 or seen.begins_as_utf8 or named is None:
        return ""
    name = named[1].decode().lower()
    return name if encoding.is_codec(name) and not name.startswith(("utf", "iso-8859-1", "latin")) else ""


def _batches(
    read: Callable[[], Iterator[Row]], table: int, lossy: bool, lead: _Lead, header: Header, header_at: int
) -> Iterator[RawBatch]:
    """The rows of one table under its header, those of unusual width in batches of their own."""
    width = len(header.cells)
    usual = Counter(len(r) for r in lead.rows[header_at + 1 :] if r).most_common(1)
    first = lead.numbers[header_at]
    rows = (r for r in read() if r.table == table and r.number > first)
    while part := list(islice(rows, ROWS)):
        for n in sorted({len(r.cells) for r in part}):
            alike = [r for r in part if len(r.cells) == n]
            columns = [pa.array(c, pa.string()) for c in zip(*(r.cells for r in alike), strict=True)]
            cells = pa.RecordBatch.from_arrays(
                columns or [pa.array([""] * len(alike))], names=list(map(str, range(max(n, 1))))
            )
            lines = np.array([r.number for r in alike], np.int64)
            raw = of_cells(cells, lines, width, max(width, usual[0][0] if usual else 0))
            yield with_broken(raw) if lossy else raw


def _rows(path: Path, code: str, lossy: bool, reader: Callable[[], Reader]) -> Iterator[Row]:
    """All rows of all tables, in order of their ends."""
    target = reader()
    parser = target.parser()
    try:
        for chunk in encoding.utf8_chunks(path, code, "", lossy):
            parser.feed(chunk)
            while target.done:
                yield target.done.popleft()
        parser.close()
    except etree.XMLSyntaxError as error:
        raise InputError("bad-workbook", file=path.name, reason="HTML / XML") from error
    yield from target.done
