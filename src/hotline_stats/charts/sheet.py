"""A figure laid out in points from its top left corner, with title, subtitle and foot already set.

Charts place every mark and label themselves, with measured text, so that nothing overlaps or is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from hotline_stats.charts import theme
from hotline_stats.charts.font import drawable, properties, wrap

Colour = str | tuple[float, float, float]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Words:
    """The sentences around a chart. `foot`: one paragraph each."""

    title: str
    subtitle: str
    foot: tuple[str, ...]


class Sheet:
    """A figure with its frame of words. `left`, `right`, `top`: edges of the body, in points."""

    def __init__(self, words: Words, body: float, width: float = theme.WIDTH) -> None:
        room = width - 2 * theme.MARGIN
        title = wrap(words.title, theme.TITLE, room)
        subtitle = wrap(words.subtitle, theme.SUBTITLE, room)
        foot = [line for part in words.foot for line in wrap(part, theme.FOOT, room)]
        sizes = (theme.TITLE, theme.SUBTITLE, theme.FOOT)
        heights = [len(x) * s * theme.LEADING for x, s in zip((title, subtitle, foot), sizes, strict=True)]
        self.left, self.right = theme.MARGIN, width - theme.MARGIN
        self.top = theme.MARGIN + heights[0] + heights[1] + 1.5 * theme.GAP
        self.bottom = self.top + body
        height = self.bottom + theme.GAP + heights[2] + theme.MARGIN * 0.8
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=100, facecolor=theme.PAPER)
        self._at = Affine2D().scale(1, -1).translate(0, height).scale(1 / 72) + self.figure.dpi_scale_trans
        self._paragraph(title, theme.MARGIN, theme.TITLE, theme.INK)
        self._paragraph(subtitle, theme.MARGIN + heights[0] + 0.25 * theme.GAP, theme.SUBTITLE, theme.MUTED)
        self._paragraph(foot, self.bottom + theme.GAP, theme.FOOT, theme.MUTED)

    def text(self, x: float, middle: float, text: str, *, size: float = theme.LABEL,
             colour: Colour = theme.INK, align: Align = "left") -> None:  # fmt: skip
        """One line of text whose middle stands at `middle`. Never read as markup."""
        self.figure.text(
            x, middle + theme.CENTRE * size, drawable(text), transform=self._at, ha=align, va="baseline",
            color=colour, fontproperties=properties(size), parse_math=False,
        )  # fmt: skip

    def lines(self, x: float, middle: float, lines: Sequence[str], *, size: float = theme.LABEL,
              colour: Colour = theme.INK, align: Align = "left") -> None:  # fmt: skip
        """Several lines of text, centred on `middle` as a block."""
        pitch = size * 1.28
        for i, line in enumerate(lines):
            self.text(
                x, middle + (i - (len(lines) - 1) / 2) * pitch, line, size=size, colour=colour, align=align
            )

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, order: float = 2) -> None:
        """A filled rectangle; a negative `width` runs to the left."""
        self.figure.add_artist(
            Rectangle(
                (x, y),
                width,
                height,
                transform=self._at,
                facecolor=colour,
                edgecolor="none",
                linewidth=0,
                zorder=order,
            )
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: Colour, *, width: float = 0.8,
             dashed: bool = False, order: float = 1) -> None:  # fmt: skip
        self.figure.add_artist(
            Line2D(
                xs,
                ys,
                transform=self._at,
                color=colour,
                linewidth=width,
                zorder=order,
                linestyle=(0, (3, 2)) if dashed else "-",
                solid_capstyle="round",
            )
        )

    def dot(self, x: float, y: float, colour: Colour, *, size: float = 5, hollow: bool = False,
            order: float = 3) -> None:  # fmt: skip
        self.figure.add_artist(
            Line2D(
                [x],
                [y],
                transform=self._at,
                linestyle="none",
                marker="o",
                markersize=size,
                markerfacecolor=theme.PAPER if hollow else colour,
                markeredgecolor=colour,
                markeredgewidth=1.1 if hollow else 0.4,
                zorder=order,
            )
        )

    def _paragraph(self, lines: Sequence[str], top: float, size: float, colour: str) -> None:
        for i, line in enumerate(lines):
            self.text(theme.MARGIN, top + (i + 0.5) * size * theme.LEADING, line, size=size, colour=colour)
