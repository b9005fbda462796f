"""A festival that moves makes no verdict on January or February, and a real change still does."""

from datetime import timedelta

import numpy as np
import pytest
from analysis_frames import make_facts, make_windows

from hotline_stats.analysis import compare, monthly, settle
from hotline_stats.analysis.days import AROUND, FESTIVAL, KINDS, kinds
from hotline_stats.analysis.exposure import season, window_season
from hotline_stats.analysis.months import pairs
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import parse
from hotline_stats.settings import ComparisonSettings

SETTINGS = ComparisonSettings()


def drawn(seed: int, year: int, mean: float, scatter: float = 1.5, change: float = 1.0) -> Facts:
    """36 months to the end of `year` without any change but weekends and a festival that takes 50–70 % of the tickets of
    its week and up to 40 % of those around it; `change` multiplies January and February of the last year."""
    rng = np.random.default_rng(seed)
    span = parse(f"{year - 2}..{year}")
    pace = mean * np.array([1, 0.7, 0.6, rng.uniform(0.3, 0.5), rng.uniform(0.6, 1)])[kinds(span)]
    days = [span.start + timedelta(days=i) for i in range(span.days)]
    pace *= [change if d.year == year and d.month <= 2 else 1 for d in days]
    counts = rng.poisson(rng.gamma(pace / (scatter - 1), scatter - 1))
    return make_facts([{"accepted": d, "n": int(n)} for d, n in zip(days, counts, strict=True) if n])


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
@pytest.mark.parametrize("mean", [10, 30, 100])
def test_a_moved_festival_alone_yields_no_verdict(year: int, mean: int) -> None:
    """Of 2022–2027, three years at a time, each with its own festival; eight draws each."""
    beyond_noise = 0
    for seed in range(8):
        facts = drawn(seed, year, mean)
        found = compare(facts, settle(facts, str(year)), "month", SETTINGS)
        rows = found.rows["verdict"].tolist()[:2]
        for month in ("01", "02"):
            window = settle(facts, f"{year}-{month}")
            rows.append(compare(facts, window, "type", SETTINGS).total["verdict"])
        assert set(rows) <= {"within-noise", "calendar"}
        beyond_noise += rows.count("calendar")
        assert found.groups["key"].tolist() == [f"{year}-01..{year}-02"]
    assert beyond_noise > 0 or mean < 30 or year == 2027  # the raw change would have been called one


@pytest.mark.parametrize("seed", range(4))
def test_a_real_change_is_told_against_the_festival_and_in_the_sum(seed: int) -> None:
    """In 2024 the festival left January, which lifts it: a fall of half there is one. February, which it lowers, may be
    left open; the two together are not."""
    facts = drawn(seed, 2024, 30, change=0.5)
    found = compare(facts, settle(facts, "2024"), "month", SETTINGS)
    january, february = found.rows["verdict"].tolist()[:2]
    assert january in ("fall", "within-noise") and february in ("fall", "calendar")
    assert found.groups["verdict"].tolist() == ["fall"]
    assert found.rows["calendar_pct"].tolist()[:2] == [pytest.approx(-50, abs=9)] * 2


def test_the_sum_of_january_and_february_is_that_of_their_rows() -> None:
    facts = drawn(3, 2024, 20)
    windows = settle(facts, "2024")
    found = compare(facts, windows, "month", SETTINGS)
    both = found.groups.to_dict("records")[0]
    for column in ("current", "baseline", "change"):
        assert both[column] == found.rows[column].iloc[:2].sum()
    note = next(n for n in found.notes if n.code == "spring-festival-months")
    assert f"{both['baseline']}→{both['current']}件" in note.text("zh").replace(",", "")
    assert note in monthly(facts, windows).notes
    assert found.to_dict("zh")["groups"][0]["name"] == "2024年1—2月合计"
    assert found.rows["current"].sum() == found.total["current"]


def test_season_by_hand() -> None:
    """30 days against 30, of which 8 in the festival week (weight 0.4): factor 25.2 / 30; the strongest effect leaves
    1 − 0.8 · 8 / 30 = 0.78667."""
    now, then = np.zeros((1, KINDS)), np.zeros((1, KINDS))
    now[0, [0, FESTIVAL]], then[0, 0] = (22, 8), 30
    found = season(now, then, (1.0, 0.7, 0.6, 0.4, 0.8))
    assert found.factor[0] == pytest.approx(25.2 / 30)
    assert (found.least[0], found.most[0]) == (pytest.approx(1 - 0.8 * 8 / 30), 1.0)
    turned = season(then, now, (1.0, 0.7, 0.6, 0.4, 0.8))
    assert turned.factor[0] == pytest.approx(30 / 25.2)
    assert (turned.least[0], turned.most[0]) == (1.0, pytest.approx(1 / (1 - 0.8 * 8 / 30)))
    around = now.copy()
    around[0, [FESTIVAL, AROUND]] = 0, 8
    assert season(around, then, ()).least[0] == pytest.approx(1 - 0.4 * 8 / 30)


def test_equal_days_need_no_adjusting() -> None:
    same = make_windows(parse("2024-04"), parse("2024-04"))
    found = window_season(same, 2)
    assert found.factor.tolist() == found.least.tolist() == found.most.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("period", "baseline", "expected"),
    [
        ("2024", "2023", (0,)),
        ("2023-11..2024-10", "2022-11..2023-10", (2,)),
        ("2023..2024", "2021..2022", (0, 12)),
        ("2024-02..2024-12", "2023-02..2023-12", ()),
        ("2024-01", "2023-01", ()),
        ("2024-03..2024-12", "2023-03..2023-12", ()),
    ],
)
def test_pairs_of_january_and_february(period: str, baseline: str, expected: tuple[int, ...]) -> None:
    assert pairs(make_windows(parse(period), parse(baseline))) == expected
