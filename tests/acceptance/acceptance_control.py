"""A control chart by the sentences that define it: limits from the months of the base, Nelson's tests 1, 2 and 5
as looks at every stretch of months, moving sums by pandas."""

import math
from typing import Any

import pandas as pd
from scipy.stats import norm, t

from hotline_stats.messages import text

_LEAST_MEAN, _RUN = 5, 9


def control(counts: pd.Series, base_end: str) -> dict[str, Any]:
    """Months, limits and signals of one key. `counts`: by month, all of them whole; the base are those to `base_end`."""
    days = [pd.Period(m).days_in_month for m in counts.index]
    size = int((counts.index <= base_end).sum())
    base, n = [int(x) for x in counts[:size]], [int(x) for x in counts]
    rate = sum(base) / sum(days[:size])
    known = sum(base) >= _LEAST_MEAN * size
    assert size < 24, "a base of two years has a centre for each month of the year"
    widening = max(1.0, _spread(base, days[:size], rate)) if known else None
    wide = t.isf(norm.sf(3), size - 1) / 3 * math.sqrt(1 + 1 / size)
    centre = [rate * d if known else None for d in days]
    sigma = [math.sqrt(rate * d) * widening * wide if known and widening else None for d in days]
    found = _signals([(x - c) / s for x, c, s in zip(n, centre, sigma, strict=True)]) if known else []  # type: ignore[operator]
    sums = counts.rolling(12).sum()
    months = [
        {
            "month": month,
            "n": n[i],
            "days": days[i],
            "complete": True,
            "year_before": n[i - 12] if i >= 12 else None,
            "sum_12": None if math.isnan(sums.iloc[i]) else int(sums.iloc[i]),
            "centre": centre[i],
            "low": None if sigma[i] is None else max(0.0, rate * days[i] - 3 * sigma[i]),  # type: ignore[operator]
            "high": None if sigma[i] is None else rate * days[i] + 3 * sigma[i],  # type: ignore[operator]
            "rules": list(dict.fromkeys(s[2] for s in found if s[0] <= i <= s[1])),
        }
        for i, month in enumerate(counts.index)
    ]
    return {
        "base_n": sum(base),
        "per_day": rate if known else None,
        "widening": widening,
        "months": months,
        "signals": [_told(s, list(counts.index)) for s in found],
    }


def _spread(counts: list[int], days: list[int], rate: float) -> float:
    chi2 = sum((n - rate * d) ** 2 / (rate * d) for n, d in zip(counts, days, strict=True))
    return math.sqrt(chi2 / (len(counts) - 1))


def _signals(z: list[float]) -> list[tuple[int, int, str, bool]]:
    """(first, last, rule, above), in order; stretches of one rule and side that share a month are one."""
    out = []
    for above in (False, True):
        side = [x if above else -x for x in z]
        hits: dict[str, list[tuple[int, int]]] = {
            "outside": [(i, i) for i, x in enumerate(side) if x > 3],
            "run": [(i, i + _RUN - 1) for i in range(len(z) - _RUN + 1) if min(side[i : i + _RUN]) > 0],
            "two-of-three": [
                (i, j)
                for i in range(len(z))
                for j in (i + 1, i + 2)
                if j < len(z) and side[i] > 2 and side[j] > 2
            ],
        }
        for rule, spans in hits.items():
            joined: list[tuple[int, int]] = []
            for first, last in spans:
                if rule != "outside" and joined and first <= joined[-1][1]:
                    joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
                else:
                    joined.append((first, last))
            out += [(first, last, rule, above) for first, last in joined]
    return sorted(out)


def _told(signal: tuple[int, int, str, bool], months: list[str]) -> dict[str, Any]:
    first, last, rule, above = signal
    side, n = "above" if above else "below", last - first + 1
    said = text("names", f"signal-{rule}-{side}", "zh", start=months[first], end=months[last], n=n)
    return {
        "rule": rule,
        "side": side,
        "start": months[first],
        "end": months[last],
        "months_n": n,
        "text": said,
    }
