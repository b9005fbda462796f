"""Events of a markup parser → rows of tables, their cells as text."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

WIDEST = 16_384
"""Columns of a sheet in Excel; what a row has more is not kept."""
_SILENT = ("script", "style", "title")
_BREAKS = ("br", "p", "div", "li")
_BREAK = "\0"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_SHEET_TAGS = {"Table": "table", "Row": "tr", "Cell": "td"}


@dataclass(frozen=True)
class Row:
    table: int
    number: int  # from 1, over all tables of the page, as Excel shows them below one another
    cells: list[str]


class Reader:
    """Takes the parser's events and keeps rows as they end. Text of a table inside a cell is that table's only.
    Cells are read in the `first` rows of each table, and of the table `only`; other rows are without cells."""

    def __init__(self, first: int = 1 << 40, only: int = 0) -> None:
        self.done: deque[Row] = deque()
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
            self.done.append(Row(grid.table, grid.row, cells))

    def _end_table(self, grid: "_Grid") -> None:
        self._end_row(grid)
        self.open.pop()
        self.grid = self.open[-1] if self.open else None


class SheetReader(Reader):
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
