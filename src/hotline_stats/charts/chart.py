"""What every chart function gives back."""

import re
from dataclasses import dataclass, field

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """A drawn chart. `id`: stable, fit for file names and HTML ids. `title`: the finding in plain words.
    `alt`: a text that says what the picture shows, with its figures."""

    id: str
    figure: Figure = field(repr=False, compare=False)
    title: str
    alt: str = field(repr=False)

    def _repr_svg_(self) -> str:
        from hotline_stats.charts.output import svg_text

        return svg_text(self)


def chart_id(*parts: str) -> str:
    """`type-change-headline`: what is fit for file names and ids of the parts, joined."""
    return "-".join(slug for p in parts if (slug := re.sub(r"[^a-z0-9]+", "-", p.lower()).strip("-")))
