"""The head of a report: title, windows and key figures."""

from hotline_stats import numbers
from hotline_stats.model.results import ServiceFigure
from hotline_stats.reports.document import Card, KeyFigures
from hotline_stats.reports.format import tone_of
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.rows import Row


def title(matter: Matter) -> str:
    return matter.words.say("title-other" if matter.words.kind == "other" else "title")


def subtitle(matter: Matter) -> str:
    """The two windows in full, marked where the data cuts them or holds no baseline, and what was selected."""
    windows = matter.results.windows
    code = "windows" if windows.complete else "windows-cut"
    words = matter.words
    spans = words.say(
        code if windows.covered else "windows-uncovered",
        period=str(windows.period),
        baseline=str(windows.baseline),
        asked=str(windows.asked),
    )
    where = [words.say("where", column=words.column(c), value=v) for c, v in matter.results.types.where]
    return " ".join([spans, *where])


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
    for group_id in ("headline", "property"):
        group = matter.group(group_id)
        if group is not None:
            row = matter.groups[group_id]
            cards.append(_count_card(row["name"], row, matter, group.request_types))
    cards.append(_count_card(matter.words.say("card-total"), matter.total, matter, ()))
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
        kinds = words.listed([words.name(r) for r in request_types])
        note = words.say("card-property-note", request_types=kinds, note=note)
    tone = tone_of(row["verdict"]) if matter.covered else "none"
    return Card(words.name(label), words.tickets(row["current"]), _count_change(row, matter), tone, note)


def _count_change(row: Row, matter: Matter) -> str:
    words = matter.words
    if not matter.covered:
        return words.say("card-uncovered")
    if row["baseline"] == 0:
        return words.say("card-new" if row["current"] else "card-same")
    if row["verdict"] == "too-few" or row["change_pct"] is None:
        return words.say("card-few")
    if numbers.is_flat(row["change_pct"]):
        return words.say("card-same")
    if row["verdict"] == "within-noise":
        return words.say("card-noise", change=numbers.percent(row["change_pct"], words.lang, signed=True))
    return words.say("card-change", change=numbers.fall_or_rise(row["change_pct"], words.lang))


def _count_note(row: Row, matter: Matter) -> str:
    words, low, high = matter.words, row["low_pct"], row["high_pct"]
    if not matter.covered:
        return str(matter.results.windows.period)
    n = words.tickets(row["baseline"])
    if low is None or high is None:
        return words.say("card-was", n=n)
    ends = {k: numbers.percent(v, words.lang, signed=True) for k, v in (("low", low), ("high", high))}
    return words.say("card-was-interval", n=n, confidence=matter.confidence, **ends)


def _rate_card(figure: ServiceFigure, matter: Matter) -> Card:
    words = matter.words
    rated = words.tickets(figure.denominator)
    if figure.baseline is None or figure.change_pp is None:
        change, note = words.say("card-uncovered"), words.say("card-rate-note-alone", n=rated)
    else:
        moved = numbers.fall_or_rise_points(figure.change_pp, words.lang)
        change = words.say("card-same" if numbers.is_flat(figure.change_pp) else "card-change", change=moved)
        note = words.say(
            "card-rate-note",
            rate=numbers.percent(figure.baseline, words.lang),
            relative=numbers.percent(figure.change_pct, words.lang, signed=True),
            n=rated,
        )
    return Card(
        words.say("card-satisfaction"), numbers.percent(figure.current, words.lang), change, "none", note
    )
