"""A chart as one file, in the format that its name ends with."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_stats.charts.output import pdf_bytes, png_bytes, svg_bytes
from hotline_stats.errors import PlaceError, UsageError

if TYPE_CHECKING:
    from hotline_stats.charts.chart import Chart

_WRITERS: "Mapping[str, Callable[[Chart], bytes]]" = {".png": png_bytes, ".svg": svg_bytes, ".pdf": pdf_bytes}


def format_of(path: Path) -> str:
    """The suffix of a chart's file, in lower case. Raises UsageError `chart-suffix` for one that is not known."""
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        raise UsageError("chart-suffix", found=path.name, known=" ".join(_WRITERS))
    return suffix


def write(chart: "Chart", path: Path) -> Path:
    """Write the chart, drawn whole before the file is opened.

    Raises UsageError `chart-suffix`, PlaceError `cannot-write`."""
    raw = _WRITERS[format_of(path)](chart)
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise PlaceError("cannot-write", place=path, reason=error.strerror or type(error).__name__) from error
    return path
