"""Units against what is expected of them: a rate over its number of tickets, with the limits of a funnel plot."""

from collections.abc import Sequence

from hotline_stats import numbers
from hotline_stats.charts.chart import Chart, chart_id
from hotline_stats.charts.font import one_line
from hotline_stats.charts.funnel_sheet import Dot, draw_funnel
from hotline_stats.charts.sentences import frame_words, key_name, say
from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.service_rows import ServiceRows


def funnel_plot(rows: ServiceRows, figure_id: str, lang: Lang) -> Chart:
    """Which units (or places, or any other values) lie outside of what is expected at their number of tickets?

    A dot for each value with a figure; the limits hold 99.8 and 95 % of values like all tickets of the period
    (Spiegelhalter 2005). Only dots beyond the outer limits are named and in colour, and only of them the title speaks.
    KeyError for a figure that the rows lack, ValueError for a time, of which nothing is expected.
    """
    whole = rows.total.figure(figure_id)
    if whole.unit != "pct":
        raise ValueError(f"no range is expected of {figure_id}")
    dots = _dots(rows, figure_id, lang)
    title = _finding(rows, figure_id, dots, lang)
    tickets = say("funnel-clock-accepted" if whole.clock == "accepted" else "funnel-clock-closed", lang)
    unit = say("funnel-unit", lang, name=_name(figure_id, lang), tickets=tickets)
    words = frame_words(title, rows, lang, unit, _notes(rows, figure_id, dots, lang), compared=False)
    sheet = draw_funnel(words, dots, rows.funnels.get(figure_id), tickets, lang)
    said = say("semicolon", lang).join(_said(d, lang) for d in dots)
    alt = say("stop", lang).join([title, words.subtitle, *([said] if said else [])])
    return Chart(chart_id("funnel", rows.by, figure_id), sheet.figure, title, alt)


def _dots(rows: ServiceRows, figure_id: str, lang: Lang) -> list[Dot]:
    found = rows.figure(figure_id).to_dict("records")
    return [
        Dot(
            key_name(rows.types, rows.by, str(r["key"]), lang), int(r["denominator"]), float(r["current"]),
            str(r["flag"] or "within"), (r["expected_low"], r["expected_high"]),
        )
        for r in found
        if r["key"] != "" and r["current"] is not None
    ]  # fmt: skip


def _name(figure_id: str, lang: Lang) -> str:
    return one_line(names.figure(figure_id, lang))


def _finding(rows: ServiceRows, figure_id: str, dots: Sequence[Dot], lang: Lang) -> str:
    """The one that is outside, how many are, or that none is; of one alone nothing is told."""
    facts = {"name": _name(figure_id, lang), "by": names.column(rows.by, lang), "n": len(dots)}
    if not dots:
        return say("funnel-none", lang, min_n=rows.min_n, **facts)
    if figure_id not in rows.funnels:
        return say("funnel-same", lang, value=numbers.percent(dots[0].value, lang), **facts)
    if len(dots) == 1:
        return say("funnel-alone", lang, min_n=rows.min_n, **facts)
    below, above = ([d for d in dots if d.flag == flag] for flag in ("below", "above"))
    if len(below) + len(above) == 1:
        (dot,) = below or above
        value, whole = numbers.percent(dot.value, lang), numbers.percent(_whole(rows, figure_id), lang)
        code = "funnel-one-below" if below else "funnel-one-above"
        return say(code, lang, unit=dot.name, value=value, whole=whole, name=facts["name"])
    counts = {"below": len(below), "above": len(above)}
    if below and above:
        return say("funnel-both", lang, **facts, **counts)
    return say(
        "funnel-below" if below else "funnel-above" if above else "funnel-within", lang, **facts, **counts
    )


def _whole(rows: ServiceRows, figure_id: str) -> float:
    return 100 * rows.funnels[figure_id].mean


def _notes(rows: ServiceRows, figure_id: str, dots: Sequence[Dot], lang: Lang) -> list[str]:
    """What the lines are, and whom the chart leaves out."""
    found = rows.figure(figure_id)
    named = found[found["key"] != ""]
    few = int((named["denominator"] > 0).sum()) - len(dots)
    missing = int(found.loc[found["key"] == "", "denominator"].sum())
    around = rows.funnels.get(figure_id)
    return [
        say("funnel-note", lang) if dots and around else "",
        say("funnel-widened", lang) if dots and around and around.spread > 1 else "",
        say("funnel-few", lang, n=few, min_n=rows.min_n) if few and dots else "",
        say("places-missing", lang, tickets=names.tickets(missing, lang)) if missing else "",
    ]


def _said(dot: Dot, lang: Lang) -> str:
    facts = {
        "name": dot.name,
        "value": numbers.percent(dot.value, lang),
        "tickets": names.tickets(dot.n, lang),
    }
    low, high = dot.expected
    if low is None or high is None:
        return say("said-dot", lang, **facts)
    return say(
        "said-dot-expected", lang, low=numbers.percent(low, lang), high=numbers.percent(high, lang), **facts
    )
