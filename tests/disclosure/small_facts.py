"""A few invented tickets of two years with every column that a public report compares by."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from hotline_stats.analysis import analyse, crossings, settle
from hotline_stats.disclosure import public
from hotline_stats.model.disclosure import PUBLIC_PLACES
from hotline_stats.model.facts import CATEGORICAL, FACT_COLUMNS, Facts
from hotline_stats.model.period import parse
from hotline_stats.model.results import Results
from hotline_stats.model.types import Group, ProblemType, TypeScheme
from hotline_stats.settings.values import Settings

TYPES = ("parking", "noise", "repair", "other")
SCHEME = TypeScheme(
    id="small",
    version="1",
    types=tuple(ProblemType(t, t, t) for t in TYPES),
    groups=(
        Group("headline", "重点", "Headline", ("parking", "noise")),
        Group("property", "物业类投诉", "Property", ("noise", "repair"), ("投诉",)),
    ),
)
GROUPS = {g.id: (g.types, g.request_types) for g in SCHEME.groups}
PLACES = {"甲居委": "东街", "乙居委": "东街", "丙居委": "西街"}
CELLS = 2 * len(TYPES) * len(PLACES)
"""Counts of a year: months × types × places."""
Ticket = tuple[date, str, str, str, int]
"""Day, type, request type, community, tickets."""


def facts(tickets: Sequence[Ticket]) -> Facts:
    frame = pd.DataFrame(tickets, columns=["accepted", "type", "request_type", "community", "n"])
    frame["street"] = frame["community"].map(PLACES)
    frame["channel"], frame["estate"], frame["unit"] = "热线", frame["community"] + "苑", "城管中队"
    frame["closed"] = frame["accepted"]
    out = pd.DataFrame(index=pd.RangeIndex(len(frame)))
    for column, dtype in FACT_COLUMNS.items():
        values = frame[column].to_numpy() if column in frame else [None] * len(frame)
        if column == "type":
            out[column] = pd.Categorical(values, categories=list(TYPES))
        elif column in CATEGORICAL:
            out[column] = pd.Series(values, dtype=object).astype("category")
        elif column == "labels":
            out[column] = [1 << TYPES.index(t) for t in frame["type"]]
        elif dtype == "boolean":
            out[column] = pd.Series([pd.NA] * len(frame), dtype="boolean")
        else:
            out[column] = pd.Series(values).astype(dtype if dtype != "float64" else float)
    return Facts(out[list(FACT_COLUMNS)], SCHEME)


def spread(counts: Sequence[int], years: Sequence[int] = (2023, 2024)) -> list[Ticket]:
    """Counts for year × month (March, April) × type × place, in this order, cut where the counts end; request types in
    turn. Each year has 8 further tickets at either end, so that the windows hold whole years."""
    out: list[Ticket] = []
    kinds = ("投诉", "求助", "咨询")
    at = 0
    for year in years:
        for month, kind, place in ((m, t, p) for m in (3, 4) for t in TYPES for p in PLACES):
            if at < len(counts) and counts[at]:
                out.append((date(year, month, 9), kind, kinds[at % 3], place, int(counts[at])))
            at += 1
        out += [
            (date(year, 1, 1), "other", "投诉", "甲居委", 8),
            (date(year, 12, 31), "other", "求助", "丙居委", 8),
        ]
    return out


def both(
    tickets: Sequence[Ticket], period: str = "2024", against: str | None = None
) -> tuple[Results, Results]:
    """The results for the house and those for the public."""
    found = facts(tickets)
    windows = settle(found, parse(period), against)
    inside = analyse(found, windows, Settings())
    return inside, public(inside, crossings(found, windows, [p for p in PUBLIC_PLACES if p in inside.by]))


def some(seed: int, years: int = 2) -> list[int]:
    rng = np.random.default_rng(seed)
    return [int(n) for n in rng.choice([0, 0, 0, 0, 1, 2, 3, 4, 6, 12], years * CELLS)]


NESTED = (("street", "community", tuple((street, place) for place, street in PLACES.items())),)
