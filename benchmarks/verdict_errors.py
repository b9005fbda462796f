"""How often the verdict errs when nothing changed, and how often it sees a 20 % fall: the tables of docs/method.md.

Run: python benchmarks/verdict_errors.py (a few seconds). Counts are negative binomial with a season of 30 %;
seeded, so the same numbers come again.
"""

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis import dispersion, ratio_interval
from hotline_stats.analysis.uncertainty import Dispersion
from hotline_stats.settings import ComparisonSettings

Floats = npt.NDArray[np.float64]
SETTINGS = ComparisonSettings()
SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)
SERIES = 20_000
MEANS = (30, 100, 300, 1000)
SPREADS = (1, 3, 10)


def counts(random: np.random.Generator, mean: Floats, spread: float) -> Floats:
    """Counts with variance = spread × mean."""
    if spread == 1:
        return random.poisson(mean).astype(np.float64)
    return random.poisson(random.gamma(mean / (spread - 1), spread - 1)).astype(np.float64)


def judged(current: Floats, baseline: Floats, spread: Dispersion) -> tuple[float, float]:
    """Shares of series judged a fall and a rise, in percent."""
    low, high = ratio_interval(current, baseline, spread, SETTINGS.confidence)
    return 100 * float(np.mean(high < 0)), 100 * float(np.mean(low > 0))


def false_alarms(random: np.random.Generator) -> None:
    poisson = Dispersion(np.ones(SERIES), np.full(SERIES, np.inf), True)
    print("false alarms at nominal 5 %")
    print("months  variance/mean  monthly mean  year  Jan-May  one month  naive Poisson, year")
    for years in (2, 3, 5):
        for spread in SPREADS:
            for mean in MEANS:
                y = counts(random, np.broadcast_to(mean * SEASON, (SERIES, years, 12)), spread)
                known = dispersion(y, np.ones((years, 12), bool), SETTINGS)
                now, then = y[:, -1], y[:, -2]
                year = sum(judged(now.sum(1), then.sum(1), known))
                part = sum(judged(now[:, :5].sum(1), then[:, :5].sum(1), known))
                month = sum(judged(now[:, 4], then[:, 4], known))
                naive = sum(judged(now.sum(1), then.sum(1), poisson))
                print(
                    f"{12 * years:6} {spread:14} {mean:13} {year:5.1f} {part:8.1f} {month:10.1f} {naive:20.1f}"
                )


def drifting(random: np.random.Generator) -> None:
    """Months that follow each other: a drift of the level reads as a change."""
    print("false alarms, variance/mean 3, monthly mean 300, 36 months, by correlation from month to month")
    mean, sd = 300.0, np.sqrt(2 / 300)
    for rho in (0.0, 0.3, 0.6, 0.8):
        noise = random.normal(size=(SERIES, 36))
        level = np.empty_like(noise)
        level[:, 0] = noise[:, 0]
        for t in range(1, 36):
            level[:, t] = rho * level[:, t - 1] + np.sqrt(1 - rho**2) * noise[:, t]
        y = random.poisson(mean * np.exp(sd * level)).astype(np.float64).reshape(SERIES, 3, 12)
        known = dispersion(y, np.ones((3, 12), bool), SETTINGS)
        print(f"{rho:4.1f} {sum(judged(y[:, 2].sum(1), y[:, 1].sum(1), known)):6.1f}")


def power(random: np.random.Generator) -> None:
    print("a fall of 20 % in a year seen, 36 months: monthly mean, variance/mean, percent")
    for mean in (30, 114, 300):
        for spread in SPREADS:
            expected = np.broadcast_to(float(mean), (SERIES, 3, 12)).copy()
            expected[:, 2] *= 0.8
            y = counts(random, expected, spread)
            known = dispersion(y, np.ones((3, 12), bool), SETTINGS)
            print(f"{mean:5} {spread:3} {judged(y[:, 2].sum(1), y[:, 1].sum(1), known)[0]:6.0f}")


if __name__ == "__main__":
    generator = np.random.default_rng(12345)
    false_alarms(generator)
    drifting(generator)
    power(generator)
