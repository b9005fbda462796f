"""What a reader of report.json knows: unknown counts and every relation between them, built from the JSON alone and from
what is public anyway (which types a group holds, which place lies in which)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Groups = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Types and request types of a group."""
Nested = Iterable[tuple[str, str, Iterable[tuple[str, str]]]]
"""Outer level, inner level, pairs of places."""
OTHER = {"current": "baseline", "baseline": "current"}


@dataclass
class Reader:
    """Counts of one window by name: a number where it is published, None where it is not; and equations."""

    counts: dict[tuple[Any, ...], float | None] = field(default_factory=dict)
    least: dict[tuple[Any, ...], int] = field(default_factory=dict)
    equations: list[dict[tuple[Any, ...], int]] = field(default_factory=list)

    def know(self, name: tuple[Any, ...], count: float | None, least: int = 0) -> tuple[Any, ...]:
        if self.counts.get(name) is None:
            self.counts[name] = count
        self.least[name] = max(self.least.get(name, 0), least)
        return name

    def equal(self, whole: tuple[Any, ...], parts: Iterable[tuple[Any, ...]]) -> None:
        row = {whole: -1}
        for part in parts:
            row[part] = row.get(part, 0) + 1
        self.equations.append(row)

    def program(self) -> "Program":
        unknown = [name for name, n in self.counts.items() if n is None]
        at = {name: i for i, name in enumerate(unknown)}
        rows, right = [], []
        for equation in self.equations:
            row = np.zeros(len(unknown))
            known = 0.0
            for name, factor in equation.items():
                n = self.counts[name]
                if n is None:
                    row[at[name]] += factor
                else:
                    known += factor * n
            if row.any():
                rows.append(row)
                right.append(-known)
            else:
                assert abs(known) < 1e-9, equation
        low = np.array([float(self.least[name]) for name in unknown])
        return Program(at, np.array(rows).reshape(-1, len(unknown)), np.array(right), low)


@dataclass
class Program:
    at: dict[tuple[Any, ...], int]
    rows: np.ndarray
    right: np.ndarray
    low: np.ndarray

    def interval(self, name: tuple[Any, ...], *, whole: bool) -> tuple[float, float]:
        """The least and the largest count that agrees with all that is published."""
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.at))
            cost[self.at[name]] = sign
            if whole:
                rules = [LinearConstraint(self.rows, self.right, self.right)] if len(self.rows) else []
                found = milp(
                    cost, constraints=rules, bounds=Bounds(self.low, np.inf), integrality=np.ones(len(cost))
                )
            else:
                bounds = [(low, None) for low in self.low]
                found = linprog(cost, A_eq=self.rows, b_eq=self.right, bounds=bounds)
            unbounded = found.status in (3, 4) if not whole else found.x is None
            assert unbounded or found.status == 0, found.message
            ends.append(-sign * np.inf if unbounded else sign * found.fun)
        return ends[0], ends[1]


def reader(report: Mapping[str, Any], window: str, groups: Groups, nested: Nested = ()) -> Reader:
    """All relations within one window. Changes tie the windows: `no_ties` asserts that none says more."""
    known = Reader()
    types = report["types"]
    total = known.know(("total",), types["total"][window])
    held = {"type": types, **report["by"]}
    for by, table in held.items():
        listed = by not in ("type", "month") or bool(table["where"])
        names = [_row(known, by, r, window, listed) for r in table["rows"]]
        known.equal(total, names)
    for r in types["groups"]:
        _group(known, r["key"], known.know(("group", r["key"]), r[window]), groups, held)
    for r in held["month"]["groups"]:
        pair = known.know(("pair", r["key"]), r[window])
        known.equal(pair, [("month", m) for m in r["key"].split("..")])
    _series(known, report, window, groups)
    _cells(known, report, window, held)
    for outer, inner, pairs in nested:
        if outer in held and inner in held:
            _nested(known, outer, inner, list(pairs), held)
    return known


def _row(known: Reader, by: str, row: Mapping[str, Any], window: str, listed: bool) -> tuple[Any, ...]:
    return known.know((by, row["key"]), row[window], int(listed and row[OTHER[window]] == 0))


def _group(known: Reader, key: str, name: tuple[Any, ...], groups: Groups, held: Mapping[str, Any]) -> None:
    types, requests = groups[key]
    if not requests:
        known.equal(name, [("type", t) for t in types])
        return
    parts = {part: known.know((part, key), None) for part in ("types-only", "requests-only", "neither")}
    typed = known.know(("types", key), None)
    known.equal(typed, [("type", t) for t in types])
    known.equal(typed, [name, parts["types-only"]])
    if "request_type" in held:
        asked = known.know(("requests", key), None)
        rows = [("request_type", r["key"]) for r in held["request_type"]["rows"] if r["key"] in requests]
        known.equal(asked, rows)
        known.equal(asked, [name, parts["requests-only"]])
        known.equal(("total",), [name, *parts.values()])


def _series(known: Reader, report: Mapping[str, Any], window: str, groups: Groups) -> None:
    series = report["series"]
    months = [("month", r["key"]) for r in report["by"]["month"]["rows"]]
    for key, line in series.items():
        names = []
        for i, month in enumerate(line):
            name = months[i] if key == "total" else ("series", key, i)
            names.append(known.know(name, month[window]))
        whole = ("total",) if key == "total" else ("group" if key in groups else "type", key)
        known.equal(whole, names)
    types = [r["key"] for r in report["types"]["rows"]]
    for i, month in enumerate(months):
        known.equal(month, [("series", t, i) for t in types])
        for key, (held, requests) in groups.items():
            if ("series", key, i) not in known.counts:
                continue
            rest = [known.know(("series-rest", key, i), None)] if requests else []
            whole = known.know(("series-types", key, i), None)
            known.equal(whole, [("series", t, i) for t in held])
            known.equal(whole, [("series", key, i), *rest])


def _cells(known: Reader, report: Mapping[str, Any], window: str, held: Mapping[str, Any]) -> None:
    found = report["drivers"]
    if found is None:
        return
    lines: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {
        (by, r["key"]): [] for by in found["by"] for r in held[by]["rows"]
    }
    size = np.prod([len({r[by] for r in found["rows"]}) for by in found["by"]])
    full = len(found["rows"]) == size  # then a row does not tell that it has a ticket
    for r in found["rows"]:
        name = ("cell", *(r[by] for by in found["by"]))
        known.know(name, r[window], int(not full and r[OTHER[window]] == 0))
        for by in found["by"]:
            lines[(by, r[by])].append(name)
    for whole, parts in lines.items():
        known.equal(whole, parts)
    for g in found["groups"]:
        known.know(("group", g["key"]), g[window])


def _nested(
    known: Reader, outer: str, inner: str, pairs: list[tuple[str, str]], held: Mapping[str, Any]
) -> None:
    for by, side in ((outer, 0), (inner, 1)):
        for r in held[by]["rows"]:
            parts = [known.know(("crossed", outer, inner, *p), None) for p in pairs if p[side] == r["key"]]
            known.equal((by, r["key"]), parts)


def no_ties(report: Mapping[str, Any]) -> None:
    """Assert that whatever is made of both windows is told only where both counts are."""
    tables = [report["types"], *report["by"].values()]
    rows = [r for t in tables for r in (*t["rows"], *t["groups"], t["total"])]
    rows += report["drivers"]["rows"] if report["drivers"] else []
    for r in rows:
        assert "p" not in r or r["p"] is None
        if r["current"] is None or r["baseline"] is None:
            said = {k: v for k, v in r.items() if k.endswith(("_pct", "_pp")) or k in ("change", "verdict")}
            assert set(said.values()) == {None}, r
            assert r["status"] in ("suppressed", "incomplete")
        else:
            assert r["change"] is not None and r["status"] != "suppressed"
    told = {r["key"]: r["change"] for r in report["types"]["rows"]}
    for r in report["contributions"]["rows"]:
        assert r["change"] == told[r["key"]]
        assert r["change"] is not None or r["contribution_pp"] is None


def secrets(internal: Mapping[str, Any], window: str, groups: Groups) -> dict[tuple[Any, ...], float]:
    """The counts above zero and below 5 of the report for the house; its sums are checked on the way."""
    said = reader(internal, window, groups)
    said.program()
    return {name: n for name, n in said.counts.items() if n is not None and 0 < n < 5}
