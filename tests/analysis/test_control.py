"""Control limits against statsmodels and scipy, and the rules one by one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.analysis.control import MIN_MONTHS, fired, limits

DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)


YEAR = np.arange(12)


def test_a_base_of_a_year_is_the_chi2_of_scipy_and_the_t_quantile() -> None:
    """Oracle: statsmodels GLM of the counts with exposure, scale X2; scipy's t quantile where the normal has 3."""
    import statsmodels.api as sm
    from scipy.stats import norm, t

    counts = np.array([120, 95, 160, 130, 90, 150, 100, 170, 110, 90, 140, 105], dtype=float)
    fit = sm.GLM(counts, np.ones(12), family=sm.families.Poisson(), exposure=DAYS).fit(scale="X2")
    found = limits(counts[None], DAYS, YEAR, np.ones(12, dtype=bool))
    rate = math.exp(fit.params[0])
    assert not found.seasonal and fit.scale > 1
    assert found.widening[0] == pytest.approx(math.sqrt(fit.scale), rel=1e-9)
    wide = t.isf(norm.sf(3), 11)
    for i, days in enumerate(DAYS):
        assert found.centre[0, i] == pytest.approx(rate * days, rel=1e-9)
        half = wide * math.sqrt(rate * days * fit.scale * (1 + 1 / 12))
        assert 3 * found.sigma[0, i] == pytest.approx(half, rel=1e-9)


def test_two_years_or_more_give_each_month_a_centre_of_its_own() -> None:
    """Oracle: statsmodels GLM of the counts with a term for each month of the year."""
    import statsmodels.api as sm
    from scipy.stats import norm, t

    rng = np.random.default_rng(7)
    counts = rng.poisson(100 * (1 + 0.5 * np.sin(np.arange(37) / 6 * np.pi))).astype(float)
    days, of_year, base = np.tile(DAYS, 4)[:37], np.arange(37) % 12, np.arange(37) < 36
    design = (of_year[base, None] == YEAR).astype(float)
    family = sm.families.Poisson()
    fit = sm.GLM(counts[base], design, family=family, exposure=days[base]).fit(scale="X2")
    found = limits(counts[None], days, of_year, base)
    phi = max(1.0, fit.scale)
    assert found.seasonal
    assert found.centre[0, 36] == pytest.approx(31 * math.exp(fit.params[0]), rel=1e-9)
    half = t.isf(norm.sf(3), 24) * math.sqrt(found.centre[0, 36] * phi * (1 + 1 / 3))
    assert 3 * found.sigma[0, 36] == pytest.approx(half, rel=1e-9)


def test_a_season_fires_no_rule_whether_it_is_known_or_not() -> None:
    season = np.round(200 * (1 + 0.3 * np.sin(np.arange(48) / 6 * np.pi)))[None]
    days, of_year = np.full(48, 30.0), np.arange(48) % 12
    for base in (12, 24, 36):
        found = limits(season, days, of_year, np.arange(48) < base)
        assert fired((season - found.centre)[0] / found.sigma[0], np.ones(48, dtype=bool)) == []


def test_a_month_of_the_year_without_tickets_has_a_centre() -> None:
    counts = np.tile([0.0, *[20.0] * 11], 3)[None]
    found = limits(counts, np.full(36, 30.0), np.arange(36) % 12, np.arange(36) < 24)
    assert found.centre[0, 0] == 0.5 and (found.sigma > 0).all()


def test_base_months_alone_set_the_limits() -> None:
    counts = np.array([[100, 900, 100, *[100] * 11, 500]], dtype=float)
    base = np.array([True, False, *[True] * 12, False])
    found = limits(counts, np.full(15, 30.0), np.arange(15) % 12, base)
    assert found.centre[0].tolist() == pytest.approx([100.0] * 15)
    assert found.widening[0] == 1


def test_no_limits_on_few_months_or_few_tickets() -> None:
    of_year = np.arange(20) % 12
    short = limits(np.full((1, 20), 50.0), np.full(20, 30.0), of_year, np.arange(20) < MIN_MONTHS - 1)
    counts = np.array([[4.0] * 12, [5.0] * 12])
    few = limits(counts, np.full(12, 30.0), YEAR, np.ones(12, dtype=bool))
    assert np.isnan(short.centre).all() and np.isnan(short.widening).all()
    assert np.isnan(few.centre[0]).all() and not np.isnan(few.centre[1]).any()


def rules(z: list[float], judged: list[bool] | None = None) -> list[tuple[str, bool, int, int]]:
    mask = np.ones(len(z), dtype=bool) if judged is None else np.array(judged)
    return [(f.rule, f.above, f.first, f.last) for f in fired(np.array(z), mask)]


def test_one_month_beyond_three_sigma() -> None:
    assert rules([0, 3.01, 0, -3.01, 3.0]) == [("outside", True, 1, 1), ("outside", False, 3, 3)]


def test_nine_in_a_row() -> None:
    assert rules([0.1] * 8 + [-0.1]) == []
    assert rules([-0.1] + [0.1] * 9) == [("run", True, 1, 9)]
    assert rules([-0.1] * 11 + [0.0]) == [("run", False, 0, 10)]
    assert rules([0.1] * 5 + [0.0] + [0.1] * 5) == []


def test_two_of_three_beyond_two_sigma() -> None:
    assert rules([2.1, 0, 2.1]) == [("two-of-three", True, 0, 2)]
    assert rules([2.1, 2.1, 0]) == [("two-of-three", True, 0, 1)]
    assert rules([2.1, 0, 0, 2.1]) == []
    assert rules([2.1, -2.1, 0]) == []
    assert rules([-2.1, 0, -2.1, 0, -2.1]) == [("two-of-three", False, 0, 4)]
    assert rules([2.1, 2.1, 0, 0, 0, 2.1, 2.1]) == [
        ("two-of-three", True, 0, 1),
        ("two-of-three", True, 5, 6),
    ]


def test_months_not_judged_break_rows_and_fire_nothing() -> None:
    assert rules([0.1] * 10, [True] * 5 + [False] + [True] * 4) == []
    assert rules([9.0, 0], [False, True]) == []
    assert rules([2.1, 0, 2.1], [True, False, True]) == []
    assert rules([math.nan] * 12) == []


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_rules_against_the_sentences_that_define_them(z: list[float]) -> None:
    out, runs, twos = set(), set(), set()
    for sign in (1, -1):
        side = [sign * x for x in z]
        out |= {(sign, i) for i, x in enumerate(side) if x > 3}
        for i in range(len(z) - 8):
            if all(x > 0 for x in side[i : i + 9]):
                runs |= {(sign, j) for j in range(i, i + 9)}
        for i in range(len(z)):
            near = [j for j in range(i, min(i + 3, len(z))) if side[j] > 2]
            if len(near) >= 2:
                twos |= {(sign, j) for j in near}
    found = fired(np.array(z), np.ones(len(z), dtype=bool))

    def covered(rule: str) -> set[tuple[int, int]]:
        return {
            (1 if f.above else -1, i) for f in found if f.rule == rule for i in range(f.first, f.last + 1)
        }

    assert covered("outside") == out and covered("run") == runs
    assert twos <= covered("two-of-three")
    assert {(s, i) for s, i in covered("two-of-three") if s * z[i] > 2} == twos
    spans = [(f.above, f.first, f.last) for f in found if f.rule == "two-of-three"]
    assert all((1 if a else -1, i) in twos for a, first, last in spans for i in (first, last))
