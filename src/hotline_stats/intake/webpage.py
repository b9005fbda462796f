"""Markup (.html, and .xls that is really a web page or Excel's XML of 2003): the tables with tickets, as text."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from lxml import etree

from hotline_stats.errors import InputError
from hotline_stats.intake import encoding
from hotline_stats.intake.batch import RawBatch, of_cells, with_broken
from hotline_stats.intake.encoding import Survey
from hotline_stats.intake.headers import Header
from hotline_stats.intake.workbook import ROWS, Sheet, Table, choose
from hotline_stats.settings import IntakeSettings

WIDEST = 16_384
"""Columns of a sheet in Excel; what a row has more is not kept."""
_SILENT = ("script", "style", "title")
_BREAKS = ("br", "p", "div", "li")
_BREAK = "\0"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_SHEET_TAGS = {"Table": "table", "Row": "tr", "Cell": "td"}
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
    workbook.choose). A table's name is its number in the page, "" where only one is read. The first pass keeps the first rows of
    each table; the rows are read as a stream, each time they are asked for.

    Encoding: byte order mark, else `settings`, else UTF-8 when all of the page is, else what the page declares,
    else GB18030. Raises InputError `bad-encoding`, `binary-file`, `no-header`.
    """
    code = encoding.decide(path, seen, settings.encoding or _declared(seen))
    lossy = bool(settings.encoding) and not (seen.utf8 and code.startswith("utf-8"))
    encoding.head_text(path, seen, code, lossy)
    kind: type[_Reader] = _SheetReader if _SPREADSHEET in seen.head else _Reader
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
    name = "xml" if kind is _SheetReader else "html"
    return f"{name} ({code})", sheets, tuple(f"table {n}" for n in others)


@dataclass
class _Lead:
    """The first rows of a table."""

    top: int
    filled: int = 0
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    table: int
    number: int  # from 1, over all tables of the page, as Excel shows them below one another
    cells: list[str]


def _declared(seen: Survey) -> str:
    """The encoding that a page declares, where its bytes leave a choice and Python knows it."""
    named = _CHARSET.search(seen.head)
    if seen.utf8 or named is None:
        return ""
    name = named[1].decode().lower()
    return name if encoding.is_codec(name) and not name.startswith(("utf", "iso-8859-1", "latin")) else ""


def _batches(
    read: Callable[[], Iterator[_Row]], table: int, lossy: bool, lead: _Lead, header: Header, header_at: int
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


def _rows(path: Path, code: str, lossy: bool, reader: "Callable[[], _Reader]") -> Iterator[_Row]:
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


class _Reader:
    """Takes the parser's events and keeps rows as they end. Text of a table inside a cell is that table's only.
    Cells are read in the `first` rows of each table, and of the table `only`; other rows are without cells."""

    def __init__(self, first: int = 1 << 40, only: int = 0) -> None:
        self.done: deque[_Row] = deque()
        self.open: list[_Grid] = []
        self.grid: _Grid | None = None
        self.tables = self.rows = self.silent = 0
        self.first, self.only = first, only

    def parser(self) -> Any:
        return etree.HTMLParser(target=self, encoding="utf-8", huge_tree=True)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        grid = self.grid
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.tables += 1
            self.grid = _Grid(self.tables, 0 if self.only not in (0, self.tables) else self.first)
            self.open.append(self.grid)
        elif grid is None:
            return
        elif tag in ("td", "th"):
            if grid.cells is None:
                self._begin_row(grid)
            if grid.kept:
                grid.begin_cell(attributes)
        elif tag == "tr":
            self._end_row(grid)
            self._begin_row(grid)
        elif tag in _BREAKS:
            grid.text.append(_BREAK)

    def end(self, tag: str) -> None:
        grid = self.grid
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif grid is None:
            return
        elif tag in ("td", "th"):
            grid.end_cell()
        elif tag == "tr":
            self._end_row(grid)
        elif tag == "table":
            self._end_table(grid)
        elif tag in _BREAKS and tag != "br":
            grid.text.append(_BREAK)

    def data(self, text: str) -> None:
        if self.grid is not None and self.grid.cell is not None and not self.silent:
            self.grid.text.append(text)

    def close(self) -> None:
        while self.grid is not None:
            self._end_table(self.grid)

    def _begin_row(self, grid: "_Grid") -> None:
        self.rows += 1
        grid.begin_row(self.rows)

    def _end_row(self, grid: "_Grid") -> None:
        cells = grid.end_row()
        if cells is not None:
            self.done.append(_Row(grid.table, grid.row, cells))

    def _end_table(self, grid: "_Grid") -> None:
        self._end_row(grid)
        self.open.pop()
        self.grid = self.open[-1] if self.open else None


class _SheetReader(_Reader):
    """The same for Excel's XML of 2003, whose sheets are tables. Only the data of a cell are its text. XML that ends too
    early or has faults is refused, where a web page is mended."""

    in_data = False

    def parser(self) -> Any:
        return etree.XMLParser(target=self, encoding="utf-8", resolve_entities=False, no_network=True)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "Comment":
            self.silent += 1
        elif name == "Data":
            self.in_data = True
        elif name in _SHEET_TAGS:
            given = {k.rpartition("}")[2]: v for k, v in attributes.items()}
            more = given.get("MergeAcross", "")
            across = str(int(more) + 1) if more.isascii() and more.isdigit() and len(more) < 6 else "1"
            super().start(_SHEET_TAGS[name], {"colspan": across, "index": given.get("Index", "")})

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "Comment":
            self.silent -= 1
        elif name == "Data":
            self.in_data = False
        elif name in _SHEET_TAGS:
            super().end(_SHEET_TAGS[name])

    def data(self, text: str) -> None:
        if self.in_data:
            super().data(text.replace("\n", _BREAK))


class _Grid:
    """A table while it is read. A cell over several columns or rows stands in the first, the others are blank, as
    in a sheet."""

    def __init__(self, table: int, first: int) -> None:
        self.table, self.row, self.left = table, 0, first
        self.cells: list[str] | None = None
        self.kept = False  # whether the cells of this row are
        self.text: list[str] = []
        self.cell: Mapping[str, str] | None = None
        self.below: dict[int, int] = {}  # column → rows that a cell above still fills

    def begin_row(self, number: int) -> None:
        self.row, self.cells, self.kept = number, [], self.left > 0
        self.left -= 1

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.end_cell()
        self.cell, self.text = attributes, []

    def end_cell(self) -> None:
        attributes, cells = self.cell, self.cells
        if attributes is None or cells is None:
            return
        if self.below:
            self._pass_filled(cells)
        if "index" in attributes:
            cells += [""] * (_span(attributes, "index") - 1 - len(cells))
        text = _plain(self.text)
        number = attributes.get("x:num", "")  # Excel's own: the number where the text is rounded
        if number.isdigit() and _SCIENTIFIC.fullmatch(text):
            text = number
        across, down = _span(attributes, "colspan"), _span(attributes, "rowspan")
        if down > 1:
            self.below |= {len(cells) + i: down for i in range(across)}
        if len(cells) < WIDEST:
            cells.append(text)
            cells += [""] * (across - 1)
        self.cell, self.text = None, []

    def end_row(self) -> list[str] | None:
        self.end_cell()
        cells, self.cells = self.cells, None
        if cells is not None and self.below:
            self._pass_filled(cells)
            self.below = {column: n - 1 for column, n in self.below.items() if n > 1}
        return cells

    def _pass_filled(self, cells: list[str]) -> None:
        """Leave room for the cells above that reach into this row; those begun in this row lie behind."""
        while len(cells) in self.below:
            cells.append("")


def _span(attributes: Mapping[str, str], name: str) -> int:
    given = attributes.get(name)
    if given is None:
        return 1
    given = given.strip()
    return min(max(int(given), 1), 1000) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _plain(parts: list[str]) -> str:
    """Text as a browser shows it: white space folded, breaks kept."""
    if len(parts) == 1 and _BREAK not in parts[0]:
        return " ".join(parts[0].split())
    text = "".join(parts)
    lines = [" ".join(line.split()) for line in text.split(_BREAK)]
    return "\n".join(line for line in lines if line)
