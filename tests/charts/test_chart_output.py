"""PNG and SVG: same bytes for the same input, safe to put into a page, files that stand alone."""

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from chart_data import COUNTS, SCHEME, comparison, series, waves

from hotline_stats.charts import Chart, monthly_lines, png_bytes, save, svg_text, type_change

HOSTILE = "<script>alert(1)</script> $x^2$ {0} =1+1 [/x] \x07\n\"&' 😀"


def _chart() -> Chart:
    return type_change(comparison(), SCHEME.ids, "zh")


def _hostile() -> Chart:
    return type_change(comparison({HOSTILE: (1, 2)}, by="unit"), (HOSTILE,), "zh")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = save(_chart(), tmp_path / "a"), save(_chart(), tmp_path / "b.c")
    assert [p.name for p in (*first, *second)] == ["a.png", "a.svg", "b.c.png", "b.c.svg"]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert svg_text(_chart()) == svg_text(_chart())


def test_drawing_twice_changes_nothing() -> None:
    chart = _chart()
    assert (png_bytes(chart), svg_text(chart)) == (png_bytes(chart), svg_text(chart))


def test_png_has_its_resolution_and_no_software_or_date() -> None:
    raw = png_bytes(_chart())
    chunks, at = [], 8
    while at < len(raw):
        size, kind = struct.unpack(">I4s", raw[at : at + 8])
        chunks.append(kind)
        at += 12 + size
    assert set(chunks) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    assert struct.unpack(">I", raw[16:20])[0] == round(518 / 72 * 160)


def test_svg_is_one_element_with_words_for_those_who_do_not_see_it() -> None:
    chart = _chart()
    root = ET.fromstring(svg_text(chart))
    ns = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{ns}svg"
    assert root.attrib["width"] == "100%"
    assert "height" not in root.attrib
    title, desc = root[0], root[1]
    assert (title.text, desc.text) == (chart.title, chart.alt)
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    kinds = {e.tag.removeprefix(ns) for e in root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "g", "path", "use", "clipPath", "rect"}
    assert not any("style" in e.attrib for e in root.iter())


def test_every_reference_in_svg_has_its_target_and_charts_share_no_id() -> None:
    texts = [
        svg_text(c)
        for c in (_chart(), _hostile(), monthly_lines(series({"noise": waves()}), ["noise"], "en"))
    ]
    ids = [re.findall(r'\bid="([^"]+)"', t) for t in texts]
    for text, own in zip(texts, ids, strict=True):
        used = set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r"url\(#([^)]+)\)", text))
        assert used <= set(own)
        assert len(own) == len(set(own))
    assert len({i for own in ids for i in own}) == sum(map(len, ids))


def test_hostile_text_stays_text() -> None:
    chart = _hostile()
    text = svg_text(chart)
    assert "<script" not in text
    assert "<!--" not in text
    said = ET.fromstring(text)[1].text or ""
    assert HOSTILE.replace("\x07", " ").replace("\n", " ") in said
    drawn = "".join(t.get_text() for t in chart.figure.texts)
    assert "$x^2$" in drawn
    assert "\n" not in drawn


def test_the_file_stands_alone(tmp_path: Path) -> None:
    _, svg = save(_chart(), tmp_path / "a")
    root = ET.parse(svg).getroot()
    assert svg.read_bytes().startswith(b"<?xml")
    assert root.attrib["width"] == "518.00pt"
    assert b"<text" not in svg.read_bytes()


def test_a_notebook_shows_the_drawing() -> None:
    assert _chart()._repr_svg_() == svg_text(_chart())
    assert repr(_chart()).startswith("Chart(id='type-change-total', title=")


def test_no_pyplot() -> None:
    code = "import sys, hotline_stats.charts; print('matplotlib.pyplot' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )


def test_counts_in_the_text_alternative() -> None:
    alt = _chart().alt
    for current, _ in COUNTS.values():
        assert f"{current}件" in alt
