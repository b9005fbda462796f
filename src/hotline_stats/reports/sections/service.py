"""服务指标: contact, resolution, satisfaction and time figures with what they are computed from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from hotline_stats import numbers
from hotline_stats.model import names
from hotline_stats.model.disclosure import MARK
from hotline_stats.model.services import ServiceFigure
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
from hotline_stats.reports.sections import still_open, units
from hotline_stats.reports.words import Words

_KINDS: Mapping[str, CellKind] = {
    "figure": "text",
    "baseline": "rate",
    "current": "rate",
    "difference": "points",
    "verdict": "verdict",
    "interval": "points_interval",
    "relative": "change_pct",
    "baseline_of": "quotient",
    "current_of": "quotient",
    "excluded": "pair",
}
_CHANGES = ("figure", "baseline", "current", "difference", "verdict", "interval", "relative")
_PARTS = ("figure", "baseline_of", "current_of", "excluded")
_ALONE = ("figure", "current", "current_of", "excluded")
"""The table where there is nothing to compare with."""
_SAID = ("contact_rate", "resolution_rate", "satisfaction", "on_time_rate", "handling_median_hours")
"""The figures said in words; the table holds all."""


def blocks(matter: Matter) -> list[Block]:
    words = matter.words
    shown = [f for f in matter.results.services.figures if f.counted]
    out: list[Block] = [Heading("service", 1, words.say("section-service"))]
    if not any(f.current is not None for f in shown):
        out.append(Paragraph(words.say("service-empty")))
    else:
        out.append(Paragraph(words.joined([_changes(shown, words), words.say("service-two-clocks")])))
    if not shown:
        return out
    out += _tables(shown, matter)
    if any(f.id == "satisfaction" for f in shown):
        out.append(Paragraph(words.say("service-weights", weights=_weights(matter))))
    return (
        out
        + matter.figure("service", words.say("figure-service"))
        + units.blocks(matter)
        + still_open.blocks(matter)
    )


def _changes(found: list[ServiceFigure], words: Words) -> str:
    said = [sentence(f, words) for f in found if f.id in _SAID and f.current is not None]
    return words.say("service-sentence", items=words.say("service-mark").join(said)) if said else ""


def sentence(figure: ServiceFigure, words: Words) -> str:
    """`满意率74.6%→82.1%，提高7.5个百分点，相对上升10.1%`: both changes, each named for what it is. A change within
    noise, and that of a time, which is not judged, is only stated."""
    write, size = _writers(figure)
    facts = {"name": names.figure(figure.id, words.lang), "current": write(figure.current, words.lang)}
    moved = figure.change_pp
    if moved is None:
        return words.say("service-alone", **facts)
    facts["baseline"] = write(figure.baseline, words.lang)
    if numbers.is_flat(moved, figure.digits):
        return words.say("service-same", **facts)
    if figure.verdict not in ("fall", "rise"):
        code = "service-noise" if figure.verdict == "within-noise" else "service-unjudged"
        return words.say(code, points=size(moved, words.lang, signed=True), **facts)
    said = words.say(f"service-{figure.verdict}", points=size(abs(moved), words.lang, signed=False), **facts)
    if figure.change_pct is None:
        return said
    relative = numbers.fall_or_rise(figure.change_pct, words.lang)
    return words.say("service-relative", sentence=said, change=relative)


def _writers(figure: ServiceFigure) -> tuple[Callable[..., str], Callable[..., str]]:
    """How a value and a change of the figure are written."""
    of_rate = figure.unit == "pct"
    write, size = (numbers.percent, numbers.points) if of_rate else (numbers.hours, numbers.hours)
    return partial(write, digits=figure.digits), partial(size, digits=figure.digits)


def _weights(matter: Matter) -> str:
    words = matter.words
    parts = [
        words.say(
            "service-weight", name=names.value(None, "satisfaction", rating, words.lang), weight=f"{weight:g}"
        )
        for rating, weight in matter.results.services.weights.items()
    ]
    return words.say("weight-mark").join(parts)


def _tables(found: list[ServiceFigure], matter: Matter) -> list[Table]:
    """The figures with their changes, and what they are computed from; one table without a baseline."""
    words = matter.words
    if matter.results.disclosure:
        return [_public(found, matter)]
    if not matter.covered:
        note = words.say("table-service-note-alone")
        return [_table("service", words.say("table-service-alone"), _ALONE, found, matter, note)]
    changes = words.say("table-service-note", confidence=matter.confidence)
    parts = words.say("table-service-of-note")
    return [
        _table("service", words.say("table-service"), _CHANGES, found, matter, changes),
        _table("service-of", words.say("table-service-of"), _PARTS, found, matter, parts),
    ]


def _table(
    table_id: str, caption: str, keys: tuple[str, ...], found: list[ServiceFigure], matter: Matter, note: str
) -> Table:
    titles = _titles(matter)
    return Table(
        id=table_id,
        number=0,
        caption=caption,
        columns=tuple(TableColumn(k, titles[k], _KINDS[k]) for k in keys),
        rows=tuple(tuple(_row(f, matter)[k] for k in keys) for f in found),
        note=note,
    )


def _public(found: list[ServiceFigure], matter: Matter) -> Table:
    """Whole percents and hours, without what they are computed from."""
    words = matter.words
    keys = ("figure", "baseline", "current", "difference", "verdict") if matter.covered else _ALONE[:2]
    note = words.say("table-service-note-public", mark=MARK)
    table = _table("service", words.say("table-service"), keys, found, matter, note)
    written = []
    for f, row in zip(found, table.rows, strict=True):
        write, size = _writers(f)
        told: dict[str, Cell] = dict(zip(keys, row, strict=True))
        for key, value in (("baseline", f.baseline), ("current", f.current)):
            told[key] = MARK if value is None else write(value, words.lang)
        told["difference"] = MARK if f.change_pp is None else size(f.change_pp, words.lang, signed=True)
        written.append(tuple(told[k] for k in keys))
    return replace(table, rows=tuple(written))


def _titles(matter: Matter) -> dict[str, str]:
    words = matter.words
    spans = window_titles(matter.results.windows, words)
    own = {f"{k}_of": words.say("column-parts_of", window=span) for k, span in spans.items()}
    own |= {"interval": words.say("column-points_interval")}
    return spans | own | {k: words.say(f"column-{k}") for k in _KINDS if k not in spans | own}


def _row(f: ServiceFigure, matter: Matter) -> dict[str, Cell]:
    """The cells of one figure by column."""
    words = matter.words
    value: CellKind = "rate" if f.unit == "pct" else "hours"
    moved: CellKind = "points" if f.unit == "pct" else "hours_change"
    named = names.figure(f.id, words.lang)
    return {
        "figure": words.say("service-accepted", name=named) if f.clock == "accepted" else named,
        "baseline": Measure(f.baseline, value),
        "baseline_of": (f.baseline_numerator, f.baseline_denominator),
        "current": Measure(f.current, value),
        "current_of": (f.numerator, f.denominator),
        "difference": Measure(f.change_pp, moved),
        "verdict": f.verdict,
        "interval": None if f.low_pp is None or f.high_pp is None else (f.low_pp, f.high_pp),
        "relative": f.change_pct,
        "excluded": (f.baseline_excluded_n, f.excluded_n)
        if matter.covered
        else Measure(f.excluded_n, "count"),
    }
