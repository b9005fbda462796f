"""Facts made by hand or by lot, for the tests of analysis."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from hotline_stats.model.columns import RATINGS
from hotline_stats.model.facts import CATEGORICAL, FACT_COLUMNS, Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Windows
from hotline_stats.model.types import Group, ProblemType, TypeScheme

SCHEME = TypeScheme(
    id="small",
    version="1",
    types=(
        ProblemType("noise", "噪声扰民", "noise"),
        ProblemType("parking", "停车难", "parking"),
        ProblemType("lift", "加梯难", "lifts"),
        ProblemType("other", "其他", "other"),
    ),
    groups=(
        Group("headline", "重点问题", "headline", ("noise", "parking")),
        Group("overlap", "重叠", "overlap", ("parking", "lift")),
        Group("complaints", "投诉", "complaints", ("noise", "parking"), ("投诉",)),
    ),
)


def make_facts(rows: Sequence[Mapping[str, Any]], scheme: TypeScheme = SCHEME) -> Facts:
    """Facts of rows that name only what matters; `accepted` and `closed` are ISO days, `n` is 1 by default."""
    given = pd.DataFrame(list(rows))
    columns = {name: _column(given, name, dtype, scheme, len(rows)) for name, dtype in FACT_COLUMNS.items()}
    return Facts(frame=pd.DataFrame(columns), types=scheme)


def _column(given: pd.DataFrame, name: str, dtype: str, scheme: TypeScheme, size: int) -> pd.Series:
    default: Any = {"type": "other", "n": 1, "labels": 0}.get(name)
    values = list(given[name]) if name in given else [default] * size
    values = [default if v is None or v != v else v for v in values]
    if dtype == "category":
        ordered = {"type": scheme.ids, "satisfaction": RATINGS}.get(name)
        categories = ordered or sorted({v for v in values if v is not None})
        return pd.Series(pd.Categorical(values, categories=pd.Index(list(categories), dtype=object)))
    if dtype == "datetime64[s]":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]"))
    return pd.Series(values, dtype=dtype)


def aggregated(facts: Facts) -> Facts:
    """The same tickets, one row a combination."""
    keys = [c for c in FACT_COLUMNS if c != "n"]
    counted = facts.frame.groupby(keys, dropna=False, observed=True, sort=False)["n"].sum().reset_index()
    frame = counted[list(FACT_COLUMNS)].copy()
    for name in ("type", *CATEGORICAL):
        frame[name] = frame[name].cat.set_categories(facts.frame[name].cat.categories)
    return Facts(frame=frame.astype({"n": "int64"}), types=facts.types)


def daily(first: date, last: date, n: int = 1, **values: Any) -> list[dict[str, Any]]:
    """One row a day, `n` tickets each."""
    days = (last - first).days + 1
    return [{"accepted": first + timedelta(days=i), "n": n, **values} for i in range(days)]


def monthly_rows(counts: Mapping[str, int], **values: Any) -> list[dict[str, Any]]:
    """Rows that hold each month's count on its first and last day, so that whole months are covered."""
    out = []
    for month, n in counts.items():
        year, number = (int(x) for x in month.split("-"))
        span = Period(date(year, number, 1), date(year, number, 1))
        last = (pd.Timestamp(span.start) + pd.offsets.MonthEnd(0)).date()
        out += [
            {"accepted": span.start, "n": n - n // 2, **values},
            {"accepted": last, "n": n // 2, **values},
        ]
    return out


def make_windows(
    period: Period, baseline: Period, covered: bool = True, start: str = "", end: str = ""
) -> Windows:
    return Windows(
        asked=period,
        period=period,
        baseline=baseline,
        data_start=start or baseline.start.isoformat(),
        data_end=end or period.end.isoformat(),
        covered=covered,
    )


def random_facts(
    size: int, seed: int, first: date = date(2022, 1, 1), days: int = 1096, places: int = 8
) -> Facts:
    """Tickets drawn by lot, every column filled, some values missing; the first and last day hold one each."""
    rng = np.random.default_rng(seed)
    offset = rng.integers(0, days, size)
    offset[:2] = (0, days - 1)
    accepted = np.datetime64(first) + offset
    hours = np.where(rng.random(size) < 0.9, np.rint(rng.exponential(100, size)), np.nan)
    closed = accepted + np.where(np.isnan(hours), 0, hours // 24).astype(int)
    frame: dict[str, Any] = {
        "accepted": accepted.astype("datetime64[s]"),
        "closed": np.where(np.isnan(hours), np.datetime64("NaT"), closed).astype("datetime64[s]"),
        "due": np.where(
            rng.random(size) < 0.8, accepted + rng.integers(1, 20, size), np.datetime64("NaT")
        ).astype("datetime64[s]"),
        "type": _drawn(rng, SCHEME.ids, size, 0.0),
        "labels": rng.integers(0, 16, size),
        **{c: _drawn(rng, [f"{c}-{i}" for i in range(places)], size, 0.1) for c in CATEGORICAL},
        "request_type": _drawn(rng, ["咨询", "投诉", "求助"], size, 0.05),
        "satisfaction": _drawn(rng, RATINGS, size, 0.4),
        "verified": _drawn(rng, ["不属实", "属实", "部分属实"], size, 0.2),
        **{c: _flag(rng, size) for c in ("contacted", "resolved", "on_time", "repeat")},
        "handling_hours": hours,
        "n": np.ones(size, dtype=np.int64),
    }
    return Facts(frame=pd.DataFrame(frame)[list(FACT_COLUMNS)], types=SCHEME)


def _drawn(rng: np.random.Generator, values: Sequence[str], size: int, missing: float) -> pd.Categorical:
    codes = np.where(rng.random(size) < missing, -1, rng.integers(0, len(values), size))
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(values), dtype=object))


def _flag(rng: np.random.Generator, size: int) -> pd.arrays.BooleanArray:
    return pd.arrays.BooleanArray(rng.random(size) < 0.7, rng.random(size) < 0.2)
