"""What the sheets of an Excel file share: the looks of cells, the formats of numbers, the set-up of pages."""

from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

from hotline_stats import numbers
from hotline_stats.messages import Lang
from hotline_stats.reports.document import CellKind, Document
from hotline_stats.reports.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

COLOURS = ("#AEBFD1", "#1F4E79")
"""Of baseline and period, as in the other charts."""
FONTS: dict[Lang, str] = {"zh": "微软雅黑", "en": "Calibri"}
LINE = 16.5
"""Height of a line of text, in points; Excel does not find it in merged cells, nor others in any."""
_SIGNED = "+{0};−{0};0{1}"


class Book(NamedTuple):
    file: "Workbook"
    document: Document
    words: Words
    looks: dict[str, Any]


DECIMAL = "#,##0.0"
"""A number without a unit, also a weighted sum that is no whole number."""


def number_formats(lang: Lang) -> dict[CellKind, str]:
    """Excel's formats of numbers, so that a cell reads as in the other formats."""
    unit = {
        "points": numbers.points(0, lang, signed=False).removeprefix("0.0"),
        "hours": numbers.hours(0, lang).removeprefix("0.0"),
        "days": numbers.days(0, lang).removeprefix("0.0"),
    }
    said = {k: f'#,##0.0"{u}"' for k, u in unit.items()}
    return {
        "count": "#,##0",
        "change": _SIGNED.format("#,##0", ""),
        "rate": "#,##0.0%",
        "change_pct": _SIGNED.format("#,##0.0%", ".0%"),
        "points": _SIGNED.format(said["points"], f'.0"{unit["points"]}"'),
        "hours": said["hours"],
        "hours_change": _SIGNED.format(said["hours"], f'.0"{unit["hours"]}"'),
        "days": said["days"],
        "decimal": DECIMAL,
        "interval": _SIGNED.format("#,##0.0%", ".0%"),
        "points_interval": _SIGNED.format("#,##0.0", ".0"),
        "quotient": "#,##0",
        "pair": "#,##0",
    }


FRACTIONS: frozenset[CellKind] = frozenset({"rate", "change_pct", "interval"})
"""Kinds whose numbers, 0–100 in the report, are fractions in Excel."""


def looks_of(file: "Workbook", lang: Lang) -> dict[str, Any]:
    """The looks of cells by name: `cell-KIND` and `total-KIND` for numbers and texts, and those of the frame."""
    base = {"font_name": FONTS[lang], "font_size": 10, "valign": "vcenter"}
    head = {**base, "bold": True, "top": 2, "bottom": 1, "text_wrap": True, "bg_color": "#E8EEF4"}
    looks = {
        "title": file.add_format({**base, "font_size": 18, "bold": True}),
        "section": file.add_format({**base, "font_size": 12, "bold": True}),
        "caption": file.add_format({**base, "font_size": 12, "bold": True}),
        "text": file.add_format(base),
        "wrap": file.add_format({**base, "text_wrap": True, "valign": "top"}),
        "note": file.add_format({**base, "font_size": 9, "font_color": "#56616D"}),
        "link": file.add_format({**base, "font_color": "#1F4E79", "underline": 1}),
        "head": file.add_format({**head, "indent": 1}),
        "head-first": file.add_format(head),
        "head-n": file.add_format({**head, "align": "right"}),
    }
    formats = number_formats(lang)
    for part, more in (("cell", {}), ("total", {"bold": True, "top": 1})):
        looks[f"{part}-first"] = file.add_format({**base, **more, "text_wrap": True})
        looks[f"{part}-text"] = file.add_format({**base, **more, "indent": 1, "text_wrap": True})
        looks[f"{part}-right"] = file.add_format({**base, **more, "align": "right"})
        looks[f"{part}-decimal"] = file.add_format({**base, **more, "align": "right", "num_format": DECIMAL})
        for kind, number in formats.items():
            looks[f"{part}-{kind}"] = file.add_format(
                {**base, **more, "align": "right", "num_format": number}
            )
    return looks


def printed(sheet: "Worksheet", *, landscape: bool) -> None:
    """A4, as wide as one page, with page numbers."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&C&P / &N")


def lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters of width."""
    return max(1, -(-cell_len(text) * 11 // int(max(width, 1) * 10)))
