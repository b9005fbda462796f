"""Settings: every default once, and where each value in force came from."""

from hotline_stats.settings.load import FILE, Loaded, load, override
from hotline_stats.settings.values import (
    ClassificationSettings,
    ComparisonSettings,
    IntakeSettings,
    ReportSettings,
    ServiceSettings,
    Settings,
)

__all__ = [
    "FILE",
    "ClassificationSettings",
    "ComparisonSettings",
    "IntakeSettings",
    "Loaded",
    "ReportSettings",
    "ServiceSettings",
    "Settings",
    "load",
    "override",
]
