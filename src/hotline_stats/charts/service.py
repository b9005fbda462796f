"""Service figures of both windows: rates from 0 to 100 %, times in hours below."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.chart import Chart
from hotline_stats.charts.font import one_line, widest, width, wrap
from hotline_stats.charts.scale import nice_ticks
from hotline_stats.charts.sentences import frame_words, say, verdict_colour, window_names
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.services import ServiceFigure, ServiceFigures

_HEAD, _ROW, _AXIS, _BETWEEN, _LEGEND = 16.0, 21.0, 18.0, 8.0, 16.0


@dataclass(frozen=True)
class _Columns:
    """Edges shared by both panels: of the axis, and of the sheet's text columns."""

    left: float
    right: float
    names: float


def figure_name(figure_id: str, lang: Lang) -> str:
    """The name of a service figure; an id without one names itself."""
    return one_line(names.figure(figure_id, lang))


def service(services: ServiceFigures, lang: Lang) -> Chart:
    """How do the service figures compare with the baseline?

    Rates in percent with their change in percentage points, times in hours. Figures without a value in the
    period are left out; without one in the baseline only the period's point is drawn. The title names the
    largest change among those told from noise.
    """
    figures = [f for f in services.figures if f.current is not None]
    title = _finding(figures, lang)
    compared = any(f.change_pp is not None for f in figures)
    note = say("service-note", lang) if compared else ""
    words = frame_words(title, services, lang, say("unit-service", lang), [note])
    join = say("semicolon", lang)
    alt = say("stop", lang).join([title, words.subtitle, join.join(_said(f, lang) for f in figures)])
    return Chart(
        "service", _draw(words, figures, window_names(services.windows, lang), lang).figure, title, alt
    )


def _draw(words: Words, figures: Sequence[ServiceFigure], spans: tuple[str, str], lang: Lang) -> Sheet:
    panels = [
        (code, [f for f in figures if f.unit == unit])
        for code, unit in (("rates", "pct"), ("times", "hours"))
    ]
    panels = [(code, held) for code, held in panels if held]
    named = {f.id: wrap(figure_name(f.id, lang), theme.LABEL, theme.NAME_ROOM, 3) for f in figures}
    heights = {i: max(_ROW, len(n) * theme.LABEL * 1.28 + 5) for i, n in named.items()}
    body = _LEGEND + sum(heights.values()) + len(panels) * (_HEAD + _AXIS + _BETWEEN) - _BETWEEN
    sheet = Sheet(words, max(body, _LEGEND))
    if not figures:
        sheet.text(sheet.left, sheet.top + 6, say("nothing", lang), colour=theme.MUTED)
        return sheet
    name_column = widest([line for n in named.values() for line in n], theme.LABEL)
    changes = [_marked(f, lang) for f in figures]
    values = [_value(v, f, lang) for f in figures for v in (f.current, f.baseline) if v is not None]
    room = widest(values, theme.SMALL) + 8
    columns = _Columns(
        sheet.left + name_column + theme.GAP + room,
        sheet.right - widest(changes, theme.LABEL) - theme.GAP - room,
        sheet.left + name_column,
    )
    _legend(sheet, spans, any(f.baseline is not None for f in figures))
    top = sheet.top + _LEGEND
    for code, held in panels:
        sheet.text(sheet.left, top + 6, say(code, lang), size=theme.SMALL, colour=theme.MUTED)
        ticks = [0, 25, 50, 75, 100] if code == "rates" else nice_ticks(max(_values(held)))
        top = _panel(
            sheet, columns, [(f, named[f.id], heights[f.id]) for f in held], (top + _HEAD, ticks), lang
        )
    return sheet


def _panel(
    sheet: Sheet,
    columns: _Columns,
    rows: Sequence[tuple[ServiceFigure, list[str], float]],
    axis: tuple[float, list[int]],
    lang: Lang,
) -> float:
    """Draw one panel and return where the next may begin."""
    top, ticks = axis
    bottom = top + sum(height for _, _, height in rows)
    scale = (columns.right - columns.left) / ticks[-1]
    for tick in ticks:
        x = columns.left + tick * scale
        sheet.line([x, x], [top, bottom], theme.AXIS if tick == 0 else theme.GRID, width=0.7)
        sheet.text(
            x, bottom + 8, numbers.count(tick, lang), size=theme.SMALL, colour=theme.MUTED, align="center"
        )
    for figure, name, height in rows:
        middle = top + height / 2
        sheet.lines(columns.names, middle, name, align="right")
        sheet.text(
            sheet.right, middle, _marked(figure, lang), colour=verdict_colour(figure.verdict), align="right"
        )
        _dumbbell(sheet, figure, (columns.left, scale), middle, lang)
        top += height
    return bottom + _AXIS + _BETWEEN


def _dumbbell(
    sheet: Sheet, figure: ServiceFigure, axis: tuple[float, float], middle: float, lang: Lang
) -> None:
    """Both points, each with its value on the outer side, so that the labels never meet."""
    left, scale = axis
    points = [(figure.current or 0.0, theme.CURRENT, theme.INK, 6.5)]
    if figure.baseline is not None:
        points.append((figure.baseline, theme.BASELINE, theme.BASELINE_TEXT, 8.0))
        xs = [left + v * scale for v, *_ in points]
        sheet.line(xs, [middle, middle], theme.BASELINE, width=2.2, order=2)
    low = min(points, key=lambda p: p[0]) if len(points) > 1 else None
    for order, point in enumerate(reversed(points)):
        value, colour, ink, size = point
        x = left + value * scale
        sheet.dot(x, middle, colour, size=size, order=3 + order)
        text = _value(value, figure, lang)
        wide = width(text, theme.SMALL)
        start = x - 7 - wide if point is low else x + 7
        sheet.box(
            start - 1, middle - 5, wide + 2, 10, theme.PAPER, order=1.5
        )  # keeps grid lines off the digits
        sheet.text(start, middle, text, size=theme.SMALL, colour=ink)


def _legend(sheet: Sheet, spans: tuple[str, str], both: bool) -> None:
    x, middle = sheet.left + 3, sheet.top + 4
    for name, colour in ((spans[0], theme.CURRENT), (spans[1], theme.BASELINE))[: 2 if both else 1]:
        sheet.dot(x, middle, colour, size=7)
        sheet.text(x + 8, middle, name, size=theme.SMALL, colour=theme.MUTED)
        x += 8 + width(name, theme.SMALL) + 18


def _values(figures: Sequence[ServiceFigure]) -> list[float]:
    return [v for f in figures for v in (f.current, f.baseline) if v is not None]


def _value(value: float | None, figure: ServiceFigure, lang: Lang) -> str:
    write = numbers.percent if figure.unit == "pct" else numbers.hours
    return write(value, lang, digits=figure.digits)


def _change(figure: ServiceFigure, lang: Lang) -> str:
    if figure.unit == "pct":
        return numbers.points(figure.change_pp, lang, digits=figure.digits)
    return numbers.hours(figure.change_pp, lang, signed=True, digits=figure.digits)


def _marked(figure: ServiceFigure, lang: Lang) -> str:
    """The change for beside its points: that of a rate with an arrow, filled when it is told from noise, so that a grey
    print tells it too; that of a time, which is not judged, with its sign."""
    moved = figure.change_pp
    if figure.unit != "pct" or moved is None or numbers.is_flat(moved):
        return _change(figure, lang)
    arrows = "▼▲" if figure.verdict in ("fall", "rise") else "▽△"
    return arrows[moved > 0] + numbers.points(abs(moved), lang, signed=False)


def _said(figure: ServiceFigure, lang: Lang) -> str:
    name, current = figure_name(figure.id, lang), _value(figure.current, figure, lang)
    if figure.baseline is None:
        return say("service-alone", lang, name=name, current=current)
    facts = {"baseline": _value(figure.baseline, figure, lang), "change": _change(figure, lang)}
    code = "said-service-noise" if figure.verdict == "within-noise" else "said-service"
    return say(code, lang, name=name, current=current, **facts)


def _finding(figures: Sequence[ServiceFigure], lang: Lang) -> str:
    """The largest change among the rates whose change is told from noise; without one, that there is none."""
    if not figures:
        return say("service-none", lang)
    sure = [f for f in figures if f.verdict in ("fall", "rise")]
    if sure:
        most = max(sure, key=lambda f: abs(f.change_pp or 0.0))
        values = {
            k: _value(v, most, lang) for k, v in (("current", most.current), ("baseline", most.baseline))
        }
        name = figure_name(most.id, lang)
        return say("service-title", lang, name=name, change=_change(most, lang), **values)
    if any(f.verdict == "within-noise" for f in figures):
        return say("service-noise", lang)
    first = figures[0]
    return _said(first, lang)
