"""服务指标: contact, resolution, satisfaction and time figures with what they are computed from."""

from hotline_stats import numbers
from hotline_stats.model.results import ServiceFigure
from hotline_stats.reports.document import (
    Block,
    Cell,
    CellKind,
    Heading,
    Measure,
    Paragraph,
    Table,
    TableColumn,
)
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.rows import window_titles
from hotline_stats.reports.words import Words

_COLUMNS: tuple[tuple[str, CellKind], ...] = (
    ("figure", "text"),
    ("baseline", "rate"),
    ("baseline_of", "quotient"),
    ("current", "rate"),
    ("current_of", "quotient"),
    ("difference", "points"),
    ("relative", "change_pct"),
    ("excluded", "pair"),
)

_COMPARED = ("baseline", "baseline_of", "difference", "relative")
_SAID = ("contact_rate", "resolution_rate", "satisfaction", "on_time_rate", "handling_median_hours")
"""The figures said in words; the table holds all."""


def blocks(matter: Matter) -> list[Block]:
    words = matter.words
    shown = [f for f in matter.results.services.figures if f.denominator or f.baseline_denominator]
    out: list[Block] = [Heading("service", 1, words.say("section-service"))]
    if not any(f.current is not None for f in shown):
        out.append(Paragraph(words.say("service-empty")))
    else:
        out.append(Paragraph(words.joined([_changes(shown, words), words.say("service-two-clocks")])))
    if not shown:
        return out
    out.append(_table(shown, matter))
    if any(f.id == "satisfaction" for f in shown):
        out.append(Paragraph(words.say("service-weights", weights=_weights(matter))))
    return out + matter.figure("service", words.say("figure-service"))


def name(figure: ServiceFigure, words: Words) -> str:
    code = f"service-{figure.id}"
    return words.say(code) if words.known(code) else figure.id


def _changes(found: list[ServiceFigure], words: Words) -> str:
    said = [sentence(f, words) for f in found if f.id in _SAID and f.current is not None]
    return words.say("service-sentence", items=words.say("service-mark").join(said)) if said else ""


def sentence(figure: ServiceFigure, words: Words) -> str:
    """`满意率74.6%→82.1%，提高7.5个百分点，相对上升10.1%`: both changes, each named for what it is."""
    write = numbers.percent if figure.unit == "pct" else numbers.hours
    if figure.change_pp is None:
        current = write(figure.current, words.lang)
        return words.say("service-alone", name=name(figure, words), current=current)
    values = {"baseline": write(figure.baseline, words.lang), "current": write(figure.current, words.lang)}
    moved = figure.change_pp
    if numbers.is_flat(moved):
        return words.say("service-same", name=name(figure, words), **values)
    size = numbers.points if figure.unit == "pct" else numbers.hours
    said = words.say(
        f"service-{'rose' if moved > 0 else 'fell'}-{figure.unit}",
        name=name(figure, words),
        points=size(abs(moved), words.lang, signed=False),
        **values,
    )
    if figure.change_pct is None:
        return said
    return words.say(
        "service-relative", sentence=said, change=numbers.fall_or_rise(figure.change_pct, words.lang)
    )


def _weights(matter: Matter) -> str:
    words = matter.words
    parts = [
        words.say("service-weight", name=words.say(f"rating-{rating}"), weight=f"{weight:g}")
        for rating, weight in matter.results.services.weights.items()
    ]
    return words.say("weight-mark").join(parts)


def _table(found: list[ServiceFigure], matter: Matter) -> Table:
    words = matter.words
    shown = [(k, kind) for k, kind in _COLUMNS if matter.covered or k not in _COMPARED]
    titles = {k: words.say(f"column-{k}") for k, _ in _COLUMNS} | window_titles(matter.results.windows, words)
    return Table(
        id="service",
        number=0,
        caption=words.say("table-service"),
        columns=tuple(TableColumn(k, titles[k], kind) for k, kind in shown),
        rows=tuple(tuple(_row(f, matter)[k] for k, _ in shown) for f in found),
        note=words.say("table-service-note" if matter.covered else "table-service-note-alone"),
    )


def _row(f: ServiceFigure, matter: Matter) -> dict[str, Cell]:
    """The cells of one figure by column."""
    words = matter.words
    value: CellKind = "rate" if f.unit == "pct" else "hours"
    moved: CellKind = "points" if f.unit == "pct" else "hours_change"
    named = name(f, words)
    return {
        "figure": words.say("service-accepted", name=named) if f.clock == "accepted" else named,
        "baseline": Measure(f.baseline, value),
        "baseline_of": (f.baseline_numerator, f.baseline_denominator),
        "current": Measure(f.current, value),
        "current_of": (f.numerator, f.denominator),
        "difference": Measure(f.change_pp, moved),
        "relative": f.change_pct,
        "excluded": (f.baseline_excluded_n, f.excluded_n)
        if matter.covered
        else Measure(f.excluded_n, "count"),
    }
