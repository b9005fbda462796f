"""What every chart function gives back."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """A drawn chart. `id`: stable, fit for file names and HTML ids. `title`: the finding in plain words.
    `alt`: a text that says what the picture shows, with its figures."""

    id: str
    figure: Figure = field(repr=False, compare=False)
    title: str
    alt: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the chart to a .png, .svg or .pdf, as the name ends; the same chart gives the same bytes.

        Raises UsageError `chart-suffix`, PlaceError `cannot-write`."""
        from hotline_stats.charts.files import write

        return write(self, Path(path))

    def _repr_svg_(self) -> str:
        from hotline_stats.charts.output import svg_text

        return svg_text(self)


def chart_id(*parts: str) -> str:
    """`type-change-headline`: what is fit for file names and ids of the parts, joined."""
    return "-".join(slug for p in parts if (slug := re.sub(r"[^a-z0-9]+", "-", p.lower()).strip("-")))
