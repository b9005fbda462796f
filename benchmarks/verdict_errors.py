"""How often verdicts err when nothing changed, and what they see: the tables of docs/method.md.

Run: python benchmarks/verdict_errors.py [alarms] [drift] [power] [tables] [designs] [alone], all of them in some minutes on one
core. Counts are negative binomial (variance = spread × mean in every month) with a season of 30 %; each part has its
own seed, so the same numbers come again. Windows: the last year against the one before, January to May of it, and
May alone. Monte Carlo error of a share p of n: sqrt(p·(1 − p) / n).
"""

import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, polygamma

from hotline_stats.analysis import dispersion, p_value, ratio_interval, survivors
from hotline_stats.analysis.uncertainty import Dispersion
from hotline_stats.settings import ComparisonSettings

Floats = npt.NDArray[np.float64]
SETTINGS = ComparisonSettings()
SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)
WINDOWS = {"year": range(12), "Jan-May": range(5), "May": range(4, 5)}
SERIES = 20_000
MEANS = (30, 100, 300, 1000)
FEW = (1, 3, 10)
SPREADS = (1, 3, 10)
CELLS = 160


def counts(random: np.random.Generator, mean: Floats, spread: Floats | float) -> Floats:
    """Counts with variance = spread × mean; Poisson where spread is 1."""
    over = np.broadcast_to(np.asarray(spread, np.float64) - 1, mean.shape)
    safe = np.where(over > 0, over, 1.0)
    return random.poisson(np.where(over > 0, random.gamma(mean / safe, safe), mean)).astype(np.float64)


def steady(series: int, years: int, mean: Floats | float) -> Floats:
    """Expected counts, series × years × 12, of which only the season moves."""
    return np.broadcast_to(np.asarray(mean, np.float64).reshape(-1, 1, 1) * SEASON, (series, years, 12))


def judged(y: Floats, months: Sequence[int]) -> tuple[Floats, Floats, Dispersion]:
    """Counts of both windows and the dispersion, as a comparison has them."""
    windows = np.zeros(y.shape[1:], np.int64)
    windows[-1, months], windows[-2, months] = 1, -1
    known = dispersion(y, np.ones(y.shape[1:], bool), windows, SETTINGS)
    return y[:, -1, months].sum(1), y[:, -2, months].sum(1), known


def called(now: Floats, then: Floats, known: Dispersion) -> tuple[float, float]:
    """Shares of series called a fall and a rise, each judged alone, in percent."""
    low, high = ratio_interval(now, then, known, SETTINGS.confidence)
    many = np.maximum(now, then) >= SETTINGS.min_n
    return 100 * float(np.mean(many & (high < 0))), 100 * float(np.mean(many & (low > 0)))


def poisson(size: int) -> Dispersion:
    return Dispersion(np.ones(size), np.full(size, np.inf), True)


def alarms(random: np.random.Generator) -> None:
    print(f"false alarms at nominal 5 %, {SERIES} series each; last column: naive Poisson, year")
    print("months  variance/mean  monthly mean  year  Jan-May    May  naive")
    for years in (2, 3, 5):
        for spread in SPREADS:
            for mean in (*FEW, *MEANS):
                y = counts(random, steady(SERIES, years, mean), spread)
                found = [judged(y, months) for months in WINDOWS.values()]
                shares = [sum(called(*one)) for one in found]
                naive = sum(called(*found[0][:2], poisson(SERIES)))
                columns = " ".join(f"{s:7.1f}" for s in (*shares, naive))
                print(f"{12 * years:6} {spread:14} {mean:13} {columns}", flush=True)


LONE = 2000


def alone(random: np.random.Generator) -> None:
    """The same for rows that no table stands beside, such as the total: their own months alone tell how they follow
    each other."""
    print(f"false alarms of single rows at nominal 5 %, 36 months, {LONE} series each")
    print("variance/mean  monthly mean  year  Jan-May    May")
    for spread in SPREADS:
        for mean in MEANS:
            y = counts(random, steady(LONE, 3, mean), spread)
            shares = []
            for months in WINDOWS.values():
                rows = [judged(y[i : i + 1], months) for i in range(LONE)]
                now, then, phi, df = (
                    np.concatenate(x) for x in zip(*((a, b, k.phi, k.df) for a, b, k in rows), strict=True)
                )
                shares.append(sum(called(now, then, Dispersion(phi, df, True))))
            print(f"{spread:13} {mean:13} " + " ".join(f"{s:7.1f}" for s in shares), flush=True)


def drift(random: np.random.Generator) -> None:
    """Months that follow each other: the level moves slowly."""
    print(f"false alarms by correlation from month to month, mean 300, {SERIES} series each")
    print("months  variance/mean   rho    year  Jan-May    May")
    for years in (2, 3, 5):
        for spread in (3, 10):
            for rho in (0.0, 0.3, 0.6, 0.8):
                noise = random.normal(size=(SERIES, 12 * years))
                for t in range(1, 12 * years):
                    noise[:, t] = rho * noise[:, t - 1] + np.sqrt(1 - rho**2) * noise[:, t]
                level = np.exp(np.sqrt((spread - 1) / 300) * noise).reshape(SERIES, years, 12)
                y = random.poisson(steady(SERIES, years, 300) * level).astype(np.float64)
                shares = [sum(called(*judged(y, months))) for months in WINDOWS.values()]
                print(
                    f"{12 * years:6} {spread:14} {rho:5.1f} " + " ".join(f"{s:7.1f}" for s in shares),
                    flush=True,
                )


def power(random: np.random.Generator) -> None:
    print(f"a fall of 20 % seen, judged alone, in percent of {SERIES} series each")
    print("months  variance/mean  monthly mean  year  Jan-May    May")
    for years in (2, 3):
        for spread in SPREADS:
            for mean in (*MEANS[:1], 114, *MEANS[2:]):
                expected = steady(SERIES, years, mean).copy()
                expected[:, -1] *= 0.8
                y = counts(random, expected, spread)
                shares = [called(*judged(y, months))[0] for months in WINDOWS.values()]
                columns = " ".join(f"{s:7.1f}" for s in shares)
                print(f"{12 * years:6} {spread:14} {mean:13} {columns}", flush=True)


TABLES = 1000
MIXED_MEANS = np.resize([30.0, 100.0, 300.0, 1000.0], CELLS)
MIXED_SPREADS = np.resize([1.0, 1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 3.0, 10.0, 10.0, 10.0, 10.0], CELLS)
FEW_MEANS = np.resize([1.0, 2.0, 5.0, 10.0], CELLS)
FEW_SPREADS = np.resize([1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0], CELLS)


def table(
    random: np.random.Generator, years: int, mean: Floats, spread: Floats, fallen: npt.NDArray[np.bool_]
) -> Floats:
    """TABLES × CELLS × years × 12 counts; the last year of `fallen` rows holds 30 % less."""
    expected = np.broadcast_to(mean[:, None, None] * SEASON, (TABLES, CELLS, years, 12)).copy()
    expected[:, fallen, -1] *= 0.7
    return counts(random, expected, spread[:, None, None])


def discoveries(now: Floats, then: Floats, known: Dispersion) -> npt.NDArray[np.bool_]:
    """Which cells have a verdict, tables × cells."""
    p, n = (x.reshape(-1, CELLS) for x in (p_value(now, then, known), now + then))
    found = np.array(
        [survivors(a, b >= SETTINGS.min_n, 1 - SETTINGS.confidence) for a, b in zip(p, n, strict=True)]
    )
    return found & (np.maximum(now, then).reshape(-1, CELLS) >= SETTINGS.min_n)


def tables(random: np.random.Generator) -> None:
    print(
        f"tables of {CELLS} cells, {TABLES} each: none changed — share with any verdict; a fifth fell by 30 % —"
    )
    print("mean share of false verdicts among all verdicts (FDR), and share of the falls seen; year, percent")
    print("months  cells                 any false    FDR   seen")
    full, kinds = np.ones(CELLS), {}
    for spread in SPREADS:
        kinds |= {f"mean {m}, spread {spread}": (m * full, spread * full) for m in (30, 100, 300)}
    kinds["mixed 30-1000, 1-10"] = MIXED_MEANS, MIXED_SPREADS
    kinds["few: 1-10, 1-2"] = FEW_MEANS, FEW_SPREADS
    for years in (2, 3):
        for name, (mean, spread) in kinds.items():
            fallen = np.zeros(CELLS, bool)
            none = discoveries(
                *judged(table(random, years, mean, spread, fallen).reshape(-1, years, 12), range(12))
            )
            fallen[random.permutation(CELLS)[: CELLS // 5]] = True
            some = discoveries(
                *judged(table(random, years, mean, spread, fallen).reshape(-1, years, 12), range(12))
            )
            rate = (some & ~fallen).sum(1) / np.maximum(1, some.sum(1))
            print(
                f"{12 * years:6}  {name:22} {100 * none.any(1).mean():8.1f} {100 * rate.mean():6.1f}"
                f" {100 * some[:, fallen].mean():6.1f}",
                flush=True,
            )


def pooled(known: Dispersion) -> Dispersion:
    """Dispersions of one table drawn towards each other (Smyth 2004, as limma does): an alternative that was not
    taken."""
    s2, d = known.phi, known.df
    e = np.log(s2) - digamma(d / 2) + np.log(d / 2)
    spread = float(e.var(ddof=1) - polygamma(1, d / 2).mean())
    if spread <= 0:
        return Dispersion(np.full_like(s2, np.exp(e.mean())), np.full_like(d, d.sum()), True)
    prior = 2 * _inverse_trigamma(spread)
    s0 = np.exp(e.mean() + digamma(prior / 2) - np.log(prior / 2))
    return Dispersion((d * s2 + prior * s0) / (d + prior), np.minimum(d + prior, d.sum()), True)


def _inverse_trigamma(x: float) -> float:
    y = 0.5 + 1 / x
    for _ in range(50):
        trigamma = float(polygamma(1, y))
        y += trigamma * (1 - trigamma / x) / float(polygamma(2, y))
    return y


def designs(random: np.random.Generator) -> None:
    """What other ways of estimating the dispersion do: why this one was taken."""
    print(
        f"errors of a row judged alone at nominal 5 %, {SERIES} series each: ours, years as levels, the same >= 1"
    )
    for spread, mean in ((1, 100), (3, 100), (10, 100)):
        y = counts(random, steady(SERIES, 3, mean), spread)
        for name, months in WINDOWS.items():
            now, then, ours = judged(y, months)
            plain = dispersion(y, np.ones((3, 12), bool), np.zeros((3, 12), np.int64), SETTINGS)
            floor = Dispersion(np.maximum(1, plain.phi), plain.df, True)
            shares = " ".join(f"{sum(called(now, then, k)):6.1f}" for k in (ours, plain, floor))
            print(f"{spread:3} {mean:5} {name:8} {shares}", flush=True)
    print(
        f"rows of mixed tables of {CELLS} cells ({TABLES} each): mean and worst error of a row, ours and pooled"
    )
    for years in (2, 3):
        y = table(random, years, MIXED_MEANS, MIXED_SPREADS, np.zeros(CELLS, bool))
        now, then, known = judged(y.reshape(-1, years, 12), range(12))
        parts = np.arange(len(now)).reshape(TABLES, CELLS)
        drawn = [pooled(Dispersion(known.phi[i], known.df[i], True)) for i in parts]
        other = Dispersion(
            np.concatenate([k.phi for k in drawn]), np.concatenate([k.df for k in drawn]), True
        )
        for name, k in (("ours", known), ("pooled", other)):
            wrong = (p_value(now, then, k) < 0.05).reshape(TABLES, CELLS).mean(0)
            print(f"{12 * years:6} {name:7} {100 * wrong.mean():5.1f} {100 * wrong.max():5.1f}", flush=True)


PARTS = {f.__name__: f for f in (alarms, drift, power, tables, designs, alone)}

if __name__ == "__main__":
    for number, (name, part) in enumerate(PARTS.items()):
        if name in (sys.argv[1:] or PARTS):
            part(np.random.default_rng(12345 + number))
