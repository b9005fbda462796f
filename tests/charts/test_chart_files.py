"""A chart as a file of its own: the format that its name ends with, the same bytes each time, a font inside."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path

import pytest
from chart_data import SCHEME, comparison, service_rows

from hotline_stats.charts import Chart, funnel_plot, pdf_bytes, type_change
from hotline_stats.errors import PlaceError, UsageError

AGAIN = """
import sys
sys.path.insert(0, sys.argv[1])
from chart_data import SCHEME, comparison
from hotline_stats.charts import type_change
type_change(comparison(), SCHEME.ids, "zh").save(sys.argv[2])
"""


def _chart() -> Chart:
    return type_change(comparison(), SCHEME.ids, "zh")


@pytest.mark.parametrize(
    ("name", "magic"), [("a.png", b"\x89PNG"), ("b.c.SVG", b"<?xml"), ("统计.pdf", b"%PDF-1.")]
)
def test_the_name_says_the_format(tmp_path: Path, name: str, magic: bytes) -> None:
    path = _chart().save(tmp_path / name)
    assert path == tmp_path / name and path.read_bytes().startswith(magic)
    assert _chart().save(str(tmp_path / f"2{name}")).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["a", "a.jpg", "png", "-", ".png", "a.pdf.exe"])
def test_an_unknown_format_is_a_wrong_option(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.png \.svg \.pdf") as found:
        _chart().save(tmp_path / name)
    assert found.value.code == "chart-suffix" and not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    for path in (tmp_path / "none" / "a.png", tmp_path / "folder.png"):
        with pytest.raises(PlaceError) as found:
            _chart().save(path)
        assert found.value.code == "cannot-write"


def test_pdf_has_no_date_and_its_font_inside() -> None:
    raw = pdf_bytes(_chart())
    assert raw == pdf_bytes(_chart())
    assert not re.search(rb"/(CreationDate|ModDate|Producer|Creator)\b", raw)
    fonts = set(re.findall(rb"/FontName /(\S+)", raw))
    assert fonts and all(f.endswith(b"+NotoSansSC-Regular") for f in fonts)  # a subset, so it is inside
    assert raw.count(b"/Subtype /Type3") == len(re.findall(rb"/Type /Font\b(?!D)", raw))
    assert len(re.findall(rb"/Type /Page\b", raw)) == 1


def test_pdf_title_is_the_finding_and_text_stays_text() -> None:
    name = "<script>alert(1)</script> $x^2$ [/x] (\\) \u202e甲\u200f 😀"
    chart = funnel_plot(
        service_rows({name: (10, 100)} | {f"u{i}": (90, 100) for i in range(9)}), "satisfaction", "zh"
    )
    raw = pdf_bytes(chart)
    assert b"JavaScript" not in raw and b"/URI" not in raw
    (title,) = re.findall(rb"/Title (?:<([0-9a-f]+)>|\((.*?)(?<!\\)\))", raw, re.DOTALL)
    assert title[0] or title[1]


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    """Another process with another hash seed, clock zone and settings of matplotlib."""
    (tmp_path / "matplotlibrc").write_text(
        "pdf.compression: 0\npdf.fonttype: 42\nsavefig.transparent: True\n"
    )
    seen = os.environ | {
        "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "0", "MATPLOTLIBRC": str(tmp_path),
    }  # fmt: skip
    for name in ("a.pdf", "a.png", "a.svg"):
        here, there = _chart().save(tmp_path / name), tmp_path / f"again-{name}"
        subprocess.run(
            [sys.executable, "-c", AGAIN, str(Path(__file__).parent), str(there)], env=seen, check=True
        )
        assert there.read_bytes() == here.read_bytes(), name


def test_the_svg_file_is_whole(tmp_path: Path) -> None:
    root = ET.parse(_chart().save(tmp_path / "a.svg")).getroot()
    assert root.attrib["width"].endswith("pt") and root[0].text == _chart().title


def test_the_pages_of_the_pdf_can_be_read() -> None:
    """Every stream opens: nothing is cut off."""
    streams = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf_bytes(_chart()), re.DOTALL)
    assert streams and all(zlib.decompress(s) for s in streams)
