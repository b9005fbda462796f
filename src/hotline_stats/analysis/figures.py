"""Everything that a report says about its figures, from one reading of the Facts."""

from hotline_stats.analysis.comparison import compare_ledger
from hotline_stats.analysis.contributions import contributions
from hotline_stats.analysis.course import course_ledger
from hotline_stats.analysis.drivers import drivers_ledger
from hotline_stats.analysis.ledger import codes_of, open_ledger
from hotline_stats.analysis.rate_drivers import several_rate_drivers
from hotline_stats.analysis.series import monthly_ledger
from hotline_stats.analysis.service import all_figures, read_served
from hotline_stats.analysis.service_rows import rows_of
from hotline_stats.model.facts import PLACES, SHOWN_PLACES, Facts
from hotline_stats.model.results import Results, Windows
from hotline_stats.settings.values import Settings

_TAKEN_APART = ("satisfaction", "resolution_rate", "on_time_rate")
"""The rates whose change a report takes apart."""
_BY_UNIT = ("resolution_rate", "satisfaction")
"""The rates by which a report tells units apart."""
_IF_KNOWN = ("request_type", "channel", "category", *PLACES, "unit")


def analyse(facts: Facts, windows: Windows, settings: Settings) -> Results:
    """All comparisons, series, contributions, drivers and service figures of a report.

    `by` of the result holds "month" and those of request type, channel, category, places and unit that have
    any value in the Facts.
    """
    read = read_served(facts, windows, settings.service, settings.comparison.confidence)
    services = all_figures(read)
    ledger = open_ledger(facts, windows)
    columns = [c for c in _IF_KNOWN if _has_values(facts, c)]
    by = {c: compare_ledger(ledger, c, settings.comparison) for c in ("month", *columns)}
    places = [p for p in SHOWN_PLACES if p in by and (by[p].rows["key"] != "").sum() > 1]
    changed = [rate for rate in _TAKEN_APART if services.figure(rate).change_pp is not None]
    apart = several_rate_drivers(read, services, changed, ("type",)) if changed else ()
    types = compare_ledger(ledger, "type", settings.comparison)
    return Results(
        types=types,
        by=by,
        series=monthly_ledger(ledger),
        contributions=contributions(types),
        services=services,
        drivers=drivers_ledger(ledger, ("type", places[0]), settings.comparison) if places else None,
        rate_drivers=tuple(sorted(apart, key=lambda r: _TAKEN_APART.index(r.rate))),
        course=course_ledger(ledger, "type"),
        units=rows_of(read, services, "unit", figures=_BY_UNIT) if "unit" in by else None,
    )


def _has_values(facts: Facts, column: str) -> bool:
    codes, keys = codes_of(facts, column)
    return bool((codes < len(keys) - 1).any())
