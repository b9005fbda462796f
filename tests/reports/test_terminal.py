"""The summary for a terminal: nothing cut off a terminal, no colour there, and no matplotlib for it."""

import io
import re
import subprocess
import sys

import report_data as data
from rich.console import Console

from hotline_stats.reports.compose import compose
from hotline_stats.reports.renderers.terminal import render


def printed(document, **options) -> str:
    out = io.StringIO()
    render(document, Console(file=out, **options))
    return out.getvalue()


def test_off_a_terminal_it_is_plain_text(plain):
    text = printed(plain["zh"], width=40)
    assert "\x1b" not in text and not any(c in text for c in "│┃━─╭")
    lines = text.splitlines()
    assert lines[0] == "12345热线工单同比分析报告"
    assert re.search(r"^八类重点问题 +1,684件 +同比下降18.6% +去年同期2,068件，95%区间", text, re.MULTILINE)
    assert any(line.startswith("违法搭建") and "−33.6%" in line and "下降" in line for line in lines)
    assert "读入12,010行＝采用12,000行＋剔除3行＋重复7行。" in text
    assert "满意率" in text and "物业类投诉" in text
    assert not any(line != line.rstrip() for line in lines)


def test_on_a_terminal_it_fits_the_width(plain):
    text = printed(plain["en"], width=80, force_terminal=True, color_system="standard")
    assert "\x1b[" in text
    bare = printed(plain["en"], width=80, force_terminal=True, color_system=None)
    assert all(len(line) <= 80 for line in bare.splitlines())
    assert "within noise" in bare


def test_no_colour_is_honoured(plain, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = printed(plain["zh"], width=100, force_terminal=True)
    assert "\x1b[36m" not in text and "\x1b[33m" not in text


def test_no_drawing_library_is_loaded_for_it():
    code = (
        "import sys, hotline_stats.reports.compose, hotline_stats.reports.renderers.terminal, hotline_stats.reports.tables;"
        "sys.exit('matplotlib' in sys.modules or 'jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_notes_that_may_overturn_a_figure_are_printed():
    document = compose(
        data.results(period="2024-02"), data.intake(), data.provenance(), "zh", 12, drawn=False
    )
    text = printed(document)
    assert "注：春节假期（除夕至初七）在本期为8天，在对比期为0天" in text
    assert text.index("注：春节") < text.index("一、")
