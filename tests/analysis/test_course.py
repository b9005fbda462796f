"""The course of counts: a whole grid of months, moving sums against pandas, sums against compare, base and notes."""

import json
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from analysis_frames import SCHEME, aggregated, make_facts, monthly_rows, random_facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import compare, course, settle, where
from hotline_stats.analysis.course import COURSE_BY, moving_sums
from hotline_stats.errors import UsageError
from hotline_stats.model.course import Course
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import parse
from hotline_stats.settings.values import ComparisonSettings


def run(facts: Facts, by: str = "type", period: str | None = None) -> Course:
    return course(facts, settle(facts, None if period is None else parse(period)), by)


def year(number: int, counts: list[int]) -> dict[str, int]:
    return {f"{number}-{m:02d}": n for m, n in enumerate(counts, start=1)}


STEADY = year(2023, [100, 90, 100, 97, 100, 97, 100, 100, 97, 100, 97, 100])


def test_by_hand() -> None:
    later = year(2024, [40, 94, 100, 97, 100, 97, 100, 100, 97, 100, 97, 145])
    found = run(make_facts(monthly_rows(STEADY | later, type="noise")))
    total = found.of("total")
    assert total["month"].tolist()[::23] == ["2023-01", "2024-12"] and len(total) == 24
    assert total["n"].tolist() == [*STEADY.values(), *later.values()]
    assert (
        total["sum_12"].tolist()
        == [None] * 11 + pd.Series(total["n"]).rolling(12).sum().dropna().astype(int).tolist()
    )
    assert total["year_before"].tolist() == [None] * 12 + list(STEADY.values())
    assert found.base == parse("2023") and found.base_n == 12
    rate = sum(STEADY.values()) / 365
    assert total["centre"].tolist()[12] == pytest.approx(31 * rate)
    assert found.signals[["key", "rule", "side", "start"]].to_numpy().tolist() == [
        [key, rule, side, month]
        for key in (
            "noise",
            *[g.id for g in SCHEME.groups if "noise" in g.types and not g.request_types],
            "total",
        )
        for rule, side, month in (("outside", "below", "2024-01"), ("outside", "above", "2024-12"))
    ]
    assert found.said("zh", "total") == ["2024-01低于控制下限", "2024-12高于控制上限"]
    assert found.said("en", "total", parse("2024-12")) == ["2024-12 above the upper limit"]


def test_a_run_is_told_with_its_months() -> None:
    low = [x - 9 for x in STEADY.values()]
    found = run(make_facts(monthly_rows(STEADY | year(2024, low))))
    assert found.said("zh", "total") == ["2023-12至2024-12连续13个月低于中心线"]  # 100 of 100.05 in December
    rules = found.of("total")["rules"]
    assert set(rules[11:]) == {"run"} and not any(rules[:11])


def test_the_grid_is_whole_and_zeros_are_filled_in() -> None:
    rows = [*monthly_rows(STEADY, type="noise"), {"accepted": "2023-05-05", "type": "lift", "n": 2}]
    found = run(make_facts(rows))
    assert set(found.frame.groupby("key")["month"].nunique()) == {12}
    assert found.of("lift")["n"].tolist() == [0] * 4 + [2] + [0] * 7
    assert found.of("parking")["n"].tolist() == [0] * 12
    assert found.keys == (*SCHEME.ids, *(g.id for g in SCHEME.groups), "total")


def test_a_selection_keeps_the_months_of_the_data() -> None:
    facts = make_facts([*monthly_rows(STEADY), *monthly_rows(year(2024, [50] * 12), type="lift")])
    windows = settle(facts)
    found = course(where(facts, [("type", "lift")]), windows, "type")
    assert found.of("total")["n"].tolist() == [0] * 12 + [50] * 12
    assert found.of("total")["complete"].all()
    empty = course(where(facts, [("type", "parking")]), windows, "type")
    assert empty.of("total")["n"].sum() == 0 and empty.signals.empty
    json.dumps(empty.to_dict(), allow_nan=False)


def test_fewer_than_twelve_months_before_the_period_set_no_limits() -> None:
    found = run(make_facts(monthly_rows(STEADY)), period="2023-12")
    assert found.base is None and found.base_n == 0 and found.signals.empty
    assert found.frame["high"].tolist() == [None] * len(found.frame)
    assert [n.text("en") for n in found.notes] == [
        "Only 11 whole months lie before the period, fewer than 12: no control limits."
    ]
    assert found.to_dict()["base"] is None


def test_few_tickets_set_no_limits_and_a_note_counts_them() -> None:
    rows = [*monthly_rows(STEADY | year(2024, [90] * 12)), *monthly_rows(year(2023, [4] * 12), type="lift")]
    found = run(make_facts(rows), "request_type")
    typed = run(make_facts(rows))
    assert not typed.has_limits("lift") and typed.has_limits("other") and not typed.has_limits("nothing")
    assert [n.code for n in typed.notes] == ["few-for-limits"] and found.notes == ()


def test_a_month_that_is_cut_and_a_hole_are_not_judged() -> None:
    counts = STEADY | year(2024, [90] * 12)
    rows = [r for r in monthly_rows(counts) if not str(r["accepted"]).startswith("2023-06")]
    rows = [r for r in rows if str(r["accepted"]) != "2024-12-31"]
    found = run(make_facts(rows), period="2024").of("total").set_index("month")
    assert not found.loc["2023-06", "complete"] and not found.loc["2024-12", "complete"]
    assert found.loc["2024-12", "days"] == 1 and found.loc["2024-12", "rules"] == ""
    assert found.loc["2023-12", "sum_12"] is None and found.loc["2024-06", "year_before"] is None
    assert found.loc["2024-06", "sum_12"] is not None


@pytest.mark.parametrize("by", COURSE_BY)
def test_the_months_of_the_windows_sum_to_what_compare_counts(by: str) -> None:
    facts = random_facts(2500, seed=21)
    windows = settle(facts)
    found, counted = course(facts, windows, by), compare(facts, windows, by, ComparisonSettings())
    frame = found.frame.set_index("key")
    for column, span in (("current", windows.period), ("baseline", windows.baseline)):
        inside = (
            frame[frame["month"].between(f"{span.start:%Y-%m}", f"{span.end:%Y-%m}")]
            .groupby("key")["n"]
            .sum()
        )
        for rows in (counted.rows, counted.groups):
            for key, n in zip(rows["key"], rows[column], strict=True):
                assert inside[key] == n, (by, key)
        assert inside["total"] == counted.total[column]


def test_against_a_plain_crosstab() -> None:
    facts = random_facts(2000, seed=4)
    found = run(facts, "unit")
    table = pd.crosstab(
        facts.frame["unit"].astype(object).fillna(""), facts.frame["accepted"].dt.strftime("%Y-%m"),
    )  # fmt: skip
    for key in found.keys[:-1]:
        assert found.of(key).set_index("month")["n"].to_dict() == table.loc[key].to_dict()


@given(
    st.lists(st.integers(0, 300), min_size=1, max_size=40), st.lists(st.booleans(), min_size=40, max_size=40)
)
@settings(max_examples=100, deadline=None)
def test_moving_sums_are_those_of_pandas(counts: list[int], whole: list[bool]) -> None:
    mask = np.array(whole[: len(counts)])
    series = pd.Series(counts, dtype=float)
    series[~mask] = np.nan
    mine = moving_sums(np.array([counts], dtype=float), mask)[0]
    np.testing.assert_array_equal(mine, series.rolling(12).sum().to_numpy())


ticket = st.fixed_dictionaries(
    {
        "accepted": st.dates(date(2022, 12, 1), date(2024, 12, 31)),
        "type": st.sampled_from(SCHEME.ids),
        "request_type": st.sampled_from(["投诉", None]),
        "n": st.integers(1, 400),
    }
)


@given(st.lists(ticket, min_size=1, max_size=25), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_facts_add_up_and_the_order_of_rows_does_not_matter(
    rows: list[dict[str, Any]], random: Any
) -> None:
    facts = make_facts(rows)
    found = run(facts)
    wide = found.frame.pivot(index="month", columns="key", values="n")
    assert (wide[list(SCHEME.ids)].sum(axis=1) == wide["total"]).all()
    json.dumps(found.to_dict("en"), allow_nan=False)
    random.shuffle(rows)
    assert run(make_facts(rows)).to_dict() == found.to_dict()
    assert run(aggregated(facts)).to_dict() == found.to_dict()


def test_month_is_no_key() -> None:
    for by in ("month", "nothing"):
        with pytest.raises(UsageError) as error:
            run(random_facts(50, seed=1), by)
        assert error.value.code == "unknown-by"


def test_how_it_shows() -> None:
    found = run(make_facts(monthly_rows(STEADY | year(2024, [40] * 12), type="noise")))
    assert repr(found).startswith("<Course by type: 8 keys by 24 months, base 2023-01-01—2023-12-31, ")
    assert "噪声扰民" in found._repr_html_()
    frame = found.to_pandas("en")
    assert list(frame.columns[:3]) == ["key", "name", "month"] and frame["sum_12"].isna().sum() == 8 * 11
    with pytest.raises(KeyError):
        found.of("nothing")
    signals = found.to_dict("en")["rows"][0]["signals"]
    assert signals[0]["text"] == "2024-01 above the upper limit" or "below" in signals[0]["text"]
