"""From results to the Document: the sections in their order, then the numbers of sections, tables and figures."""

from collections.abc import Sequence
from dataclasses import replace

from hotline_stats.messages import Lang
from hotline_stats.model.findings import Intake
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.document import Blank, Block, Document, Figure, Heading, Table
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.sections import (
    drivers,
    head,
    method,
    mix,
    overview,
    places,
    quality,
    service,
    types,
)
from hotline_stats.reports.words import Words, words_of


def compose(
    results: Results, intake: Intake, provenance: Provenance, lang: Lang, top_n: int, *, drawn: bool = True
) -> Document:
    """The report as a Document in one language.

    `top_n`: rows in a ranking, before the row that sums the others. `drawn=False` leaves the charts out and
    spares their making, for a terminal.
    """
    words = words_of(lang, results.windows, results.types.where)
    if drawn:
        from hotline_stats.reports.figures import by_slot

        charts = by_slot(results, lang, top_n)
    else:
        charts = {}
    matter = Matter(results, intake, provenance, words, top_n, charts)
    blocks: list[Block] = [head.key_figures(matter), *overview.opening(matter)]
    by_type = (types.headline, types.property_complaints, types.others, drivers.blocks)
    for section in (
        *(by_type if matter.typed else ()),
        overview.blocks,
        service.blocks,
        mix.blocks,
        places.blocks,
        *(() if results.disclosure else (quality.blocks,)),
        _for_the_author,
        method.blocks,
    ):
        blocks += section(matter)
    return Document(
        head.title(matter), head.subtitle(matter), head.source(matter), lang, _numbered(blocks, words)
    )


def _for_the_author(matter: Matter) -> list[Block]:
    """What figures cannot say: problems and what to do about them."""
    words, parts = matter.words, ("problems", "proposals")
    return [
        Blank(
            "author",
            words.say("section-author"),
            tuple(words.say(f"author-{p}") for p in parts),
            tuple(words.say(f"author-{p}-prompt") for p in parts),
        )
    ]


def _numbered(blocks: Sequence[Block], words: Words) -> tuple[Block, ...]:
    """Sections 一、 二、, their parts （一）（二）, tables and figures 1, 2, 3."""
    out: list[Block] = []
    headings = parts = tables = figures = 0
    for block in blocks:
        if isinstance(block, Heading) and block.numbered:
            headings, parts = (headings + 1, 0) if block.level == 1 else (headings, parts + 1)
            number = words.ordinal(headings) if block.level == 1 else words.part(headings, parts)
            out.append(replace(block, text=number + block.text))
        elif isinstance(block, Blank):
            headings += 1
            named = tuple(words.part(headings, i + 1) + part for i, part in enumerate(block.parts))
            out.append(replace(block, text=words.ordinal(headings) + block.text, parts=named))
        elif isinstance(block, Table):
            tables += 1
            out.append(replace(block, number=tables))
        elif isinstance(block, Figure):
            figures += 1
            out.append(replace(block, number=figures))
        else:
            out.append(block)
    return tuple(out)
