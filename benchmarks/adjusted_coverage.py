"""How often the intervals of adjusted counts and changes hold the truth, at nominal 95 %, and how often they would if the
labelled tickets were resampled instead of drawing the errors from a Dirichlet distribution.

python benchmarks/adjusted_coverage.py
"""

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.misclassification import (
    ROUGHLY,
    Floats,
    redrawn,
    redrawn_counts,
    refound,
    sensitivities,
    true_counts,
)

REPEATS, DRAWS, PHI = 400, 400, 3.0
CASES = ((4, 300, 3000, 0.8), (4, 300, 3000, 0.97), (6, 400, 3000, 0.65), (10, 1200, 5000, 0.75))
"""Types, labelled tickets, tickets a year, the share of each type that is found right."""


def resampled(labels: npt.NDArray[np.int64], draws: int, rng: np.random.Generator) -> Floats:
    """Errors of labelled tickets drawn again with replacement."""
    n = int(labels.sum())
    cells = rng.multinomial(n, (labels / n).ravel(), size=draws).reshape(draws, *labels.shape)
    sums = cells.sum(axis=2, keepdims=True)
    return np.where(sums > 0, cells / np.maximum(sums, 1), sensitivities(labels))


def covered(case: tuple[int, int, int, float], dirichlet: bool) -> tuple[Floats, Floats]:
    """By type, the most frequent first: the share of repeats whose interval holds the true count of the first year, and
    that whose interval holds the change of the means."""
    k, labelled, tickets, right = case
    rng = np.random.default_rng(7)
    share = np.geomspace(1, 0.1, k) / np.geomspace(1, 0.1, k).sum()
    c = right * np.eye(k) + (1 - right) * rng.dirichlet(np.full(k, 0.7), k)
    change = rng.uniform(0.7, 1.2, k)
    phi = np.full((1, k), PHI)
    held = np.zeros((2, k))
    for _ in range(REPEATS):
        truth = [redrawn_counts(mean, phi, 1, rng)[0] for mean in (tickets * share, tickets * share * change)]
        labels = rng.multinomial(labelled, (share[:, None] * c).ravel()).reshape(k, k)
        mine = sensitivities(labels)
        again = redrawn(labels, DRAWS, rng) if dirichlet else resampled(labels, DRAWS, rng)
        best = [true_counts(refound(t, c, rng), mine) for t in truth]
        counts = true_counts(refound(np.tile(best[0], (DRAWS, 1)), mine, rng), again, ROUGHLY)
        alike = [
            true_counts(refound(redrawn_counts(t, phi, DRAWS, rng), mine, rng), again, ROUGHLY) for t in best
        ]
        ratio = np.divide(alike[1], alike[0], out=np.full_like(alike[0], np.inf), where=alike[0] > 0)
        for i, (draws, true) in enumerate(((counts, truth[0]), (ratio, change))):
            low, high = (np.quantile(draws, q, axis=0, method="nearest") for q in (0.025, 0.975))
            held[i] += (low <= true) & (true <= high)
    return held[0] / REPEATS, held[1] / REPEATS


def main() -> None:
    for case in CASES:
        for dirichlet in (True, False):
            count, change = (100 * x for x in covered(case, dirichlet))
            how = "Dirichlet" if dirichlet else "resampled"
            print(
                case, how, "counts", count.round(1).tolist(), "changes", change.round(1).tolist(), flush=True
            )


if __name__ == "__main__":
    main()
