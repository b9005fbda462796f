"""The interval against statsmodels, the dispersion against hand computation, and how often a verdict errs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import confint_poisson_2indep

from hotline_stats.analysis.uncertainty import Dispersion, dispersion, quantile, ratio_interval
from hotline_stats.settings.values import ComparisonSettings

SETTINGS = ComparisonSettings()


def spread(phi: float = 1.0, df: float = np.inf, size: int = 1) -> Dispersion:
    return Dispersion(np.full(size, phi), np.full(size, df), True)


def limits(
    current: float, baseline: float, phi: float = 1.0, df: float = np.inf, confidence: float = 0.95
) -> tuple[float, float]:
    low, high = ratio_interval(
        np.array([float(current)]), np.array([float(baseline)]), spread(phi, df), confidence
    )
    return float(low[0]), float(high[0])


@pytest.mark.parametrize(
    ("current", "baseline"), [(1102, 1368), (1, 1), (3, 10), (50, 40), (0, 12), (5000, 4800)]
)
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_score_interval_of_statsmodels(current: int, baseline: int, confidence: float) -> None:
    """Oracle: statsmodels.stats.rates.confint_poisson_2indep(method="score", compare="ratio")."""
    with np.errstate(all="ignore"):
        low, high = confint_poisson_2indep(
            current, 1, baseline, 1, method="score", compare="ratio", alpha=1 - confidence
        )
    ours = limits(current, baseline, confidence=confidence)
    expected_low = -100.0 if current == 0 else 100 * (low - 1)
    assert ours == pytest.approx((expected_low, 100 * (high - 1)), abs=1e-6)


def test_wilson_by_hand() -> None:
    """30 of 80: the Wilson limits of p, turned into odds."""
    z = 1.959963984540054
    n, p = 80, 30 / 80
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
    assert limits(30, 50) == pytest.approx(
        (100 * (low / (1 - low) - 1), 100 * (high / (1 - high) - 1)), abs=1e-9
    )


def test_dispersion_widens_as_fewer_tickets_would() -> None:
    assert limits(300, 400, phi=4) == pytest.approx(limits(75, 100), abs=1e-9)


def test_t_quantile_is_used_where_phi_is_estimated() -> None:
    df = np.array([5.0, 11.0, 22.0, np.inf])
    expected = [*stats.t.ppf(0.975, df[:3]), stats.norm.ppf(0.975)]
    assert quantile(df, 0.95) == pytest.approx(expected, abs=1e-9)
    assert limits(300, 400, df=5)[1] > limits(300, 400)[1]


def test_zero_counts() -> None:
    assert limits(0, 20)[0] == -100
    assert limits(20, 0)[1] == np.inf
    assert limits(20, 0)[0] > 0
    assert all(np.isnan(limits(0, 0)))


def test_huge_counts_keep_their_precision() -> None:
    low, high = limits(10**12, 10**12)
    assert low == pytest.approx(-high, rel=1e-5)
    assert 0 < high < 1e-3


@given(
    c=st.integers(0, 10**4),
    b=st.integers(1, 10**4),
    phi=st.floats(1, 100),
    df=st.sampled_from([3.0, 11.0, np.inf]),
)
def test_the_interval_holds_the_estimate_and_mirrors(c: int, b: int, phi: float, df: float) -> None:
    low, high = limits(c, b, phi, df)
    ratio = 100 * (c / b - 1)
    assert low <= ratio + 1e-6 * max(1, abs(ratio)) and ratio <= high + 1e-6 * max(1, abs(ratio))
    if c:
        back_low, back_high = limits(b, c, phi, df)
        assert (1 + low / 100) * (1 + back_high / 100) == pytest.approx(1, rel=1e-4)
        assert (1 + high / 100) * (1 + back_low / 100) == pytest.approx(1, rel=1e-4)


def test_pearson_dispersion_by_hand() -> None:
    """Two years × six months present in both; expected = row total × column total / grand total."""
    counts = np.zeros((1, 2, 12))
    counts[0, 0, :6] = [10, 20, 30, 40, 50, 60]
    counts[0, 1, :6] = [30, 20, 50, 20, 70, 40]
    present = np.zeros((2, 12), dtype=bool)
    present[:, :6] = True
    expected, chi2 = np.outer([210, 230], [40, 40, 80, 60, 120, 100]) / 440, 0.0
    for seen, mean in zip(counts[0, :, :6].ravel(), expected.ravel(), strict=True):
        chi2 += (seen - mean) ** 2 / mean
    found = dispersion(counts, present, SETTINGS)
    assert found.enough
    assert found.df.tolist() == [5]
    assert found.phi[0] == pytest.approx(chi2 / 5, rel=1e-9)


def test_pearson_dispersion_of_an_incomplete_table_is_that_of_the_glm() -> None:
    """Oracle: statsmodels GLM Poisson with year and month factors, scale = Pearson chi² / df_resid."""
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    counts = rng.negative_binomial(20, 0.2, (3, 3, 12)).astype(float)
    present = np.ones((3, 12), dtype=bool)
    present[0, :4] = present[2, 7:] = False
    year, month = np.nonzero(present)
    design = np.column_stack([year[:, None] == range(3), month[:, None] == range(1, 12)]).astype(float)
    found = dispersion(counts, present, SETTINGS)
    for key in range(3):
        fit = sm.GLM(counts[key][present], design, family=sm.families.Poisson()).fit(tol=1e-12)
        assert found.df[key] == fit.df_resid
        assert found.phi[key] == pytest.approx(fit.pearson_chi2 / fit.df_resid, rel=1e-6)


def test_season_and_change_between_years_are_not_noise() -> None:
    season = np.array([5, 9, 12, 15, 18, 25, 40, 38, 20, 14, 10, 6], dtype=float)
    counts = np.array([[season * 10, season * 4, season * 20]])
    assert dispersion(counts, np.ones((3, 12), dtype=bool), SETTINGS).phi.tolist() == [1.0]


@pytest.mark.parametrize("months", [0, 5])
def test_too_few_months_fall_back(months: int) -> None:
    present = np.zeros((2, 12), dtype=bool)
    present[0] = True
    present[1, :months] = True
    found = dispersion(np.full((2, 2, 12), 50.0), present, SETTINGS)
    assert not found.enough
    assert found.phi.tolist() == [3.0, 3.0]
    assert np.isinf(found.df).all()


def test_keys_of_zeros_and_of_one_ticket_stay_finite() -> None:
    counts = np.zeros((3, 3, 12))
    counts[1, 1, 4] = 1
    counts[2, :, :2] = 7
    found = dispersion(counts, np.ones((3, 12), dtype=bool), SETTINGS)
    assert found.enough
    assert found.phi.tolist() == [3.0, 3.0, 3.0]
    assert np.isinf(found.df).all()


def test_no_keys() -> None:
    assert dispersion(np.zeros((0, 2, 12)), np.ones((2, 12), dtype=bool), SETTINGS).phi.shape == (0,)


@pytest.mark.parametrize("phi", [1, 3, 10])
@pytest.mark.parametrize("mean", [30, 1000])
def test_false_alarms_stay_near_five_in_a_hundred(phi: int, mean: int) -> None:
    """Nothing changes, 36 months of history with a season: the last year against the one before."""
    rng = np.random.default_rng(100 * phi + mean)
    mu = np.broadcast_to(mean * (1 + 0.3 * np.sin(np.arange(12) * np.pi / 6)), (3000, 3, 12))
    counts = rng.poisson(mu if phi == 1 else rng.gamma(mu / (phi - 1), phi - 1)).astype(float)
    low, high = ratio_interval(
        counts[:, 2].sum(axis=1),
        counts[:, 1].sum(axis=1),
        dispersion(counts, np.ones((3, 12), dtype=bool), SETTINGS),
        0.95,
    )
    wrong = np.mean((high < 0) | (low > 0))
    assert 0.015 < wrong < 0.07


def test_a_real_fall_is_seen() -> None:
    rng = np.random.default_rng(5)
    mean = np.full((2000, 3, 12), 114.0)
    mean[:, 2] *= 0.8
    counts = rng.poisson(rng.gamma(mean / 2, 2)).astype(float)
    _, high = ratio_interval(
        counts[:, 2].sum(axis=1),
        counts[:, 1].sum(axis=1),
        dispersion(counts, np.ones((3, 12), dtype=bool), SETTINGS),
        0.95,
    )
    assert np.mean(high < 0) > 0.8
