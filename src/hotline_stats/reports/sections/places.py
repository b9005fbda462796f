"""分布: months, places and units, each as a table that adds up to its total."""

from collections.abc import Mapping
from typing import Any

from hotline_stats.model.facts import PLACES
from hotline_stats.model.results import Comparison
from hotline_stats.reports import phrases, rows
from hotline_stats.reports.document import Block, Heading, Paragraph
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.sections import control
from hotline_stats.reports.sections.overview import by_table

LEVELS = (*PLACES, "unit")


def blocks(matter: Matter) -> list[Block]:
    """A part for months, and for each level at which the data names two or more; empty when there is none."""
    found = [(by, c) for by in ("month", *LEVELS) if (c := matter.comparison(by)) is not None and _divides(c)]
    if not found:
        return []
    out: list[Block] = [Heading("places", 1, matter.words.say("section-places"))]
    for by, comparison in found:
        out.append(Heading(f"place-{by}", 2, matter.words.heading(by)))
        movers = {} if by == "month" or not matter.covered else _movers(matter, comparison)
        if by != "month":
            out.append(Paragraph(_sentences(matter, by, comparison, movers)))
        out += by_table(matter, by, {r["key"] for moved in movers.values() for r in moved})
        if by == "month":
            out += control.blocks(matter)
        out += matter.figure(f"place_{by}", matter.words.say("figure-place", what=matter.words.column(by)))
    return out


def _divides(comparison: Comparison) -> bool:
    return sum(1 for key in comparison.rows["key"] if key != "") > 1


def _named(matter: Matter, comparison: Comparison) -> list[dict[str, Any]]:
    return [r for r in rows.records(comparison, matter.words) if r["key"] != ""]


def _movers(matter: Matter, comparison: Comparison) -> dict[str, list[rows.Row]]:
    """The rows that the sentences name as falling and rising most, by verdict; the table lists them too."""
    named = _named(matter, comparison)
    return {verdict: phrases.moved(named, verdict)[: phrases.NAMED] for verdict in ("fall", "rise")}


def _sentences(matter: Matter, by: str, comparison: Comparison, movers: Mapping[str, list[rows.Row]]) -> str:
    """Where most tickets are and, as far as the verdicts allow, where they fell and rose most."""
    words, what = matter.words, matter.words.column(by)
    told = [r for r in _named(matter, comparison) if r["current"] is not None]
    most = sorted(told, key=lambda r: (-r["current"], r["key"]))[: phrases.NAMED]
    items = phrases.share_items(most, comparison.total["current"], words)
    sentences = [words.say("places-most", what=what, items=words.listed(items)) if items else ""]
    for code, verdict in (("places-fell", "fall"), ("places-rose", "rise")):
        moved = movers.get(verdict)
        listed = words.listed([phrases.item(r, words) for r in moved or ()])
        sentences.append(words.say(code, what=what, items=listed) if moved else "")
    if movers and not any(movers.values()):
        sentences.append(words.say("places-none-clear", what=what))
    return words.joined(sentences)
