"""Honest year-over-year figures from exports of the 12345 government hotline.

The public verbs are resolved on first use, so that `import hotline_stats` costs nothing:
load, check, compare, series, contributions, drivers, services, services_by, chart, report, classify, explain, types, export,
sample, config, propose_mapping, verify.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from hotline_stats.api import (
        chart,
        check,
        classify,
        compare,
        config,
        confusion_chart,
        contributions,
        count,
        coverage,
        doubtful,
        drivers,
        evaluate,
        explain,
        export,
        learn,
        lint,
        load,
        load_evaluation,
        propose_mapping,
        report,
        sample,
        series,
        services,
        services_by,
        suggest,
        taxonomy_text,
        types,
        types_diff,
        verify,
    )
    from hotline_stats.engines.tables import Tickets
    from hotline_stats.model.facts import Facts
    from hotline_stats.model.period import Period

_ROOMS = {
    **dict.fromkeys(
        (
            "chart", "check", "classify", "compare", "config", "confusion_chart", "contributions", "count", "coverage",
            "doubtful", "drivers", "evaluate", "explain", "export", "learn", "lint", "load", "load_evaluation",
            "propose_mapping", "report", "sample", "series", "services", "services_by", "suggest", "taxonomy_text",
            "types", "types_diff", "verify",
        ),
        "api",
    ),
    "Facts": "model.facts",
    "Period": "model.period",
    "Tickets": "engines.tables",
}  # fmt: skip

__all__ = [
    "Facts", "Period", "Tickets", "chart", "check", "classify", "compare", "config", "confusion_chart", "contributions",
    "count", "coverage", "doubtful", "drivers", "evaluate", "explain", "export", "learn", "lint", "load",
    "load_evaluation", "propose_mapping", "report", "sample", "series", "services", "services_by", "suggest",
    "taxonomy_text", "types", "types_diff", "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
