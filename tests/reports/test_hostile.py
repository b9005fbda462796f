"""Names made to be read as markup, formulas or control codes stay names in every format."""

import csv
import io
import json
import zipfile

import office
import page
import pytest
import report_data as data
from rich.console import Console

from hotline_stats.reports.compose import compose
from hotline_stats.reports.document import Table
from hotline_stats.reports.format import cell_text, clean
from hotline_stats.reports.renderers.excel import excel
from hotline_stats.reports.renderers.html import html
from hotline_stats.reports.renderers.json import dumps, report_dict
from hotline_stats.reports.renderers.markdown import markdown
from hotline_stats.reports.renderers.terminal import render
from hotline_stats.reports.renderers.word import word
from hotline_stats.reports.tables import render as table
from hotline_stats.reports.write import findings_csv

FILE = "<img src=x onerror=alert(1)>.csv"


@pytest.fixture(scope="module")
def reported(hostile):
    return compose(hostile, data.intake(file=FILE), data.provenance(), "zh", 12)


def test_html(reported):
    found = page.read(html(reported))
    assert found.problems == []
    assert found.of("script") == [{}] and not found.of("img")
    names = [row[0] for row in found.tables["table-by-community"]]
    assert set(map(clean, data.HOSTILE)) <= set(names)
    assert found.tables["table-files"][1][0] == FILE
    assert "\u202e" not in found.text and "\x1b" not in found.text


@pytest.mark.parametrize("tty", [False, True])
def test_terminal(reported, tty):
    out = io.StringIO()
    console = Console(file=out, force_terminal=tty, width=100, color_system=None)
    for block in reported.blocks:
        if getattr(block, "id", "") == "by-community":
            from hotline_stats.reports.plain import aligned

            console.print(aligned(block, "zh"), markup=False, highlight=False, soft_wrap=True)
    render(reported, console)
    text = out.getvalue()
    assert "[/x][urgent]" in text and "<script>alert(1)</script>" in text
    assert "\x1b[31m" not in text and "\u202e" not in text


def test_table_formats(hostile):
    comparison = hostile.by["community"]
    for line in table(comparison, "table", "zh").splitlines():
        assert "\x1b" not in line and "\u202e" not in line
    markdown = table(comparison, "md", "zh")
    assert r"\<script\>alert(1)\</script\>" in markdown and r"\[/x\]\[urgent\]" in markdown
    rows = list(csv.DictReader(io.StringIO(table(comparison, "csv", "zh"))))
    assert len(rows) == len(comparison.rows)
    assert "'=cmd|' /C calc'!A0" in {r["name"] for r in rows}
    assert not any(cell.startswith(("=", "@", "\t")) for r in rows for cell in r.values())
    assert {"'@SUM(1+1)*cmd|' /C calc'!A0", "'+1+1", "'-2+3"} <= {r["name"] for r in rows}
    records = json.loads(table(comparison, "json", "zh"))["rows"]
    assert {r["key"] for r in records} >= set(data.HOSTILE)


def test_json_keeps_names_as_they_are(hostile):
    figures = report_dict(hostile, data.intake(), data.provenance(), "zh")
    read = json.loads(dumps(figures))
    assert {r["key"] for r in read["by"]["community"]["rows"]} >= set(data.HOSTILE)


def names(document, by="by-community"):
    """The names of a table as people read them."""
    return [cell_text(row[0], "text", document.lang) for row in document.table(by).rows]


def test_word(reported):
    raw = word(reported, office.pictures(reported))
    at = [b.id for b in reported.blocks if isinstance(b, Table)].index("by-community") + 1
    assert [row[0] for row in office.word_tables(raw)[at][1:]] == names(reported)
    assert set(map(clean, data.HOSTILE)) <= set(names(reported))
    with zipfile.ZipFile(io.BytesIO(raw)) as members:
        xml = members.read("word/document.xml").decode("utf-8")
    assert "<script" not in xml and "\u202e" not in xml and "\x1b" not in xml
    assert all(member.endswith((".xml", ".rels", ".png", ".jpeg")) for member in members.namelist())


def test_excel(reported):
    found = {table.id: rows for table, rows in office.sheets(excel(reported), reported)}
    cells = [row[0] for row in found["by-community"][1:]]
    assert [c.value for c in cells] == names(reported)
    assert all(c.data_type == "s" for c in cells)
    assert not any(c.hyperlink for c in cells)
    assert not any(c.data_type == "f" for rows in found.values() for row in rows for c in row)
    assert found["files"][1][0].value == FILE


def test_markdown(reported):
    text = markdown(reported)
    at = [b.id for b in reported.blocks if isinstance(b, Table)].index("by-community")
    assert [row[0] for row in office.md_tables(text)[at][1:]] == names(reported)
    assert "<script>" not in text and "\u202e" not in text and "\x1b" not in text


def test_findings_are_no_formulas():
    intake = data.intake(file="/home/li/=1+1.csv")
    text = findings_csv(intake).decode("utf-8")
    assert text.startswith("\ufefffile,row,column,code,severity,found\n'=1+1.csv,10,")
    assert "/home" not in text
