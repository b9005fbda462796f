"""What became of the samples' tickets, ticket by ticket: working days, open tickets, and times that count them."""

import math
import statistics
import tomllib
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from acceptance_interval import CONFIDENCE
from acceptance_samples import ROOT
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

LIMITS = {"咨询": 1, "建议": 1, "求助": 5, "投诉": 5}
COMPLEX = 15
DATA_END = date(2024, 12, 31)
DAY = timedelta(days=1)


@cache
def official() -> dict[date, bool]:
    """Whether a day of the official calendar, where the program has one, is a working day."""
    path = ROOT / "src/hotline_stats/resources/calendar.toml"
    if not path.exists():
        return {}
    out = {}
    for year, entry in tomllib.loads(path.read_text("utf-8"))["official"].items():
        for key, works in (("off", False), ("work", True)):
            for text in entry[key]:
                ends = [date.fromisoformat(f"{year}-{part}") for part in text.split("..")]
                for i in range((ends[-1] - ends[0]).days + 1):
                    out[ends[0] + i * DAY] = works
    return out


def works(day: date) -> bool:
    return official().get(day, day.weekday() < 5)


@cache
def deadline(accepted: date, limit: int) -> date:
    """The last day of a limit: as many working days after the day of acceptance."""
    day = accepted
    while limit:
        day += DAY
        limit -= works(day)
    return day


def days(moments: pd.Series) -> list[date | None]:
    return [None if pd.isna(m) else m.date() for m in moments]


def within(found: pd.DataFrame, limits: dict[str, int] | int) -> pd.Series:
    """1 or 0 for a closed ticket with a limit, else missing."""
    out = []
    rows = zip(days(found["accepted"]), days(found["closed"]), found["request_type"], strict=True)
    for accepted, closed, request in rows:
        limit = limits if isinstance(limits, int) else limits.get(request, 0)
        known = closed is not None and limit > 0
        out.append(float(closed <= deadline(accepted, limit)) if known else math.nan)
    return pd.Series(out, index=found.index)


def open_tickets(found: pd.DataFrame, year: int) -> dict[str, Any]:
    end = date(year, 12, 31)
    part = found[found["accepted"].dt.year == year]
    assert ((part["resolved"] == "") & (part["satisfaction"] == ""))[part["closed"].isna()].all()
    still = part[part["closed"].isna() | (part["closed"].dt.date > end)]
    accepted = days(still["accepted"])
    limited = [(a, LIMITS[r]) for a, r in zip(accepted, still["request_type"], strict=True) if r in LIMITS]
    due = [d for d in days(still["due"]) if d is not None]
    return {
        "as_of": end.isoformat(),
        "accepted_n": len(part),
        "closed_n": len(part) - len(still),
        "unknown_n": 0,
        "open_n": len(still),
        "median_age_days": float(statistics.median((end - a).days for a in accepted)),
        "limited_n": len(limited),
        "over_limit_n": sum(deadline(a, limit) <= end for a, limit in limited),
        "due_n": len(due),
        "overdue_n": sum(d <= end for d in due),
    }


def with_open(found: pd.DataFrame, year: int) -> dict[str, Any]:
    part = found[found["accepted"].dt.year == year]
    followed = np.array([24.0 * (DATA_END - a).days for a in days(part["accepted"])])
    hours = ((part["closed"] - part["accepted"]).dt.total_seconds() / 3600).to_numpy()
    closed = hours <= followed
    curve = SurvfuncRight(np.where(closed, hours, followed), closed)
    share, low, high, n = within_limit(part)
    return {
        "as_of": DATA_END.isoformat(),
        "n": len(part),
        "closed_n": int(closed.sum()),
        "censored_n": int((~closed).sum()),
        "excluded_n": 0,
        "median_hours": first_below(curve, 0.5),
        "p90_hours": first_below(curve, 0.1),
        "limited_n": n,
        "within_limit_pct": share,
        "low_pct": low,
        "high_pct": high,
    }


def first_below(curve: SurvfuncRight, left: float) -> float:
    return float(min(t for t, s in zip(curve.surv_times, curve.surv_prob, strict=True) if s <= left + 1e-12))


def within_limit(part: pd.DataFrame) -> tuple[float, float, float, int]:
    """Each limit by itself, by the shares of its tickets: one day more is one step of the product."""
    left = variance = 0.0
    groups = {limit: part[part["request_type"].map(LIMITS) == limit] for limit in set(LIMITS.values())}
    total = sum(len(g) for g in groups.values())
    for limit, group in groups.items():
        product, spread = 1.0, 0.0
        pairs = list(zip(days(group["accepted"]), days(group["closed"]), strict=True))
        for step in range(limit + 1):
            seen = [(a, c) for a, c in pairs if deadline(a, step) <= DATA_END]
            at_risk = [(a, c) for a, c in seen if step == 0 or c is None or c > deadline(a, step - 1)]
            gone = sum(c is not None and c <= deadline(a, step) for a, c in at_risk)
            product *= 1 - gone / len(at_risk)
            spread += gone / (len(at_risk) * (len(at_risk) - gone))
        weight = len(group) / total
        left += weight * product
        variance += weight**2 * product**2 * spread
    half = norm.ppf(0.5 + CONFIDENCE / 2) * math.sqrt(variance) / abs(left * math.log(left))
    ends = (1 - left ** math.exp(-half), 1 - left ** math.exp(half))
    return 100 * (1 - left), 100 * ends[0], 100 * ends[1], total
