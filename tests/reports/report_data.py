"""Invented tickets for the tests of documents: two years, eighteen types, places, units and services."""

import numpy as np
import pandas as pd

from hotline_stats.analysis import analyse, settle
from hotline_stats.model.columns import RATINGS
from hotline_stats.model.facts import CATEGORICAL, FACT_COLUMNS, Facts
from hotline_stats.model.findings import FINDING_COLUMNS, FileIntake, Intake
from hotline_stats.model.period import Period, parse
from hotline_stats.model.results import Provenance, Results
from hotline_stats.model.types import Group, ProblemType, TypeScheme
from hotline_stats.settings.values import Settings

TYPES = (
    ("illegal_construction", "违法搭建", "Illegal construction", 500, 332),
    ("corridor_clutter", "楼道堆物", "Corridor clutter", 420, 293),
    ("load_bearing", "损坏房屋承重结构", "Load-bearing damage", 60, 52),
    ("cooking_fumes", "餐饮油烟", "Cooking fumes", 180, 171),
    ("home_renewal", "美丽家园建设", "Home renewal", 150, 190),
    ("nimby", "邻避矛盾", "Nimby", 8, 5),
    ("parking", "停车难", "Parking", 640, 520),
    ("lift", "加梯难", "Lift", 110, 121),
    ("noise", "噪声扰民", "Noise", 800, 830),
    ("property_service", "物业服务", "Property service", 900, 700),
    ("owners_committee", "业委会与维修资金", "Owners' committee", 230, 200),
    ("building_repair", "房屋维修与质量", "Building repair", 610, 540),
    ("other", "其他", "Other", 1500, 1480),
)  # fmt: skip
SCHEME = TypeScheme(
    id="wujiaochang",
    version="2024.1",
    types=tuple(ProblemType(i, zh, en) for i, zh, en, _, _ in TYPES),
    groups=(
        Group("headline", "八类重点问题", "Eight headline problems", tuple(t[0] for t in TYPES[:8])),
        Group(
            "property", "物业类投诉", "Property complaints",
            ("property_service", "owners_committee", "building_repair"), ("投诉",),
        ),
    ),
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    "[/x][urgent]",
    "=cmd|' /C calc'!A0",
    "\u202e甲乙丙居委会\u200f",
    "很长的名字" * 30,
    "两行\n的\t名字\x1b[31m",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "\ufffe不能\x0b写\uffff的\x00字",
    "a&amp;b <w:t/> ]]> {{7*7}} $x$",
)
COMMUNITIES = tuple(f"第{i}居委会" for i in range(1, 27))


def facts(
    communities: tuple[str, ...] = COMMUNITIES, types: tuple[tuple[str, str, str, int, int], ...] = TYPES
) -> Facts:
    """One row a ticket; the numbers of TYPES hold exactly, everything else is drawn with a fixed seed."""
    rng = np.random.default_rng(7)
    kinds = np.concatenate([np.repeat(t[0], n) for t in types for n in t[3:]])
    years = np.concatenate([np.repeat(y, n) for t in types for y, n in ((2023, t[3]), (2024, t[4]))])
    n = len(kinds)
    accepted = pd.to_datetime([f"{y}-01-01" for y in years]) + pd.to_timedelta(
        rng.integers(0, 365, n), unit="D"
    )
    accepted = accepted.to_numpy().copy()
    accepted[0], accepted[-1] = np.datetime64("2023-01-01"), np.datetime64("2024-12-31")
    accepted[np.flatnonzero(years == 2024)[::350]] = np.datetime64("2024-12-31")  # an ordinary last day
    accepted = pd.to_datetime(accepted)
    hours = rng.gamma(2.0, 40.0, n).round(1)
    closed = (accepted + pd.to_timedelta(hours, unit="h")).floor("D")
    order = {t.id: i for i, t in enumerate(SCHEME.types)}
    frame = pd.DataFrame({"accepted": accepted, "closed": closed, "type": kinds})
    frame["labels"] = [1 << order[k] for k in kinds]
    draw = {
        "request_type": (("投诉", "求助", "咨询"), (0.62, 0.3, 0.08)),
        "channel": (("12345热线", "随申办", "网上信箱"), (0.8, 0.15, 0.05)),
        "station": (("东片区", "西片区", "南片区"), (0.5, 0.3, 0.2)),
        "unit": (("城管中队", "房管所", "市场所", "绿化市容所", "派出所"), (0.4, 0.3, 0.15, 0.1, 0.05)),
        "verified": (("属实", "部分属实", "不属实"), (0.6, 0.25, 0.15)),
    }
    for column, (values, weights) in draw.items():
        frame[column] = rng.choice(values, n, p=weights)
    frame["community"] = rng.choice([*communities, None], n) if communities else None
    late = years == 2024
    frame["satisfaction"] = np.where(
        late,
        rng.choice([*RATINGS, None], n, p=[0.5, 0.1, 0.05, 0.1, 0.25]),
        rng.choice([*RATINGS, None], n, p=[0.42, 0.1, 0.05, 0.18, 0.25]),
    )
    frame["contacted"] = rng.random(n) < np.where(late, 0.95, 0.88)
    frame["resolved"] = rng.random(n) < 0.61
    frame["on_time"] = rng.random(n) < 0.97
    frame["repeat"] = rng.random(n) < 0.08
    frame["handling_hours"] = hours
    frame["n"] = 1
    return typed(frame)


def typed(frame: pd.DataFrame, scheme: TypeScheme = SCHEME) -> Facts:
    """The frame with the columns and dtypes of Facts; what it lacks is missing."""
    out = pd.DataFrame(index=pd.RangeIndex(len(frame)))
    for column, dtype in FACT_COLUMNS.items():
        values = frame[column].to_numpy() if column in frame else None
        if column == "type":
            out[column] = pd.Categorical(values, categories=list(scheme.ids))
        elif column == "satisfaction":
            out[column] = pd.Categorical(
                values if values is not None else [None] * len(frame), categories=list(RATINGS)
            )
        elif column in CATEGORICAL:
            out[column] = pd.Series(
                values if values is not None else [None] * len(frame), dtype=object
            ).astype("category")
        elif values is None:
            out[column] = pd.Series([pd.NA if dtype == "boolean" else np.nan] * len(frame), dtype=dtype)
        else:
            out[column] = pd.Series(values).astype(dtype)
    return Facts(out[list(FACT_COLUMNS)], scheme)


def results(tickets: Facts | None = None, period: str = "2024", against: str | None = None) -> Results:
    found = facts() if tickets is None else tickets
    base: Period | None = None if against is None else parse(against)
    return analyse(found, settle(found, parse(period), base), Settings())


def intake(file: str = "2024年工单.csv", kept: int = 12000, rejected: int = 3, duplicates: int = 7) -> Intake:
    account = FileIntake(
        file=file, sha256="ab" * 32, bytes=123456, encoding="gb18030", delimiter=",", header_row=3,
        mapping=(("工单编号", "ticket_id"), ("受理时间", "accepted_at"), ("诉求内容", "content")), unmapped=("备注", "处理意见"),
        rows_in=kept + rejected + duplicates, rejected=rejected, duplicates=duplicates,
    )  # fmt: skip
    found = [(file, 10 + i, "", "blank-row", "") for i in range(rejected)]
    found += [(file, 90 + i, "", "duplicate-ticket", "") for i in range(duplicates)]
    frame = pd.DataFrame(found, columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS)
    return Intake(files=(account,), kept=kept, findings=frame)


def provenance() -> Provenance:
    return Provenance(
        program_version="0.1.0",
        taxonomy_id="wujiaochang",
        taxonomy_version="2024.1",
        taxonomy_sha256="cd" * 32,
        taxonomy_from=None,
        taxonomy_to=None,
        settings=(
            ("comparison.confidence", "0.95", "default"),
            ("comparison.min_n", "10", "default"),
            ("top_n", "12", "--top"),
        ),
    )


__all__ = ["HOSTILE", "SCHEME", "TYPES", "facts", "intake", "provenance", "results", "typed"]
