"""Drivers: contributions of cells, volume and mix, concentration, groups; by hand, and what must hold for any Facts."""

import json
from typing import Any

import pandas as pd
import pytest
from analysis_frames import SCHEME, aggregated, make_facts, random_facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import DRIVE_BY, compare, drivers, settle
from hotline_stats.analysis.drivers import cells
from hotline_stats.errors import UsageError
from hotline_stats.model.drivers import Drivers
from hotline_stats.model.facts import Facts
from hotline_stats.settings.values import ComparisonSettings

JUDGE = ComparisonSettings()


def facts_of(*cells_: tuple[str, str | None, int, int]) -> Facts:
    """(type, community, baseline, current) as tickets of two whole years."""
    rows: list[dict[str, Any]] = []
    for kind, place, then, now in cells_:
        rows += [{"accepted": "2023-01-01", "type": kind, "community": place, "n": then}] if then else []
        rows += [{"accepted": "2024-12-31", "type": kind, "community": place, "n": now}] if now else []
    return make_facts(rows)


# type      place  2023  2024  change   contribution (of 200)
# noise     甲       60    40     -20    -10
# noise     乙       40    30     -10     -5
# noise     (none)    0     5      +5     +2.5
# parking   甲       50    20     -30    -15
# parking   乙       50    60     +10     +5
#                  200   155     -45    -22.5
HAND = facts_of(
    ("noise", "甲", 60, 40), ("noise", "乙", 40, 30), ("noise", None, 0, 5), ("parking", "甲", 50, 20),
    ("parking", "乙", 50, 60),
)  # fmt: skip


def drive(facts: Facts, *by: str) -> Drivers:
    return drivers(facts, settle(facts), by, JUDGE)


def test_contributions_by_hand() -> None:
    found = drive(HAND, "type", "community")
    assert found.rows[["type", "community"]].to_numpy().tolist() == [
        ["parking", "甲"], ["noise", "甲"], ["noise", "乙"], ["noise", ""], ["parking", "乙"],
    ]  # fmt: skip
    assert found.rows["change"].tolist() == [-30, -20, -10, 5, 10]
    assert found.rows["contribution_pp"].tolist() == [-15.0, -10.0, -5.0, 2.5, 5.0]
    assert found.total["change_pct"] == found.total["contribution_pp"] == -22.5
    assert found.rows["verdict"].tolist()[3] == "too-few" and found.rows["status"].tolist()[3] == "new"


def test_volume_and_mix_by_hand() -> None:
    """parking 甲: share 50/200 = .25 → 20/155; volume = (.25 + 20/155)/2 · (−45)/200, mix = the rest."""
    row = drive(HAND, "type", "community").rows.iloc[0]
    volume = 100 * (0.25 + 20 / 155) / 2 * -45 / 200
    assert row["volume_pp"] == pytest.approx(volume, abs=1e-12)
    assert row["mix_pp"] == pytest.approx(-15 - volume, abs=1e-12)


def test_all_cells_moving_alike_is_all_volume() -> None:
    found = drive(facts_of(("noise", "甲", 60, 30), ("parking", "甲", 40, 20)), "type")
    assert found.rows["mix_pp"].tolist() == pytest.approx([0, 0], abs=1e-12)
    assert found.rows["volume_pp"].tolist() == pytest.approx([-30, -20])


def test_cells_trading_places_is_all_mix() -> None:
    found = drive(facts_of(("noise", "甲", 60, 40), ("parking", "甲", 40, 60)), "type")
    assert found.rows["volume_pp"].tolist() == pytest.approx([0, 0], abs=1e-12)
    assert found.rows["mix_pp"].tolist() == pytest.approx([-20, 20])


def test_concentration_by_hand() -> None:
    found = drive(HAND, "type", "community").concentration.set_index("key")
    noise, parking = found.loc["noise"], found.loc["parking"]
    assert noise[["change", "where", "where_change", "same_way_change", "where_n"]].tolist() == [
        -25,
        "甲",
        -20,
        -30,
        2,
    ]
    assert noise["where_share"] == pytest.approx(2 / 3)
    assert parking[["change", "where", "where_change", "same_way_change", "where_share", "where_n"]].tolist() == [
        -20, "甲", -30, -30, 1.0, 1,
    ]  # fmt: skip


def test_concentration_is_not_said_of_few_tickets_or_no_change() -> None:
    found = drive(
        facts_of(("noise", "甲", 9, 3), ("lift", "甲", 20, 10), ("lift", "乙", 10, 20)), "type", "community"
    )
    assert found.concentration["where"].tolist() == [None, None]
    both = drive(facts_of(("noise", "甲", 9, 3), ("lift", "甲", 20, 10)), "type", "community").to_dict()
    assert [r["where_n"] for r in both["concentration"]] == [1, None]
    assert all(type(r["where_n"]) in (int, type(None)) for r in both["concentration"])
    assert found.to_dict()["concentration"][0]["where_name"] is None


def test_tickets_without_a_place_are_no_place() -> None:
    found = drive(facts_of(("noise", None, 50, 10), ("noise", "甲", 30, 20)), "type", "community")
    row = found.concentration.iloc[0]
    assert (row["where"], row["where_change"], row["same_way_change"], row["where_n"]) == ("甲", -10, -50, 1)
    assert row["where_share"] == pytest.approx(0.2)


def test_the_rest_by_direction_adds_up() -> None:
    found = drive(HAND, "type", "community")
    out = found.to_dict("en", top=2)
    assert [(r["type"], r["community"]) for r in out["rows"]] == [("parking", "甲"), ("noise", "甲")]
    assert [(r["rest"], r["cells_n"], r["change"], r["contribution_pp"]) for r in out["rest"]] == [
        ("down", 1, -10, -5.0), ("up", 2, 15, 7.5),
    ]  # fmt: skip
    assert [r["name"] for r in out["rest"]] == ["1 others that fell", "2 others that rose"]
    for column in ("current", "baseline", "change", "contribution_pp", "volume_pp", "mix_pp"):
        parts = [r[column] for r in (*out["rows"], *out["rest"])]
        assert sum(parts) == pytest.approx(out["total"][column], abs=1e-9)
    assert found.top(0)[0].empty and found.top(None)[1] == []


def test_groups_count_a_ticket_once_in_each() -> None:
    """`parking` is in headline and overlap: its tickets count in both, and once in each, whatever else they match."""
    labels = SCHEME.bits(["parking", "lift"])
    rows = [
        {"accepted": "2023-01-01", "type": "parking", "labels": labels, "request_type": "投诉", "n": 20},
        {"accepted": "2023-01-01", "type": "other", "request_type": "咨询", "n": 80},
        {"accepted": "2024-12-31", "type": "parking", "labels": labels, "request_type": "投诉", "n": 10},
        {"accepted": "2024-12-31", "type": "other", "request_type": "咨询", "n": 80},
    ]
    found = drive(make_facts(rows), "type", "request_type")
    groups = found.groups.set_index("key")
    assert groups.loc["headline", ["baseline", "current", "change"]].tolist() == [20, 10, -10]
    assert groups.loc["overlap", ["baseline", "current", "change"]].tolist() == [20, 10, -10]
    assert groups["contribution_pp"].tolist() == [-10.0, -10.0, -10.0]
    assert drive(make_facts(rows), "request_type").groups.empty


def test_no_points_where_the_total_does_not_compare() -> None:
    facts = make_facts([{"accepted": "2024-01-01", "type": "noise"}, {"accepted": "2024-12-31"}])
    found = drive(facts, "type")
    assert found.rows["contribution_pp"].tolist() == [None, None]
    assert json.loads(json.dumps(found.to_dict(top=1), allow_nan=False))["rest"][0]["contribution_pp"] is None


def test_broken_categories_do_not_compare() -> None:
    rows = [
        {"accepted": "2023-01-01", "category": "旧", "n": 50},
        {"accepted": "2024-12-31", "category": "新", "n": 40},
    ]
    found = drive(make_facts(rows), "category", "type")
    assert set(found.rows["status"]) == {"incomplete"} and found.rows["mix_pp"].tolist() == [None, None]
    assert [n.code for n in found.notes if n.code == "category-break"]


@pytest.mark.parametrize(
    "by", [(), ("type", "type"), ("group",), ("month",), ("nothing",), ("type", "unit", "estate", "channel")]
)
def test_wrong_columns_are_refused(by: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as error:
        drive(HAND, *by)
    assert error.value.code == "unknown-cells"


def test_one_column_is_the_comparison() -> None:
    facts = random_facts(2000, seed=3)
    windows = settle(facts)
    for by in DRIVE_BY:
        found = drivers(facts, windows, (by,), JUDGE).rows.set_index(by)
        other = compare(facts, windows, by, JUDGE).rows.set_index("key")
        other = other[(other["current"] > 0) | (other["baseline"] > 0)]
        pd.testing.assert_frame_equal(
            found[other.columns].sort_index(),
            other.sort_index(),
            check_names=False,
            check_dtype=False,
            check_index_type=False,
        )


def test_against_a_plain_groupby() -> None:
    facts = random_facts(3000, seed=11)
    windows = settle(facts)
    found = drivers(facts, windows, ("type", "unit", "channel"), JUDGE)
    frame = facts.frame.astype(dict.fromkeys(("type", "unit", "channel"), object)).fillna(
        {"unit": "", "channel": ""}
    )
    counts = {
        name: frame[frame["accepted"].between(str(p.start), str(p.end))]
        .groupby(["type", "unit", "channel"])["n"]
        .sum()
        for name, p in (("current", windows.period), ("baseline", windows.baseline))
    }
    plain = pd.DataFrame(counts).fillna(0)
    plain["contribution_pp"] = 100 * (plain["current"] - plain["baseline"]) / plain["baseline"].sum()
    mine = found.rows.set_index(["type", "unit", "channel"])[list(plain.columns)].astype(float)
    pd.testing.assert_frame_equal(
        mine.sort_index(), plain.sort_index(), check_names=False, check_index_type=False, rtol=1e-12
    )


ticket = st.fixed_dictionaries(
    {
        "accepted": st.sampled_from(["2023-02-01", "2023-11-30", "2024-02-01", "2024-11-30"]),
        "type": st.sampled_from(SCHEME.ids),
        "community": st.sampled_from(["甲", "乙", "", None]),
        "n": st.integers(1, 500),
    }
)


@given(st.lists(ticket, min_size=1, max_size=20), st.randoms(use_true_random=False), st.integers(0, 6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_parts_add_up_and_the_order_of_rows_does_not_matter(
    rows: list[dict[str, Any]], random: Any, top: int
) -> None:
    ends = [{"accepted": "2023-01-01"}, {"accepted": "2024-12-31"}]
    facts = make_facts([*rows, *ends])
    found = drive(facts, "type", "community")
    out = found.to_dict(top=top)
    parts = [*out["rows"], *out["rest"]]
    for column in ("current", "baseline", "change"):
        assert sum(r[column] for r in parts) == out["total"][column]
    if out["total"]["change_pct"] is not None:
        size = max(1.0, abs(out["total"]["change_pct"]))
        assert abs(sum(r["contribution_pp"] for r in parts) - out["total"]["change_pct"]) < 1e-9 * size
        assert abs(sum(r["mix_pp"] for r in parts)) < 1e-9 * size
        for row in parts:
            assert abs(row["volume_pp"] + row["mix_pp"] - row["contribution_pp"]) < 1e-9 * size
    random.shuffle(rows)
    assert json.dumps(
        drive(make_facts([*ends, *rows]), "type", "community").to_dict(), allow_nan=False
    ) == json.dumps(found.to_dict())
    for share in found.concentration["where_share"].dropna():
        assert 0 < share <= 1


def test_aggregated_facts_give_the_same() -> None:
    facts = random_facts(800, seed=2)
    assert drive(aggregated(facts), "type", "estate").to_dict() == drive(facts, "type", "estate").to_dict()


def test_cells_hold_only_what_occurs_and_are_sorted() -> None:
    codes, keys = cells(HAND, ("type", "community"))
    assert keys == [("noise", ""), ("noise", "乙"), ("noise", "甲"), ("parking", "乙"), ("parking", "甲")]
    assert len(codes) == len(HAND.frame) and [keys[i] for i in codes][:2] == [("noise", "甲")] * 2


def test_how_it_shows() -> None:
    found = drive(HAND, "type", "community")
    assert repr(found).startswith("<Drivers by type, community: -45 in 5 cells")
    assert "甲" in found._repr_html_()
    frame = found.to_pandas("en")
    assert list(frame.columns[:4]) == ["type", "type_name", "community", "community_name"]
    assert frame["community_name"].tolist()[3] == "(missing)"
    with pytest.raises(ValueError, match="add up"):
        Drivers(**{**found.__dict__, "rows": found.rows.iloc[1:]})
