"""When each type was reported: type by month of the period."""

import math
from collections.abc import Sequence

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.chart import Chart
from hotline_stats.charts.font import widest, wrap
from hotline_stats.charts.months import Months, is_whole, month_name, month_of_year, months_in, months_of
from hotline_stats.charts.sentences import count, frame_words, key_name, say, untold
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model.results import Series
from hotline_stats.model.types import OTHER, TypeScheme

_HEAD, _CELL = 16.0, 17.0


def heat_map(series: Series, keys: Sequence[str], lang: Lang) -> Chart:
    """In which months were `keys` (type or group ids, one row each) reported most?

    Counts of the period in every cell; shade by the square root of the count over the largest, so that small
    rows stay readable beside a large one. Months that the window cuts carry a dagger. KeyError for a key
    that the series lacks.
    """
    months = [months_of(series, k) for k in keys]
    names = [key_name(series.types, "type", k, lang) for k in keys]
    title = _finding(series.types, keys, names, months, lang)
    period = series.windows.period
    heads = [
        month_name(label, lang) + ("" if is_whole(period, label) else "†") for label in months_in(period)
    ]
    note = say("cut-month", lang) if any(h.endswith("†") for h in heads) else ""
    hidden = untold([n for m in months for n in m.current], lang)
    words = frame_words(title, series, lang, say("heat-scale", lang), [note, hidden], compared=False)
    said = [say("named", lang, name=n, said=_said(m, lang)) for n, m in zip(names, months, strict=True)]
    alt = say("stop", lang).join([title, words.subtitle, *said])
    return Chart("heat-map", _draw(words, names, heads, months, lang).figure, title, alt)


def _draw(
    words: Words, names: Sequence[str], heads: Sequence[str], months: Sequence[Months], lang: Lang
) -> Sheet:
    """One cell a month, as wide as its widest label; the sheet widens when the months need it."""
    wrapped = [wrap(n, theme.LABEL, theme.NAME_ROOM, 3) for n in names]
    heights = [max(_CELL, len(n) * theme.LABEL * 1.28 + 4) for n in wrapped]
    column = widest([line for n in wrapped for line in n], theme.LABEL) + 7
    most = max((n for m in months for n in m.current if n is not None), default=0) or 1
    labels = [count(n, lang) for m in months for n in m.current]
    need = max(widest(labels, theme.SMALL), widest(heads, theme.SMALL)) + 5
    room = theme.WIDTH - 2 * theme.MARGIN - column
    cell = max(need, min(room / len(heads), 3 * need))
    sheet = Sheet(
        words, _HEAD + sum(heights), max(theme.WIDTH, 2 * theme.MARGIN + column + cell * len(heads))
    )
    if not months:
        sheet.text(sheet.left, sheet.top + _HEAD / 2, say("nothing", lang), colour=theme.MUTED)
        return sheet
    x, top = sheet.left + column, sheet.top + _HEAD
    for i, head in enumerate(heads):
        sheet.text(
            x + (i + 0.5) * cell, sheet.top + 6, head, size=theme.SMALL, colour=theme.MUTED, align="center"
        )
    for lines, part, height in zip(wrapped, months, heights, strict=True):
        sheet.lines(x - 7, top + height / 2, lines, align="right")
        for i, n in enumerate(part.current):
            fill = theme.shade(math.sqrt(n / most)) if n else theme.rgb(theme.PAPER)
            sheet.box(x + i * cell + 0.5, top + 0.5, cell - 1, height - 1, fill)
            ink = theme.text_on(fill) if n else theme.NOISE_TEXT
            where = (x + (i + 0.5) * cell, top + height / 2)
            sheet.text(*where, count(n, lang), size=theme.SMALL, colour=ink, align="center")
        top += height
    return sheet


def _finding(
    types: TypeScheme, keys: Sequence[str], names: Sequence[str], months: Sequence[Months], lang: Lang
) -> str:
    """The fullest cell; `other`, groups and the total only when no type has any ticket."""
    own = set(types.ids) - {OTHER}
    rows = list(zip(names, months, strict=True))
    typed = [row for key, row in zip(keys, rows, strict=True) if key in own and any(row[1].current)]
    cells = [
        (n, name, m.labels[i]) for name, m in typed or rows for i, n in enumerate(m.current) if n is not None
    ]
    most = max(cells, key=lambda c: c[0], default=(0, "", ""))
    if most[0] == 0:
        return say("heat-none", lang)
    if len(months[0].labels) == 1:
        return say("highest", lang, name=most[1], current=numbers.count(most[0], lang))
    month = month_of_year(most[2], lang)
    return say("heat-title", lang, name=most[1], month=month, current=numbers.count(most[0], lang))


def _said(months: Months, lang: Lang) -> str:
    return say("comma", lang).join(
        say("said-month", lang, month=month_name(m, lang), current=count(n, lang))
        for m, n in zip(months.labels, months.current, strict=False)
    )
