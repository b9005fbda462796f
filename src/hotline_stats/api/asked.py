"""What the verbs take, in every form that people give it, as one."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from hotline_stats import analysis, pipeline
from hotline_stats.engines.local import Progress
from hotline_stats.engines.tables import Counted
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, resolve
from hotline_stats.model.results import Windows
from hotline_stats.settings import Loaded, override
from hotline_stats.settings import load as load_settings

Files: TypeAlias = str | Path | Sequence[str | Path]
Source: TypeAlias = Counted | Facts | Files
"""What a figure can be computed from: tickets loaded or counted, Facts, or files, which are then read."""
Value: TypeAlias = str | bool | Sequence[str]
Where: TypeAlias = Mapping[str, Value] | Sequence[tuple[str, Value]]
"""Conditions on columns of the Facts; all columns must hold, of several values of one column any."""


def paths(files: Files) -> Sequence[str | Path]:
    named = [files] if isinstance(files, (str, Path)) else files
    if not isinstance(named, Sequence) or not all(isinstance(p, (str, Path)) for p in named):
        raise UsageError("bad-source", found=type(files).__name__)
    return named


def in_force(settings: Loaded | None) -> Loaded:
    return settings or load_settings()


def changed(loaded: Loaded, **said: object) -> Loaded:
    """The settings with what a call says: values by key with `__` for the dot; None is not said."""
    return override(loaded, by_key(said))


def by_key(said: Mapping[str, object]) -> dict[str, object]:
    """Values by the key of their setting; a path as its text."""
    return {k.replace("__", "."): str(v) if isinstance(v, Path) else v for k, v in said.items()}


def spelled(period: str | int | Period | None) -> Period | str | None:
    return period if period is None or isinstance(period, Period) else str(period)


def one_period(period: str | int | Period | None, last: date, loaded: Loaded) -> Period | None:
    """The period that a text names, to date where it says so: to the day `last`."""
    said = spelled(period)
    if not isinstance(said, str):
        return said
    return resolve(said, last, loaded.settings.comparison.year_start)


def pairs(where: Where) -> tuple[tuple[str, str], ...]:
    """(column, value) of each condition; several values of one column are one pair each."""
    if isinstance(where, str) or not isinstance(where, (Mapping, Sequence)):
        raise UsageError("bad-where", found=str(where))
    given = where.items() if isinstance(where, Mapping) else where
    out = []
    for pair in given:
        if isinstance(pair, str) or len(pair) != 2:
            raise UsageError("bad-where", found=str(pair))
        column, value = pair
        values = [value] if isinstance(value, (str, bool)) else value
        out += [(column, str(v).lower() if isinstance(v, bool) else str(v)) for v in values]
    return tuple(out)


def facts_and_windows(
    source: Source,
    period: str | int | Period | None,
    against: str | int | Period | None,
    loaded: Loaded,
) -> tuple[Facts, Windows]:
    """Windows are settled on all tickets, before any condition: a condition does not shorten them."""
    facts = facts_of(source, loaded)
    year_start = loaded.settings.comparison.year_start
    return facts, analysis.settle(facts, spelled(period), spelled(against), year_start)


def facts_of(source: Source, loaded: Loaded, progress: Progress | None = None) -> Facts:
    if isinstance(source, Counted):
        return source.facts
    return source if isinstance(source, Facts) else pipeline.count(paths(source), loaded, progress).facts
