"""How sure a change is: the dispersion of past months, and the interval of a ratio widened by it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hotline_stats.settings.values import ComparisonSettings

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_ROUNDS = 200
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Dispersion:
    """Variance/mean of monthly counts, per key. `phi` >= 1; `df` its degrees of freedom, infinite where
    `phi` is the assumed fallback. `enough`: the months of the data allow an estimate at all."""

    phi: Floats
    df: Floats
    enough: bool

    def take(self, index: npt.NDArray[np.intp]) -> "Dispersion":
        return Dispersion(self.phi[index], self.df[index], self.enough)


def dispersion(counts: Floats, present: Bools, settings: ComparisonSettings) -> Dispersion:
    """How much more than Poisson the monthly counts of each key vary.

    `counts`: keys × years × 12 months; `present`: years × 12, the cells that the data cover. Model: a monthly
    count is Poisson with mean (effect of the year) × (effect of the month of the year), so neither a season
    nor a change between years counts as noise. phi = max(1, Pearson chi² / df), over the months of the year
    present in at least two years; df = cells − years − months + 1 of the cells whose fitted mean is not zero
    (McCullagh & Nelder 1989, 4.5). A key with fewer degrees of freedom than `min_pairs` − 1, and every key
    when fewer than `min_pairs` months of the year stand in two years, gets `fallback_dispersion`.
    Months are taken as independent: a level that drifts over several months reads as change, not as noise.
    """
    keys = counts.shape[0]
    phi = np.full(keys, max(1.0, settings.fallback_dispersion))
    df = np.full(keys, np.inf)
    months = np.flatnonzero(present.sum(axis=0) >= 2)
    if len(months) < max(1, settings.min_pairs):
        return Dispersion(phi, df, False)
    mask = present[:, months]
    seen = np.where(mask, counts[:, :, months], 0.0)
    expected, freedom = _fitted(seen, mask), _freedom(seen, mask)
    chi2 = _safe_divide((seen - expected) ** 2, expected).sum(axis=(1, 2))
    usable = freedom >= max(1, settings.min_pairs - 1)
    phi[usable] = np.maximum(1.0, chi2[usable] / freedom[usable])
    df[usable] = freedom[usable]
    return Dispersion(phi, df, True)


def _fitted(seen: Floats, mask: Bools) -> Floats:
    """Expected counts of the independence model on the cells of `mask`, by iterative proportional fitting;
    with every cell present the first round is row total × column total / grand total."""
    rows, columns = seen.sum(axis=2, keepdims=True), seen.sum(axis=1, keepdims=True)
    expected = np.where(mask, np.ones_like(seen), 0.0)
    for _ in range(_ROUNDS):
        expected *= _safe_divide(rows, expected.sum(axis=2, keepdims=True))
        expected *= _safe_divide(columns, expected.sum(axis=1, keepdims=True))
        if np.all(np.abs(expected.sum(axis=2, keepdims=True) - rows) <= _TOLERANCE * np.maximum(rows, 1.0)):
            break
    return expected


def _freedom(seen: Floats, mask: Bools) -> Floats:
    """Degrees of freedom left by the model, leaving out years and months in which a key never occurs."""
    years, months = seen.sum(axis=2) > 0, seen.sum(axis=1) > 0
    cells = (years[:, :, None] & months[:, None, :] & mask).sum(axis=(1, 2))
    free: Floats = (cells - years.sum(axis=1) - months.sum(axis=1) + 1).astype(np.float64)
    return free


def _safe_divide(a: Floats, b: Floats) -> Floats:
    """a / b, zero where b is zero."""
    shape = np.broadcast_shapes(a.shape, b.shape)
    return np.divide(a, b, out=np.zeros(shape), where=np.broadcast_to(b, shape) > 0)


def ratio_interval(
    current: Floats, baseline: Floats, spread: Dispersion, confidence: float
) -> tuple[Floats, Floats]:
    """Lower and upper limit of the change in percent, from the two counts of each key.

    Given the sum of two Poisson counts, the first is binomial with p = r / (1 + r), r the ratio of their
    means. The score (Wilson 1927) limits of p turned into limits of r are the roots of
    (current − r·baseline)² = z²·phi·r·(current + baseline), where phi widens for overdispersion and z is the
    t quantile of phi's degrees of freedom (normal where these are infinite). With phi = 1 and the normal
    quantile this is the score interval of Graham, Mengersen & Morton 2003. The upper limit is infinite on a
    zero baseline; both are nan when both counts are zero.
    """
    half = quantile(spread.df, confidence) ** 2 * spread.phi * (current + baseline) / 2
    middle = current * baseline + half
    root = np.sqrt(half * (half + 2 * current * baseline))
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(current > 0, current**2 / (middle + root), 0.0)
        high = np.where(baseline > 0, (middle + root) / baseline**2, np.inf)
    nothing = (current == 0) & (baseline == 0)
    low[nothing] = high[nothing] = np.nan
    return 100 * (low - 1), 100 * (high - 1)


def quantile(df: Floats, confidence: float) -> Floats:
    """Two-sided quantile of Student's t with `df` degrees of freedom, of the normal where they are infinite."""
    from scipy.special import ndtri, stdtrit

    upper = (1 + confidence) / 2
    finite = np.isfinite(df)
    out: Floats = np.where(finite, stdtrit(np.where(finite, df, 1.0), upper), ndtri(upper))
    return out
