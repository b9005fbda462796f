"""The report as an Excel file: a cover, one sheet for each table with numbers as numbers, and Excel's own charts."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

from hotline_stats.messages import Lang
from hotline_stats.reports.document import (
    Cell,
    CellKind,
    Document,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Table,
)
from hotline_stats.reports.format import NUMERIC, cell_text, clean, kind_of
from hotline_stats.reports.renderers.repack import repacked
from hotline_stats.reports.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME_MOST = 31
"""Excel allows so many characters in a sheet's name."""
WIDEST, NARROWEST = 44, 8
"""Columns, in half characters."""
BARS_MOST = 20
"""Rows that a bar chart still shows with their names."""
_FORMATS: dict[CellKind, str] = {
    "count": "#,##0",
    "change": "+#,##0;−#,##0;0",
    "change_pct": '+#,##0.0"%";−#,##0.0"%";0.0"%"',
    "rate": '#,##0.0"%"',
    "points": "+#,##0.0;−#,##0.0;0.0",
    "hours": "#,##0.0",
    "hours_change": "+#,##0.0;−#,##0.0;0.0",
}
_COLOURS = ("#AEBFD1", "#1F4E79")
_FONTS: dict[Lang, str] = {"zh": "微软雅黑", "en": "Calibri"}


class _Book(NamedTuple):
    file: "Workbook"
    document: Document
    words: Words
    looks: dict[str, Any]
    taken: set[str]


def excel(document: Document) -> bytes:
    """The bytes of an .xlsx. Percentages stand as 0–100 with a per cent sign, as in report.json, so that nothing is
    converted on the way. Cells are never formulas. The same report makes the same bytes."""
    import xlsxwriter

    raw = io.BytesIO()
    file = xlsxwriter.Workbook(
        raw,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    file.set_properties(
        {
            "title": clean(document.title), "subject": clean(document.subtitle), "author": "hotline-stats",
            "created": datetime(2000, 1, 1),
        }
    )  # fmt: skip
    file.set_size(1600, 1000)
    book = _Book(file, document, Words(document.lang, "other"), _looks(file, document.lang), set())
    tables = [b for b in document.blocks if isinstance(b, Table)]
    names = {t.id: _sheet_name(book, t) for t in tables}
    _cover(book, tables, names)
    for table in tables:
        _sheet(book, table, names[table.id])
    file.close()
    return repacked(raw.getvalue())


def _looks(file: "Workbook", lang: Lang) -> dict[str, Any]:
    base = {"font_name": _FONTS[lang], "font_size": 10, "valign": "vcenter"}
    head = {**base, "bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#E8EEF4"}
    looks = {
        "title": file.add_format({**base, "font_size": 18, "bold": True}),
        "section": file.add_format({**base, "font_size": 12, "bold": True, "bottom": 1}),
        "caption": file.add_format({**base, "font_size": 12, "bold": True}),
        "text": file.add_format(base),
        "wrap": file.add_format({**base, "text_wrap": True, "valign": "top"}),
        "note": file.add_format({**base, "font_size": 9, "font_color": "#56616D"}),
        "link": file.add_format({**base, "font_color": "#1F4E79", "underline": 1}),
        "head": file.add_format(head),
        "head-n": file.add_format({**head, "align": "right"}),
    }
    for kind in ("text", *NUMERIC):
        number = {"num_format": _FORMATS[kind]} if kind in _FORMATS else {}
        align = {"align": "right"} if kind in NUMERIC else {}
        looks[f"cell-{kind}"] = file.add_format({**base, **number, **align})
        looks[f"total-{kind}"] = file.add_format({**base, **number, **align, "bold": True, "top": 1})
    return looks


def _sheet_name(book: _Book, table: Table) -> str:
    """`表3 全部问题类型`: what Excel allows of it, and no name twice."""
    plain = re.sub(
        r"[\[\]:*?/\\']", " ", clean(book.words.say("table-sheet", n=table.number, caption=table.caption))
    )
    name = plain[:NAME_MOST].strip()
    book.taken.add(name.lower())
    return name


def _cover(book: _Book, tables: Sequence[Table], names: dict[str, str]) -> None:
    """Title, windows, key figures, a list of the sheets, and every definition."""
    document, words, looks = book.document, book.words, book.looks
    sheet = book.file.add_worksheet(words.say("cover"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, 20)
    sheet.set_column(3, 3, 52)
    sheet.write_string(0, 0, clean(document.title), looks["title"])
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, clean(document.subtitle), looks["text"])
    sheet.write_string(2, 0, clean(document.source), looks["note"])
    row = 4
    for block in document.blocks:
        if isinstance(block, KeyFigures):
            for column, key in enumerate(("label", "value", "change", "note")):
                sheet.write_string(row, column, words.say(f"key-{key}"), looks["head"])
            for card in block.cards:
                row += 1
                for column, text in enumerate((card.label, card.value, card.change, card.note)):
                    sheet.write_string(row, column, clean(text), looks["text"])
            row += 2
    sheet.write_string(row, 0, words.say("contents"), looks["section"])
    for table in tables:
        row += 1
        target = names[table.id].replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{target}'!A1", looks["link"], names[table.id])
    row += 2
    row = _definitions(sheet, book, row)
    _printed(sheet, landscape=False)
    sheet.print_area(0, 0, row, 3)


def _definitions(sheet: "Worksheet", book: _Book, row: int) -> int:
    document, looks = book.document, book.looks
    blocks = document.section("method")
    for block in blocks:
        if isinstance(block, Heading):
            sheet.write_string(row, 0, clean(block.text), looks["section"])
            row += 1
        elif isinstance(block, (Notes, Paragraph)):
            for item in block.items if isinstance(block, Notes) else (block.text,):
                sheet.merge_range(row, 0, row, 3, "", looks["wrap"])
                sheet.write_string(row, 0, clean(item), looks["wrap"])
                sheet.set_row(row, 15 * (1 + cell_len(clean(item)) // 112))
                row += 1
    return row


def _sheet(book: _Book, table: Table, name: str) -> None:
    """Caption, head, rows, note; the head stays in sight. Data begin in the third line."""
    looks, lang = book.looks, book.document.lang
    sheet = book.file.add_worksheet(name)
    caption = book.words.say("table-caption", n=table.number, caption=table.caption)
    sheet.write_string(0, 0, clean(caption), looks["caption"])
    for at, column in enumerate(table.columns):
        look = looks["head-n" if column.kind in NUMERIC else "head"]
        sheet.write_string(1, at, clean(column.title), look)
    for i, row in enumerate(table.rows):
        part = "total" if table.total_row and i == len(table.rows) - 1 else "cell"
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, (2 + i, at), (cell, column.kind), looks, part, lang)
    for at, column in enumerate(table.columns):
        texts = [clean(column.title), *(cell_text(r[at], column.kind, lang) for r in table.rows)]
        sheet.set_column(at, at, min(max(*map(cell_len, texts), NARROWEST), WIDEST) + 2)
    if table.note:
        sheet.write_string(3 + len(table.rows), 0, clean(table.note), looks["note"])
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)
    _printed(sheet, landscape=True)
    _chart(book, sheet, table, name)


def _write(
    sheet: "Worksheet",
    at: tuple[int, int],
    found: tuple[Cell, CellKind],
    looks: dict[str, Any],
    part: str,
    lang: Lang,
) -> None:
    """A number as a number, everything else as the text that the other formats show."""
    cell, column_kind = found
    kind = kind_of(cell, column_kind)
    value = getattr(cell, "value", cell)
    look = looks.get(f"{part}-{kind}", looks[f"{part}-text"])
    if isinstance(value, (int, float)) and kind in _FORMATS:
        sheet.write_number(*at, value, look)
    else:
        sheet.write_string(*at, cell_text(cell, column_kind, lang), look)


def _chart(book: _Book, sheet: "Worksheet", table: Table, name: str) -> None:
    """Baseline beside period: lines for months, bars for what else the table ranks."""
    keys = [c.key for c in table.columns]
    counts = [
        keys.index(k)
        for k in ("baseline", "current")
        if k in keys and table.columns[keys.index(k)].kind == "count"
    ]
    last = len(table.rows) - (1 if table.total_row else 0)
    if len(counts) < 2 or not 2 <= last <= BARS_MOST + 1:
        return
    months = table.id == "by-month"
    chart = book.file.add_chart({"type": "line"} if months else {"type": "bar"})
    for at, colour in zip(counts, _COLOURS, strict=True):
        series: dict[str, Any] = {
            "name": [name, 1, at],
            "categories": [name, 2, 0, 1 + last, 0],
            "values": [name, 2, at, 1 + last, at],
        }
        series |= (
            {"line": {"color": colour, "width": 2.25}} if months else {"fill": {"color": colour}, "gap": 60}
        )
        chart.add_series(series)
    font = {"name": _FONTS[book.document.lang], "size": 9}
    chart.set_title({"name": clean(table.caption), "name_font": {**font, "size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": font})
    names, values = (
        {"num_font": font},
        {"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#E1E6EB"}}},
    )
    chart.set_x_axis(names if months else values)
    chart.set_y_axis(values if months else {**names, "reverse": True})
    chart.set_size({"width": 620, "height": 320 if months else 140 + 30 * last})
    sheet.insert_chart(1, len(table.columns) + 1, chart, {"description": clean(table.caption)})


def _printed(sheet: "Worksheet", *, landscape: bool) -> None:
    """A4, as wide as one page, with page numbers."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&C&P / &N")
