"""The head of a report: title, windows and key figures."""

from hotline_stats import numbers
from hotline_stats.model import names
from hotline_stats.model.results import Comparison, Windows, shown_interval, shown_pct
from hotline_stats.model.services import ServiceFigure
from hotline_stats.reports.document import Card, KeyFigures
from hotline_stats.reports.format import clean, tone_of
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.rows import Row
from hotline_stats.reports.words import Words


def title(matter: Matter) -> str:
    return matter.words.say(f"title-{matter.words.kind}")


def subtitle(matter: Matter) -> str:
    """The two windows in full, marked where the data cuts them or holds no baseline, and what was selected."""
    windows, words = matter.results.windows, matter.words
    cut = "" if windows.complete else _cut(windows, words)
    return words.joined([spans(windows, words), cut, chosen(matter.results.types, words)])


def spans(windows: Windows, words: Words) -> str:
    """`2024-01-01—2024-12-31，对比2023-01-01—2023-12-31`, or that there is nothing to compare with."""
    code = "windows" if windows.covered else "windows-uncovered"
    return names.say(
        code, words.lang, period=windows.period, baseline=names.baseline(windows.baselines, words.lang)
    )


def chosen(comparison: Comparison, words: Words) -> str:
    """What was selected: `（只计居村＝甲居委会）`; "" when nothing was."""
    return clean(names.conditions(comparison.where, comparison.types, words.lang))


def _cut(windows: Windows, words: Words) -> str:
    """Why the period is not all of the one asked for, or of the default one."""
    if windows.requested:
        return words.say("windows-cut", asked=str(windows.asked))
    code = "windows-to-date" if windows.period.start == windows.asked.start else "windows-reach"
    return words.say(code, start=windows.data_start, end=windows.data_end)


def source(matter: Matter) -> str:
    made = matter.provenance
    return matter.words.say(
        "source",
        version=made.program_version,
        taxonomy=made.taxonomy_id,
        taxonomy_version=made.taxonomy_version,
    )


def key_figures(matter: Matter) -> KeyFigures:
    cards = []
    for group_id in ("headline", "property") if matter.typed else ():
        group = matter.group(group_id)
        if group is not None:
            row = matter.groups[group_id]
            if row["current"] is None:
                continue
            cards.append(_count_card(row["name"], row, matter, group.request_types))
    label = matter.words.say("card-chosen" if matter.words.chosen else "card-total")
    cards.append(_count_card(label, matter.total, matter, ()))
    cards += [
        _rate_card(f, matter)
        for f in matter.results.services.figures
        if f.id == "satisfaction" and f.current is not None
    ]
    return KeyFigures(matter.words.say("key-figures"), tuple(cards))


def _count_card(label: str, row: Row, matter: Matter, request_types: tuple[str, ...]) -> Card:
    words = matter.words
    note = _count_note(row, matter)
    if request_types:
        note = words.say("card-property-note", request_types=words.request_types(request_types), note=note)
    tone = tone_of(row["verdict"]) if matter.covered else "none"
    return Card(words.name(label), words.tickets(row["current"]), _count_change(row, matter), tone, note)


def _count_change(row: Row, matter: Matter) -> str:
    words, verdict, pct = matter.words, row["verdict"], shown_pct(row)
    if not matter.covered:
        return words.say("card-uncovered")
    if row["status"] == "suppressed":
        return names.say("status-suppressed", words.lang)
    if row["baseline"] == 0:
        return words.say("card-new" if row["current"] else "card-same")
    if row["status"] == "incomplete":
        return names.say("status-incomplete", words.lang)
    if verdict == "too-few":
        return words.say("card-few")
    if row["change"] == 0:
        return words.say("card-same")
    if pct is None:
        status = names.say(f"status-{row['status']}", words.lang)
        return words.say("card-small", status=status, verdict=words.say(f"verdict-{verdict}"))
    if verdict in ("within-noise", "calendar"):
        code = "card-noise" if verdict == "within-noise" else "card-calendar"
        return words.say(code, change=numbers.percent(pct, words.lang, signed=True))
    return words.say("card-change", change=numbers.fall_or_rise(pct, words.lang))


def _count_note(row: Row, matter: Matter) -> str:
    words, interval = matter.words, shown_interval(row)
    if not matter.covered:
        return str(matter.results.windows.period)
    if row["baseline"] is None:
        return ""
    n = words.tickets(row["baseline"])
    if interval is None:
        return words.say("card-was", n=n)
    low, high = interval
    ends = {k: numbers.percent(v, words.lang, signed=True) for k, v in (("low", low), ("high", high))}
    return words.say("card-was-interval", n=n, confidence=matter.confidence, **ends)


def _rate_card(figure: ServiceFigure, matter: Matter) -> Card:
    words = matter.words
    value = numbers.percent(figure.current, words.lang, digits=figure.digits)
    named, tone = names.figure(figure.id, words.lang), tone_of(figure.verdict)
    if figure.denominator is None:
        return Card(named, value, _public_change(figure, words), tone, "")
    rated = words.tickets(figure.denominator)
    change, note = words.say("card-uncovered"), words.say("card-rate-note-alone", n=rated)
    if figure.baseline is not None and figure.change_pp is not None:
        change = _rate_change(figure, words)
        note = words.say(
            "card-rate-note",
            rate=numbers.percent(figure.baseline, words.lang),
            confidence=matter.confidence,
            low=numbers.decimal(figure.low_pp, words.lang, signed=True),
            high=numbers.points(figure.high_pp, words.lang, signed=True),
            relative=numbers.percent(figure.change_pct, words.lang, signed=True),
            n=rated,
        )
    return Card(named, value, change, tone, note)


def _public_change(figure: ServiceFigure, words: Words) -> str:
    """The change of a rounded rate, whose numerator and interval are not told."""
    return words.say("card-uncovered") if figure.change_pp is None else _rate_change(figure, words)


def _rate_change(figure: ServiceFigure, words: Words) -> str:
    if figure.verdict in ("fall", "rise"):
        moved = numbers.fall_or_rise_points(figure.change_pp, words.lang, digits=figure.digits)
        return words.say("card-change", change=moved)
    moved = numbers.points(figure.change_pp, words.lang, signed=True, digits=figure.digits)
    return words.say("card-noise", change=moved)
