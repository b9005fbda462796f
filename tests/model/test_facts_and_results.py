"""Facts and result objects: what they refuse, and the JSON they become."""

import dataclasses
from datetime import date
from typing import Any

import pandas as pd
import pytest

from hotline_stats.model import names
from hotline_stats.model.facts import FACT_COLUMNS, Facts
from hotline_stats.model.period import parse
from hotline_stats.model.results import (
    CHANGE_COLUMNS,
    Comparison,
    Contributions,
    Note,
    Results,
    Series,
    Windows,
    shown_interval,
    shown_pct,
)
from hotline_stats.model.services import ServiceFigure, ServiceFigures
from hotline_stats.model.types import ProblemType, TypeScheme

SCHEME = TypeScheme(
    "t", "1", (ProblemType("noise", "噪声扰民", "noise"), ProblemType("other", "其他", "other")), ()
)
WINDOWS = Windows(
    parse("2024"), parse("2024-01..2024-05"), parse("2023-01..2023-05"), "2022-01-01", "2024-05-31", True
)


def frame(days: list[str]) -> pd.DataFrame:
    out = {}
    for name, dtype in FACT_COLUMNS.items():
        if name == "type":
            out[name] = pd.Series(pd.Categorical(["noise"] * len(days), categories=list(SCHEME.ids)))
        elif name == "accepted":
            out[name] = pd.Series(pd.to_datetime(days), dtype=dtype)
        elif dtype == "int64":
            out[name] = pd.Series([2] * len(days), dtype=dtype)
        else:
            out[name] = pd.Series([None] * len(days), dtype=dtype)
    return pd.DataFrame(out)


def test_facts_count_and_span() -> None:
    facts = Facts(frame(["2024-03-01", "2023-02-01"]), SCHEME)
    assert facts.n == 4
    assert facts.span == (date(2023, 2, 1), date(2024, 3, 1))
    assert repr(facts) == "<Facts: 4 tickets, 2023-02-01—2024-03-01>"
    empty = Facts(frame([]), SCHEME)
    assert (empty.n, empty.span, repr(empty)) == (0, None, "<Facts: 0 tickets>")


def test_facts_refuse_other_columns_dtypes_and_types() -> None:
    good = frame(["2024-03-01"])
    for bad in (
        good.drop(columns="n"),
        good.assign(content="text"),
        good.astype({"n": "float64"}),
    ):
        with pytest.raises(ValueError, match="not the columns"):
            Facts(bad, SCHEME)
    turned = good.assign(type=good["type"].cat.set_categories(["other", "noise"]))
    with pytest.raises(ValueError, match="taxonomy"):
        Facts(turned, SCHEME)


def row(key: str, current: int, baseline: int, pct: float | None, **more: Any) -> dict[str, Any]:
    base = {
        "key": key,
        "current": current,
        "baseline": baseline,
        "change": current - baseline,
        "change_pct": pct,
    }
    return {
        **base,
        "low_pct": None,
        "high_pct": None,
        "p": None,
        "calendar_pct": None,
        "status": "ok",
        "verdict": "fall",
        **more,
    }


def comparison(rows: list[dict[str, Any]], total: dict[str, Any], by: str = "type") -> Comparison:
    return Comparison(
        by=by,
        windows=WINDOWS,
        rows=pd.DataFrame(rows, columns=list(CHANGE_COLUMNS)).astype(
            {"change_pct": object, "low_pct": object}
        ),
        total=total,
        groups=pd.DataFrame(columns=list(CHANGE_COLUMNS)),
        types=SCHEME,
        where=(("street", "甲"),),
        notes=(Note("fallback-dispersion", (("dispersion", "3"),)),),
    )


ROWS = [row("noise", 8, 10, -20.0), row("other", 2, 0, None, status="new")]
TOTAL = row("total", 10, 10, 0.0)


def test_comparison_as_json() -> None:
    out = comparison(ROWS, TOTAL).to_dict("en")
    assert out["schema"] == "hotline-stats/compare/1"
    assert out["period"] == {"label": "2024-01..2024-05", "start": "2024-01-01", "end": "2024-05-31"}
    assert out["where"] == [{"column": "street", "value": "甲"}]
    assert [r["name"] for r in out["rows"]] == ["noise", "other"]
    assert out["rows"][1]["change_pct"] is None
    assert list(out["rows"][0]) == ["key", "name", *CHANGE_COLUMNS[1:]]
    assert out["total"]["name"] == "Total"
    assert out["groups"] == [] and len(out["notes"]) == 1
    assert comparison(ROWS, TOTAL).to_dict()["total"]["name"] == "合计"


def test_comparison_for_notebooks() -> None:
    found = comparison(ROWS, TOTAL)
    assert found.to_pandas()["name"].tolist() == ["噪声扰民", "其他"]
    assert found.row("noise")["change"] == -2
    with pytest.raises(KeyError):
        found.row("lift")
    assert "10 → 10" in repr(found) and "<table" in found._repr_html_()


def test_missing_keys_have_a_name() -> None:
    out = comparison([row("", 10, 10, 0.0)], TOTAL, by="street").to_dict("en")
    assert out["rows"][0]["name"] == "(missing)"


def test_rows_that_do_not_add_up_are_refused_but_for_groups() -> None:
    with pytest.raises(ValueError, match="add up"):
        comparison(ROWS[:1], TOTAL)
    assert comparison(ROWS[:1], TOTAL, by="group").by == "group"


def test_other_columns_are_refused() -> None:
    good = comparison(ROWS, TOTAL)
    with pytest.raises(ValueError, match="columns"):
        dataclasses.replace(good, rows=good.rows.drop(columns="verdict"))
    with pytest.raises(ValueError, match="columns"):
        dataclasses.replace(good, groups=good.rows.assign(extra=1))


def test_windows_as_json() -> None:
    out = WINDOWS.to_dict()
    assert out["complete"] is False
    assert out["asked"]["label"] == "2024"
    assert out["data"] == {"start": "2022-01-01", "end": "2024-05-31"}
    assert str(WINDOWS) == "2024-01-01—2024-05-31 against 2023-01-01—2023-05-31"


def test_contributions_and_services_as_json() -> None:
    rows = pd.DataFrame(
        {"key": ["noise"], "change": [-2], "contribution_pp": pd.Series([-20.0], dtype=object)}
    )
    out = Contributions("type", WINDOWS, rows, -2, -20.0, SCHEME).to_dict("zh")
    assert out["rows"] == [{"key": "noise", "name": "噪声扰民", "change": -2, "contribution_pp": -20.0}]
    services = ServiceFigures(WINDOWS, (), {"satisfied": 1.0})
    nothing = {"current": None, "baseline": None}
    assert services.to_dict() == {
        "figures": [],
        "satisfaction_weights": {"satisfied": 1.0},
        "limits": {},
        "complex_limit": 0,
        "open": nothing,
        "with_open": nothing,
    }


def test_results_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        WINDOWS.covered = False  # type: ignore[misc]


def contributions(by: str, keys: list[str]) -> Contributions:
    pp = pd.Series([-20.0] * len(keys), dtype=object)
    rows = pd.DataFrame({"key": keys, "change": [-2] * len(keys), "contribution_pp": pp})
    return Contributions(by, WINDOWS, rows, -2, -20.0, SCHEME)


def test_contributions_name_their_rows_as_comparisons_do() -> None:
    """A unit called `noise` is no type, and a missing value has a name."""
    out = contributions("unit", ["noise", ""]).to_dict("en")
    assert [r["name"] for r in out["rows"]] == ["noise", "(missing)"]
    compared = comparison([row("noise", 8, 10, -20.0), row("", 2, 0, None)], TOTAL, by="unit").to_dict("en")
    assert [r["name"] for r in compared["rows"]] == ["noise", "(missing)"]


def test_a_place_called_total_keeps_its_name() -> None:
    out = comparison([row("total", 10, 10, 0.0)], TOTAL, by="unit").to_dict("zh")
    assert (out["rows"][0]["name"], out["total"]["name"]) == ("total", "合计")


MONTHS = pd.DataFrame({
    "key": ["noise", "total"], "position": [0, 0], "month": ["2024-01"] * 2, "baseline_month": ["2023-01"] * 2,
    "current": [1, 2], "baseline": [3, 4], "complete": [True, True],
})  # fmt: skip
RATE = ServiceFigure(
    "satisfaction", "pct", "closed", 80.0, None, 8.0, None, 10, 0, 1, 0, change_pp=None, change_pct=None
)


@pytest.mark.parametrize(
    ("result", "called"),
    [
        (comparison(ROWS, TOTAL), ["噪声扰民", "其他"]),
        (Series(WINDOWS, MONTHS, SCHEME), ["噪声扰民", "合计"]),
        (contributions("type", ["noise"]), ["噪声扰民"]),
        (ServiceFigures(WINDOWS, (RATE,), {}), ["满意率"]),
    ],
)
def test_results_are_pleasant_in_notebooks(result: Any, called: list[str]) -> None:
    assert result.to_pandas()["name"].tolist() == called
    assert len(repr(result)) < 160 and repr(result).startswith(f"<{type(result).__name__}")
    html = result._repr_html_()
    assert "<table" in html and "2024-01-01—2024-05-31，对比2023-01-01—2023-05-31" in html
    assert "against" not in html
    assert (result == result) is True and (result == 1) is False


def test_results_as_a_whole_have_a_short_repr_and_can_be_compared() -> None:
    parts = (Series(WINDOWS, MONTHS, SCHEME), contributions("type", []), ServiceFigures(WINDOWS, (), {}))
    results = [Results(comparison(ROWS, TOTAL), {}, *parts) for _ in range(2)]
    assert repr(results[0]) == f"<Results: 10 → 10 tickets, {WINDOWS}; by >" and results[0] != results[1]
    assert repr(SCHEME) == "<TypeScheme t 1: 2 types, 0 groups>"
    facts = Facts(frame(["2024-03-01"]), SCHEME)
    assert facts == facts and facts != Facts(frame(["2024-03-01"]), SCHEME)


def test_where_a_percentage_may_be_printed() -> None:
    shown = {
        status: shown_pct(row("x", 5, 3, 66.7, status=status))
        for status in ("ok", "small", "gone", "new", "incomplete", "uncountable")
    }
    assert shown.pop("ok") == 66.7 and set(shown.values()) == {None}
    ends = {"low_pct": -100.0, "high_pct": -20.0}
    gone = {
        v: shown_interval(row("x", 0, 3, -100.0, status="gone", verdict=v, **ends))
        for v in ("fall", "too-few")
    }
    assert gone == {"fall": (-100.0, -20.0), "too-few": None}
    assert shown_interval(row("x", 5, 3, 66.7, status="small", **ends)) is None


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ((), ""),
        ((("on-time", "no"),), "（只计按时办结＝否）"),
        ((("问题类型", "noise"), ("type", "其他")), "（只计问题类型＝噪声扰民或其他）"),
        ((("street", ""),), "（只计街镇＝（未填））"),
        ((("unit", "noise"),), "（只计承办单位＝noise）"),
    ],
)
def test_conditions_in_words(where: tuple[tuple[str, str], ...], said: str) -> None:
    assert names.conditions(where, SCHEME, "zh") == said


def test_counts_and_windows_in_words() -> None:
    assert [names.tickets(n, "en", signed=True) for n in (1, -1, 0, 1000)] == [
        "+1 ticket", "−1 ticket", "0 tickets", "+1,000 tickets"
    ]  # fmt: skip
    assert names.windows(parse("2024"), (parse("2023"),), "zh") == ("2024年", "2023年")
    assert names.windows(parse("2024-02"), (parse("2024-01"),), "en") == ("this period", "baseline")
