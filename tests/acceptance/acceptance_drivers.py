"""What made a change, by plain sums: contributions with volume and mix, the largest place of a type, rates by mix and
own rate."""

from typing import Any

import pandas as pd

Row = dict[str, Any]


def contributed(rows: list[Row], total: Row) -> list[Row]:
    """With n = N · s, the change of n at the mean share (volume) and at the mean total (mix), in points of N before."""
    now, then = total["current"], total["baseline"]
    out = []
    for row in rows:
        share, before = row["current"] / now, row["baseline"] / then
        out.append(
            row
            | {
                "contribution_pp": 100 * row["change"] / then,
                "volume_pp": 100 * (now - then) * (share + before) / 2 / then,
                "mix_pp": 100 * (share - before) * (now + then) / 2 / then,
            }
        )
    return out


def located(rows: list[Row]) -> list[Row]:
    """Of each type, the community that changed most the way of the type."""
    out = []
    for key in sorted({r["type"] for r in rows}):
        own = [r for r in rows if r["type"] == key]
        counts = {c: sum(r[c] for r in own) for c in ("current", "baseline", "change")}
        down = counts["change"] < 0
        assert counts["change"] and max(counts["current"], counts["baseline"]) >= 10
        same = [r for r in own if r["change"] and (r["change"] < 0) == down]
        first = sorted(same, key=lambda r: (-abs(r["change"]), r["community"]))[0]
        whole = sum(r["change"] for r in same)
        out.append(
            {
                "key": key,
                **counts,
                "where": first["community"],
                "where_change": first["change"],
                "same_way_change": whole,
                "where_share": first["change"] / whole,
                "where_n": len(same),
            }
        )
    return sorted(out, key=lambda r: (r["change"], r["key"]))


def of_rate(now: pd.DataFrame, then: pd.DataFrame) -> tuple[list[Row], float, float]:
    """Kitagawa's two parts of the change of a mean score, type by type, and their sums. Every type of the samples has
    rated tickets in both years."""
    means, counts = ([x.groupby("type")["score"].agg(how) for x in (now, then)] for how in ("mean", "count"))
    whole = (now["score"].mean() + then["score"].mean()) / 2
    rows = []
    for key in means[0].index:
        r1, r0 = (100 * float(m[key]) for m in means)
        n1, n0 = (int(c[key]) for c in counts)
        s1, s0 = n1 / len(now), n0 / len(then)
        mix, own = (s1 - s0) * ((r1 + r0) / 2 - 100 * whole), (s1 + s0) / 2 * (r1 - r0)
        few = [n < 10 for n in (n1, n0)]
        rows.append(
            {
                "type": key,
                "current": None if few[0] else r1,
                "baseline": None if few[1] else r0,
                "change_pp": None if any(few) else r1 - r0,
                "denominator": n1,
                "baseline_denominator": n0,
                "share_pct": 100 * s1,
                "baseline_share_pct": 100 * s0,
                "mix_pp": mix,
                "rate_pp": own,
                "contribution_pp": mix + own,
            }
        )
    rows.sort(key=lambda r: (-abs(r["contribution_pp"]), r["type"]))
    return rows, sum(r["mix_pp"] for r in rows), sum(r["rate_pp"] for r in rows)
