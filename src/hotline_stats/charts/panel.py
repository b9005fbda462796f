"""One small panel of monthly lines, labelled at the lines' ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.font import widest
from hotline_stats.charts.months import Months, axis_labels
from hotline_stats.charts.scale import nice_ticks, spread
from hotline_stats.charts.sentences import count
from hotline_stats.charts.sheet import Sheet
from hotline_stats.messages import Lang


@dataclass(frozen=True)
class Line:
    """One window's counts (None where suppressed), what stands at their end, and the colours of line and label."""

    values: tuple[float | None, ...]
    label: str
    colour: str
    ink: str

    @property
    def last(self) -> float:
        """The last count that is told."""
        return next((v for v in reversed(self.values) if v is not None), 0.0)


@dataclass(frozen=True)
class Panel:
    """The lines of one key, the baseline first so that the period lies on top, and the marks of the axis."""

    months: Months
    lines: tuple[Line, ...]
    ticks: tuple[float, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """Where the plot lies on the sheet, in points, and its scale."""

    left: float
    right: float
    top: float
    bottom: float
    most: float
    months: int

    @property
    def pitch(self) -> float:
        """Points from month to month."""
        return (self.right - self.left - 16) / max(self.months - 1, 1)

    def x(self, position: int) -> float:
        return self.left + 8 + position * self.pitch if self.months > 1 else self.right - 8

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.most


def panel(months: Months, spans: tuple[str, str], covered: bool, lang: Lang) -> Panel:
    """`spans`: short names of period and baseline; without a baseline the panel has one line."""
    windows = [(months.baseline, spans[1], theme.BASELINE, theme.BASELINE_TEXT)] if covered else []
    windows.append((months.current, spans[0], theme.CURRENT, theme.CURRENT))
    lines = tuple(
        Line(values, f"{name} {count(values[-1], lang)}", colour, ink)
        for values, name, colour, ink in windows
    )
    ticks = tuple(nice_ticks(max((v for line in lines for v in line.values if v is not None), default=0)))
    return Panel(months, lines, ticks, tuple(numbers.count(t, lang) for t in ticks))


def insets(panels: Sequence[Panel]) -> tuple[float, float]:
    """Room that all panels leave for axis marks and for labels, so that their months stand in one line."""
    marks, labels = [m for p in panels for m in p.marks], [line.label for p in panels for line in p.lines]
    return widest(marks, theme.SMALL) + 5, widest(labels, theme.SMALL) + 2


def draw_panel(sheet: Sheet, drawn: Panel, plot: Plot, lang: Lang) -> None:
    for tick, mark in zip(drawn.ticks, drawn.marks, strict=True):
        y = plot.y(tick)
        sheet.line([plot.left, plot.right], [y, y], theme.AXIS if tick == 0 else theme.GRID, width=0.7)
        sheet.text(plot.left - 4, y, mark, size=theme.SMALL, colour=theme.MUTED, align="right")
    for i, label in enumerate(axis_labels(drawn.months.labels, plot.pitch, theme.SMALL, lang)):
        if label:
            where = (plot.x(i), plot.bottom + 10)
            sheet.text(*where, label, size=theme.SMALL, colour=theme.MUTED, align="center")
    for line in drawn.lines:
        _draw_line(sheet, plot, line, drawn.months.complete)
    ends = [plot.y(line.last) for line in drawn.lines]
    for line, y in zip(drawn.lines, spread(ends, theme.SMALL * 1.35, plot.top, plot.bottom), strict=True):
        sheet.text(plot.right, y, line.label, size=theme.SMALL, colour=line.ink)


def _draw_line(sheet: Sheet, plot: Plot, line: Line, complete: Sequence[bool]) -> None:
    """Month to month; dashed to and from a month that is not whole, whose point is hollow. Months whose count is
    suppressed are left out."""
    strong = line.colour == theme.CURRENT
    places = [None if v is None else (plot.x(i), plot.y(v)) for i, v in enumerate(line.values)]
    for i, (start, end) in enumerate(pairwise(places)):
        if start is None or end is None:
            continue
        whole = complete[i] and complete[i + 1]
        width = 1.8 if strong else 1.5
        sheet.line(
            [start[0], end[0]], [start[1], end[1]], line.colour, width=width, dashed=not whole, order=2
        )
    for place, whole in zip(places, complete, strict=False):
        if place is not None:
            sheet.dot(*place, line.colour, size=3.4 if strong else 2.8, hollow=not whole)
