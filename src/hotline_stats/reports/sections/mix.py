"""What the mix of types and what the rates within types did to the changes of rates."""

from hotline_stats import numbers
from hotline_stats.model import names
from hotline_stats.model.rate_drivers import RateDrivers
from hotline_stats.reports.document import Block, Paragraph, Table, TableColumn
from hotline_stats.reports.matter import Matter

_PARTS = ("change_pp", "rate_pp", "mix_pp")


def blocks(matter: Matter) -> list[Block]:
    """A sentence on each rate that clearly changed, and a table; empty where types or rates are not known."""
    found, words = matter.results.rate_drivers, matter.words
    if not found or not matter.typed or len(matter.types) < 2:
        return []
    said = [_sentence(r, matter) for r in found if r.total["verdict"] in ("fall", "rise")]
    columns = [TableColumn(k, words.say(f"column-{k}"), "points") for k in _PARTS]
    table = Table(
        id="mix",
        number=0,
        caption=words.say("table-mix"),
        columns=(
            TableColumn("name", words.say("column-figure"), "text"),
            *columns,
            TableColumn("verdict", words.say("column-verdict"), "verdict"),
        ),
        rows=tuple(
            (names.figure(r.rate, words.lang), *(r.total[k] for k in _PARTS), r.total["verdict"])
            for r in found
        ),
        note=words.say("table-rate-drivers-note"),
    )
    return [*([Paragraph(words.joined(said))] if said else []), table]


def _sentence(found: RateDrivers, matter: Matter) -> str:
    words, total = matter.words, found.total
    change, own, mix = (
        numbers.points(total[k], words.lang, signed=True) for k in ("change_pp", "rate_pp", "mix_pp")
    )
    return words.say(
        "mix-sentence", name=names.figure(found.rate, words.lang), change=change, own=own, mix=mix
    )
