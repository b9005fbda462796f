"""report.md: headings, tables, links to the charts, places for the author."""

import office

from hotline_stats.reports.document import Blank, Heading, Table
from hotline_stats.reports.renderers.markdown import markdown


def test_headings_in_order(document):
    text = markdown(document)
    found = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    expected = [document.title]
    for block in document.blocks:
        if isinstance(block, Heading):
            expected.append(block.text)
        elif isinstance(block, Blank):
            expected += [block.text, *block.parts]
    assert found == expected
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_charts_are_linked(document):
    text = markdown(document)
    for figure in document.figures:
        assert f"](charts/{figure.chart.id}.png)" in text


def test_tables_and_blanks(document):
    text = markdown(document)
    assert len(office.md_tables(text)) == sum(isinstance(b, Table) for b in document.blocks)
    assert text.count("【请填写") == 2
