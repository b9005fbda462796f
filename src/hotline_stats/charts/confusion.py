"""Which types are taken for which: true type by type found."""

import math

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.chart import Chart
from hotline_stats.charts.font import one_line, widest, wrap
from hotline_stats.charts.sentences import say
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model.evaluation import Evaluation

_HEAD, _CELL = 16.0, 19.0


def confusion(found: Evaluation, lang: Lang) -> Chart:
    """Tickets by true type (rows) and type found (columns), of the types that have any. Right answers stand on the
    diagonal in the colour of shares, mistakes in that of rises; shade by the square root of the share of the row."""
    matrix, ids = found.confusion, found.types.ids
    shown = [i for i in range(len(ids)) if matrix[i].sum() or matrix[:, i].sum()]
    names = [one_line(f"{k} {found.types.name(ids[i], lang)}") for k, i in enumerate(shown, 1)]
    title, rows = _finding(found, lang), [[int(matrix[i, j]) for j in shown] for i in shown]
    subtitle = say(
        "confusion-subtitle",
        lang,
        file=one_line(found.sample.file),
        taxonomy=found.types.id,
        version=found.types.version,
    )
    said = [
        say(
            "named",
            lang,
            name=name,
            said=say("comma", lang).join(f"{k} {n}" for k, n in enumerate(row, 1) if n),
        )
        for name, row in zip(names, rows, strict=True)
        if any(row)
    ]
    words = Words(title, subtitle, (say("confusion-source", lang),))
    alt = say("stop", lang).join([title, subtitle, *said])
    return Chart("confusion", _draw(words, names, rows, lang).figure, title, alt)


def _draw(words: Words, names: list[str], rows: list[list[int]], lang: Lang) -> Sheet:
    wrapped = [wrap(n, theme.LABEL, theme.NAME_ROOM, 2) for n in names]
    column = widest([line for n in wrapped for line in n], theme.LABEL) + 7
    labels = [numbers.count(n, lang) for row in rows for n in row]
    need = widest([*labels, str(len(rows))], theme.SMALL) + 6
    cell = max(need, min((theme.WIDTH - 2 * theme.MARGIN - column) / len(rows), 2 * _CELL))
    heights = [max(_CELL, len(n) * theme.LABEL * 1.28 + 4) for n in wrapped]
    width = max(theme.WIDTH, 2 * theme.MARGIN + column + cell * len(rows))
    sheet = Sheet(words, _HEAD + sum(heights), width)
    x, top = sheet.left + column, sheet.top + _HEAD
    for k in range(len(rows)):
        sheet.text(
            x + (k + 0.5) * cell,
            sheet.top + 6,
            str(k + 1),
            size=theme.SMALL,
            colour=theme.MUTED,
            align="center",
        )
    for i, (lines, row, height) in enumerate(zip(wrapped, rows, heights, strict=True)):
        sheet.lines(x - 7, top + height / 2, lines, align="right")
        for k, n in enumerate(row):
            strength = math.sqrt(n / sum(row)) if n else 0.0
            fill = theme.shade(strength) if k == i else _mistaken(strength)
            sheet.box(x + k * cell + 0.5, top + 0.5, cell - 1, height - 1, fill)
            where = (x + (k + 0.5) * cell, top + height / 2)
            if n:
                shown = numbers.count(n, lang)
                sheet.text(*where, shown, size=theme.SMALL, colour=theme.text_on(fill), align="center")
        top += height
    return sheet


def _mistaken(strength: float) -> theme.Rgb:
    """From nearly white to the colour of rises."""
    red, green, blue = (
        p + (c - p) * strength for p, c in zip((0.97, 0.97, 0.97), theme.rgb(theme.RISE), strict=True)
    )
    return red, green, blue


def _finding(found: Evaluation, lang: Lang) -> str:
    """The share that is right, and the commonest mistake if it came more than once."""
    wrong = found.confusion.copy()
    wrong[range(len(wrong)), range(len(wrong))] = 0
    i, j = divmod(int(wrong.argmax()), len(wrong))
    facts = {"n": numbers.count(found.n, lang), "share": numbers.percent(100 * found.accuracy[0], lang)}
    if wrong[i, j] < 2:
        return say("confusion-title", lang, **facts)
    true, taken = (found.types.name(found.types.ids[k], lang) for k in (i, j))
    return say("confusion-worst", lang, **facts, true=true, found=taken)
