"""What makes up the change of the total: a waterfall of its parts."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from hotline_stats import numbers
from hotline_stats.charts.chart import Chart, chart_id
from hotline_stats.charts.sentences import frame_words, key_name, say
from hotline_stats.charts.waterfall import Part, draw_waterfall
from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.results import Contributions


def contribution(contributions: Contributions, lang: Lang, top: int = 10) -> Chart:
    """Which types (or places) make up the change of the total, and by how much?

    Percentage points of the baseline total, which add up to its change in percent; tickets when the baseline
    is zero. The `top` parts by size, falls first; the others are one bar, the total is the last. Arithmetic,
    not a verdict: the wording calls nothing a fall or a rise.
    """
    parts = _parts(contributions, lang, top) if contributions.windows.covered else []
    title = _finding(contributions, lang)
    by_points = contributions.total_change_pct is not None
    unit = say("unit-points" if by_points else "unit-tickets", lang)
    words = frame_words(title, contributions, lang, unit, [say("contribution-note", lang) if parts else ""])
    said = [
        say("said-contribution", lang, name=p.name, points=numbers.points(p.points, lang),
            change=names.tickets(p.change, lang, signed=True))
        for p in parts
    ]  # fmt: skip
    alt = say("stop", lang).join([title, words.subtitle, say("semicolon", lang).join(said)])
    return Chart(
        chart_id("contribution", contributions.by),
        draw_waterfall(words, parts, by_points, lang).figure,
        title,
        alt,
    )


def _parts(contributions: Contributions, lang: Lang, top: int) -> list[Part]:
    """The bars in order, each starting where the one before ended."""
    largest = _largest(contributions)
    shown, rest = sorted(largest[:top], key=lambda r: (r["change"], str(r["key"]))), largest[top:]
    by_points = contributions.total_change_pct is not None
    bars: list[tuple[str, float | None, int]] = [
        (
            key_name(contributions.types, contributions.by, str(r["key"]), lang),
            r["contribution_pp"],
            r["change"],
        )
        for r in shown
    ]
    if rest:
        merged = sum(r["contribution_pp"] for r in rest) if by_points else None
        bars.append((say("rest", lang, n=len(rest)), merged, sum(r["change"] for r in rest)))
    bars += _untold(contributions, largest, lang)
    out, start = [], 0.0
    for name, points, change in bars:
        size = float(points if points is not None else change)
        out.append(Part(name, start, size, points, change))
        start += size
    pct, change = contributions.total_change_pct, contributions.total_change or 0
    whole = float(change) if pct is None else pct
    return [*out, Part(text("notes", "total", lang), 0.0, whole, pct, change, total=True)]


def _untold(
    contributions: Contributions, told: list[Mapping[Hashable, Any]], lang: Lang
) -> list[tuple[str, float | None, int]]:
    """One bar for the rows whose change is suppressed: what is left of the total."""
    n = int(contributions.rows["change"].isna().sum())
    if not n or contributions.total_change is None:
        return []
    change = contributions.total_change - sum(r["change"] for r in told)
    pct = contributions.total_change_pct
    points = None if pct is None else pct - sum(r["contribution_pp"] for r in told)
    return [(say("rest-untold", lang, n=n), points, change)]


def _largest(contributions: Contributions) -> list[Mapping[Hashable, Any]]:
    """The rows that changed, by size of the change."""
    rows = [r for r in contributions.rows.to_dict("records") if pd.notna(r["change"]) and r["change"]]
    return sorted(rows, key=lambda r: (-abs(r["change"]), str(r["key"])))


def _finding(contributions: Contributions, lang: Lang) -> str:
    if not contributions.windows.covered:
        return say("contribution-uncovered", lang)
    largest = _largest(contributions)
    if not largest:
        return say("contribution-flat", lang)
    name = key_name(contributions.types, contributions.by, str(largest[0]["key"]), lang)
    if contributions.total_change_pct is None:
        change = names.tickets(largest[0]["change"], lang, signed=True)
        total = names.tickets(contributions.total_change or 0, lang, signed=True)
        return say("contribution-title-count", lang, name=name, total=total, change=change)
    total = numbers.percent(contributions.total_change_pct, lang, signed=True)
    points = numbers.points(largest[0]["contribution_pp"], lang)
    return say("contribution-title", lang, name=name, total=total, points=points)
