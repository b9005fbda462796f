"""Rates of units and the range in which each is expected, computed anew."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

NOW = 2024


def units(found: pd.DataFrame, of: Mapping[str, pd.Series]) -> list[dict[str, Any]]:
    """Rates of units with funnel limits: 99.8 % on the scale asin √, widened by the winsorised mean of z²."""
    order = found[found["accepted"].dt.year == NOW]["unit"].value_counts()
    out = []
    for key in ("resolution_rate", "satisfaction"):
        part = pd.DataFrame({"unit": found["unit"], "score": of[key].astype(float)})
        part = part[found["closed"].dt.year == NOW].dropna(subset="score")
        mean = part["score"].mean()
        noise = part["score"].var(ddof=0) / (mean * (1 - mean))
        by = part.groupby("unit")["score"].agg(["mean", "size"])
        z = 2 * np.sqrt(by["size"] / noise) * (np.arcsin(np.sqrt(by["mean"])) - math.asin(math.sqrt(mean)))
        wide = max(1.0, float((z.clip(z.quantile(0.1), z.quantile(0.9)) ** 2).mean()))
        rows = []
        for unit in sorted(by.index, key=lambda u: (-order[u], u)):
            n, rate = int(by.loc[unit, "size"]), 100 * float(by.loc[unit, "mean"])
            half = float(norm.ppf(0.999)) * math.sqrt(noise * wide / n) / 2
            low, high = (math.asin(math.sqrt(mean)) + s * half for s in (-1, 1))
            low, high = (100 * math.sin(min(max(x, 0.0), math.pi / 2)) ** 2 for x in (low, high))
            flag = "below" if rate < low else "above" if rate > high else "within"
            rows.append(
                {
                    "key": unit, "name": unit, "denominator": n, "current": rate, "expected_low": low,
                    "expected_high": high, "flag": flag,
                }
            )  # fmt: skip
        out.append({"id": key, "current": 100 * float(mean), "spread": wide, "rows": rows})
    return out
