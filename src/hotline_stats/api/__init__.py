"""The public verbs. `import hotline_stats as hs` gives them by name; each command of the program is one of them."""

from hotline_stats.api.charts import chart, chart_format, drawable
from hotline_stats.api.figures import (
    compare,
    contributions,
    drivers,
    known_figure,
    series,
    services,
    services_by,
    verify,
)
from hotline_stats.api.rules import (
    confusion_chart,
    coverage,
    evaluate,
    explain,
    learn,
    lint,
    load_evaluation,
    suggest,
    taxonomy_text,
    types,
    types_diff,
)
from hotline_stats.api.verbs import (
    check,
    classify,
    config,
    count,
    doubtful,
    export,
    load,
    not_written,
    propose_mapping,
    report,
    sample,
)

__all__ = [
    "chart", "chart_format", "check", "classify", "compare", "config", "confusion_chart", "contributions", "count", "coverage", "doubtful", "drawable", "drivers",
    "evaluate", "explain", "export", "known_figure", "learn", "lint", "load", "load_evaluation", "not_written", "propose_mapping",
    "report", "sample", "series", "services", "services_by", "suggest", "taxonomy_text", "types", "types_diff", "verify",
]  # fmt: skip
