"""The order of the stages, from files to a report. No other file knows it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hotline_stats import __version__
from hotline_stats.analysis import analyse, settle, where
from hotline_stats.engines import local, tables
from hotline_stats.engines.local import Progress
from hotline_stats.engines.tables import Tickets
from hotline_stats.intake import Export, callers, open_exports
from hotline_stats.model.period import Period
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.report import Report
from hotline_stats.settings import Loaded
from hotline_stats.taxonomy import Taxonomy
from hotline_stats.taxonomy import load as load_taxonomy

_UNTOLD = ("intake.link_callers", "intake.key_file")
"""Settings that change no figure of a report; where a key lies is nobody's business."""


@dataclass(frozen=True)
class Question:
    """What is asked of the Facts. `against`: see analysis.settle; `where`: (column, value) conditions."""

    period: Period | None = None
    against: Period | str | None = None
    where: tuple[tuple[str, str], ...] = ()


def open_files(paths: Iterable[str | Path], loaded: Loaded) -> tuple[tuple[Export, ...], Taxonomy]:
    taxonomy = load_taxonomy(loaded.settings.taxonomy)
    return open_exports(paths, loaded.settings.intake), taxonomy


def load(paths: Iterable[str | Path], loaded: Loaded, progress: Progress | None = None) -> Tickets:
    """Files → typed tickets → Facts."""
    exports, taxonomy = open_files(paths, loaded)
    asked = loaded.settings.intake
    read = local.read(exports, taxonomy, progress, dedupe=asked.dedupe, secret=caller_key(loaded))
    return Tickets(read.tickets, tables.facts(read.tickets, taxonomy.scheme), read.intake)


def caller_key(loaded: Loaded) -> bytes | None:
    """The key of the caller hash, when it is asked for."""
    asked = loaded.settings.intake
    return callers.key(asked.key_file) if asked.link_callers else None


def report(tickets: Tickets, question: Question, loaded: Loaded) -> Report:
    """Facts → results → Report. Windows are settled on all tickets, so that a condition does not shorten
    them."""
    windows = settle(tickets.facts, question.period, question.against)
    results = _selected(analyse(where(tickets.facts, question.where), windows, loaded.settings), question)
    look = loaded.settings.report
    return Report(results, tickets.intake, provenance(loaded), look.lang, look.top_n)


def _selected(results: Results, question: Question) -> Results:
    """Results that say which tickets they are about."""
    by = {k: replace(v, where=question.where) for k, v in results.by.items()}
    return replace(results, types=replace(results.types, where=question.where), by=by)


def provenance(loaded: Loaded) -> Provenance:
    taxonomy = load_taxonomy(loaded.settings.taxonomy)
    scheme = taxonomy.scheme
    told = tuple(e for e in loaded.entries() if e[0] not in _UNTOLD)
    return Provenance(__version__, scheme.id, scheme.version, taxonomy.sha256, told)
