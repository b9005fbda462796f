"""Honest year-over-year figures from exports of the 12345 government hotline.

The public verbs are resolved on first use, so that `import hotline_stats` costs nothing:
load, check, compare, series, contributions, services, services_by, report, classify, explain, types, export, sample, config,
propose_mapping.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from hotline_stats.api import (
        check,
        classify,
        compare,
        config,
        confusion_chart,
        contributions,
        count,
        coverage,
        evaluate,
        explain,
        export,
        learn,
        lint,
        load,
        propose_mapping,
        report,
        sample,
        series,
        services,
        services_by,
        suggest,
        types,
        types_diff,
    )
    from hotline_stats.engines.tables import Tickets
    from hotline_stats.model.facts import Facts
    from hotline_stats.model.period import Period

_ROOMS = {
    **dict.fromkeys(
        (
            "check", "classify", "compare", "config", "confusion_chart", "contributions", "count", "coverage",
            "evaluate", "explain", "export", "learn", "lint", "load", "propose_mapping", "report", "sample",
            "series", "services", "services_by", "suggest", "types", "types_diff",
        ),
        "api",
    ),
    "Facts": "model.facts",
    "Period": "model.period",
    "Tickets": "engines.tables",
}  # fmt: skip

__all__ = [
    "Facts", "Period", "Tickets", "check", "classify", "compare", "config", "confusion_chart", "contributions",
    "count", "coverage", "evaluate", "explain", "export", "learn", "lint", "load", "propose_mapping", "report",
    "sample", "series", "services", "services_by", "suggest", "types", "types_diff",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
