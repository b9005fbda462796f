"""From results to the Document: the sections in their order, then the numbers of sections, tables and figures."""

from collections.abc import Sequence
from dataclasses import replace

from hotline_stats.messages import Lang
from hotline_stats.model.findings import Intake
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.document import Block, Document, Figure, Heading, Table
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
        method.blocks,
    ):
        blocks += section(matter)
    return Document(
        head.title(matter), head.subtitle(matter), head.source(matter), lang, _numbered(blocks, words)
    )


def _numbered(blocks: Sequence[Block], words: Words) -> tuple[Block, ...]:
    out: list[Block] = []
    headings = tables = figures = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            headings += 1
            out.append(replace(block, text=words.ordinal(headings) + block.text))
        elif isinstance(block, Table):
            tables += 1
            out.append(replace(block, number=tables))
        elif isinstance(block, Figure):
            figures += 1
            out.append(replace(block, number=figures))
        else:
            out.append(block)
    return tuple(out)
