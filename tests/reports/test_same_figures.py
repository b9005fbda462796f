"""A figure reads the same in Word, Excel, the web page and Markdown, and is that of report.json."""

import office
import page
import pytest
import report_data as data

from hotline_stats import numbers
from hotline_stats.messages import Lang
from hotline_stats.reports.document import Document, Measure, Table
from hotline_stats.reports.format import cell_text, kind_of
from hotline_stats.reports.renderers.excel import excel
from hotline_stats.reports.renderers.excel_book import FRACTIONS
from hotline_stats.reports.renderers.excel_sheet import TWOFOLD
from hotline_stats.reports.renderers.html import html
from hotline_stats.reports.renderers.json import report_dict
from hotline_stats.reports.renderers.markdown import markdown
from hotline_stats.reports.renderers.word import word


def tables(document: Document) -> list[Table]:
    return [b for b in document.blocks if isinstance(b, Table)]


def said(table: Table, lang: Lang) -> list[list[str]]:
    body = [[cell_text(v, c.kind, lang) for v, c in zip(r, table.columns, strict=True)] for r in table.rows]
    return [[c.title for c in table.columns], *body]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_cell_is_said_alike(plain, lang):
    document = plain[lang]
    expected = [said(t, lang) for t in tables(document)]
    assert sum(len(t) for t in expected) > 100
    assert office.word_tables(word(document, {}))[1:] == expected  # the first is that of the key figures
    assert office.md_tables(markdown(document)) == expected
    read = page.read(html(document)).tables
    assert [read[f"table-{t.id}"] for t in tables(document)] == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_number_of_the_workbook_is_exact_and_is_shown_alike(plain, lang):
    checked = 0
    for table, rows in office.sheets(excel(plain[lang]), plain[lang]):
        for row, cells in zip(table.rows, rows[1:], strict=True):
            found = iter(cells)
            for value, column in zip(row, table.columns, strict=True):
                kind, raw = kind_of(value, column.kind), getattr(value, "value", value)
                halves = [next(found) for _ in TWOFOLD.get(column.kind, (0,))]
                if isinstance(raw, tuple) and len(halves) == 1:  # a pair among rates
                    assert halves[0].value == cell_text(value, column.kind, lang)
                    continue
                parts = raw if isinstance(raw, tuple) else (None, raw) if len(halves) == 2 else (raw,)
                for cell, part in zip(halves, parts, strict=True):
                    if isinstance(part, (int, float)):
                        assert cell.data_type == "n"
                        whole = 100 * cell.value if kind in FRACTIONS else cell.value
                        assert whole == pytest.approx(part, rel=1e-12, abs=1e-12)
                        assert numbers.decimal(round(whole, 9)) == numbers.decimal(round(part, 9))
                        assert ("%" in cell.number_format) == (kind in FRACTIONS)
                        checked += 1
                if not isinstance(raw, (int, float, tuple)):
                    assert halves[-1].value == cell_text(value, column.kind, lang)
    assert checked > 400


def test_the_figures_of_the_json_stand_in_the_tables(plain, results):
    document = plain["zh"]
    figures = report_dict(results, data.intake(), data.provenance(), "zh")
    word_rows = {}
    for table, rows in zip(tables(document), office.word_tables(word(document, {}))[1:], strict=True):
        word_rows[table.id] = {row[0]: row[1:] for row in rows[1:]}
    checked = 0
    for by, found in figures["by"].items():
        for record in [*found["rows"], found["total"]]:
            row = word_rows.get(f"by-{by}", {}).get(record["name"])
            if row is not None:
                written = [
                    numbers.count(record["baseline"]), numbers.count(record["current"]),
                    numbers.count(record["change"], signed=True), numbers.percent(record["change_pct"], signed=True),
                ]  # fmt: skip
                assert row[:4] == written, (by, record["name"])
                checked += 1
    assert checked > 40
    services = {f["name"] if "name" in f else f["id"]: f for f in figures["services"]["figures"]}
    assert len(services) == len(word_rows["service"])


def test_a_measure_has_its_own_form():
    assert cell_text(Measure(12.25, "hours"), "rate", "zh") == "12.3小时"
