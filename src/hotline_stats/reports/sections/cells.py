"""变化来自哪里: which types in which places made the change."""

from typing import Any

from hotline_stats import numbers
from hotline_stats.reports import phrases
from hotline_stats.reports.document import Block, Paragraph
from hotline_stats.reports.driver_tables import cell_table
from hotline_stats.reports.matter import Matter


def blocks(matter: Matter) -> list[Block]:
    """Clear changes of a type in a place, how far the clear changes of types are spread, and the table; empty without
    places."""
    found, words = matter.results.drivers, matter.words
    if found is None:
        return []
    said = words.joined([*_clear(matter), *_spread(matter)])
    return [Paragraph(said), cell_table(found, words, matter.top_n)]


def _clear(matter: Matter) -> list[str]:
    """The cells whose verdicts say fall or rise, the largest first."""
    found, words = matter.results.drivers, matter.words
    assert found is not None
    first, second = found.by
    what = words.column(second)
    cells = [_cell(r, first, second, matter) for r in found.to_dict(words.lang)["rows"] if r[second] != ""]
    sentences = []
    for code, verdict in (("cells-fell", "fall"), ("cells-rose", "rise")):
        moved = phrases.moved(cells, verdict)[: phrases.NAMED]
        items = words.listed([phrases.item(r, words) for r in moved])
        sentences.append(words.say(code, what=what, items=items) if moved else "")
    return sentences if any(sentences) else [words.say("cells-none-clear", what=what)]


def _cell(row: dict[str, Any], first: str, second: str, matter: Matter) -> dict[str, Any]:
    """A cell as a row of one name."""
    words = matter.words
    name = words.say("cell-name", first=row[f"{first}_name"], second=row[f"{second}_name"])
    return {**row, "key": f"{row[first]} {row[second]}", "name": name}


def _spread(matter: Matter) -> list[str]:
    """For each type that clearly fell or rose, in how many places, and how much of it in one."""
    found, words = matter.results.drivers, matter.words
    assert found is not None
    verdicts = {r["key"]: r["verdict"] for r in matter.types}
    return [
        words.say(
            "cells-spread",
            name=words.name(str(r["name"])),
            way=words.say("way-fall" if verdicts[r["key"]] == "fall" else "way-rise"),
            n=numbers.count(r["where_n"], words.lang),
            what=words.column(found.by[1]),
            where=words.name(str(r["where_name"])),
            share=numbers.percent(100 * r["where_share"], words.lang),
        )
        for r in found.to_dict(words.lang)["concentration"]
        if r["where"] is not None and verdicts.get(r["key"]) in ("fall", "rise")
    ]
