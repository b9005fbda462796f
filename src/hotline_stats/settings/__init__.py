"""Settings: every default once, and where each value in force came from."""

from hotline_stats.settings.values import ComparisonSettings, IntakeSettings, ServiceSettings, Settings

__all__ = ["ComparisonSettings", "IntakeSettings", "ServiceSettings", "Settings"]
