"""The verb that draws one chart."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from hotline_stats import analysis
from hotline_stats.analysis.service_rows import BY as SERVICE_BY
from hotline_stats.api.asked import Source, facts_of, in_force
from hotline_stats.api.drawing import DRAWN, Asked, Wish, confusion
from hotline_stats.errors import UsageError
from hotline_stats.model.evaluation import Evaluation

if TYPE_CHECKING:
    from hotline_stats.charts import Chart

_TYPED = ("type", "group")
KINDS: Mapping[str, tuple[str, ...]] = {
    "types": _TYPED,
    "months": _TYPED,
    "heat-map": _TYPED,
    "contribution": tuple(c for c in analysis.BY if c != "group"),
    "places": tuple(c for c in analysis.BY if c not in (*_TYPED, "month")),
    "services": (),
    "funnel": SERVICE_BY,
    "control": (),
    "confusion": (),
}
"""The charts there are, and the columns that each can be drawn by."""
FIGURE = "satisfaction"
"""The figure of a funnel plot where none is named."""


def chart(
    kind: str,
    source: Source | Evaluation,
    *,
    by: str | None = None,
    figure: str | None = None,
    **asked: Unpack[Asked],
) -> "Chart":
    """One chart of tickets: `.figure` is a matplotlib Figure, `.title` its finding, `.alt` its figures in words,
    `.save("FILE.png|.svg|.pdf")` writes it; a notebook shows it.

    `kind` and what it can be drawn `by`:

    - types: bars of period and baseline with the change; by type or group.
    - months: period and baseline as two lines of months; of all tickets, by type (the four largest) or by group.
    - heat-map: tickets by month; by type or group.
    - contribution: what makes up the change of the total; by type or any other column that adds up.
    - places: the values with most tickets; by the place that a report shows, or by any other column.
    - services: rates and times of both windows.
    - funnel: a rate (`figure`, without it satisfaction) over the tickets of each unit (or `by`), with the limits in
      which it is expected.
    - control: every month of the data against its control limits.
    - confusion: which types are taken for which; `source` is an Evaluation, its JSON or a labelled sample.

    `period`, `against`, `where`, `settings`: as for `compare`; the language is the setting report.lang. Where only one
    type is left, `months` and `control` are about it. Raises UsageError for what the chart does not take, InputError for
    unusable files and for a control chart of fewer than twelve whole months before the period.

    >>> hs.chart("funnel", "data/samples/exports", figure="resolution_rate").save("units.pdf")  # doctest: +SKIP
    """
    column = drawable(kind, by, figure, asked)
    if kind == "confusion":
        return confusion(source, asked.get("settings"))
    if isinstance(source, Evaluation):
        raise UsageError("bad-source", found="Evaluation")
    facts = facts_of(source, in_force(asked.get("settings")))
    return DRAWN[kind](Wish(facts, column, (figure or FIGURE).replace("-", "_"), asked))


def drawable(kind: str, by: str | None, figure: str | None, asked: Asked) -> str | None:
    """The column to draw by. Raises UsageError `unknown-chart`, `chart-option`, `unknown-by` before anything is read."""
    if kind not in KINDS:
        raise UsageError("unknown-chart", found=kind, known=", ".join(KINDS))
    told: dict[str, object] = {"by": by, "figure": figure}
    if kind == "confusion":
        told |= {k: v for k in ("period", "against", "where") if (v := asked.get(k))}
    refused = [
        k for k, v in told.items()
        if v is not None and not (k == "by" and KINDS[kind]) and not (k == "figure" and kind == "funnel")
    ]  # fmt: skip
    if refused:
        raise UsageError("chart-option", kind=kind, option=refused[0])
    column = None if by is None else by.replace("-", "_")
    if column is not None and column not in KINDS[kind]:
        raise UsageError("unknown-by", found=by, known=", ".join(KINDS[kind]))
    return column


def chart_format(path: str | Path) -> str:
    """The suffix of a chart's file. Raises UsageError `chart-suffix` for one that is not known."""
    from hotline_stats.charts import format_of  # heavy

    return format_of(Path(path))
