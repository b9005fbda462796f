"""Which charts a report shows, by the slot in which the Document places them."""

from hotline_stats import charts
from hotline_stats.charts import Chart
from hotline_stats.messages import Lang
from hotline_stats.model.facts import SHOWN_PLACES
from hotline_stats.model.results import Results
from hotline_stats.model.service_rows import ServiceRows
from hotline_stats.reports.rows import judged, shown_groups, shown_types

_MOST = 15
_UNITS = 5
"""From so many units on a report draws how they differ."""


def figures(results: Results, lang: Lang, top_n: int = _MOST) -> tuple[Chart, ...]:
    """The charts of the report, in its order. `top_n`: bars of a ranking, at most 15."""
    return tuple(by_slot(results, lang, top_n).values())


def by_slot(results: Results, lang: Lang, top_n: int = _MOST) -> dict[str, Chart]:
    """The charts by slot. What cannot be told without a baseline is not drawn."""
    out: dict[str, Chart] = {}
    counted, types = shown_groups(results), shown_types(results)
    months = len(results.windows.period.months)
    if results.windows.covered and results.types.total["current"] + results.types.total["baseline"]:
        shown = [t for t in counted["headline"].types if t in types] if "headline" in counted else types
        out["type_change"] = charts.type_change(results.types, shown, lang)
    whole = types[0] if len(types) == 1 else "total"
    if months > 1:
        for group_id in ("headline", "property"):
            if group_id in counted:
                out[f"monthly_{group_id}"] = charts.monthly_lines(results.series, (group_id,), lang)
        if "headline" not in counted:
            out["monthly_headline"] = charts.monthly_lines(results.series, (whole,), lang)
        if len(types) > 1:
            out["heat_map"] = charts.heat_map(results.series, types, lang)
    if results.course is not None and results.course.has_limits(whole):
        out["control"] = charts.control_chart(results.course, whole, lang)
    if judged(results):
        out["contribution"] = charts.contribution(results.contributions, lang)
    if any(f.current is not None and f.unit == "pct" for f in results.services.figures):
        out["service"] = charts.service(results.services, lang)
    if results.units is not None:
        for figure_id in results.units.funnels:
            if _units_with(results.units, figure_id) >= _UNITS:
                out[f"funnel_{figure_id}"] = charts.funnel_plot(results.units, figure_id, lang)
    for by in (*[p for p in SHOWN_PLACES if _worth_drawing(results, p)][:1], "unit"):
        if _worth_drawing(results, by):
            out[f"place_{by}"] = charts.place_bars(results.by[by], lang, min(top_n, _MOST))
    return out


def _units_with(units: ServiceRows, figure_id: str) -> int:
    """How many units have enough tickets for a figure."""
    rows = units.figure(figure_id)
    return int((rows["current"].notna() & (rows["key"] != "")).sum())


def _worth_drawing(results: Results, by: str) -> bool:
    """Whether at least two named values can be set side by side."""
    return by in results.by and sum(k != "" for k in results.by[by].rows["key"]) > 1
