"""A chart as bytes: PNG, SVG and PDF that depend on nothing but the chart."""

import hashlib
import io
import re
import xml.etree.ElementTree as ET
from contextlib import AbstractContextManager
from pathlib import Path

import matplotlib

from hotline_stats.charts.chart import Chart
from hotline_stats.charts.font import one_line

DPI = 160

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_WIDE = 'width="100%"'
_URL = re.compile(r"url\(#([^)]+)\)")


def png_bytes(chart: Chart, dpi: int = DPI) -> bytes:
    """The chart as PNG without date or software name."""
    out = io.BytesIO()
    with _plain_settings():
        chart.figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def pdf_bytes(chart: Chart) -> bytes:
    """The chart as PDF: one page of its size, the signs that it uses embedded from the font;
    its title, and no date or software name."""
    out = io.BytesIO()
    nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    with _plain_settings():
        chart.figure.savefig(out, format="pdf", metadata={"Title": one_line(chart.title), **nothing})
    return out.getvalue()


def svg_text(chart: Chart) -> str:
    """The chart as one `<svg>` element for a page: as wide as its place, text as paths, title and
    description for screen readers, no style sheet, script or comment, ids that no other chart has."""
    return ET.tostring(_svg(chart), encoding="unicode")


def save(chart: Chart, stem: Path, drawn: str | None = None) -> tuple[Path, ...]:
    """Write STEM.png and STEM.svg and return their paths, in this order. The folder must exist.
    `drawn`: its svg_text, for who has it: drawing takes time."""
    png, svg = stem.with_name(f"{stem.name}.png"), stem.with_name(f"{stem.name}.svg")
    png.write_bytes(png_bytes(chart))
    svg.write_bytes(svg_bytes(chart, drawn))
    return png, svg


def svg_bytes(chart: Chart, drawn: str | None = None) -> bytes:
    """The chart as an SVG file of its own, in its size. `drawn`: its svg_text, for who has it."""
    width, height = chart.figure.get_size_inches() * 72
    size = f'width="{width:.2f}pt" height="{height:.2f}pt"'
    sized = (drawn or svg_text(chart)).replace(_WIDE, size, 1)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}{sized}\n".encode()


def _plain_settings() -> AbstractContextManager[None]:
    """The settings a person's matplotlibrc could change, as they must be here."""
    return matplotlib.rc_context({
        "pdf.compression": 6, "pdf.fonttype": 3, "pdf.inheritcolor": False, "pdf.use14corefonts": False,
        "svg.fonttype": "path", "svg.hashsalt": "hotline-stats", "path.sketch": None, "savefig.bbox": None,
        "savefig.facecolor": "auto", "savefig.transparent": False, "text.usetex": False,
    })  # fmt: skip


def _svg(chart: Chart) -> ET.Element:
    raw = io.StringIO()
    with _plain_settings():
        chart.figure.savefig(raw, format="svg", metadata={"Date": None, "Creator": None})
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    drawn = ET.fromstring(raw.getvalue())
    prefix = f"{chart.id}-{hashlib.sha256((chart.alt + raw.getvalue()).encode()).hexdigest()[:8]}"
    root = ET.Element(f"{{{_SVG}}}svg", {
        "viewBox": drawn.attrib["viewBox"], "width": "100%", "role": "img", "aria-labelledby": f"{prefix}-t {prefix}-d",
        "stroke-linejoin": "round", "stroke-linecap": "butt",
    })  # fmt: skip
    for tag, mark, said in (("title", "t", chart.title), ("desc", "d", chart.alt)):
        ET.SubElement(root, f"{{{_SVG}}}{tag}", {"id": f"{prefix}-{mark}"}).text = one_line(said)
    root.extend(e for e in drawn if not e.tag.endswith("}metadata"))
    _drop_style_sheets(root)
    _styles_to_attributes(root)
    _name_ids(root, prefix)
    return root


def _drop_style_sheets(root: ET.Element) -> None:
    """matplotlib writes one rule for `*`, which would reach the whole page; the root carries it instead."""
    for parent in root.iter():
        for child in [c for c in parent if c.tag.endswith("}style")]:
            parent.remove(child)
    for child in [c for c in root if c.tag.endswith("}defs") and not len(c)]:
        root.remove(child)


def _styles_to_attributes(root: ET.Element) -> None:
    """A page may forbid style attributes; presentation attributes say the same."""
    for element in root.iter():
        for rule in element.attrib.pop("style", "").split(";"):
            name, colon, value = rule.partition(":")
            if colon:
                element.set(name.strip(), value.strip())


def _name_ids(root: ET.Element, prefix: str) -> None:
    """Keep the ids that something refers to, prefixed; the rest go."""
    used = {e.attrib[_HREF][1:] for e in root.iter() if _HREF in e.attrib}
    used |= {m for e in root.iter() for v in e.attrib.values() for m in _URL.findall(v)}
    for element in root.iter():
        own = element.attrib.pop("id", None)
        if own is not None and own.startswith(prefix):
            element.set("id", own)
        elif own in used:
            element.set("id", f"{prefix}-{own}")
        if _HREF in element.attrib:
            element.set(_HREF, f"#{prefix}-{element.attrib[_HREF][1:]}")
        for name, value in element.attrib.items():
            if "url(#" in value:
                element.set(name, _URL.sub(rf"url(#{prefix}-\1)", value))
