"""From what is asked to each chart: which result it is drawn from, and which rows of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from hotline_stats import analysis
from hotline_stats.analysis.control import MIN_MEAN
from hotline_stats.api.asked import Source, Where, facts_and_windows, in_force, pairs, paths
from hotline_stats.api.figures import compare, contributions, series, services, services_by
from hotline_stats.api.rules import evaluate, load_evaluation
from hotline_stats.errors import InputError, UsageError
from hotline_stats.messages import Lang
from hotline_stats.model.evaluation import Evaluation
from hotline_stats.model.facts import SHOWN_PLACES, Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Comparison, Series
from hotline_stats.reports.rows import groups_of, types_of
from hotline_stats.settings import Loaded

if TYPE_CHECKING:
    from hotline_stats.charts import Chart

_PANELS = 4


class Asked(TypedDict, total=False):
    """What every chart of tickets takes, as the other verbs do."""

    period: str | int | Period | None
    against: str | int | Period | None
    where: Where
    settings: Loaded | None


@dataclass(frozen=True)
class Wish:
    """What is to be drawn: of which tickets, by which column (None = as is usual), which service figure."""

    facts: Facts
    by: str | None
    figure: str
    asked: Asked

    @property
    def loaded(self) -> Loaded:
        return in_force(self.asked.get("settings"))

    @property
    def lang(self) -> Lang:
        return self.loaded.settings.report.lang


def _types(wish: Wish) -> "Chart":
    from hotline_stats.charts import type_change

    found = compare(wish.facts, wish.by or "type", **wish.asked)
    keys = types_of(found) if found.by == "type" else _groups(found)
    return type_change(found, keys, wish.lang)


def _months(wish: Wish) -> "Chart":
    from hotline_stats.charts import monthly_lines

    found = compare(wish.facts, "type", **wish.asked)
    keys: tuple[str, ...] = (_subject(found),)
    if wish.by == "group":
        keys = tuple(groups_of(found))[:_PANELS] or keys
    elif wish.by == "type":
        largest = found.rows.sort_values("current", ascending=False, kind="stable")
        keys = tuple(str(k) for k in largest["key"].head(_PANELS))
    return monthly_lines(_monthly(wish), keys, wish.lang)


def _heat_map(wish: Wish) -> "Chart":
    from hotline_stats.charts import heat_map

    found = compare(wish.facts, "type", **wish.asked)
    keys = tuple(groups_of(found)) if wish.by == "group" else ()
    return heat_map(_monthly(wish), keys or types_of(found), wish.lang)


def _contribution(wish: Wish) -> "Chart":
    from hotline_stats.charts import contribution

    return contribution(contributions(wish.facts, wish.by or "type", **wish.asked), wish.lang)


def _places(wish: Wish) -> "Chart":
    from hotline_stats.charts import place_bars

    by = wish.by or next((p for p in (*SHOWN_PLACES, "unit") if _has(wish.facts, p)), SHOWN_PLACES[0])
    _needs(wish.facts, by)
    return place_bars(compare(wish.facts, by, **wish.asked), wish.lang, wish.loaded.settings.report.top_n)


def _services(wish: Wish) -> "Chart":
    from hotline_stats.charts import service

    return service(services(wish.facts, **wish.asked), wish.lang)


def _funnel(wish: Wish) -> "Chart":
    from hotline_stats.charts import funnel_plot

    by = wish.by or "unit"
    _needs(wish.facts, by)
    found = services_by(wish.facts, by, **wish.asked)
    rates = [f.id for f in found.total.figures if f.unit == "pct"]
    if wish.figure not in rates:
        raise UsageError("unknown-figure", found=wish.figure, known=", ".join(rates))
    return funnel_plot(found, wish.figure, wish.lang)


def _control(wish: Wish) -> "Chart":
    from hotline_stats.charts import control_chart

    found, key = series(wish.facts, "type", **wish.asked), _subject(compare(wish.facts, "type", **wish.asked))
    if found.base is None:
        raise InputError("chart-no-limits")
    if not found.has_limits(key):
        raise InputError("chart-few-for-limits", least=f"{MIN_MEAN:g}")
    return control_chart(found, key, wish.lang)


def confusion(source: Source | Evaluation, settings: Loaded | None) -> "Chart":
    """The confusion of an evaluation, of its JSON, or of a labelled sample, which is then evaluated."""
    from hotline_stats.charts import confusion as draw

    lang = in_force(settings).settings.report.lang
    if isinstance(source, Evaluation):
        return draw(source, lang)
    files = paths(source)  # type: ignore[arg-type]
    if len(files) != 1:
        raise UsageError("chart-one-sample", n=len(files))
    file = Path(files[0])
    found = load_evaluation(file) if file.suffix.lower() == ".json" else evaluate(file, settings=settings)
    return draw(found, lang)


def _subject(found: Comparison) -> str:
    """The type that all tickets selected are of, else the total."""
    shown = types_of(found)
    return shown[0] if len(shown) == 1 else "total"


def _groups(found: Comparison) -> tuple[str, ...]:
    """The groups that a comparison by group counts and that have any ticket."""
    rows = found.rows[(found.rows["current"] > 0) | (found.rows["baseline"] > 0)]
    return tuple(str(k) for k in rows.loc[rows["status"] != "uncountable", "key"])


def _monthly(wish: Wish) -> Series:
    """The months of period and baseline by type, group and in all."""
    period, against = wish.asked.get("period"), wish.asked.get("against")
    facts, windows = facts_and_windows(wish.facts, period, against, wish.loaded)
    chosen = analysis.canonical(facts.types, pairs(wish.asked.get("where", ())))
    return replace(analysis.monthly(analysis.where(facts, chosen), windows), where=chosen)


def _has(facts: Facts, column: str) -> bool:
    return bool(facts.frame[column].notna().any())


def _needs(facts: Facts, column: str) -> None:
    if not _has(facts, column):
        raise UsageError("empty-column", column=column)


DRAWN: "Mapping[str, Callable[[Wish], Chart]]" = {
    "types": _types,
    "months": _months,
    "heat-map": _heat_map,
    "contribution": _contribution,
    "places": _places,
    "services": _services,
    "funnel": _funnel,
    "control": _control,
}
"""The charts of tickets."""
