"""report.json of the samples, computed again from their rows: same shape, other code.

Counts by pandas; intervals and verdicts in acceptance_interval.py.
"""

import tomllib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from acceptance_calendar import adjusted, judged
from acceptance_control import control
from acceptance_drivers import contributed, located, of_rate
from acceptance_interval import interval, judge, p_value, rate_change, spreads, status
from acceptance_samples import MEANING, ROOT, RawFile, all_rows, raw_files, tickets
from acceptance_service import COMPLEX, LIMITS, open_tickets, with_open, within
from acceptance_units import units

WEIGHTS = {"满意": 1.0, "基本满意": 0.8, "一般": 0.6, "不满意": 0.0}
WEIGHT_IDS = {
    "满意": "satisfied",
    "基本满意": "mostly_satisfied",
    "一般": "neutral",
    "不满意": "dissatisfied",
}
NOW, THEN = 2024, 2023
COLUMNS = {
    "request_type": "request_type",
    "channel": "channel",
    "category": "category_1",
    "street": "street",
    "station": "station",
    "grid": "grid",
    "community": "community",
    "estate": "estate",
    "unit": "unit",
}
"""What the report compares by, and the column of the rows; no file has a district."""


def taxonomy() -> dict[str, Any]:
    """Ids, names and groups, from the file that defines them."""
    path = ROOT / "src/hotline_stats/resources/taxonomies/wujiaochang.toml"
    return tomllib.loads(path.read_text("utf-8"))


def expected_report() -> dict[str, Any]:
    found, order = tickets(), taxonomy()
    types = types_comparison(found, order)
    return {
        "schema": "hotline-stats/report/1",
        "lang": "zh",
        "asked": year(NOW),
        **windows(),
        "complete": True,
        "data": {"start": f"{THEN}-01-01", "end": f"{NOW}-12-31"},
        "covered": True,
        "types": types,
        "by": {
            "month": month_comparison(found),
            **{by: column_comparison(found, by, column) for by, column in COLUMNS.items()},
        },
        "series": series(found, order),
        "contributions": contributions(types),
        "drivers": drivers(found, order, types["groups"]),
        "rate_drivers": rate_drivers(found, order),
        "course": course(found, order),
        "services": services(found),
        "units": units(found, scores(found)),
        "intake": intake(),
    }


def year(number: int) -> dict[str, str]:
    return {"label": str(number), "start": f"{number}-01-01", "end": f"{number}-12-31"}


def windows() -> dict[str, Any]:
    return {"period": year(NOW), "baseline": year(THEN)}


# Counts and their changes


def of_year(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    return frame[frame["accepted"].dt.year == number]


YEAR = tuple(range(1, 13))


def change_rows(
    parts: Sequence[tuple[str, str, pd.DataFrame]], months: tuple[int, ...] = YEAR
) -> list[dict[str, Any]]:
    """The rows of a table: key, name and tickets of both years. `months`: those of the year that the rows are about."""
    known = spreads([part for *_, part in parts])
    rows = [change_row(*one, spread, months) for one, spread in zip(parts, known, strict=True)]
    judge_all(rows, [months] * len(rows))
    return rows


def judge_all(rows: list[dict[str, Any]], months: Sequence[tuple[int, ...]]) -> None:
    """Verdicts of the rows of one table, then those withheld for the calendar."""
    judge(rows)
    for row, of in zip(rows, months, strict=True):
        ratio = row["current"] / row["baseline"] if row["baseline"] else 0.0
        row["verdict"] = judged(row["verdict"], ratio, row["low_pct"], row["high_pct"], of)


def change_row(
    key: str, name: str, part: pd.DataFrame, spread: tuple[float, float], months: tuple[int, ...]
) -> dict[str, Any]:
    """A row of a comparison, without its verdict: the tickets `part` of both years; `spread`: of monthly counts;
    `months`: those of the year that the row is about."""
    current, baseline = len(of_year(part, NOW)), len(of_year(part, THEN))
    phi, df = spread
    low, high = interval(current, baseline, phi, df)
    return {
        "key": key,
        "name": name,
        "current": current,
        "baseline": baseline,
        "change": current - baseline,
        "change_pct": 100 * (current / baseline - 1) if baseline else None,
        "low_pct": low,
        "high_pct": high,
        "p": p_value(current, baseline, phi, df),
        "calendar_pct": adjusted(current, baseline, months),
        "status": status(current, baseline),
    }


def comparison(
    by: str, rows: list[dict[str, Any]], found: pd.DataFrame, groups: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    return {
        "schema": "hotline-stats/compare/1",
        **windows(),
        "by": by,
        "rows": rows,
        "total": change_rows([("total", "合计", found)])[0],
        "groups": list(groups),
    }


def in_group(found: pd.DataFrame, group: dict[str, Any]) -> pd.DataFrame:
    part = found[found["type"].isin(group["types"])]
    wanted = group.get("request_types")
    return part[part["request_type"].isin(wanted)] if wanted else part


def types_comparison(found: pd.DataFrame, order: dict[str, Any]) -> dict[str, Any]:
    rows = change_rows([(x["id"], x["zh"], found[found["type"] == x["id"]]) for x in order["types"]])
    groups = change_rows([(g["id"], g["zh"], in_group(found, g)) for g in order["groups"]])
    return comparison("type", rows, found, groups)


def column_comparison(found: pd.DataFrame, by: str, column: str) -> dict[str, Any]:
    """By current count, equal ones by name."""
    assert (found[column] != "").all(), "a missing value would need a row of its own"
    rows = change_rows([(value, value, part) for value, part in found.groupby(column)])
    rows.sort(key=lambda r: (-r["current"], r["key"]))
    if by == "category":  # the samples' categories change in 2024: shares of the two years do not overlap
        shares = [of_year(found, y)[column].value_counts(normalize=True) for y in (NOW, THEN)]
        assert pd.concat(shares, axis=1).fillna(0).min(axis=1).sum() < 0.2
        unlike = {
            "change_pct": None,
            "low_pct": None,
            "high_pct": None,
            "p": None,
            "calendar_pct": None,
            "status": "incomplete",
            "verdict": "too-few",
        }
        rows = [r | unlike for r in rows]
    return comparison(by, rows, found)


def month_comparison(found: pd.DataFrame) -> dict[str, Any]:
    month = found["accepted"].dt.month
    rows = [
        change_row(f"{NOW}-{m:02d}", f"{NOW}-{m:02d}", found[month == m], spreads([found], (m,))[0], (m,))
        for m in range(1, 13)
    ]
    judge_all(rows, [(m,) for m in range(1, 13)])
    winter, spread = found[month <= 2], spreads([found], (1, 2))[0]
    together = [change_row(f"{NOW}-01..{NOW}-02", f"{NOW}年1—2月合计", winter, spread, (1, 2))]
    judge_all(together, [(1, 2)])
    return comparison("month", rows, found, together)


def series(found: pd.DataFrame, order: dict[str, Any]) -> dict[str, Any]:
    parts = {x["id"]: found[found["type"] == x["id"]] for x in order["types"]}
    parts |= {g["id"]: in_group(found, g) for g in order["groups"]}
    return {key: monthly(part) for key, part in (parts | {"total": found}).items()}


def monthly(part: pd.DataFrame) -> list[dict[str, Any]]:
    counts = part["accepted"].dt.strftime("%Y-%m").value_counts()
    pairs = [(f"{NOW}-{m:02d}", f"{THEN}-{m:02d}") for m in range(1, 13)]
    return [
        {
            "month": now,
            "baseline_month": then,
            "current": int(counts.get(now, 0)),
            "baseline": int(counts.get(then, 0)),
            "complete": True,
        }
        for now, then in pairs
    ]


def contributions(types: dict[str, Any]) -> dict[str, Any]:
    total = types["total"]
    rows = sorted(types["rows"], key=lambda r: r["change"])
    return {
        "by": "type",
        "rows": [
            {
                "key": r["key"],
                "name": r["name"],
                "change": r["change"],
                "contribution_pp": r["change"] / total["baseline"] * 100,
            }
            for r in rows
        ],
        "total_change": total["change"],
        "total_change_pct": total["change_pct"],
    }


# What made the changes, and how the months run


def drivers(found: pd.DataFrame, order: dict[str, Any], groups: list[dict[str, Any]]) -> dict[str, Any]:
    """By type and community; the samples have one for every ticket."""
    named = {x["id"]: x["zh"] for x in order["types"]}
    total = change_rows([("total", "合计", found)])[0]
    cells = list(found.groupby(["type", "community"]))
    rows = [
        {"type": t, "type_name": named[t], "community": place, "community_name": place}
        | {k: v for k, v in row.items() if k not in ("key", "name")}
        for ((t, place), _), row in zip(
            cells, change_rows([("", "", part) for _, part in cells]), strict=True
        )
    ]
    rows = sorted(contributed(rows, total), key=lambda r: (r["change"], r["type"], r["community"]))
    whole = total["change_pct"]
    return {
        "schema": "hotline-stats/drivers/1",
        **windows(),
        "by": ["type", "community"],
        "where": [],
        "rows": rows,
        "rest": [],
        "total": total | {"contribution_pp": whole, "volume_pp": whole, "mix_pp": 0.0},
        "groups": [
            {k: g[k] for k in ("key", "name", "current", "baseline", "change")}
            | {"contribution_pp": 100 * g["change"] / total["baseline"]}
            for g in groups
        ],
        "concentration": [r | {"name": named[r["key"]], "where_name": r["where"]} for r in located(rows)],
    }


def rate_drivers(found: pd.DataFrame, order: dict[str, Any]) -> list[dict[str, Any]]:
    named = {x["id"]: x["zh"] for x in order["types"]}
    all_figures = {f["id"]: f for f in services(found)["figures"]}
    out = []
    for rate, name in (
        ("satisfaction", "满意率"),
        ("resolution_rate", "实际解决率"),
        ("on_time_rate", "按时办结率"),
    ):
        score = scores(found)[rate]
        now, then = (
            pd.DataFrame({"type": found["type"], "score": score})[found["closed"].dt.year == y]
            for y in (NOW, THEN)
        )
        rows, mix, own = of_rate(now.dropna(), then.dropna())
        figure_, pick = (
            all_figures[rate],
            ("current", "baseline", "change_pp", "denominator", "baseline_denominator"),
        )
        out.append({
            "schema": "hotline-stats/rate-drivers/1",
            **windows(),
            "rate": rate,
            "rate_name": name,
            "by": ["type"],
            "where": [],
            "rows": [r | {"type_name": named[r["type"]]} for r in rows],
            "rest": [],
            "total": {"key": "total", "name": "合计"} | {k: figure_[k] for k in (*pick, "low_pp", "high_pp", "verdict")}
            | {"share_pct": 100.0, "baseline_share_pct": 100.0, "mix_pp": mix, "rate_pp": own,
               "contribution_pp": figure_["change_pp"]},
        })  # fmt: skip
    return out


def course(found: pd.DataFrame, order: dict[str, Any]) -> dict[str, Any]:
    parts = {x["id"]: (x["zh"], found[found["type"] == x["id"]]) for x in order["types"]}
    parts |= {g["id"]: (g["zh"], in_group(found, g)) for g in order["groups"]}
    parts["total"] = ("合计", found)
    labels = [f"{y}-{m:02d}" for y in (THEN, NOW) for m in range(1, 13)]
    rows = []
    for key, (name, part) in parts.items():
        counts = part["accepted"].dt.strftime("%Y-%m").value_counts().reindex(labels, fill_value=0)
        rows.append({"key": key, "name": name} | control(counts, f"{THEN}-12"))
    return {
        "schema": "hotline-stats/series/1",
        **windows(),
        "by": "type",
        "where": [],
        "base": year(THEN) | {"months_n": 12, "seasonal": False},
        "rows": rows,
    }


# Service figures


def scores(found: pd.DataFrame) -> dict[str, pd.Series]:
    """What each figure is the mean or quantile of, nan for a ticket that it leaves out."""
    hours = (found["closed"] - found["accepted"]).dt.total_seconds() / 3600
    open_ = found["closed"].isna()
    answers = {"true": 1.0, "false": 0.0}
    return {
        "contact_rate": found["contacted"].map(answers),
        "resolution_rate": found["resolved"].map(answers),
        "satisfaction": found["satisfaction"].map(WEIGHTS),
        "on_time_rate": (found["closed"] <= found["due"]).astype(float).mask(open_),
        "handling_median_hours": hours,
        "handling_p90_hours": hours,
        "within_limit_rate": within(found, LIMITS),
        "within_complex_limit_rate": within(found, COMPLEX),
        "within_7_days_rate": (hours <= 7 * 24).astype(float).mask(open_),
        "repeat_rate": (found["repeat_of"] != "").astype(float),
        "unverified_rate": (found["verified"] == "不属实").astype(float).mask(found["verified"] == ""),
    }


def services(found: pd.DataFrame) -> dict[str, Any]:
    of = scores(found)
    clock = dict.fromkeys(of, "closed") | {"repeat_rate": "accepted"}
    shares = {"handling_median_hours": 0.5, "handling_p90_hours": 0.9}
    figures = [
        figure(key, clock[key], values, found[clock[key]], shares.get(key)) for key, values in of.items()
    ]
    return {
        "figures": figures,
        "satisfaction_weights": {WEIGHT_IDS[word]: weight for word, weight in WEIGHTS.items()},
        "limits": LIMITS,
        "complex_limit": COMPLEX,
        "open": {"current": open_tickets(found, NOW), "baseline": open_tickets(found, THEN)},
        "with_open": {"current": with_open(found, NOW), "baseline": with_open(found, THEN)},
    }


def figure(key: str, clock: str, values: pd.Series, when: pd.Series, share: float | None) -> dict[str, Any]:
    now, then = (values[when.dt.year == y] for y in (NOW, THEN))
    current, baseline = (
        float(np.quantile(x.dropna(), share)) if share else 100 * float(x.mean()) for x in (now, then)
    )
    return {
        "id": key,
        "unit": "hours" if share else "pct",
        "clock": clock,
        "current": current,
        "baseline": baseline,
        "numerator": None if share else float(now.sum()),
        "baseline_numerator": None if share else float(then.sum()),
        "denominator": int(now.count()),
        "baseline_denominator": int(then.count()),
        "excluded_n": int(now.isna().sum()),
        "baseline_excluded_n": int(then.isna().sum()),
        "change_pp": current - baseline,
        "change_pct": 100 * (current / baseline - 1),
        **(
            dict.fromkeys(("low_pp", "high_pp", "verdict"))
            if share
            else rate_change(now.dropna(), then.dropna())
        ),
    }


# The account of the rows


def intake() -> dict[str, Any]:
    fates = all_rows()["fate"]
    counts = account(fates)
    return {
        **counts,
        **counted(),
        "raw": counts["rows_in"] - counts["rejected"],
        "net": counts["kept"],
        "files": [file_account(i, file) for i, file in enumerate(raw_files())],
        "findings": {
            str(code): int(n) for code, n in fates[fates != "kept"].value_counts().sort_index().items()
        },
    }


def counted() -> dict[str, Any]:
    """Reminders by the ticket that they name; each of them names one of the tickets kept."""
    named = all_rows().query("fate == 'reminder'")["repeat_of"]
    assert set(named) <= set(tickets()["ticket_id"])
    return {"dedupe": "newest", "reminders": len(named), "reminded_tickets": named.nunique()}


def account(fates: pd.Series) -> dict[str, int]:
    return {
        "rows_in": len(fates),
        "kept": int((fates == "kept").sum()),
        "rejected": int(fates.isin(["reminder", "total-row"]).sum()),
        "duplicates": int((fates == "duplicate-ticket").sum()),
    }


def file_account(number: int, file: RawFile) -> dict[str, Any]:
    rows = all_rows()
    return {
        "file": file.name,
        "sheet": "",
        "sha256": file.sha256,
        "bytes": file.size,
        "encoding": file.encoding,
        "header_row": file.header_line,
        **account(rows.loc[rows["file_no"] == number, "fate"]),
        "mapping": {h: MEANING[h] for h in file.header},
        "unmapped": [],
    }
