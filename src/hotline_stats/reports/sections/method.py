"""口径说明: the windows, how each figure is defined, and what made them."""

from datetime import date

from hotline_stats import numbers
from hotline_stats.model import names
from hotline_stats.model.results import Note, Provenance
from hotline_stats.reports.document import Block, Heading, Notes
from hotline_stats.reports.format import bare
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.sections import public

_BY_CHANCE = "left-to-chance"


def blocks(matter: Matter) -> list[Block]:
    words = matter.words
    items = [
        *_windows(matter),
        *public.definitions(matter),
        words.say(_dedupe(matter)),
        words.say("method-yoy"),
        _interval(matter),
        words.say("method-rates"),
        words.say("method-primary"),
        *_doubt(matter),
    ]
    items += [*_groups(matter), *_services(matter), *_notes(matter), *_made(matter)]
    return [Heading("method", 1, words.say("section-method"), numbered=False), Notes(tuple(items))]


def _windows(matter: Matter) -> list[str]:
    words, windows = matter.words, matter.results.windows
    spans = words.say(
        "method-windows", period=str(windows.period), baseline=names.baseline(windows.baselines, words.lang)
    )
    return [spans, *(n.text(words.lang) for n in windows.notes)]


def _dedupe(matter: Matter) -> str:
    return "method-dedupe" if matter.intake.dedupe == "newest" else "method-dedupe-none"


def _interval(matter: Matter) -> str:
    return matter.words.say(
        "method-interval", confidence=matter.confidence, min_n=matter.min_n, rate=matter.false_discovery
    )


def _doubt(matter: Matter) -> list[str]:
    least = matter.intake.doubt.min_margin
    return [matter.words.say("method-doubt", min_margin=f"{least:g}")] if least else []


def _groups(matter: Matter) -> list[str]:
    words, scheme = matter.words, matter.results.scheme
    groups = [g for g in (matter.group("headline"), matter.group("property")) if g is not None]
    if not groups:
        return []
    out = [words.say("method-groups", groups=words.listed([g.name(words.lang) for g in groups]))]
    for g in groups:
        types = words.listed([scheme.name(t, words.lang) for t in g.types])
        code = "method-headline-requests" if g.request_types else "method-headline"
        kinds = words.request_types(g.request_types)
        out.append(words.say(code, name=g.name(words.lang), types=types, request_types=kinds))
    return out


def _services(matter: Matter) -> list[str]:
    """The definition of each service figure shown."""
    words, services = matter.words, matter.results.services
    facts = {"limits": _limits(matter), "complex_limit": services.complex_limit}
    return [
        words.say(
            "method-service",
            name=names.figure(f.id, words.lang),
            definition=words.say(f"define-{f.id}", **facts),
        )
        for f in services.figures
        if f.counted and words.known(f"define-{f.id}")
    ]


def _limits(matter: Matter) -> str:
    """The limits in force: `咨询、建议1个工作日，求助、投诉5个工作日`."""
    words = matter.words
    by_days: dict[int, list[str]] = {}
    for kind, days in matter.results.services.limits.items():
        if days:
            by_days.setdefault(days, []).append(kind)
    parts = [
        words.say("limit", kinds=words.request_types(kinds), days=days) for days, kinds in by_days.items()
    ]
    return words.say("limit-mark").join(parts)


def _notes(matter: Matter) -> list[str]:
    """The notes of all results but those of the windows, each once, in the order of the report; what is left to chance
    in the tables is one of them."""
    results, lang = matter.results, matter.words.lang
    notes: list[Note] = [*results.types.notes]
    for comparison in results.by.values():
        notes += comparison.notes
    notes += results.services.notes
    chance = list(dict.fromkeys(n for n in notes if n.code == _BY_CHANCE))
    said = list(dict.fromkeys(n.text(lang) for n in notes if n.code != _BY_CHANCE))
    return [*said, *([_by_chance(chance, matter)] if chance else [])]


def _by_chance(notes: list[Note], matter: Matter) -> str:
    words = matter.words
    facts = [dict(note.facts) for note in notes]
    what = "what_zh" if words.lang == "zh" else "what"
    parts = [words.say("method-chance-table", n=f["n"], rows=f["rows"], what=f[what]) for f in facts]
    return words.say("method-chance", tables=words.listed(parts))


def _made(matter: Matter) -> list[str]:
    words, made = matter.words, matter.provenance
    out = [
        words.say(
            "method-taxonomy",
            id=made.taxonomy_id,
            version=made.taxonomy_version,
            sha256=made.taxonomy_sha256[:12],
            program=made.program_version,
        )
    ]
    model = next((value for key, value, _ in made.settings if key == "model.sha256"), None)
    if model is not None and matter.intake.kept:
        intake = matter.intake
        read, decided = (numbers.count(n, words.lang) for n in (intake.read, intake.decided))
        share = numbers.percent(100 * intake.read / intake.kept, words.lang)
        out.append(words.say("method-second", read=read, decided=decided, share=share, sha256=model[:12]))
    windows = matter.results.windows
    if _outside(made, min(s.start for s in (windows.period, *windows.baselines)), windows.period.end):
        since, until = made.taxonomy_from or "", made.taxonomy_to or ""
        out.append(words.say("method-taxonomy-dates", since=since, until=until))
    changed = [
        words.say("method-setting", key=key, value=bare(value), origin=bare(origin))
        for key, value, origin in made.settings
        if origin not in ("default", "")
    ]
    if changed:
        out.append(words.say("method-settings", items=words.say("service-mark").join(changed)))
    return out


def _outside(made: Provenance, first: date, last: date) -> bool:
    """Whether some of the days compared are not those that the taxonomy is meant for."""
    since, until = made.taxonomy_from, made.taxonomy_to
    return bool((since and first.isoformat() < since) or (until and last.isoformat() > until))
