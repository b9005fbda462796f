"""A control chart: every month of the data against limits that its base months set."""

from collections.abc import Mapping, Sequence
from typing import Any

from hotline_stats import numbers
from hotline_stats.charts import theme
from hotline_stats.charts.chart import Chart, chart_id
from hotline_stats.charts.font import one_line, widest
from hotline_stats.charts.months import axis_labels, month_of_year
from hotline_stats.charts.panel import Plot
from hotline_stats.charts.scale import nice_ticks, spread
from hotline_stats.charts.sentences import say
from hotline_stats.charts.sheet import Sheet, Words
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.course import Course

Month = Mapping[Any, Any]

_PLOT, _AXIS, _YEARS, _HEAD = 150.0, 16.0, 12.0, 14.0


def control_chart(course: Course, key: str, lang: Lang) -> Chart:
    """Which months of `key` are out of line with the months before the period?

    Counts as a line, the centre and the limits a month (they follow its days), the base shaded, months at which a rule
    fired in colour. A month that is not whole is hollow and is not judged. KeyError for a key that the course lacks,
    ValueError for one without limits.
    """
    months = course.of(key).to_dict("records")
    if course.base is None or months[0]["centre"] is None:
        raise ValueError(f"no limits for {key}")
    name, sides = one_line(course.name(key, lang)), _sides(course, key)
    signals = [one_line(s) for s in course.said(lang, key, course.windows.period)]
    title = _title(name, signals, lang)
    chosen = one_line(names.conditions(course.where, course.types, lang))
    base = f"{course.base.start:%Y-%m}—{course.base.end:%Y-%m}"
    subtitle = say("control-subtitle", lang, base=base, n=course.base_n, chosen=chosen).strip()
    foot = [say("control-note", lang), *([] if _all_whole(months) else [say("control-hollow", lang)])]
    sheet = _draw(Words(title, subtitle, (*foot, say("source", lang))), course, months, sides, lang)
    said = say("comma", lang).join(_said(m, lang) for m in months)
    parts = [title, subtitle, *(signals if len(signals) > 1 else []), _limits_said(months, lang), said]
    return Chart(chart_id("control", course.by, key), sheet.figure, title, say("stop", lang).join(parts))


def _title(name: str, signals: Sequence[str], lang: Lang) -> str:
    """The signal of the period, how many there are, or that there is none."""
    if not signals:
        return say("control-none", lang, name=name)
    if len(signals) == 1:
        return say("control-one", lang, name=name, signal=signals[0])
    return say("control-several", lang, name=name, n=len(signals), signal=signals[0])


def _sides(course: Course, key: str) -> dict[str, str]:
    """The side on which a month is out of line, by month."""
    out: dict[str, str] = {}
    for signal in course.signals[course.signals["key"] == key].to_dict("records"):
        for month in course.of(key)["month"]:
            if signal["start"] <= month <= signal["end"]:
                out[str(month)] = str(signal["side"])
    return out


def _draw(
    words: Words, course: Course, months: Sequence[Month], sides: Mapping[str, str], lang: Lang
) -> Sheet:
    sheet = Sheet(words, _HEAD + _PLOT + _AXIS + _YEARS)
    ticks = nice_ticks(max(max(m["n"], m["high"]) for m in months))
    marks = [numbers.count(t, lang) for t in ticks]
    ends = [
        (say(f"control-{k}", lang, n=numbers.decimal(months[-1][k], lang)), months[-1][k])
        for k in ("high", "centre", "low")
    ]
    left = sheet.left + widest(marks, theme.SMALL) + 5
    right = sheet.right - widest([label for label, _ in ends], theme.SMALL) - 6
    top = sheet.top + _HEAD
    plot = Plot(left, right, top, top + _PLOT, ticks[-1], len(months))
    _draw_base(sheet, plot, course, months, lang)
    for tick, mark in zip(ticks, marks, strict=True):
        y = plot.y(tick)
        sheet.line([left, right], [y, y], theme.AXIS if tick == 0 else theme.GRID, width=0.7)
        sheet.text(left - 4, y, mark, size=theme.SMALL, colour=theme.MUTED, align="right")
    _draw_limits(sheet, plot, months)
    _draw_counts(sheet, plot, months, sides)
    _draw_axis(sheet, plot, months, lang)
    heights = spread([plot.y(v) for _, v in ends], theme.SMALL * 1.35, plot.top, plot.bottom)
    for (label, _), y in zip(ends, heights, strict=True):
        sheet.text(right + 5, y, label, size=theme.SMALL, colour=theme.MUTED)
    return sheet


def _draw_base(sheet: Sheet, plot: Plot, course: Course, months: Sequence[Month], lang: Lang) -> None:
    assert course.base is not None
    first, last = f"{course.base.start:%Y-%m}", f"{course.base.end:%Y-%m}"
    held = [i for i, m in enumerate(months) if first <= m["month"] <= last]
    half = plot.pitch / 2
    start = max(plot.left, plot.x(held[0]) - half)
    sheet.box(start, plot.top, plot.x(held[-1]) + half - start, _PLOT, theme.SCALE[0], order=0)
    label = say("control-base", lang)
    if widest([label], theme.SMALL) < plot.x(held[-1]) + half - start:
        sheet.text(start + 2, plot.top - 7, label, size=theme.SMALL, colour=theme.MUTED)


def _draw_limits(sheet: Sheet, plot: Plot, months: Sequence[Month]) -> None:
    """Steps, since a longer month holds more tickets."""
    half = plot.pitch / 2
    for kind, colour, dashed in (("high", theme.NOISE_TEXT, True), ("low", theme.NOISE_TEXT, True),
                                 ("centre", theme.AXIS, False)):  # fmt: skip
        for i, month in enumerate(months):
            y = plot.y(month[kind])
            x = plot.x(i)
            ends = [max(plot.left, x - half), min(plot.right, x + half)]
            sheet.line(ends, [y, y], colour, width=0.9, dashed=dashed)


def _draw_counts(sheet: Sheet, plot: Plot, months: Sequence[Month], sides: Mapping[str, str]) -> None:
    xs, ys = [plot.x(i) for i in range(len(months))], [plot.y(m["n"]) for m in months]
    for i in range(len(months) - 1):
        whole = months[i]["complete"] and months[i + 1]["complete"]
        sheet.line(xs[i : i + 2], ys[i : i + 2], theme.CURRENT, width=1.3, dashed=not whole, order=2)
    colours = {"above": theme.RISE_TEXT, "below": theme.FALL}
    for x, y, month in zip(xs, ys, months, strict=True):
        side = sides.get(month["month"])
        colour = theme.CURRENT if side is None else colours[side]
        sheet.dot(x, y, colour, size=2.6 if side is None else 5.2, hollow=not month["complete"])


def _draw_axis(sheet: Sheet, plot: Plot, months: Sequence[Month], lang: Lang) -> None:
    """Months, and the year under the first month of each."""
    labels = [m["month"] for m in months]
    for i, label in enumerate(axis_labels(labels, plot.pitch, theme.SMALL, lang)):
        if label:
            sheet.text(
                plot.x(i), plot.bottom + 10, label, size=theme.SMALL, colour=theme.MUTED, align="center"
            )
    end = plot.left
    for i, month in enumerate(labels):
        if (i == 0 or month.endswith("-01")) and plot.x(i) - 4 >= end:
            sheet.text(plot.x(i) - 4, plot.bottom + 22, month[:4], size=theme.SMALL, colour=theme.MUTED)
            end = plot.x(i) - 4 + widest([month[:4]], theme.SMALL) + 3


def _all_whole(months: Sequence[Month]) -> bool:
    return all(m["complete"] for m in months)


def _said(month: Month, lang: Lang) -> str:
    return say(
        "said-month", lang, month=month_of_year(month["month"], lang), current=numbers.count(month["n"], lang)
    )


def _limits_said(months: Sequence[Month], lang: Lang) -> str:
    """Centre and limits of the last month."""
    last = months[-1]
    facts = {k: numbers.decimal(last[k], lang) for k in ("centre", "low", "high")}
    return say("control-limits", lang, month=month_of_year(last["month"], lang), **facts)
