"""The drawing of a funnel plot: limits as curves, a dot a unit, the names of those outside in a column beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.font import widest, width, wrap
from hotline_stats.charts.scale import log_ticks, rate_ticks, spread
from hotline_stats.charts.sentences import say
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.funnel import INNER, LIMIT, Funnel

_HEAD, _PLOT, _AXIS, _LEADER, _STEPS = 20.0, 190.0, 30.0, 26.0, 96
_LINE = theme.SMALL * 1.3
_INK = {"below": theme.FALL_TEXT, "above": theme.RISE_TEXT}


@dataclass(frozen=True)
class Dot:
    """One unit: `value` in percent of `n` tickets, `flag` below, above or within what is `expected` (percent)."""

    name: str
    n: int
    value: float
    flag: str
    expected: tuple[float | None, float | None]


@dataclass(frozen=True)
class _Field:
    """Where the plot lies, in points, and its scales: rates evenly, tickets by their logarithm."""

    left: float
    right: float
    top: float
    bottom: float
    rates: tuple[float, float]
    tickets: tuple[float, float]

    def x(self, n: float) -> float:
        low, high = (math.log(t) for t in self.tickets)
        return self.left + (self.right - self.left) * (math.log(n) - low) / (high - low)

    def y(self, rate: float) -> float:
        low, high = self.rates
        return self.bottom - (self.bottom - self.top) * (rate - low) / (high - low)


@dataclass(frozen=True)
class _Label:
    dot: Dot
    lines: tuple[str, ...]


def draw_funnel(words: Words, dots: Sequence[Dot], around: Funnel | None, tickets: str, lang: Lang) -> Sheet:
    """`tickets`: what the axis across counts. Without `around` (all tickets alike) there are no limits."""
    if not dots:
        sheet = Sheet(words, 12)
        sheet.text(sheet.left, sheet.top + 6, say("nothing", lang), colour=theme.MUTED)
        return sheet
    labels = [_label(d, lang) for d in sorted(dots, key=lambda d: -d.value) if d.flag in _INK]
    block = max((len(label.lines) for label in labels), default=0) * _LINE + 4
    plot = max(_PLOT, block * len(labels))
    sheet = Sheet(words, _HEAD + plot + _AXIS)
    span = (min(d.n for d in dots) / 1.25, max(d.n for d in dots) * 1.15)
    ticks = rate_ticks(*_reach(dots, around, span))
    marks = [numbers.percent(t, lang, digits=0 if _whole(ticks) else 1) for t in ticks]
    column = widest([line for label in labels for line in label.lines], theme.SMALL)
    left = sheet.left + widest(marks, theme.SMALL) + 5
    right = sheet.right - (column + _LEADER if labels else 0)
    top = sheet.top + _HEAD
    field = _Field(left, right, top, top + plot, (ticks[0], ticks[-1]), span)
    _draw_axes(sheet, field, list(zip(ticks, marks, strict=True)), tickets, lang)
    if around is not None:
        _draw_limits(sheet, field, around, lang)
    for dot in dots:
        outside = dot.flag in _INK
        colour = _INK.get(dot.flag, theme.BASELINE_TEXT)
        sheet.dot(
            field.x(dot.n),
            field.y(dot.value),
            colour,
            size=6.4 if outside else 4.4,
            order=4 if outside else 3,
        )
    _draw_names(sheet, field, labels, block)
    return sheet


def _label(dot: Dot, lang: Lang) -> _Label:
    value = say(
        "funnel-value", lang, value=numbers.percent(dot.value, lang), tickets=names.tickets(dot.n, lang)
    )
    return _Label(dot, (*wrap(dot.name, theme.SMALL, theme.NAME_ROOM, 3), value))


def _reach(dots: Sequence[Dot], around: Funnel | None, span: tuple[float, float]) -> tuple[float, float]:
    """The lowest and the highest rate that the plot must hold."""
    rates = [d.value for d in dots]
    limits = (rates[0] - 10, rates[0] + 10) if around is None else [100 * x for x in around.limits(span[0])]
    return max(0.0, min(*rates, *limits)), min(100.0, max(*rates, *limits))


def _whole(ticks: Sequence[float]) -> bool:
    return all(float(t).is_integer() for t in ticks)


def _draw_axes(
    sheet: Sheet, field: _Field, rates: Sequence[tuple[float, str]], tickets: str, lang: Lang
) -> None:
    for tick, mark in rates:
        y = field.y(tick)
        colour = theme.AXIS if tick == field.rates[0] else theme.GRID
        sheet.line([field.left, field.right], [y, y], colour, width=0.7)
        sheet.text(field.left - 4, y, mark, size=theme.SMALL, colour=theme.MUTED, align="right")
    end = -math.inf
    for n in log_ticks(*field.tickets):
        x, mark = field.x(n), numbers.count(n, lang)
        half = width(mark, theme.SMALL) / 2
        if x - half < end + 5 or x + half > field.right + 4:
            continue
        sheet.line([x, x], [field.bottom, field.bottom + 3], theme.AXIS, width=0.7)
        sheet.text(x, field.bottom + 10, mark, size=theme.SMALL, colour=theme.MUTED, align="center")
        end = x + half
    middle = (field.left + field.right) / 2
    sheet.text(middle, field.bottom + 22, tickets, size=theme.SMALL, colour=theme.MUTED, align="center")


def _draw_limits(sheet: Sheet, field: _Field, around: Funnel, lang: Lang) -> None:
    """The curves, the rate of all tickets, and above the plot which line is which."""
    low, high = (math.log(n) for n in field.tickets)
    sizes = [math.exp(low + (high - low) * i / _STEPS) for i in range(_STEPS + 1)]
    across = [field.x(n) for n in sizes]
    styles = (
        (LIMIT, theme.NOISE_TEXT, False, "funnel-outer"),
        (INNER, theme.NOISE_TEXT, True, "funnel-inner"),
    )
    x, head = field.left, field.top - _HEAD + 6
    for z, colour, dashed, code in styles:
        limits = [around.limits(n, z) for n in sizes]
        for side in (0, 1):
            heights = [field.y(100 * pair[side]) for pair in limits]
            sheet.line(across, heights, colour, width=0.9, dashed=dashed, order=2)
        x = _key(sheet, x, head, (colour, dashed), say(code, lang))
    y = field.y(100 * around.mean)
    sheet.line([field.left, field.right], [y, y], theme.CURRENT, width=1.1, order=2)
    _key(
        sheet,
        x,
        head,
        (theme.CURRENT, False),
        say("funnel-all", lang, value=numbers.percent(100 * around.mean, lang)),
    )


def _key(sheet: Sheet, x: float, middle: float, style: tuple[str, bool], said: str) -> float:
    """A piece of line and what it is; gives back where the next may begin."""
    colour, dashed = style
    sheet.line([x, x + 18], [middle, middle], colour, width=1.0, dashed=dashed)
    sheet.text(x + 23, middle, said, size=theme.SMALL, colour=theme.MUTED)
    return x + 23 + width(said, theme.SMALL) + 16


def _draw_names(sheet: Sheet, field: _Field, labels: Sequence[_Label], block: float) -> None:
    """Each name at the height of its dot or as near as the others leave room, with a thin line to it."""
    edge, half = field.right + _LEADER, block / 2
    heights = spread(
        [field.y(label.dot.value) for label in labels], block, field.top + half, field.bottom - half
    )
    for label, y in zip(labels, heights, strict=True):
        x = field.x(label.dot.n)
        sheet.line(
            [x, field.right + 4, edge - 3], [field.y(label.dot.value), y, y], theme.AXIS, width=0.6, order=1.5
        )
        *name, value = label.lines
        first = y - (len(label.lines) - 1) / 2 * _LINE
        for i, line in enumerate(name):
            sheet.text(edge, first + i * _LINE, line, size=theme.SMALL)
        ink = _INK[label.dot.flag]
        sheet.text(edge, first + len(name) * _LINE, value, size=theme.SMALL, colour=ink)
