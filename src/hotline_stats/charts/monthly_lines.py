"""Month by month: the period and its baseline as two lines, one small panel a key."""

from collections.abc import Sequence
from itertools import zip_longest

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.chart import Chart, chart_id
from hotline_stats.charts.font import wrap
from hotline_stats.charts.months import Months, month_name, month_of_year, months_of
from hotline_stats.charts.panel import Panel, Plot, draw_panel, insets, panel
from hotline_stats.charts.sentences import count, frame_words, key_name, say, untold, window_names
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model.results import Series

_PLOT, _AXIS, _BETWEEN = 118.0, 16.0, 22.0


def monthly_lines(series: Series, keys: Sequence[str], lang: Lang) -> Chart:
    """How did each month compare with the same month of the baseline?

    One panel for each of `keys` (1 to 4; type ids, group ids or "total"), every panel from zero on its own
    scale. Months that the window cuts are dashed with a hollow point and are not counted in the title.
    ValueError for no or more than four keys, KeyError for a key that the series lacks.
    """
    if not 1 <= len(keys) <= 4:
        raise ValueError(f"one to four keys, not {len(keys)}")
    months = [months_of(series, k) for k in keys]
    names = [key_name(series.types, "type", k, lang) for k in keys]
    covered = series.windows.covered
    notes = [
        say("own-scale", lang) if len(keys) > 1 else "",
        say("dashed", lang) if not all(c for m in months for c in m.complete) else "",
        untold([n for m in months for n in (*m.current, *m.baseline)] if covered else [], lang),
    ]
    title = _finding(names[0], months[0], covered, lang)
    words = frame_words(title, series, lang, say("unit-tickets", lang), notes)
    panels = [panel(m, window_names(series.windows, lang), covered, lang) for m in months]
    sheet = _draw(words, names, panels, lang)
    said = [
        say("named", lang, name=n, said=_said(m, covered, lang)) for n, m in zip(names, months, strict=True)
    ]
    return Chart(
        chart_id("monthly", *keys),
        sheet.figure,
        title,
        say("stop", lang).join([title, words.subtitle, *said]),
    )


def _draw(words: Words, names: Sequence[str], panels: Sequence[Panel], lang: Lang) -> Sheet:
    """One panel alone over the whole width, more of them in two columns."""
    columns = 1 if len(panels) == 1 else 2
    width = (theme.WIDTH - 2 * theme.MARGIN - (columns - 1) * _BETWEEN) / columns
    heads = [wrap(n, theme.LABEL, width, 2) for n in names]
    head = max(len(h) for h in heads) * theme.LABEL * 1.28 + 10
    pitch = head + _PLOT + _AXIS + _BETWEEN / 2
    sheet = Sheet(words, pitch * -(-len(panels) // columns) - _BETWEEN / 2)
    marks, labels = insets(panels)
    for i, (lines, drawn) in enumerate(zip(heads, panels, strict=True)):
        left, top = sheet.left + (i % columns) * (width + _BETWEEN), sheet.top + i // columns * pitch
        sheet.lines(left, top + len(lines) * theme.LABEL * 0.64, lines)
        bottom = top + head + _PLOT
        edges = (left + marks, left + width - labels, top + head, bottom)
        draw_panel(sheet, drawn, Plot(*edges, drawn.ticks[-1], len(drawn.months.labels)), lang)
    return sheet


def _finding(name: str, months: Months, covered: bool, lang: Lang) -> str:
    """Months above and below the baseline are counted, which is no claim about the whole."""
    pairs = [
        (c, b)
        for c, b, whole in zip(months.current, months.baseline, months.complete, strict=False)
        if whole and c is not None and b is not None
    ]
    if covered and pairs and any(c or b for c, b in pairs):
        return _against(name, pairs, lang)
    most = max((c for c in months.current if c is not None), default=None)
    if most is None:
        return say("untold", lang, name=name)
    if most == 0:
        return say("lines-none", lang, name=name)
    month = month_name(months.labels[months.current.index(most)], lang)
    return say("lines-alone", lang, name=name, month=month, current=numbers.count(most, lang))


def _against(name: str, pairs: Sequence[tuple[float, float]], lang: Lang) -> str:
    """How many months lie below and above the baseline; a side without any is not spoken of."""
    lower, higher = sum(c < b for c, b in pairs), sum(c > b for c, b in pairs)
    facts = {"name": name, "n": len(pairs), "lower": lower, "higher": higher}
    if len(pairs) == 1:
        current, baseline = (numbers.count(n, lang) for n in pairs[0])
        return say("lines-one", lang, name=name, current=current, baseline=baseline)
    if lower and higher:
        return say("lines-both", lang, **facts)
    if not lower and not higher:
        return say("lines-equal", lang, **facts)
    side = "lower" if lower else "higher"
    return say(f"lines-{'all' if len(pairs) == lower + higher else 'some'}-{side}", lang, **facts)


def _said(months: Months, covered: bool, lang: Lang) -> str:
    code, join = ("said-month-pair" if covered else "said-month"), say("comma", lang)
    pairs = zip_longest(months.labels, months.current, months.baseline)
    return join.join(
        say(
            code,
            lang,
            month=month_of_year(m, lang),
            current=count(c, lang),
            baseline=count(b, lang),
        )
        for m, c, b in pairs
    )
