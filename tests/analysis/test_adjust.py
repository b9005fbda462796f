"""Comparisons with adjusted counts: by hand, what must agree with the raw ones, and how often intervals hold the truth."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from analysis_frames import SCHEME, make_facts, make_windows, monthly_rows

from hotline_stats.analysis import compare
from hotline_stats.analysis.adjust import MIN_OF_TYPE, adjust
from hotline_stats.analysis.agreement import by_type, confusion, share
from hotline_stats.model.adjustment import NUMBERS
from hotline_stats.model.evaluation import Evaluation, Sample
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Comparison, Windows
from hotline_stats.settings.values import ComparisonSettings

IDS = SCHEME.ids
WINDOWS = make_windows(
    Period(date(2024, 1, 1), date(2024, 12, 31)), Period(date(2023, 1, 1), date(2023, 12, 31))
)
SETTINGS = ComparisonSettings()


def evaluation(matrix: Any) -> Evaluation:
    """Of a confusion of noise, parking, lift and other."""
    cells = np.array(matrix, np.int64)
    return Evaluation(
        types=SCHEME, taxonomy_sha256="ab", model_sha256=None, sample=Sample("s.csv", "cd", True), confidence=0.95,
        confusion=cells, frame=by_type(cells, IDS, 0.95), accuracy=share(int(cells.trace()), int(cells.sum()), 0.95),
        labels=None, mistakes=(), read_n=0, decided_n=0,
    )  # fmt: skip


def facts(
    current: tuple[float, ...], baseline: tuple[float, ...], request: str = "投诉", swing: float = 0.0
) -> Facts:
    """So many tickets found of each type in 2024 and 2023, spread over the months; `swing`: how far each second month
    is above, others in the other year."""
    rows: list[dict[str, Any]] = []
    for year, counts in ((2023, baseline), (2024, current)):
        for key, n in zip(IDS, counts, strict=True):
            shares = np.diff(
                np.floor(np.cumsum([0, *(1 + swing * (-1) ** (m + year) for m in range(12))]) * n / 12 + 1e-9)
            ).astype(int)
            months = {f"{year}-{m:02d}": int(k) for m, k in enumerate(shares, 1)}
            rows += monthly_rows(months, type=key, request_type=request)
    return make_facts(rows)


def adjusted(
    tickets: Facts,
    matrix: Any,
    by: str = "type",
    windows: Windows = WINDOWS,
    settings: ComparisonSettings = SETTINGS,
) -> Comparison:
    return adjust(compare(tickets, windows, by, settings), tickets, evaluation(matrix), settings)


def row(found: Comparison, key: str) -> dict[str, Any]:
    assert found.adjusted is not None
    for frame in (found.adjusted.rows, found.adjusted.groups):
        hit = frame[frame["key"] == key].to_dict("records")
        if hit:
            return {str(k): v for k, v in hit[0].items()}
    raise KeyError(key)


PERFECT = np.diag([50, 60, 40, 80])
# noise: 90 % right, 10 % other; parking: 80 % right, 20 % noise; lift right; other 90 % right, 10 % parking.
MIXED = [[90, 0, 0, 10], [20, 80, 0, 0], [0, 0, 100, 0], [0, 10, 0, 90]]


def test_by_hand() -> None:
    """True 2024: 200, 400, 100, 500; true 2023: 400, 400, 50, 300. Found: noise .9·200 + .2·400 = 260 and 440, parking
    .8·400 + .1·500 = 370 and 350, lift 100 and 50, other .1·200 + .9·500 = 470 and .1·400 + .9·300 = 310."""
    found = adjusted(facts((260, 370, 100, 470), (440, 350, 50, 310)), MIXED)
    noise, parking = row(found, "noise"), row(found, "parking")
    assert (noise["current"], noise["baseline"]) == pytest.approx((200, 400))
    assert noise["change_pct"] == pytest.approx(-50)
    assert found.row("noise")["change_pct"] == pytest.approx(-100 * 180 / 440)
    assert (parking["current"], parking["baseline"], parking["change_pct"]) == pytest.approx((400, 400, 0))
    assert found.row("parking")["change"] == 20, "a rise that is none"
    assert row(found, "other")["change_pct"] == pytest.approx(100 * 200 / 300)
    assert noise["verdict"] == "fall" and parking["verdict"] == "within-noise"
    assert noise["current_low"] < 200 < noise["current_high"]
    assert (row(found, "headline")["current"], row(found, "headline")["baseline"]) == pytest.approx(
        (600, 800)
    )
    assert row(found, "complaints")["change_pct"] == pytest.approx(-25)
    assert noise["labels_n"] == 100 and row(found, "headline")["labels_n"] == 200
    assert [n.code for n in found.notes if n.code.startswith("adjusted")] == ["adjusted"]


def test_perfect_rules_change_no_count() -> None:
    """With ever so many labels the intervals are those of the raw counts, but for chance in the draws."""
    found = adjusted(facts((1040, 1480, 400, 1880), (1760, 1400, 200, 1240), swing=0.4), 1000 * PERFECT)
    for frame in (found.rows, found.groups):
        for raw in frame.to_dict("records"):
            got = row(found, raw["key"])
            assert (got["current"], got["baseline"]) == pytest.approx((raw["current"], raw["baseline"]))
            assert got["change_pct"] == pytest.approx(raw["change_pct"])
            assert got["verdict"] == raw["verdict"]
            assert got["low_pct"] == pytest.approx(
                raw["low_pct"], abs=0.15 * (raw["high_pct"] - raw["low_pct"])
            )
            assert got["high_pct"] == pytest.approx(
                raw["high_pct"], abs=0.15 * (raw["high_pct"] - raw["low_pct"])
            )


@pytest.mark.parametrize("seed", range(5))
def test_sums_stay(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tickets = facts(*(tuple(rng.integers(200, 900, 4)) for _ in range(2)))
    matrix = rng.integers(0, 6, (4, 4)) + np.diag(rng.integers(30, 80, 4))
    found = adjusted(tickets, matrix)
    assert found.adjusted is not None
    assert (found.adjusted.rows["status"] == "ok").all()
    for column in ("current", "baseline"):
        assert found.adjusted.rows[column].sum() == pytest.approx(found.rows[column].sum())
        assert row(found, "headline")[column] == pytest.approx(
            row(found, "noise")[column] + row(found, "parking")[column]
        )
    assert found.total == compare(tickets, WINDOWS, "type", SETTINGS).total


def test_a_group_of_some_request_types_is_adjusted_on_their_tickets() -> None:
    """Complaints of 2024 are all noise by truth (true 300: found 270 noise, 30 other); requests do not matter."""
    complaints = facts((270, 0, 0, 30), (270, 0, 0, 30)).frame
    others = facts((100, 500, 80, 10), (50, 300, 80, 10), request="求助").frame
    import pandas as pd

    both = pd.concat([complaints, others], ignore_index=True)
    for name in ("type", "request_type"):
        union = pd.api.types.union_categoricals([complaints[name], others[name]])
        both[name] = union
    got = row(adjusted(Facts(both.astype({"n": "int64"}), SCHEME), MIXED), "complaints")
    assert (got["current"], got["baseline"]) == pytest.approx((300, 300))


def test_by_group_says_the_same_of_groups() -> None:
    tickets = facts((260, 370, 100, 470), (440, 350, 50, 310))
    one, other = adjusted(tickets, MIXED), adjusted(tickets, MIXED, by="group")
    assert one.adjusted is not None and other.adjusted is not None
    assert one.adjusted.groups.equals(other.adjusted.rows)
    assert len(other.adjusted.groups) == 0
    again = adjusted(tickets, MIXED)
    assert again.adjusted is not None and again.adjusted.rows.equals(one.adjusted.rows), (
        "the same draws again"
    )


def test_few_labels() -> None:
    matrix = np.array(MIXED)
    matrix[0] = [MIN_OF_TYPE - 2, 0, 0, 1]
    found = adjusted(facts((260, 370, 100, 470), (440, 350, 50, 310)), matrix)
    noise = row(found, "noise")
    assert (noise["status"], noise["reason"], noise["labels_n"]) == ("not-identifiable", "few-labels", 9)
    assert all(noise[c] is None for c in (*NUMBERS, "verdict"))
    assert row(found, "headline")["reason"] == "few-labels", "noise is more than a tenth of it"
    assert row(found, "overlap")["status"] == "ok"
    (note,) = [n for n in found.notes if n.code == "adjusted-few-labels"]
    assert note.text("en").endswith(": noise, headline, complaints.")
    assert note.text("zh").endswith("：噪声扰民、重点问题、投诉。")


def test_types_found_alike() -> None:
    matrix = [[50, 50, 0, 0], [50, 50, 0, 0], [0, 0, 100, 0], [0, 0, 0, 100]]
    found = adjusted(facts((300, 300, 100, 100), (300, 300, 100, 100)), matrix)
    assert [row(found, k)["reason"] for k in ("noise", "parking", "lift", "headline")] == [
        "blurred",
        "blurred",
        "",
        "",
    ]
    assert row(found, "headline")["current"] == pytest.approx(600)


def test_too_wide_to_say_anything() -> None:
    """Lifts: 30 tickets found among 3,000 of other, of which 20 of 1,000 labelled were taken for lifts: their number is
    between none and 30."""
    matrix = [[100, 0, 0, 0], [0, 100, 0, 0], [0, 0, 20, 0], [0, 0, 7, 993]]
    found = adjusted(facts((300, 300, 40, 3000), (300, 300, 40, 3000)), matrix)
    lift = row(found, "lift")
    assert (lift["status"], lift["reason"], lift["change_pct"]) == ("not-identifiable", "wide", None)
    assert "adjusted-wide" in [n.code for n in found.notes]


def test_a_small_baseline_and_an_empty_one() -> None:
    found = adjusted(facts((300, 300, 40, 300), (300, 300, 5, 300)), PERFECT)
    lift = row(found, "lift")
    assert (lift["status"], lift["verdict"], lift["change_pct"]) == ("small", "too-few", None)
    assert lift["current"] == pytest.approx(40)
    nothing = adjusted(facts((0, 300, 40, 300), (0, 300, 40, 300)), PERFECT)
    assert row(nothing, "noise")["status"] == "small"
    gone = adjusted(facts((0, 300, 40, 300), (90, 300, 40, 300)), PERFECT)
    assert row(gone, "noise")["change_pct"] == pytest.approx(-100) and row(gone, "noise")["verdict"] == "fall"


def test_without_a_baseline() -> None:
    windows = replace(WINDOWS, covered=False)
    found = adjusted(facts((260, 370, 100, 470), (0, 0, 0, 0)), MIXED, windows=windows)
    noise = row(found, "noise")
    assert noise["current"] == pytest.approx(200) and noise["status"] == "incomplete"
    assert noise["baseline"] is None and noise["change_pct"] is None and noise["verdict"] is None


def test_errors_that_are_not_those_of_the_tickets() -> None:
    """MIXED takes a tenth of noise for other; with hardly any other found it cannot be these tickets."""
    found = adjusted(facts((900, 100, 50, 2), (900, 100, 50, 2)), MIXED)
    assert "adjusted-misfit" in [n.code for n in found.notes]
    assert row(found, "noise")["current"] + row(found, "parking")["current"] <= 1052


def test_how_often_the_intervals_hold_the_truth() -> None:
    """Invented errors, counts with the variance/mean 2, 300 labels, 40 times: near 95 %."""
    rng = np.random.default_rng(20241)
    true_c = np.array(
        [[0.85, 0.05, 0.02, 0.08], [0.06, 0.8, 0.02, 0.12], [0.02, 0.03, 0.9, 0.05], [0.05, 0.08, 0.02, 0.85]]
    )
    mean, factor = np.array([900.0, 700, 300, 1100]), np.array([0.8, 1.0, 1.2, 0.9])
    held = {"count": [0, 0], "change": [0, 0]}
    for _ in range(40):
        monthly = {2023: mean / 12, 2024: mean * factor / 12}
        counts = {year: rng.poisson(rng.gamma(m, 1.0, (12, 4))) for year, m in monthly.items()}
        rows: list[dict[str, Any]] = []
        for year, table in counts.items():
            for month, line in enumerate(table, 1):
                seen = rng.multinomial(line, true_c).sum(axis=0)
                for key, n in zip(IDS, seen.tolist(), strict=True):
                    rows += monthly_rows({f"{year}-{month:02d}": n}, type=key)
        kinds = rng.choice(4, 300, p=mean / mean.sum())
        taken = np.array([rng.choice(4, p=true_c[k]) for k in kinds])
        found = adjusted(
            make_facts(rows), confusion(kinds, taken, 4), settings=replace(SETTINGS, min_pairs=6)
        )
        for i, key in enumerate(IDS):
            got = row(found, key)
            assert got["status"] == "ok"
            for window, year in (("current", 2024), ("baseline", 2023)):
                held["count"][0] += got[f"{window}_low"] <= counts[year][:, i].sum() <= got[f"{window}_high"]
                held["count"][1] += 1
            held["change"][0] += got["low_pct"] <= 100 * (factor[i] - 1) <= got["high_pct"]
            held["change"][1] += 1
    shares = {k: a / b for k, (a, b) in held.items()}
    assert 0.91 <= shares["count"] <= 0.99, shares
    assert 0.91 <= shares["change"] <= 0.99, shares
