"""Settings: every default once, and where each value in force came from."""

from hotline_stats.settings.load import FILE, Loaded, load
from hotline_stats.settings.values import (
    ComparisonSettings,
    IntakeSettings,
    ReportSettings,
    ServiceSettings,
    Settings,
)

__all__ = [
    "FILE",
    "ComparisonSettings",
    "IntakeSettings",
    "Loaded",
    "ReportSettings",
    "ServiceSettings",
    "Settings",
    "load",
]
