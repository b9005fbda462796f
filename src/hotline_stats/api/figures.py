"""The verbs from tickets or exports to figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import overload

from hotline_stats import analysis, claims, pipeline
from hotline_stats.api import adjusting
from hotline_stats.api.asked import (
    Source,
    Where,
    facts_and_windows,
    facts_of,
    in_force,
    one_period,
    pairs,
)
from hotline_stats.engines.local import Progress
from hotline_stats.errors import UsageError
from hotline_stats.intake.households import load as load_households
from hotline_stats.model.course import Course
from hotline_stats.model.drivers import Drivers
from hotline_stats.model.evaluation import Evaluation
from hotline_stats.model.period import Period
from hotline_stats.model.rate_drivers import RateDrivers
from hotline_stats.model.results import Comparison, Contributions
from hotline_stats.model.service_rows import ServiceRows
from hotline_stats.model.services import ServiceFigures
from hotline_stats.model.verification import Verification
from hotline_stats.settings import Loaded


def compare(
    source: Source,
    by: str = "type",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    adjust: Evaluation | str | Path | None = None,
    settings: Loaded | None = None,
) -> Comparison:
    """Counts of a period against its baseline, with change, interval and verdict.

    `by`: type, group, category, month, district, street, station, grid, community, estate, unit,
    request_type or channel. `period`: such as "2024-01..2024-05", "AY2024" (an assessment year, see the setting
    comparison.year_start) or "ytd"; None is the year of the last ticket, to date. `against`: None is the same period
    last year, "previous" the period before, "mean:3" the mean of the same period in the three years before, else a
    period. What the data do not cover is cut from both windows, and the result's windows say so. `adjust`: an evaluation (or its
    JSON) on a random sample of the tickets counted; counts by type or group are then also given adjusted for
    misclassification (`.adjusted`, see docs/method.md).

    Raises UsageError for a wrong period, column or value, InputError for unusable files, and for an evaluation that
    does not belong to the counts what api/adjusting.py says.
    """
    loaded = in_force(settings)
    if adjust is not None:
        adjusting.askable(by, pairs(where))
    facts, windows = facts_and_windows(source, period, against, loaded)
    chosen = analysis.canonical(facts.types, pairs(where))
    selected = analysis.where(facts, chosen)
    found = replace(analysis.compare(selected, windows, by, loaded.settings.comparison), where=chosen)
    if adjust is None:
        return found
    errors = adjusting.usable(adjust, pipeline.taxonomy(loaded), facts.types)
    return analysis.adjust(found, selected, errors, loaded.settings.comparison)


def series(
    source: Source,
    by: str = "type",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Course:
    """Counts of every month of the data by key of `by`, and for all tickets: zeros filled in, the same month a year
    before, moving sums of twelve months, control limits and the months at which a rule fires.

    `by`: as for `compare`, without month; with "type" also the groups. Limits are set by all whole months before the
    period; with fewer than twelve there are none. Raises UsageError for a wrong period, column or value.
    """
    facts, windows = facts_and_windows(source, period, against, in_force(settings))
    chosen = analysis.canonical(facts.types, pairs(where))
    return replace(analysis.course(analysis.where(facts, chosen), windows, by), where=chosen)


def contributions(
    source: Source,
    by: str = "type",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Contributions:
    """How many percentage points of the total change each row of `by` makes; they add up to it."""
    return analysis.contributions(
        compare(source, by, period=period, against=against, where=where, settings=settings)
    )


@overload
def drivers(
    source: Source,
    by: str | Sequence[str] = ...,
    *,
    rate: None = None,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Drivers: ...
@overload
def drivers(
    source: Source,
    by: str | Sequence[str] = ...,
    *,
    rate: str,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> RateDrivers: ...
def drivers(
    source: Source,
    by: str | Sequence[str] = ("type", "community"),
    *,
    rate: str | None = None,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Drivers | RateDrivers:
    """What each combination of one to three columns adds to the change of the total, in percentage points.

    `by`: columns, or their names with commas between: type, category, request_type, channel, a level of place, unit.
    With `rate` (contact_rate, resolution_rate, satisfaction, on_time_rate, within_7_days_rate, repeat_rate,
    unverified_rate) the change of that rate is taken apart, into another mix of tickets and another rate within each
    cell. Parts add up to the whole.

    >>> drivers("data/samples/exports", "type,community").top(10)  # doctest: +SKIP
    """
    loaded = in_force(settings)
    facts, windows = facts_and_windows(source, period, against, loaded)
    chosen = analysis.canonical(facts.types, pairs(where))
    selected, columns = analysis.where(facts, chosen), by.split(",") if isinstance(by, str) else by
    if rate is not None:
        found = analysis.rate_drivers(selected, windows, rate.replace("-", "_"), columns, loaded.settings)
        return replace(found, where=chosen)
    return replace(analysis.drivers(selected, windows, columns, loaded.settings.comparison), where=chosen)


def services(
    source: Source,
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> ServiceFigures:
    """Contact, resolution, satisfaction, on-time and handling figures, each with numerator and denominator."""
    loaded = in_force(settings)
    facts, windows = facts_and_windows(source, period, against, loaded)
    chosen = pairs(where)
    found = analysis.service_figures(
        analysis.where(facts, chosen), windows, loaded.settings.service, loaded.settings.comparison.confidence
    )
    return replace(found, where=chosen)


def services_by(
    source: Source,
    by: str = "unit",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    households: str | Path | None = None,
    settings: Loaded | None = None,
) -> ServiceRows:
    """The figures of `services` for each value of a column, with the range in which each is expected to lie.

    `by`: unit, district, street, station, grid, community, estate, type, category, request_type or channel.
    `households`: a table of households by place (CSV or TOML, setting service.households), for tickets per 100.
    """
    loaded = in_force(settings)
    facts, windows = facts_and_windows(source, period, against, loaded)
    asked = analysis.canonical(facts.types, pairs(where))
    service = loaded.settings.service
    file = str(households) if households is not None else service.households
    homes = load_households(Path(file)) if file else None
    confidence = loaded.settings.comparison.confidence
    chosen = analysis.where(facts, asked)
    return analysis.service_rows(chosen, windows, by, service, confidence, homes).selected(asked)


def known_figure(found: ServiceFigures | ServiceRows, figure: str | None) -> None:
    """Raises UsageError `unknown-figure` for an id that the result has no figure of; None is any."""
    ids = [f.id for f in (found.total if isinstance(found, ServiceRows) else found).figures]
    if figure is not None and figure not in ids:
        raise UsageError("unknown-figure", found=figure, known=", ".join(ids))


def verify(
    draft: str | Path,
    data: Source | None = None,
    *,
    period: str | int | Period | None = None,
    settings: Loaded | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Whether the figures that a draft claims hold: their arithmetic, their wording, their terms, and with `data` the
    numbers.

    `draft`: a text, a .txt, .md or .docx file, or "-". Each claim has a verdict `holds`, `fails` or `cannot-check`;
    docs/verify.md says what is understood and how near 近 and 超 must be. `data`: tickets, Facts or exports, with
    which the claims that name a type, a group or all tickets are compared; `period`: what a claim that names none is
    about. Raises InputError for an unusable draft or unusable exports, UsageError for a wrong period.

    >>> verify("由1368件降至1102件，降幅17.5%").claims[0].verdict
    'fails'
    """
    loaded = in_force(settings)
    # A wrong period is told before anything is read; which day "to date" means does not matter here.
    one_period(period, date(2000, 1, 1), loaded)
    found = claims.read(draft)
    if data is None:
        return claims.verify(found, pipeline.taxonomy(loaded).scheme)
    facts = facts_of(data, loaded, progress)
    about = one_period(period, facts.span[1], loaded) if facts.span else None
    return claims.verify(found, facts.types, claims.Book(facts, loaded.settings, about))
