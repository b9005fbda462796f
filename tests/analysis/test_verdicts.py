"""Verdicts of a table: Benjamini and Hochberg's against statsmodels, the family judged, and tables without any change."""

from datetime import date
from typing import Any

import numpy as np
from analysis_frames import SCHEME, daily, make_facts, make_windows, monthly_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from hotline_stats.analysis import compare, dispersion, p_value, settle, survivors
from hotline_stats.model.period import parse
from hotline_stats.model.results import left_to_chance
from hotline_stats.settings.values import ComparisonSettings

SETTINGS = ComparisonSettings()
ASSUMED = ComparisonSettings(min_pairs=13)
"""No months tell the dispersion: variance/mean 3 is assumed."""
YEARS = make_windows(parse("2024"), parse("2023"))


@given(
    p=st.lists(st.one_of(st.floats(0, 1), st.floats(0, 0.01), st.just(0.05)), min_size=1, max_size=60),
    rate=st.sampled_from([0.01, 0.05, 0.2]),
)
def test_survivors_of_statsmodels(p: list[float], rate: float) -> None:
    """Oracle: statsmodels.stats.multitest.multipletests(method="fdr_bh")."""
    found = survivors(np.array(p), np.ones(len(p), dtype=bool), rate)
    near = any(abs(x - rate * k / len(p)) < 1e-12 for x in p for k in range(1, len(p) + 1))
    if not near:
        assert found.tolist() == multipletests(p, alpha=rate, method="fdr_bh")[0].tolist()
    assert not (np.array(p)[found] > rate).any()


def test_survivors_by_hand() -> None:
    """Benjamini & Hochberg 1995, table of 3.2: at 5 % the four least of these fifteen are discoveries."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    assert survivors(np.array(p), np.ones(15, dtype=bool), 0.05).sum() == 4
    nobody = survivors(np.array([np.nan, 0.001]), np.array([False, False]), 0.05)
    assert nobody.tolist() == [False, False]
    assert survivors(np.zeros(0), np.zeros(0, dtype=bool), 0.05).shape == (0,)


def streets(pairs: list[tuple[int, int]]) -> Any:
    """A comparison of two years by street, on the assumed dispersion of 3."""
    rows = []
    for i, (now, then) in enumerate(pairs):
        rows += [{"accepted": "2024-12-31", "n": now, "street": f"{i:03d}"}] if now else []
        rows += [{"accepted": "2023-01-01", "n": then, "street": f"{i:03d}"}] if then else []
    return compare(make_facts(rows), YEARS, "street", ASSUMED)


def test_one_row_among_many_needs_more() -> None:
    """p = 0.02 reads as a fall alone and not among twenty rows without a change; the interval stays."""
    alone, among = streets([(380, 500)]), streets([(380, 500), *[(100, 100)] * 19])
    row, same = alone.row("000"), among.row("000")
    assert 0.01 < row["p"] < 0.025 and row["verdict"] == "fall"
    assert same["verdict"] == "within-noise" and left_to_chance(same)
    assert [same[k] for k in ("p", "low_pct", "high_pct")] == [row[k] for k in ("p", "low_pct", "high_pct")]
    notes = [n for n in among.notes if n.code == "left-to-chance"]
    assert dict(notes[0].facts) == {"n": "1", "rows": "20", "what": "street", "what_zh": "街镇"}
    assert "20" in notes[0].text("en") and "20" in notes[0].text("zh")
    assert not [n for n in alone.notes if n.code == "left-to-chance"]


def test_a_clear_fall_stays_one_among_many() -> None:
    assert streets([(200, 490), *[(100, 100)] * 19]).row("000")["verdict"] == "fall"


def test_rows_with_few_tickets_are_no_part_of_the_family() -> None:
    """A hundred rows of five tickets do not make the judgement of two others stricter."""
    pairs = [(380, 500), (100, 100)]
    few = streets([*pairs, *[(3, 2)] * 100])
    assert few.row("000")["verdict"] == streets(pairs).row("000")["verdict"] == "fall"
    assert set(few.rows["verdict"][2:]) == {"too-few"}


def test_total_and_groups_are_judged_apart_from_the_types() -> None:
    """Types that each move within noise, and a total that does not; groups are a family of their own."""
    rows = []
    for kind in SCHEME.ids:
        rows += [{"accepted": "2024-12-31", "n": 400, "type": kind, "request_type": "投诉"}]
        rows += [{"accepted": "2023-01-01", "n": 465, "type": kind, "request_type": "投诉"}]
    found = compare(make_facts(rows), YEARS, "type", ASSUMED)
    assert set(found.rows["verdict"]) == {"within-noise"}
    assert found.total["verdict"] == "fall"
    p = found.groups["p"].astype(float)
    assert (
        list(found.groups["verdict"] == "fall") == multipletests(p, alpha=0.05, method="fdr_bh")[0].tolist()
    )


@given(then=st.integers(0, 3000), others=st.integers(0, 12))
@settings(max_examples=15, deadline=None)
def test_verdicts_are_monotone_in_the_count(then: int, others: int) -> None:
    """More tickets now never turn a rise into noise or a fall, on the same dispersion and beside the same rows."""
    order = {"fall": 0, "within-noise": 1, "too-few": 1, "rise": 2}
    said = [
        order[streets([(now, then), *[(50, 50)] * others]).row("000")["verdict"]]
        for now in (1, 9, 100, 2900, 9000)
    ]
    assert said == sorted(said)


def test_statuses_of_zero_and_small_bases() -> None:
    found = streets([(0, 40), (40, 0), (9, 9), (40, 9), (2, 0), (500, 500)])
    rows = {r["key"]: r for r in found.to_dict()["rows"]}
    shown = {k: (r["status"], r["verdict"], r["change_pct"] is None) for k, r in rows.items()}
    assert shown == {
        "000": ("gone", "fall", False),
        "001": ("new", "rise", True),
        "002": ("small", "too-few", False),
        "003": ("small", "rise", False),
        "004": ("new", "too-few", True),
        "005": ("ok", "within-noise", False),
    }
    assert all(r["p"] is not None and 0 <= r["p"] <= 1 for r in rows.values())


def test_what_does_not_compare_has_no_p() -> None:
    facts = make_facts(daily(date(2024, 1, 1), date(2024, 12, 31), type="noise"))
    found = compare(facts, settle(facts), "type", SETTINGS)
    assert found.total["p"] is None and set(found.rows["p"]) == {None}
    empty = compare(make_facts([{"accepted": "2024-02-02", "type": "noise"}]), YEARS, "type", SETTINGS)
    assert empty.row("parking")["p"] is None


def test_months_are_told_by_the_other_months() -> None:
    """One month that leaps does not widen its own interval: the others say how counts vary."""
    counts = {f"{y}-{m:02d}": 300 + (m * 37 + y * 11) % 20 for y in (2022, 2023, 2024) for m in range(1, 13)}
    counts["2024-05"] = 600
    facts = make_facts(monthly_rows(counts))
    rows = compare(facts, settle(facts), "month", SETTINGS)
    assert rows.row("2024-05")["verdict"] == "rise"
    assert rows.row("2024-05")["p"] < 1e-6
    assert rows.rows["verdict"].tolist().count("rise") == 1


def test_tables_without_any_change_seldom_have_a_verdict() -> None:
    """300 tables of 40 cells, negative binomial with variance/mean 3: a share with any verdict of 5 % at most, plus
    two Monte Carlo errors; and with a fifth of the cells falling by 40 %, at most so many false ones among verdicts."""
    rng, tables, cells = np.random.default_rng(11), 300, 40
    windows = np.zeros((3, 12), dtype=np.int64)
    windows[2], windows[1] = 1, -1
    mean = np.broadcast_to(100 * (1 + 0.3 * np.sin(np.arange(12) * np.pi / 6)), (tables, cells, 3, 12)).copy()
    shares = []
    for fall in (0.0, 0.4):
        mean[:, :8, 2] *= 1 - fall
        y = rng.poisson(rng.gamma(mean / 2, 2.0)).astype(float).reshape(-1, 3, 12)
        known = dispersion(y, np.ones((3, 12), dtype=bool), windows, SETTINGS)
        p = p_value(y[:, 2].sum(axis=1), y[:, 1].sum(axis=1), known).reshape(tables, cells)
        found = np.array([survivors(one, np.ones(cells, dtype=bool), 0.05) for one in p])
        shares.append((found[:, 8:].sum(axis=1) / np.maximum(1, found.sum(axis=1))).mean())
        if fall:
            assert found[:, :8].mean() > 0.9
        else:
            assert found.any(axis=1).mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / tables)
    assert shares[1] <= 0.05
