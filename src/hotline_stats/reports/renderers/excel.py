"""The report as an Excel file: a cover, then one sheet for each table, with Excel's own charts over its cells."""

import io
from datetime import datetime

from hotline_stats.reports.document import Document, Heading, KeyFigures, Notes, Paragraph, Table
from hotline_stats.reports.format import clean, writable
from hotline_stats.reports.renderers import excel_sheet
from hotline_stats.reports.renderers.excel_book import LINE, Book, lines, looks_of, printed
from hotline_stats.reports.renderers.repack import repacked
from hotline_stats.reports.words import Words

_COVER = (26, 18, 30, 56)
"""Widths of the columns of the cover, in characters."""


def excel(document: Document) -> bytes:
    """The bytes of an .xlsx. Numbers are numbers, percentages fractions that Excel shows as per cent; texts are never
    formulas. The same report makes the same bytes."""
    import xlsxwriter

    raw = io.BytesIO()
    plain = {f"strings_to_{what}": False for what in ("formulas", "urls", "numbers")}
    file = xlsxwriter.Workbook(raw, {"in_memory": True, **plain})
    about = {"title": document.title, "subject": document.subtitle}
    file.set_properties(
        {k: clean(v)[:255] for k, v in about.items()}
        | {"author": "hotline-stats", "created": datetime(2000, 1, 1)}
    )
    book = Book(file, document, Words(document.lang, "other"), looks_of(file, document.lang))
    tables = [b for b in document.blocks if isinstance(b, Table)]
    names = [excel_sheet.name_of(book, table) for table in tables]
    _cover(book, names)
    for table, name in zip(tables, names, strict=True):
        excel_sheet.sheet(book, table, name)
    file.close()
    return repacked(raw.getvalue())


def _cover(book: Book, names: list[str]) -> None:
    """Title, windows, key figures, a list of the sheets, and every definition."""
    document, words, looks = book.document, book.words, book.looks
    sheet = book.file.add_worksheet(words.say("cover"))
    sheet.hide_gridlines(2)
    for at, width in enumerate(_COVER):
        sheet.set_column(at, at, width)
    sheet.set_row(0, 30)
    for row, (text, look) in enumerate(
        ((document.title, "title"), (document.subtitle, "text"), (document.source, "note"))
    ):
        sheet.write_string(row, 0, writable(text), looks[look])
    row = 4
    for block in document.blocks:
        if isinstance(block, KeyFigures):
            row = _key_figures(book, block, row)
    sheet.write_string(row, 0, words.say("contents"), looks["section"])
    for name in names:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks["link"], name)
    row = _definitions(book, row + 2)
    printed(sheet, landscape=False)
    sheet.print_area(0, 0, row, len(_COVER) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:D{row + 1}"})


def _key_figures(book: Book, block: KeyFigures, row: int) -> int:
    """The key figures as the other formats show them, and the next free row."""
    sheet, looks = book.file.worksheets()[0], book.looks
    for column, key in enumerate(("label", "value", "change", "note")):
        sheet.write_string(row, column, book.words.say(f"key-{key}"), looks["head-first"])
    for card in block.cards:
        row += 1
        texts = [clean(t) for t in (card.label, card.value, card.change, card.note)]
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, looks["wrap"])
        tallest = max(lines(t, width) for t, width in zip(texts, _COVER, strict=True))
        sheet.set_row(row, LINE * tallest)
    return row + 2


def _definitions(book: Book, row: int) -> int:
    """The annex on definitions, a line over the whole width for each; Excel does not find the height of such lines
    by itself."""
    sheet, looks = book.file.worksheets()[0], book.looks
    last = len(_COVER) - 1
    for block in book.document.section("method"):
        if isinstance(block, Heading):
            sheet.write_string(row, 0, clean(block.text), looks["section"])
            row += 1
        elif isinstance(block, (Notes, Paragraph)):
            for item in block.items if isinstance(block, Notes) else (block.text,):
                text = clean(item)
                sheet.merge_range(row, 0, row, last, "", looks["wrap"])
                sheet.write_string(row, 0, text, looks["wrap"])
                sheet.set_row(row, LINE * lines(text, sum(_COVER)))
                row += 1
    return row
