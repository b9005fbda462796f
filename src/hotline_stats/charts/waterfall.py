"""Bars that start where the one above ended, and a total that they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.font import widest, wrap
from hotline_stats.charts.sentences import say
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang

_HEAD, _ROW, _BAR, _BEFORE_TOTAL = 18.0, 18.0, 11.0, 4.0


@dataclass(frozen=True)
class Part:
    """One bar, from `start` to `start + size` (percentage points, or tickets on a zero base)."""

    name: str
    start: float
    size: float
    points: float | None
    change: int
    total: bool = False

    @property
    def end(self) -> float:
        return self.start + self.size

    @property
    def ink(self) -> str:
        return (
            theme.INK
            if self.total or not self.size
            else theme.FALL_TEXT
            if self.size < 0
            else theme.RISE_TEXT
        )

    @property
    def fill(self) -> str:
        return theme.TOTAL if self.total else theme.FALL if self.size < 0 else theme.RISE


def draw_waterfall(words: Words, parts: Sequence[Part], by_points: bool, lang: Lang) -> Sheet:
    """The last part is the total. `by_points`: a column of points beside that of tickets."""
    names = [wrap(p.name, theme.LABEL, theme.NAME_ROOM, 3) for p in parts]
    heights = [max(_ROW, len(n) * theme.LABEL * 1.28 + 4) for n in names]
    sheet = Sheet(words, _HEAD + sum(heights) + _BEFORE_TOTAL)
    if not parts:
        sheet.text(sheet.left, sheet.top + 6, say("nothing", lang), colour=theme.MUTED)
        return sheet
    first = sheet.top + _HEAD
    middles = [first + below - h / 2 for below, h in zip(accumulate(heights), heights, strict=True)]
    middles[-1] += _BEFORE_TOTAL
    rule = first + sum(heights[:-1]) + _BEFORE_TOTAL / 2
    sheet.line([sheet.left, sheet.right], [rule, rule], theme.GRID)
    left = sheet.left + widest([line for n in names for line in n], theme.LABEL) + theme.GAP
    for lines, middle in zip(names, middles, strict=True):
        sheet.lines(left - 6, middle, lines, align="right")
    right = _draw_numbers(sheet, parts, middles, by_points, lang)
    _draw_bars(sheet, parts, middles, (left, right))
    return sheet


def _draw_numbers(
    sheet: Sheet, parts: Sequence[Part], middles: Sequence[float], by_points: bool, lang: Lang
) -> float:
    """The columns of numbers; gives back the edge that the bars may reach."""
    held = [(say("tickets-head", lang), [numbers.count(p.change, lang, signed=True) for p in parts])]
    if by_points:
        held.append((say("points-head", lang), [numbers.decimal(p.points, lang, signed=True) for p in parts]))
    right = sheet.right
    for head, cells in held:
        sheet.text(right, sheet.top + 6, head, size=theme.SMALL, colour=theme.MUTED, align="right")
        for part, middle, cell in zip(parts, middles, cells, strict=True):
            sheet.text(right, middle, cell, colour=part.ink, align="right")
        right -= widest([head, *cells], theme.LABEL) + 14
    return right


def _draw_bars(
    sheet: Sheet, parts: Sequence[Part], middles: Sequence[float], span: tuple[float, float]
) -> None:
    left, right = span
    low, high = min(0.0, *(p.end for p in parts)), max(0.0, *(p.end for p in parts))
    scale = (right - left) / ((high - low) or 1)
    xs = [(left + (p.start - low) * scale, left + (p.end - low) * scale) for p in parts]
    zero = left - low * scale
    sheet.line([zero, zero], [sheet.top + _HEAD, sheet.bottom], theme.AXIS, width=0.7)
    for part, middle, (start, end) in zip(parts, middles, xs, strict=True):
        sheet.box(start, middle - _BAR / 2, end - start, _BAR, part.fill)
    for (_, end), above, below in zip(xs, middles, middles[1:], strict=False):
        sheet.line([end, end], [above + _BAR / 2, below - _BAR / 2], theme.AXIS, width=0.6)
