"""The interval against statsmodels, the dispersion against its GLM, and how often a verdict errs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import rates
from statsmodels.stats.rates import confint_poisson_2indep

from hotline_stats.analysis.uncertainty import Dispersion, dispersion, p_value, quantile, ratio_interval
from hotline_stats.settings.values import ComparisonSettings

SETTINGS = ComparisonSettings()


def compared(years: int = 3, months: Sequence[int] = range(12)) -> npt.NDArray[np.int64]:
    """Years × 12: the months of the last year against those of the year before."""
    windows = np.zeros((years, 12), dtype=np.int64)
    windows[-1, list(months)], windows[-2, list(months)] = 1, -1
    return windows


ALL = np.ones((3, 12), dtype=bool)
NONE = np.zeros((3, 12), dtype=np.int64)
"""No windows: the years are the levels, and nothing is widened."""


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


@given(
    c=st.integers(0, 10**6),
    b=st.integers(0, 10**6),
    phi=st.floats(0.1, 1000),
    df=st.sampled_from([1.0, 4.3, 22.0, np.inf]),
    confidence=st.sampled_from([0.8, 0.95, 0.99]),
)
def test_p_lies_below_the_level_just_where_the_interval_leaves_out_zero(
    c: int, b: int, phi: float, df: float, confidence: float
) -> None:
    low, high = limits(c, b, phi, df, confidence)
    p = float(p_value(np.array([float(c)]), np.array([float(b)]), spread(phi, df))[0])
    if c == b == 0:
        assert np.isnan(p)
        return
    assert 0 <= p <= 1
    if abs(p - (1 - confidence)) > 1e-9:
        assert (p < 1 - confidence) == (low > 0 or high < 0)


@pytest.mark.parametrize(("current", "baseline"), [(1102, 1368), (3, 10), (50, 40)])
def test_p_of_statsmodels(current: int, baseline: int) -> None:
    """Oracle: statsmodels.stats.rates.test_poisson_2indep(method="score"), the Poisson case."""
    known = rates.test_poisson_2indep(current, 1, baseline, 1, method="score", compare="ratio").pvalue
    ours = p_value(np.array([float(current)]), np.array([float(baseline)]), spread())[0]
    assert ours == pytest.approx(known, abs=1e-9)


def worth(freedom: float, cells: int, phi: float, mean: float) -> float:
    """Degrees of freedom by the definition of docs/method.md."""
    over = max(phi, 1.0)
    kurtosis = (6 * (over - 1) + 1 / over) / mean
    return max(1.0, freedom / (1 + kurtosis * freedom / (2 * cells)))


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
    found = dispersion(counts, present, NONE[:2], SETTINGS)
    assert found.enough
    assert found.phi[0] == pytest.approx(chi2 / 5, rel=1e-9)
    assert found.df[0] == pytest.approx(worth(5, 12, chi2 / 5, 440 / 12), rel=1e-9)


def fitted(
    counts: npt.NDArray[np.float64], level: npt.NDArray[np.int64], told: npt.NDArray[np.bool_]
) -> object:
    """statsmodels GLM, Poisson with scale="X2": factors level and month of the year."""
    month = np.broadcast_to(np.arange(12), level.shape)[told]
    levels = level[told]
    design = np.column_stack([levels[:, None] == np.unique(levels), month[:, None] == np.unique(month)[1:]])
    model = sm.GLM(counts[told], design.astype(float), family=sm.families.Poisson())
    return model.fit(scale="X2", tol=1e-13, maxiter=500)


@pytest.mark.parametrize("case", ["years", "January to May", "one month", "holes"])
def test_dispersion_of_statsmodels(case: str) -> None:
    """Oracle: statsmodels.api.GLM(family=Poisson()).fit(scale="X2"); the widening is taken out by a period that does
    not touch the months told, or looked for beside it."""
    rng = np.random.default_rng(3)
    counts = rng.negative_binomial(20, 0.2, (3, 3, 12)).astype(float)
    present, windows = ALL.copy(), NONE.copy()
    if case == "holes":
        present[0, :4] = present[2, 7:] = False
    elif case == "January to May":
        windows = compared(months=range(5))
    elif case == "one month":
        windows = compared(months=[4])
    level = np.arange(3)[:, None] * 3 + windows
    told = present & ((case != "one month") | (np.arange(12) != 4))
    found = dispersion(counts, present, windows, SETTINGS)
    for key in range(3):
        fit = fitted(counts[key], level, told)
        freedom = told.sum() - np.linalg.matrix_rank(fit.model.exog)
        scale = fit.pearson_chi2 / freedom
        assert fit.scale == pytest.approx(scale)
        assert found.phi[key] >= scale * (1 - 1e-9)
        if case in ("years", "holes"):
            assert found.phi[key] == pytest.approx(scale, rel=1e-7)
        assert found.df[key] == pytest.approx(
            worth(freedom, told.sum(), scale, counts[key][told].mean()), rel=1e-7
        )


def test_the_change_judged_does_not_sway_the_dispersion() -> None:
    """A window of several months and one of one month: ten times as many tickets in it leave phi as it was."""
    rng = np.random.default_rng(8)
    counts = rng.negative_binomial(50, 0.2, (1, 3, 12)).astype(float)
    for months in (range(12), range(5), [4]):
        more = counts.copy()
        more[0, 2, list(months)] *= 10
        before, after = (dispersion(y, ALL, compared(months=months), SETTINGS) for y in (counts, more))
        if len(months) == 1:
            assert after.phi[0] == pytest.approx(before.phi[0], rel=1e-9)
        assert after.df[0] == pytest.approx(before.df[0], rel=0.3)
        ordinary = dispersion(more, ALL, NONE, SETTINGS).phi[0]
        assert after.phi[0] < (ordinary if len(months) < 12 else np.inf)


def test_season_and_change_between_years_are_not_noise() -> None:
    """Counts without any noise: phi is the least that is believed, chi²(22) / 22 at 5 %."""
    season = np.array([5, 9, 12, 15, 18, 25, 40, 38, 20, 14, 10, 6], dtype=float)
    trend = np.exp(0.02 * np.arange(36)).reshape(3, 12)
    counts = np.array([[season * 10, season * 4, season * 20], season * 1000 * trend])
    found = dispersion(counts, ALL, NONE, SETTINGS)
    assert found.phi == pytest.approx([stats.chi2.ppf(0.05, 22) / 22] * 2)


@pytest.mark.parametrize("months", [0, 5])
def test_too_few_months_fall_back(months: int) -> None:
    present = np.zeros((2, 12), dtype=bool)
    present[0] = True
    present[1, :months] = True
    found = dispersion(np.full((2, 2, 12), 50.0), present, compared(2), SETTINGS)
    assert not found.enough
    assert found.phi.tolist() == [3.0, 3.0]
    assert np.isinf(found.df).all()


def test_a_key_of_few_months_is_judged_without_a_season() -> None:
    """Ten tickets in one month of one year are a clump: variance against the year's mean."""
    counts = np.zeros((4, 3, 12))
    counts[1, 2, 4] = 10
    counts[2, 2] = 5
    counts[3, 1, :2] = 7
    found = dispersion(counts, ALL, compared(), SETTINGS)
    assert found.enough
    assert (found.phi[0], found.df[0]) == (3.0, np.inf)
    clump = ((10 - 10 / 12) ** 2 + 11 * (10 / 12) ** 2) / (10 / 12) / 11
    alone = dispersion(counts[1:2], ALL, compared(), SETTINGS)
    assert alone.phi[0] == pytest.approx(clump) and alone.df[0] < 2
    assert found.phi[1] >= alone.phi[0]
    assert found.phi[2] == pytest.approx(stats.chi2.ppf(0.05, 11) / 11)
    assert np.isfinite(found.phi).all() and (found.phi > 0).all()


def test_no_keys() -> None:
    assert dispersion(np.zeros((0, 3, 12)), ALL, compared(), SETTINGS).phi.shape == (0,)


def simulated(seed: int, phi: float, mean: float, size: int, fall: float = 0.0) -> npt.NDArray[np.float64]:
    """size × 3 years × 12 counts with a season; the last year lower by `fall`."""
    rng = np.random.default_rng(seed)
    mu = np.broadcast_to(mean * (1 + 0.3 * np.sin(np.arange(12) * np.pi / 6)), (size, 3, 12)).copy()
    mu[:, 2] *= 1 - fall
    return rng.poisson(mu if phi == 1 else rng.gamma(mu / (phi - 1), phi - 1)).astype(float)


@pytest.mark.parametrize("months", [range(12), range(5), [4]], ids=["year", "January-May", "May"])
@pytest.mark.parametrize("phi", [1, 3, 10])
@pytest.mark.parametrize("mean", [30, 1000])
def test_false_alarms_stay_near_five_in_a_hundred(phi: int, mean: int, months: Sequence[int]) -> None:
    """Nothing changes, 36 months of history with a season: windows of the last year against the one before.
    3,000 series: the Monte Carlo error is 0.4 points."""
    y = simulated(100 * phi + mean, phi, mean, 3000)
    now, then = (y[:, year, list(months)].sum(axis=1) for year in (2, 1))
    low, high = ratio_interval(now, then, dispersion(y, ALL, compared(months=months), SETTINGS), 0.95)
    assert 0.02 < np.mean((high < 0) | (low > 0)) < 0.065


def test_a_real_fall_is_seen() -> None:
    y = simulated(5, 3, 114, 2000, fall=0.2)
    known = dispersion(y, ALL, compared(), SETTINGS)
    _, high = ratio_interval(y[:, 2].sum(axis=1), y[:, 1].sum(axis=1), known, 0.95)
    assert np.mean(high < 0) > 0.75


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_history_gives_a_sound_dispersion(data: st.DataObject) -> None:
    years = data.draw(st.integers(1, 4))
    draw = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    counts = draw.poisson(
        draw.gamma(0.3, data.draw(st.sampled_from([0.1, 5.0, 1e6])), (5, years, 12))
    ).astype(float)
    present = draw.random((years, 12)) < data.draw(st.sampled_from([0.3, 0.9, 1.0]))
    windows = draw.integers(-1, 2, (years, 12)) * data.draw(st.integers(0, 1))
    found = dispersion(counts, present, windows, SETTINGS)
    assert np.isfinite(found.phi).all() and (found.phi > 0).all()
    assert (found.df >= 1).all()
    p = p_value(counts[:, 0, 0] + 1, counts[:, -1, -1], found)
    assert ((p >= 0) & (p <= 1)).all()
