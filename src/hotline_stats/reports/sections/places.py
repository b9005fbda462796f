"""分布: months, places and units, each as a table that adds up to its total."""

from hotline_stats.model.results import Comparison
from hotline_stats.reports import phrases, rows
from hotline_stats.reports.document import Block, Heading, Paragraph
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.sections.overview import by_table

LEVELS = ("district", "street", "station", "grid", "community", "estate", "unit")
_NAMED = 3


def blocks(matter: Matter) -> list[Block]:
    """A part for months, and for each level at which the data names two or more; empty when there is none."""
    found = [(by, c) for by in ("month", *LEVELS) if (c := matter.comparison(by)) is not None and _divides(c)]
    if not found:
        return []
    out: list[Block] = [Heading("places", 1, matter.words.say("section-places"))]
    for by, comparison in found:
        out.append(Heading(f"place-{by}", 2, matter.words.heading(by)))
        if by != "month":
            out.append(Paragraph(_sentences(matter, by, comparison)))
        out += by_table(matter, by)
        out += matter.figure(f"place_{by}", matter.words.say("figure-place", what=matter.words.column(by)))
    return out


def _divides(comparison: Comparison) -> bool:
    return sum(1 for key in comparison.rows["key"] if key != "") > 1


def _sentences(matter: Matter, by: str, comparison: Comparison) -> str:
    """Where most tickets are and, as far as the verdicts allow, where they fell and rose most."""
    words, what = matter.words, matter.words.column(by)
    named = [r for r in rows.records(comparison, words) if r["key"] != ""]
    most = sorted(named, key=lambda r: (-r["current"], r["key"]))[:_NAMED]
    items = phrases.share_items(most, comparison.total["current"], words)
    sentences = [words.say("places-most", what=what, items=words.listed(items)) if items else ""]
    if matter.covered:
        clear = False
        for code, verdict in (("places-fell", "fall"), ("places-rose", "rise")):
            moved = phrases.moved(named, verdict)[:_NAMED]
            clear = clear or bool(moved)
            listed = words.listed([phrases.item(r, words) for r in moved])
            sentences.append(words.say(code, what=what, items=listed) if moved else "")
        sentences.append("" if clear else words.say("places-none-clear", what=what))
    return words.joined(sentences)
