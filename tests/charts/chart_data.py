"""Results built by hand for charts: the types of a subdistrict and inputs that are hard to draw."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from hotline_stats.analysis.differences import Sample
from hotline_stats.analysis.expected import funnel
from hotline_stats.model.funnel import Funnel
from hotline_stats.model.period import Period, parse
from hotline_stats.model.results import (
    CHANGE_COLUMNS,
    Comparison,
    Contributions,
    Series,
    Verdict,
    Windows,
)
from hotline_stats.model.service_rows import COUNT_COLUMNS, PER_HOUSEHOLD, ROW_COLUMNS, ServiceRows
from hotline_stats.model.service_rows import COUNTS as COUNTED
from hotline_stats.model.services import ServiceFigure, ServiceFigures
from hotline_stats.model.types import Group, ProblemType, TypeScheme

Counts = Mapping[str, tuple[int, int]]

TYPES = (
    ("illegal_construction", "违法搭建", "Illegal construction", (66, 99)),
    ("corridor_clutter", "楼道堆物", "Clutter in corridors", (74, 106)),
    ("load_bearing", "损坏房屋承重结构", "Damage to load-bearing structure", (31, 38)),
    ("parking", "停车难", "Parking", (214, 260)),
    ("noise", "噪声扰民", "Noise", (180, 150)),
    ("group_rental", "群租", "Overcrowded rental", (4, 0)),
    ("other", "其他", "Other", (320, 300)),
)
SCHEME = TypeScheme(
    "test",
    "1",
    tuple(ProblemType(i, zh, en) for i, zh, en, _ in TYPES),
    (
        Group(
            "headline",
            "重点问题",
            "Headline problems",
            ("illegal_construction", "corridor_clutter", "load_bearing"),
        ),
    ),
)
COUNTS: Counts = {i: counts for i, _, _, counts in TYPES}


def windows(
    period: str = "2024", baseline: str = "2023", *, asked: str | None = None, covered: bool = True
) -> Windows:
    return Windows(
        parse(asked or period), parse(period), parse(baseline), "2023-01-01", "2024-12-31", covered
    )


def change_row(
    key: str, counts: tuple[int, int], verdict: str | None = None, covered: bool = True
) -> dict[str, Any]:
    """One row; without a `verdict`, changes of a tenth and more of at least ten tickets are sure."""
    current, baseline = counts
    pct = 100 * (current - baseline) / baseline if baseline and covered else None
    if not covered:
        status = "incomplete"
    elif not baseline and current:
        status = "new"
    elif baseline and not current:
        status = "gone"
    else:
        status = "small" if baseline < 10 else "ok"
    sure = "fall" if current < baseline else "rise"
    near = abs(current - baseline) < 0.1 * max(counts)
    few = not covered or max(counts) < 10
    verdict = verdict or ("too-few" if few else "within-noise" if near else sure)
    values = (key, current, baseline, current - baseline, pct, None, None, None, None, status, verdict)
    return dict(zip(CHANGE_COLUMNS, values, strict=True))


def change_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS), dtype=object)
    return frame.astype(dict.fromkeys(("current", "baseline", "change"), "int64"))


def comparison(
    counts: Counts = COUNTS,
    by: str = "type",
    span: Windows | None = None,
    scheme: TypeScheme = SCHEME,
    verdicts: Mapping[str, str] | None = None,
) -> Comparison:
    span, verdicts = span or windows(), verdicts or {}
    rows = [change_row(k, c, verdicts.get(k), span.covered) for k, c in counts.items()]

    def together(key: str, keys: tuple[str, ...]) -> dict[str, Any]:
        held = [counts.get(k, (0, 0)) for k in keys]
        both = (sum(c for c, _ in held), sum(b for _, b in held))
        return change_row(key, both, verdicts.get(key), span.covered)

    groups = [together(g.id, g.types) for g in scheme.groups] if by == "type" else []
    return Comparison(
        by, span, change_frame(rows), together("total", tuple(counts)), change_frame(groups), scheme
    )


def months_of(period: Period) -> list[str]:
    return [f"{y}-{m:02d}" for y, m in period.months]


def series(
    counts: Mapping[str, tuple[list[int], list[int]]],
    span: Windows | None = None,
    scheme: TypeScheme = SCHEME,
) -> Series:
    """Counts by month; where a window has fewer months, its month is "" and its count 0."""
    span = span or windows()
    own, other = months_of(span.period), months_of(span.baseline)
    n = max(len(own), len(other))
    complete = [span.period.whole_months or i < n - 1 for i in range(n)]
    parts = [
        pd.DataFrame(
            {
                "key": key,
                "position": range(n),
                "month": own + [""] * (n - len(own)),
                "baseline_month": other + [""] * (n - len(other)),
                "current": current + [0] * (n - len(current)),
                "baseline": baseline + [0] * (n - len(baseline)),
                "complete": complete,
            }
        )
        for key, (current, baseline) in counts.items()
    ]
    return Series(span, pd.concat(parts, ignore_index=True), scheme)


def waves(n: int = 12, scale: int = 1) -> tuple[list[int], list[int]]:
    """Two uneven rows of n months."""
    return [scale * ((7 * i) % 11 + 3) for i in range(n)], [scale * ((5 * i) % 13 + 4) for i in range(n)]


def contributions(compared: Comparison) -> Contributions:
    base = compared.total["baseline"] if compared.windows.covered else 0
    rows = compared.rows[["key", "change"]].sort_values("change", kind="stable", ignore_index=True)
    parts = [100 * int(c) / base if base else None for c in rows["change"]]
    rows = rows.assign(contribution_pp=pd.Series(parts, dtype=object))
    return Contributions(
        compared.by,
        compared.windows,
        rows,
        compared.total["change"],
        compared.total["change_pct"],
        compared.types,
    )


def figure(
    figure_id: str,
    current: float | None,
    baseline: float | None,
    unit: str = "pct",
    verdict: Verdict | None = None,
) -> ServiceFigure:
    """One figure; a rate with both values is within noise unless a `verdict` is given."""
    if verdict is None and unit == "pct" and current is not None and baseline is not None:
        verdict = "within-noise"
    change = None if current is None or baseline is None else current - baseline
    return ServiceFigure(
        id=figure_id,
        unit="pct" if unit == "pct" else "hours",
        clock="closed",
        current=current,
        baseline=baseline,
        numerator=None,
        baseline_numerator=None,
        denominator=100,
        baseline_denominator=100,
        excluded_n=0,
        baseline_excluded_n=0,
        change_pp=change,
        change_pct=None,
        verdict=verdict,
    )


def services(*figures: ServiceFigure, span: Windows | None = None) -> ServiceFigures:
    return ServiceFigures(span or windows(), figures, {})


SERVICES = (
    figure("contact_rate", 97.3, 94.1, verdict="rise"),
    figure("resolution_rate", 62.4, 55.0, verdict="rise"),
    figure("satisfaction", 81.26, 80.95),
    figure("on_time_rate", 100.0, 99.2),
    figure("repeat_rate", 10.3, 0.0),
    figure("unverified_rate", None, 12.0),
    figure("handling_median_hours", 41.2, 52.5, "hours"),
    figure("handling_p90_hours", 1118.4, 1500.0, "hours"),
)


def service_rows(
    held: Mapping[str, tuple[float, int]],
    figure_id: str = "satisfaction",
    *,
    by: str = "unit",
    span: Windows | None = None,
    min_n: int = 10,
) -> ServiceRows:
    """One rate of values with these numerators and denominators, with the ranges that the analysis expects."""
    scores = np.array([0.0, 1.0])
    k, n = (math.fsum(part[i] for part in held.values()) for i in (0, 1))
    shown = {key: part for key, part in held.items() if key and part[1] >= min_n}
    around = None
    if shown:
        whole = Sample(scores, np.array([n - k, k]))
        around = funnel(whole, [a / b for a, b in shown.values()], [b for _, b in shown.values()])
    rows = [
        _service_row(key, figure_id, part, around if key in shown else None, min_n)
        for key, part in held.items()
    ]
    counts = [{"key": key, **dict.fromkeys(COUNTED, 0), **dict.fromkeys(PER_HOUSEHOLD)} for key in held]
    total = replace(
        figure(figure_id, 100 * k / n if n >= min_n else None, None), numerator=k if n else None, denominator=int(n),
        baseline_denominator=0,
    )  # fmt: skip
    return ServiceRows(
        by, span or windows(), pd.DataFrame(counts, columns=list(COUNT_COLUMNS)),
        pd.DataFrame(rows, columns=list(ROW_COLUMNS), dtype=object), services(total, span=span),
        dict.fromkeys(COUNTED, 0), {} if around is None else {figure_id: around}, min_n, 0.95, SCHEME,
    )  # fmt: skip


def _service_row(
    key: str, figure_id: str, part: tuple[float, int], around: Funnel | None, min_n: int
) -> dict[str, Any]:
    k, n = part
    value = 100 * k / n if n >= min_n else None
    row: dict[str, Any] = dict.fromkeys(ROW_COLUMNS) | {
        "key": key, "figure": figure_id, "unit": "pct", "clock": "closed", "current": value, "numerator": k,
        "baseline_numerator": 0.0, "denominator": n, "baseline_denominator": 0, "excluded_n": 0, "baseline_excluded_n": 0,
    }  # fmt: skip
    if around is not None and value is not None:
        low, high = (100 * x for x in around.limits(n))
        flag = "below" if value < low else "above" if value > high else "within"
        row |= {"expected_low": low, "expected_high": high, "flag": flag}
    return row
