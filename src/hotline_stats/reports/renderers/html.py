"""The report as one HTML file: nothing from outside, charts drawn in the page, one script, which sorts its tables."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from hotline_stats.charts import svg_text
from hotline_stats.reports.document import Cell, Document, Figure, Heading, Measure, Table, TableColumn
from hotline_stats.reports.format import NUMERIC, cell_text, clean, kind_of, tone_of
from hotline_stats.reports.words import Words


def html(document: Document, drawn: Mapping[str, str] | None = None) -> str:
    """The page. Every text is escaped, and names stand in `<bdi>` so that none turns its neighbours round.
    `drawn`: the SVG of charts by id, for who has them already; the others are drawn here."""
    words = Words(document.lang, "other")
    script = _resource("sort.js")
    return _template().render(
        document=document,
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        say=words.say,
        clean=clean,
        kind=lambda block: type(block).__name__,
        headings=[b for b in document.blocks if isinstance(b, Heading) and b.level == 1],
        cells=lambda table, row: _cells(table, row, document),
        picture=lambda figure: _picture(figure, drawn or {}),
        numeric=lambda column: column.kind in NUMERIC,
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.from_string(_resource("report.html.j2"))


@cache
def _resource(name: str) -> str:
    return (files("hotline_stats") / "resources" / "templates" / name).read_text("utf-8")


def _cells(table: Table, row: tuple[Cell, ...], document: Document) -> list[dict[str, object]]:
    return [_cell(column, cell, document) for column, cell in zip(table.columns, row, strict=True)]


def _cell(column: TableColumn, cell: Cell, document: Document) -> dict[str, object]:
    kind = kind_of(cell, column.kind)
    return {
        "text": cell_text(cell, column.kind, document.lang),
        "title": column.title,
        "numeric": kind in NUMERIC,
        "tone": tone_of(cell) if kind == "verdict" else "",
        "value": _value(cell),
    }


def _value(cell: Cell) -> int | float | None:
    """What a cell is sorted by: its number, the first of two; None for text and for what is missing."""
    if isinstance(cell, Measure):
        return _value(cell.value)
    if isinstance(cell, tuple):
        return next((v for v in cell if v is not None), None)
    return None if cell is None or isinstance(cell, str) else cell


def _picture(figure: Figure, drawn: Mapping[str, str]) -> Markup:
    """The chart as SVG, which its maker escapes."""
    return Markup(drawn.get(figure.chart.id) or svg_text(figure.chart))
