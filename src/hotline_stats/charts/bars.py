"""Pairs of horizontal bars, one pair a row: name, counts at the bars' ends, change in a column."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from hotline_stats.charts import theme
from hotline_stats.charts.font import widest, width, wrap
from hotline_stats.charts.sentences import change_mark, change_words, count, key_name, say, window_names
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model.results import Comparison

_BAR, _BAR_GAP, _HEAD = 7.5, 1.5, 20.0


@dataclass(frozen=True)
class BarRow:
    """One row. A count that is None (suppressed) has no bar and a mark; `change` is drawn in `colour`."""

    name: str
    current: int | None
    baseline: int | None
    change: str
    colour: str


def bar_rows(comparison: Comparison, keys: Sequence[str], lang: Lang) -> list[BarRow]:
    covered = comparison.windows.covered
    out = []
    for key in keys:
        row = comparison.row(key)
        change, colour = change_mark(row, lang) if covered else ("", theme.INK)
        name = key_name(comparison.types, comparison.by, key, lang)
        out.append(BarRow(name, row["current"], row["baseline"] if covered else 0, change, colour))
    return out


def said_rows(comparison: Comparison, keys: Sequence[str], lang: Lang) -> str:
    """The rows as a text to be read aloud."""
    out = []
    for key in keys:
        row = comparison.row(key)
        name = key_name(comparison.types, comparison.by, key, lang)
        facts = {k: count(row[k], lang) for k in ("current", "baseline")}
        if comparison.windows.covered:
            out.append(say("said-change", lang, name=name, change=change_words(row, lang), **facts))
        else:
            out.append(say("said-count", lang, name=name, current=facts["current"]))
    return say("semicolon", lang).join(out)


def draw_bars(words: Words, rows: Sequence[BarRow], comparison: Comparison, lang: Lang) -> Figure:
    names = [wrap(r.name, theme.LABEL, theme.NAME_ROOM, 3) for r in rows]
    pair = 2 * _BAR + _BAR_GAP if comparison.windows.covered else _BAR * 1.4
    heights = [max(pair + 7, len(n) * theme.LABEL * 1.28 + 5) for n in names]
    head = _HEAD if comparison.windows.covered or not rows else 4.0
    sheet = Sheet(words, head + sum(heights))
    if not rows:
        sheet.text(sheet.left, sheet.top + head / 2, say("nothing", lang), colour=theme.MUTED)
        return sheet.figure
    x = sheet.left + widest([line for n in names for line in n], theme.LABEL) + theme.GAP
    changes = [say("change", lang), *(r.change for r in rows)] if comparison.windows.covered else []
    counts = [count(n, lang) for r in rows for n in (r.current, r.baseline)]
    end = sheet.right - widest(changes, theme.LABEL) - widest(counts, theme.SMALL) - (24 if changes else 6)
    _head(sheet, x, comparison, lang)
    most = max(n or 0 for r in rows for n in (r.current, r.baseline)) or 1
    sheet.line([x, x], [sheet.top + head - 2, sheet.bottom], theme.AXIS, width=0.7, order=3)
    top = sheet.top + head
    for row, name, height in zip(rows, names, heights, strict=True):
        middle = top + height / 2
        sheet.lines(x - 6, middle, name, align="right")
        sheet.text(sheet.right, middle, row.change, colour=row.colour, align="right")
        _pair(sheet, _bars(row, middle, comparison.windows.covered), (x, (end - x) / most), lang)
        top += height
    return sheet.figure


def _head(sheet: Sheet, x: float, comparison: Comparison, lang: Lang) -> None:
    """Which bar is which, above the first row, and the head of the column of changes."""
    middle = sheet.top + 6
    current, baseline = window_names(comparison.windows, lang)
    if not comparison.windows.covered:
        return
    for name, colour in ((current, theme.CURRENT), (baseline, theme.BASELINE)):
        sheet.box(x, middle - 3.5, 14, 7, colour)
        sheet.text(x + 19, middle, name, size=theme.SMALL, colour=theme.MUTED)
        x += 19 + width(name, theme.SMALL) + 16
    sheet.text(sheet.right, middle, say("change", lang), size=theme.SMALL, colour=theme.MUTED, align="right")


_Bar = tuple[int | None, float, float, str, str]


def _bars(row: BarRow, middle: float, covered: bool) -> list[_Bar]:
    """Count, height, thickness and colours of each bar; one bar without a baseline."""
    if not covered:
        return [(row.current, middle, _BAR * 1.4, theme.CURRENT, theme.INK)]
    off = (_BAR + _BAR_GAP) / 2
    return [
        (row.current, middle - off, _BAR, theme.CURRENT, theme.INK),
        (row.baseline, middle + off, _BAR, theme.BASELINE, theme.BASELINE_TEXT),
    ]


def _pair(sheet: Sheet, bars: Sequence[_Bar], scale: tuple[float, float], lang: Lang) -> None:
    x, per_ticket = scale
    for n, y, thick, fill, ink in bars:
        if n is not None:
            sheet.box(x, y - thick / 2, n * per_ticket, thick, fill)
        sheet.text(x + (n or 0) * per_ticket + 4, y, count(n, lang), size=theme.SMALL, colour=ink)
