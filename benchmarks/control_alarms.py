"""How often a control chart fires in a year in which nothing changed: the table of docs/method.md.

    python benchmarks/control_alarms.py

Monthly counts are Poisson or negative binomial, months independent, with and without a season of 30 %; limits come from
the base months alone, and a year counts when any rule fires in its twelve months.
"""

import numpy as np

from hotline_stats.analysis.control import fired, limits

DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 4, dtype=float)
RUNS, SEED = 3000, 1


def draw(rng: np.random.Generator, mean: float, phi: float, months: int, season: float) -> np.ndarray:
    """RUNS × months counts with variance/mean `phi`."""
    expected = mean * DAYS[:months] / 30.4 * (1 + season * np.sin(2 * np.pi * np.arange(months) / 12))
    if phi == 1:
        return rng.poisson(expected, (RUNS, months)).astype(float)
    return rng.negative_binomial(expected / (phi - 1), 1 / phi, (RUNS, months)).astype(float)


def alarms(counts: np.ndarray, base: int) -> float:
    """Percent of the series in which a rule fires after the base."""
    months = counts.shape[1]
    found = limits(counts, DAYS[:months], np.arange(months) % 12, np.arange(months) < base)
    z, judged = (counts - found.centre) / found.sigma, np.ones(months, dtype=bool)
    return 100 * float(np.mean([any(f.last >= base for f in fired(row, judged)) for row in z]))


def main() -> None:
    rng = np.random.default_rng(SEED)
    print("| base months | variance/mean | no season, mean 30 / 300, % | season of 30 %, mean 30 / 300, % |")
    print("|---|---|---|---|")
    for base in (12, 24, 36):
        for phi in (1, 3, 10):
            cells = [
                " / ".join(f"{alarms(draw(rng, m, phi, base + 12, s), base):.0f}" for m in (30, 300))
                for s in (0.0, 0.3)
            ]
            print(f"| {base} | {phi} | {cells[0]} | {cells[1]} |")


if __name__ == "__main__":
    main()
