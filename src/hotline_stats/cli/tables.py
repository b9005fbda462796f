"""Plain tables for the terminal and for pipes: columns aligned by width, nothing cut, no boxes."""

from collections.abc import Iterable, Sequence

from hotline_stats import numbers
from hotline_stats.messages import Lang, text
from hotline_stats.model.findings import FileIntake, Intake, finding_text, severity
from hotline_stats.model.types import TypeScheme
from hotline_stats.reports.document import Cell, Table, TableColumn
from hotline_stats.reports.format import clean
from hotline_stats.reports.plain import aligned
from hotline_stats.taxonomy import SECOND, Explanation


def table(
    codes: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    lang: Lang,
    counts: Sequence[int] = (),
    catalogue: str = "check",
) -> str:
    """Aligned text; `codes` name the head's words in a catalogue of messages, `counts` the columns of whole
    numbers."""
    columns = tuple(
        TableColumn(c, text(catalogue, f"head-{c}", lang), "count" if i in counts else "text")
        for i, c in enumerate(codes)
    )
    return aligned(Table("", 0, "", columns, tuple(tuple(r) for r in rows)), lang)


def plain(heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang) -> str:
    """Aligned text under heads as they stand."""
    columns = tuple(TableColumn(str(i), h, "text") for i, h in enumerate(heads))
    return aligned(Table("", 0, "", columns, tuple(tuple(r) for r in rows)), lang)


def account(intake: Intake, lang: Lang) -> str:
    """What was understood of each file, the count of rows, and the findings by code."""
    parts = [line for f in intake.files for line in _file(f, lang)]
    parts.append(text("check", "all", lang, sum=_sum(intake, lang)))
    parts.append(text("check", "net", lang, raw=intake.raw, net=intake.net))
    if intake.reminders:
        parts.append(text("check", "reminders", lang, reminders=intake.reminders, reminded=intake.reminded))
    if not intake.codes:
        return "\n".join([*parts, text("check", "no-findings", lang)])
    rows = [
        (code, text("check", f"severity-{severity(code)}", lang), n, finding_text(code, lang))
        for code, n in intake.codes.items()
    ]
    parts += ["", table(("finding", "severity", "rows", "meaning"), rows, lang, counts=(2,))]
    if intake.unknown_names:
        names = [(clean(c), clean(name), n) for c, name, n in intake.unknown_names]
        parts += ["", text("check", "unknown-names", lang)]
        parts += [table(("column", "name", "rows"), names, lang, counts=(2,))]
    return "\n".join(parts)


def settings(entries: Sequence[tuple[str, str, str]], lang: Lang) -> str:
    return table(("setting", "value", "origin"), entries, lang)


def scheme(types: TypeScheme, lang: Lang) -> str:
    """Types, then groups with their members, and what groups are not."""
    groups = [
        (
            g.id,
            g.name(lang),
            _join((types.name(t, lang) for t in g.types), lang),
            _join(g.request_types, lang),
        )
        for g in types.groups
    ]
    return "\n\n".join(
        [
            f"{types.id} {types.version}",
            table(("id", "type"), [(t.id, t.name(lang)) for t in types.types], lang),
            table(("id", "group", "members", "request"), groups, lang),
            text("check", "groups-note", lang),
        ]
    )


def explanation(found: Explanation, lang: Lang) -> str:
    """The decision, and every phrase that stood behind or against it."""
    types = found.types
    parts = [
        text(
            "check",
            "decision",
            lang,
            name=types.name(found.primary, lang),
            id=found.primary,
            margin=found.margin,
        ),
        text("check", "labels", lang, labels=_join((types.name(t, lang) for t in found.labels), lang)),
    ]
    if found.read:
        likely = (
            text(
                "check",
                "likely",
                lang,
                name=types.name(r.type, lang),
                share=numbers.percent(100 * r.probability, lang),
                pairs=_join(map(clean, r.pairs), lang) or numbers.MISSING,
            )
            for r in found.read
        )
        parts += [text("check", f"second-{SECOND[found.second]}", lang), *likely]
    matches = (*found.matches, *found.disregarded)
    if not matches:
        return "\n".join([*parts, text("check", "no-phrases", lang)])
    rows = [
        (
            m.phrase,
            types.name(m.type, lang),
            text("check", f"place-{m.place}", lang),
            f"{m.weight:g}",
            text("check", f"reason-{m.reason}", lang),
        )
        for m in matches
    ]
    return "\n".join([*parts, "", table(("phrase", "type", "place", "weight", "reason"), rows, lang)])


def _file(f: FileIntake, lang: Lang) -> list[str]:
    code, facts = ("sheet", {"sheet": f.sheet}) if f.sheet else ("encoding", {"encoding": f.encoding})
    said = [text("check", code, lang, row=f.header_row, **facts)]
    said.append(text("check", "columns", lang, columns=_join((f"{h} → {c}" for h, c in f.mapping), lang)))
    if f.unmapped:
        said.append(text("check", "unmapped", lang, columns=_join(f.unmapped, lang)))
    if f.absent:
        said.append(text("check", "absent", lang, columns=_join(f.absent, lang)))
    said.append(_sum(f, lang))
    return [clean(f.file), *(f"  {clean(s)}" for s in said), ""]


def _sum(of: Intake | FileIntake, lang: Lang) -> str:
    facts = {"rows_in": of.rows_in, "kept": of.kept, "rejected": of.rejected, "duplicates": of.duplicates}
    return text("check", "sum", lang, **facts)


def _join(words: Iterable[str], lang: Lang) -> str:
    return text("check", "list", lang).join(words)
