"""Everything that a report says about its figures, from one reading of the Facts."""

from hotline_stats.analysis.comparison import compare_ledger
from hotline_stats.analysis.contributions import contributions
from hotline_stats.analysis.ledger import codes_of, open_ledger
from hotline_stats.analysis.series import monthly_ledger
from hotline_stats.analysis.service import service_figures
from hotline_stats.model.facts import PLACES, Facts
from hotline_stats.model.results import Results, Windows
from hotline_stats.settings.values import Settings

_IF_KNOWN = ("request_type", "channel", "category", *PLACES, "unit")


def analyse(facts: Facts, windows: Windows, settings: Settings) -> Results:
    """All comparisons, series, contributions and service figures of a report.

    `by` of the result holds "month" and those of request type, channel, category, places and unit that have
    any value in the Facts.
    """
    services = service_figures(facts, windows, settings.service, settings.comparison.confidence)
    ledger = open_ledger(facts, windows)
    columns = [c for c in _IF_KNOWN if _has_values(facts, c)]
    types = compare_ledger(ledger, "type", settings.comparison)
    return Results(
        types=types,
        by={by: compare_ledger(ledger, by, settings.comparison) for by in ("month", *columns)},
        series=monthly_ledger(ledger),
        contributions=contributions(types),
        services=services,
    )


def _has_values(facts: Facts, column: str) -> bool:
    codes, keys = codes_of(facts, column)
    return bool((codes < len(keys) - 1).any())
