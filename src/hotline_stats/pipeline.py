"""The order of the stages, from files to a report. No other file knows it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from hotline_stats import __version__, disclosure
from hotline_stats.analysis import analyse, canonical, crossings, settle, where
from hotline_stats.engines import local, review, tables
from hotline_stats.engines.local import Progress
from hotline_stats.engines.tables import Counted, Tickets
from hotline_stats.errors import UsageError
from hotline_stats.intake import Export, callers, mapping, open_exports
from hotline_stats.model import names
from hotline_stats.model.disclosure import PUBLIC_PLACES, Crossing
from hotline_stats.model.facts import PLACES, Facts
from hotline_stats.model.findings import Intake
from hotline_stats.model.period import Period
from hotline_stats.model.results import Provenance, Results, Windows
from hotline_stats.model.types import TypeScheme
from hotline_stats.reports.report import Report
from hotline_stats.settings import Loaded
from hotline_stats.taxonomy import Taxonomy
from hotline_stats.taxonomy import load as load_taxonomy

_UNTOLD = ("intake.link_callers", "intake.key_file")
"""Settings that change no figure of a report; where a key lies is nobody's business."""


@dataclass(frozen=True)
class Question:
    """What is asked of the Facts. `period`, `against`: see analysis.settle; `where`: (column, value) conditions."""

    period: Period | str | None = None
    against: Period | str | None = None
    where: tuple[tuple[str, str], ...] = ()


def open_files(paths: Iterable[str | Path], loaded: Loaded) -> tuple[tuple[Export, ...], Taxonomy]:
    return open_exports(paths, loaded.settings.intake), taxonomy(loaded)


def taxonomy(loaded: Loaded) -> Taxonomy:
    """The taxonomy in use with its second reader, if it has one."""
    return load_taxonomy(loaded.settings.taxonomy, loaded.settings.model)


def load(paths: Iterable[str | Path], loaded: Loaded, progress: Progress | None = None) -> Tickets:
    """Files → typed tickets → Facts."""
    read, scheme = _read(paths, loaded, progress)
    spans = tables.sources(read.tickets, read.intake)
    return Tickets(tables.facts(read.tickets, scheme, spans), read.intake, read.tickets)


def count(paths: Iterable[str | Path], loaded: Loaded, progress: Progress | None = None) -> Counted:
    """Files → Facts. What Facts do not need of the tickets is let go before they are made."""
    read, scheme = _read(paths, loaded, progress)
    spans = tables.sources(read.tickets, read.intake)
    intake, tickets = read.intake, read.tickets.select(tables.NEEDED)
    del read
    pa.default_memory_pool().release_unused()
    facts = tables.facts(tickets, scheme, spans)
    del tickets
    pa.default_memory_pool().release_unused()
    return Counted(facts, intake)


def _read(
    paths: Iterable[str | Path], loaded: Loaded, progress: Progress | None
) -> tuple[local.Read, TypeScheme]:
    exports, types = open_files(paths, loaded)
    asked = loaded.settings.intake
    read = local.read(exports, types, progress, dedupe=asked.dedupe, secret=caller_key(loaded))
    return _doubted(read, types.scheme, loaded), types.scheme


def _doubted(read: local.Read, scheme: TypeScheme, loaded: Loaded) -> local.Read:
    """What was read, with the tickets in doubt counted."""
    doubt = review.doubt(read.tickets, scheme, loaded.settings.classification.min_margin)
    return replace(read, intake=replace(read.intake, doubt=doubt))


def caller_key(loaded: Loaded) -> bytes | None:
    """The key of the caller hash, when it is asked for."""
    asked = loaded.settings.intake
    return callers.key(asked.key_file) if asked.link_callers else None


def check(paths: Iterable[str | Path], loaded: Loaded, progress: Progress | None = None) -> Intake:
    """Files → the account of every row, also when none of them is a ticket."""
    exports, types = open_files(paths, loaded)
    dedupe = loaded.settings.intake.dedupe
    read = local.read(exports, types, progress, dedupe=dedupe, none_kept=True)
    return _doubted(read, types.scheme, loaded).intake


def report(tickets: Counted, question: Question, loaded: Loaded) -> Report:
    """Facts → results → Report. Windows are settled on all tickets, so that a condition does not shorten
    them. For the public small counts are left out before anything is composed.

    Raises UsageError `public-where` for a condition on what a published report does not name, `public-overlap` for
    windows that share days: one would tell what the other hides."""
    look = loaded.settings.report
    windows = settle(tickets.facts, question.period, question.against, loaded.settings.comparison.year_start)
    conditions = canonical(tickets.facts.types, question.where)
    if look.audience == "public":
        _publishable(conditions, windows)
    chosen = where(tickets.facts, conditions)
    results = _selected(analyse(chosen, windows, loaded.settings), conditions)
    if look.audience != "public":
        return Report(results, tickets.intake, provenance(loaded), look.lang, look.top_n)
    return Report(
        disclosure.public(results, _places(chosen, windows, results)),
        disclosure.intake(tickets.intake),
        disclosure.provenance(provenance(loaded)),
        look.lang,
        look.top_n,
    )


def _publishable(conditions: tuple[tuple[str, str], ...], windows: Windows) -> None:
    if any(windows.period.common(span) for span in windows.baselines):
        raise UsageError("public-overlap")
    hidden = {"unit", *PLACES} - set(PUBLIC_PLACES)
    found = next(
        (names.column_id(column) for column, _ in conditions if names.column_id(column) in hidden), None
    )
    if found is not None:
        raise UsageError("public-where", found=found)


def _places(facts: Facts, windows: Windows, results: Results) -> tuple[Crossing, ...]:
    return crossings(facts, windows, [p for p in PUBLIC_PLACES if p in results.by])


def _selected(results: Results, conditions: tuple[tuple[str, str], ...]) -> Results:
    """Results that say which tickets they are about."""
    return Results(
        types=replace(results.types, where=conditions),
        by={k: replace(v, where=conditions) for k, v in results.by.items()},
        series=replace(results.series, where=conditions),
        contributions=replace(results.contributions, where=conditions),
        services=replace(results.services, where=conditions),
        drivers=results.drivers and replace(results.drivers, where=conditions),
        rate_drivers=tuple(replace(r, where=conditions) for r in results.rate_drivers),
        course=results.course and replace(results.course, where=conditions),
        units=results.units and results.units.selected(conditions),
    )


def provenance(loaded: Loaded) -> Provenance:
    types = taxonomy(loaded)
    scheme = types.scheme
    entries = tuple(e for e in loaded.entries() if e[0] not in _UNTOLD)
    if loaded.settings.intake.mapping:
        sha256, origin = mapping.of(loaded.settings.intake).sha256, loaded.origins["intake.mapping"]
        entries = tuple(sorted((*entries, ("intake.mapping.sha256", sha256, origin))))
    if types.reader is not None:
        origin = loaded.origins.get("model", "default")
        entries = tuple(sorted((*entries, ("model.sha256", types.reader.sha256, origin))))
    meant = (types.source.effective_from, types.source.effective_to)
    since, until = (None if day is None else day.isoformat() for day in meant)
    return Provenance(__version__, scheme.id, scheme.version, types.sha256, since, until, entries)
