"""One table as a sheet of an Excel file, and a chart of it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

from hotline_stats.reports.document import Cell, CellKind, Measure, Table
from hotline_stats.reports.format import NUMERIC, cell_text, clean, kind_of, writable
from hotline_stats.reports.renderers.excel_book import COLOURS, FONTS, FRACTIONS, LINE, Book, lines, printed

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME_MOST = 31
"""Excel allows so many characters in a sheet's name."""
HEAD, FIRST = 1, 2
"""The rows of the head and of the first data, from 0."""
WIDEST, NARROWEST, TITLE_LONGEST = 42, 8, 22
"""Columns and their titles, in half characters; longer texts wrap."""
BARS_MOST, NAME_LONGEST = 20, 48
"""Rows, and half characters of a name, that a bar chart still shows."""
TWOFOLD: dict[CellKind, tuple[str, str]] = {
    "interval": ("low", "high"),
    "points_interval": ("low", "high"),
    "quotient": ("numerator", "denominator"),
    "pair": ("baseline", "current"),
}
"""Columns that hold two numbers take two columns in Excel, so that both can be reckoned with."""


class _Column(NamedTuple):
    """A column of the sheet: its title, kind, and the column and half of the table that it shows."""

    title: str
    kind: CellKind
    source: int
    half: int | None


def name_of(book: Book, table: Table) -> str:
    """`表3 全部问题类型`: what Excel allows of it. The number keeps the names apart."""
    said = clean(book.words.say("table-sheet", n=table.number, caption=table.caption))
    return re.sub(r"[\[\]:*?/\\']", " ", said)[:NAME_MOST].strip()


def sheet(book: Book, table: Table, name: str) -> None:
    """Caption, head, rows, note; the head stays in sight. Data begin in the third line, and no cells are merged."""
    looks = book.looks
    placed = book.file.add_worksheet(name)
    caption = book.words.say("table-caption", n=table.number, caption=table.caption)
    placed.write_string(0, 0, writable(caption), looks["caption"])
    columns = list(_columns(book, table))
    widths = [_width(book, table, column) for column in columns]
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        placed.set_column(at, at, width)
        look = "head-first" if at == 0 else "head-n" if column.kind in NUMERIC else "head"
        placed.write_string(HEAD, at, column.title, looks[look])
    placed.set_row(HEAD, LINE * max(lines(c.title, w - 2) for c, w in zip(columns, widths, strict=True)))
    for i, row in enumerate(table.rows):
        placed.set_row(FIRST + i, LINE * _tallest(book, row, columns, widths))
        part = "total" if table.total_row and i == len(table.rows) - 1 else "cell"
        for at, column in enumerate(columns):
            _write(placed, (FIRST + i, at), row[column.source], column, (book, part))
    for i, line in enumerate(_folded(clean(table.note), int(sum(widths)))):
        placed.write_string(FIRST + len(table.rows) + 1 + i, 0, line, looks["note"])
    placed.freeze_panes(FIRST, 1)
    placed.repeat_rows(0, HEAD)
    placed.ignore_errors({"number_stored_as_text": f"A1:Z{FIRST + len(table.rows)}"})
    printed(placed, landscape=True)
    _chart(book, placed, table, columns, name)


def _columns(book: Book, table: Table) -> Iterator[_Column]:
    for at, column in enumerate(table.columns):
        title = clean(column.title)
        if column.kind not in TWOFOLD:
            yield _Column(title, column.kind, at, None)
            continue
        title = title.removesuffix(clean(book.words.say("column-parts_of", window="")))
        for half, part in enumerate(TWOFOLD[column.kind]):
            named = book.words.say(f"twofold-{part}", title=title)
            yield _Column(named, column.kind, at, half)


def _half(cell: Cell, half: int | None) -> Cell:
    """The part of a cell that a column shows. A single number among quotients has no numerator."""
    if half is not None and isinstance(cell, Measure) and isinstance(cell.value, tuple):
        return Measure(cell.value[half], cell.kind)
    if half is None or not isinstance(cell, tuple):
        single = cell.value if isinstance(cell, Measure) else cell
        return cell if half is None or half == 1 or single is None else ""
    return cell[half]


def _write(
    sheet: "Worksheet", at: tuple[int, int], cell: Cell, column: _Column, into: tuple[Book, str]
) -> None:
    """A number as a number, everything else as the text that the other formats show."""
    book, part = into
    shown = _half(cell, column.half)
    kind = kind_of(shown, column.kind)
    value = shown.value if isinstance(shown, Measure) else shown
    if isinstance(value, (int, float)) and f"{part}-{kind}" in book.looks:
        whole = kind not in TWOFOLD or kind in ("interval", "points_interval") or float(value).is_integer()
        look = book.looks[f"{part}-{kind}" if whole else f"{part}-decimal"]
        sheet.write_number(*at, value / 100 if kind in FRACTIONS else value, look)
        return
    text = "" if shown == "" else cell_text(shown, kind, book.document.lang)
    look = "first" if at[1] == 0 else "right" if column.kind in NUMERIC else "text"
    sheet.write_string(*at, text, book.looks[f"{part}-{look}"])


def _width(book: Book, table: Table, column: _Column) -> float:
    """The width of a column in characters: its longest cell, and its title, which may take two lines if it is long."""
    lang = book.document.lang
    share = 1 if column.half is None else 2
    texts = [cell_len(cell_text(r[column.source], column.kind, lang)) / share for r in table.rows]
    title = cell_len(column.title)
    titled = title if title <= TITLE_LONGEST else title / 2 + 2
    return min(max([titled, NARROWEST, *texts]), WIDEST) * 1.1 + 3


def _tallest(book: Book, row: tuple[Cell, ...], columns: list[_Column], widths: list[float]) -> int:
    """How many lines the texts of a row take."""
    return max(
        lines(cell_text(row[c.source], c.kind, book.document.lang), w - 2) if c.kind not in NUMERIC else 1
        for c, w in zip(columns, widths, strict=True)
    )


def _folded(text: str, width: int) -> Iterator[str]:
    """A text in lines of so many half characters."""
    line, room = "", max(width, 60)
    for char in text:
        if cell_len(line) + cell_len(char) > room and (char == " " or cell_len(char) == 2):
            yield line.strip()
            line = ""
        line += char
    if line.strip():
        yield line.strip()


def _chart(book: Book, sheet: "Worksheet", table: Table, columns: list[_Column], name: str) -> None:
    """Baseline beside period over the cells: lines for months, bars for what else the table ranks."""
    counts = [
        at for at, c in enumerate(columns) if c.kind == "count" and _key(table, c) in ("baseline", "current")
    ]
    last = table.own_rows
    longest = max(
        (cell_len(cell_text(r[0], "text", book.document.lang)) for r in table.rows[:last]), default=0
    )
    if not counts or not 2 <= last <= BARS_MOST + 1 or longest > NAME_LONGEST:
        return
    months = table.id == "by-month"
    chart = book.file.add_chart({"type": "line"} if months else {"type": "bar"})
    for at, colour in zip(counts, COLOURS[-len(counts) :], strict=True):
        series: dict[str, Any] = {
            "name": [name, HEAD, at],
            "categories": [name, FIRST, 0, FIRST + last - 1, 0],
            "values": [name, FIRST, at, FIRST + last - 1, at],
        }
        drawn = (
            {"line": {"color": colour, "width": 2.25}} if months else {"fill": {"color": colour}, "gap": 60}
        )
        chart.add_series(series | drawn)
    font = {"name": FONTS[book.document.lang], "size": 9}
    chart.set_title({"name": clean(table.caption), "name_font": {**font, "size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": font})
    names = {"num_font": font}
    values = {"num_font": font, "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E1E6EB"}}}
    chart.set_x_axis(names if months else values)
    chart.set_y_axis(values if months else {**names, "reverse": True})
    chart.set_size({"width": 560, "height": 320 if months else 130 + 28 * last})
    sheet.set_column(len(columns), len(columns), 2)
    sheet.insert_chart(HEAD, len(columns) + 1, chart, {"description": clean(table.caption)})


def _key(table: Table, column: _Column) -> str:
    return table.columns[column.source].key
