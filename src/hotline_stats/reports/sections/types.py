"""Problem types: the headline group first, then property complaints, then everything else."""

from dataclasses import replace
from typing import Any

from hotline_stats import numbers
from hotline_stats.model.results import left_to_chance
from hotline_stats.model.types import Group
from hotline_stats.reports import phrases, rows
from hotline_stats.reports.document import Block, Heading, Paragraph, Table
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.words import capital


def headline(matter: Matter) -> list[Block]:
    """The headline group: its total, what fell and rose in it, its table and charts.

    A taxonomy without this group has all its types here.
    """
    words, group = matter.words, matter.group("headline")
    name = words.name(group.name(words.lang)) if group else words.say("section-types")
    found = matter.type_rows(group.types) if group else matter.types
    foot = matter.groups["headline"] if group else matter.total
    out: list[Block] = [Heading("headline", 1, name)]
    if group:
        code = "headline-total" if matter.total["current"] else "property-total"
        out += _group_said(matter, foot, code)
    verdicts = _verdicts(found, matter) if matter.covered else ""
    if verdicts:
        out.append(Paragraph(verdicts))
    caption = words.say("table-headline" if matter.covered else "table-headline-uncovered", name=name)
    table = _table(matter, "headline", caption, [*found, foot])
    out.append(replace(table, note=words.joined([table.note, _by_chance([*found, foot], matter)])))
    out += matter.figure("type_change", words.say("figure-type_change", name=name))
    of = name if group else capital(words.say("all-tickets"))
    out += matter.figure("monthly_headline", words.say("figure-monthly", name=of))
    if not _beyond(matter):
        out += matter.figure("heat_map", words.say("figure-heat_map"))
    return out


def _beyond(matter: Matter) -> list[dict[str, Any]]:
    """The rows of the types in neither of the two groups, when there is a headline group for them to be beyond."""
    head, prop = matter.group("headline"), matter.group("property")
    named = {*head.types, *(prop.types if prop else ())} if head else set(matter.results.scheme.ids)
    return [r for r in matter.types if r["key"] not in named]


def _group_said(matter: Matter, row: rows.Row, code: str) -> list[Block]:
    """What the group did, where its counts are told."""
    untold = row["current"] is None or (matter.covered and row["baseline"] is None)
    return [] if untold else [Paragraph(_group_total(matter, row, code))]


def _group_total(matter: Matter, row: rows.Row, code: str) -> str:
    words, total = matter.words, matter.total["current"]
    facts = {
        "name": str(row["name"]),
        "n": words.tickets(row["current"]),
        "share": numbers.percent(100 * row["current"] / total if total else None, words.lang),
    }
    if not matter.covered:
        return words.say(f"{code}-uncovered", **facts)
    return words.say(code, clause=phrases.clause(row, matter), **facts)


def _verdicts(found: list[dict[str, Any]], matter: Matter) -> str:
    return matter.words.joined(phrases.verdict_sentences(found, matter.words))


def _table(matter: Matter, table_id: str, caption: str, found: list[dict[str, Any]]) -> Table:
    words = matter.words
    keys = rows.with_calendar(rows.JUDGED, found) if matter.covered else rows.ALONE
    total = matter.total["current"]
    return Table(
        id=table_id,
        number=0,
        caption=caption,
        columns=rows.columns(words.heading("type"), keys, matter.results.windows, words),
        rows=tuple(rows.cells(r, keys, words, total, matter.covered) for r in found),
        note=words.say("table-headline-note", confidence=matter.confidence) if matter.covered else "",
        total_row=True,
    )


def _by_chance(found: list[dict[str, Any]], matter: Matter) -> str:
    """Why an interval of the table leaves out zero and its verdict does not; empty where none does."""
    return matter.words.say("table-by-chance") if any(left_to_chance(r) for r in found) else ""


def property_complaints(matter: Matter) -> list[Block]:
    """The property group, which counts only its request types; empty when the taxonomy has none."""
    words, group = matter.words, matter.group("property")
    if group is None:
        return []
    row = matter.groups["property"]
    name = words.name(group.name(words.lang))
    out: list[Block] = [Heading("property", 1, words.say("section-property", name=name))]
    out += _group_said(matter, row, "property-total")
    out.append(Paragraph(_population(matter, group)))
    out.append(_property_table(matter, group))
    out += matter.figure("monthly_property", words.say("figure-monthly", name=name))
    return out


def _population(matter: Matter, group: Group) -> str:
    words = matter.words
    scheme, head = matter.results.scheme, matter.group("headline")
    return words.say(
        "property-population" if group.request_types else "property-population-all",
        request_types=words.request_types(group.request_types),
        types=words.listed([scheme.name(t, words.lang) for t in group.types]),
        headline=head.name(words.lang) if head else words.say("all-tickets"),
    )


def _property_table(matter: Matter, group: Group) -> Table:
    words, name = matter.words, group.name(matter.words.lang)
    parts, foot = matter.type_rows(group.types), matter.groups["property"]
    note = ""
    if group.request_types:
        kinds = words.request_types(group.request_types)
        foot = {**foot, "name": words.say("property-only", name=name, request_types=kinds)}
        note = words.say("table-property-note", n=len(parts), request_types=kinds)
    table = _table(matter, "property", words.say("table-property", name=name), [*parts, foot])
    return replace(table, note=words.joined([note, _by_chance([*parts, foot], matter)]))


def others(matter: Matter) -> list[Block]:
    """The types outside the two groups, with the groups as subtotals so that the table adds up to all tickets."""
    words = matter.words
    head, prop = matter.group("headline"), matter.group("property")
    remaining = _beyond(matter)
    if head is None or not remaining:
        return []
    own = set(head.types)
    rest = [t for t in prop.types if t not in own] if prop else []
    subtotals = [
        rows.summed(
            words.say("table-other-see", name=head.name(words.lang)),
            matter.type_rows(head.types),
            matter.covered,
            matter.min_n,
        )
    ]
    if prop and rest:
        name = words.say("table-other-rest", name=prop.name(words.lang))
        subtotals.append(rows.summed(name, matter.type_rows(tuple(rest)), matter.covered, matter.min_n))
    beyond, total = rows.added(r["current"] for r in remaining), matter.total["current"]
    out: list[Block] = [Heading("other", 1, words.say("section-other"))]
    intro = ""
    if total and beyond is not None:
        share = numbers.percent(100 * beyond / total, words.lang)
        intro = words.say("other-intro", n=words.tickets(beyond), share=share)
    said = [intro, _verdicts(remaining, matter) if matter.covered else ""]
    if any(said):
        out.append(Paragraph(words.joined(said)))
    table = _table(matter, "types", words.say("table-other"), [*remaining, *subtotals, matter.total])
    note = words.say("table-other-note") if prop and prop.request_types else ""
    note = words.joined([note, _by_chance(remaining, matter)])
    out.append(replace(table, note=note, sums=len(subtotals)))
    out += matter.figure("heat_map", words.say("figure-heat_map"))
    return out
