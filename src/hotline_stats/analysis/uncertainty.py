"""How sure a change is: the dispersion of past months, and the interval and p value of a ratio widened by it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.drift import Course, widening
from hotline_stats.settings.values import ComparisonSettings

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_ROUNDS = 200
_TOLERANCE = 1e-13
_BY_CHANCE = 0.05
"""An estimate that Poisson counts would give less often than this is not believed: they do not vary less."""


@dataclass(frozen=True)
class Dispersion:
    """Variance/mean of monthly counts, per key: `phi` > 0, and `df` its degrees of freedom, infinite where `phi`
    is the assumed fallback. `enough`: the months of the data allow an estimate at all."""

    phi: Floats
    df: Floats
    enough: bool


def dispersion(counts: Floats, present: Bools, windows: Ints, settings: ComparisonSettings) -> Dispersion:
    """How much more than Poisson the monthly counts of each key vary.

    `counts`: keys × years × 12 months; `present`: years × 12, the cells that the data cover; `windows`: years × 12,
    1 for months of the period compared, −1 for those of its baseline, 0 for others and those of both.

    Model (quasi-Poisson): a monthly count has mean (effect of its level) × (effect of the month of the year) and
    variance phi × mean. The months of a year have one level, and those of it that lie in a window one of their own.
    So neither a season nor a trend counts as noise (so many percent a month are an effect of the year times one of
    the month), and residuals add up to zero over each window: phi does not hang on the change that it is to judge.

    phi = Pearson chi² / freedom (McCullagh & Nelder 1989, 4.5), freedom = cells − levels − months + parts of the
    table that no cell joins; cells that the model fits whatever they hold, and levels and months in which a key
    never occurs, are left out. phi is not below the 5 % quantile of chi² / freedom, and grows where months follow
    each other, see `drift.widening`. df is freedom less what counts of few tickets cost, see `_worth`.

    A key of which freedom is below `min_pairs` − 2, since it occurs in few months, is taken to have no season: what
    varies within a level is noise. A key without tickets has `fallback_dispersion`, as have all when fewer than
    `min_pairs` months of the year can be set against each other.
    """
    keys = counts.shape[0]
    phi, df = np.full(keys, max(1.0, settings.fallback_dispersion)), np.full(keys, np.inf)
    level = 3 * np.arange(len(present))[:, None] + 1 + windows
    told = _told(present, level)
    enough = bool(told.any(axis=0).sum() >= max(1, settings.min_pairs))
    if not enough or not keys:
        return Dispersion(phi, df, enough)
    levels = np.unique(level[told])
    mask = np.array([told[which // 3] & (level[which // 3] == which) for which in levels])
    seen = np.where(mask, counts[:, levels // 3], 0.0)
    least = max(1, settings.min_pairs - 2)
    cells, freedom = _cells_and_freedom(seen, mask)
    seasonal = freedom >= least
    expected = np.empty_like(seen)
    expected[seasonal] = _fitted(seen[seasonal], mask)
    expected[~seasonal], cells[~seasonal], freedom[~seasonal] = _flat(seen[~seasonal], mask)
    usable = freedom >= least
    residuals = _safe_divide(seen - expected, np.sqrt(expected))[usable]
    cells, freedom = cells[usable], freedom[usable]
    narrow = np.maximum((residuals**2).sum(axis=(1, 2)) / freedom, _least(freedom))
    in_order = np.where(told, residuals[:, np.searchsorted(levels, level) % len(levels), np.arange(12)], 0.0)
    course = Course(told.ravel(), level.ravel(), windows.ravel())
    phi[usable] = narrow * widening(in_order.reshape(len(narrow), told.size), course)
    df[usable] = _worth(freedom, cells, narrow, seen[usable].sum(axis=(1, 2)) / cells)
    return Dispersion(phi, df, True)


def _flat(seen: Floats, mask: Bools) -> tuple[Floats, Floats, Floats]:
    """Expected counts, cells and freedom of the model without a season, for keys that occur in few months."""
    size = mask.sum(axis=1)
    occurs = seen.sum(axis=2) > 0
    expected = np.where(mask, seen.sum(axis=2, keepdims=True) / size[:, None], 0.0)
    cells = (occurs * size).sum(axis=1).astype(np.float64)
    return expected, cells, cells - occurs.sum(axis=1)


def _told(present: Bools, level: Ints) -> Bools:
    """The cells that tell of the dispersion: those with company in their level and in their month of the year."""
    told = present
    while True:
        company = np.bincount(level[told], minlength=int(level.max(initial=0)) + 1)[level] > 1
        kept = told & company & (told.sum(axis=0) > 1)
        if np.array_equal(kept, told):
            return told
        told = kept


def _fitted(seen: Floats, mask: Bools) -> Floats:
    """Expected counts of the independence model on the cells of `mask` (levels × 12), by iterative proportional fitting;
    with every cell present the first round is row total × column total / grand total."""
    rows, columns = seen.sum(axis=2, keepdims=True), seen.sum(axis=1, keepdims=True)
    expected = np.repeat(mask[None].astype(np.float64), len(seen), axis=0)
    left = np.arange(len(seen))
    for _ in range(_ROUNDS):
        part = expected[left]
        part *= _safe_divide(rows[left], part.sum(axis=2, keepdims=True))
        part *= _safe_divide(columns[left], part.sum(axis=1, keepdims=True))
        expected[left] = part
        off = np.abs(part.sum(axis=2, keepdims=True) - rows[left]) > _TOLERANCE * np.maximum(rows[left], 1.0)
        left = left[off.any(axis=(1, 2))]
        if not len(left):
            break
    return expected


def _cells_and_freedom(seen: Floats, mask: Bools) -> tuple[Floats, Floats]:
    """Cells in which a key may occur, and the degrees of freedom that the model leaves them."""
    levels, months = seen.sum(axis=2) > 0, seen.sum(axis=1) > 0
    cells = levels[:, :, None] & months[:, None, :] & mask
    count = cells.sum(axis=(1, 2)).astype(np.float64)
    return count, count - levels.sum(axis=1) - months.sum(axis=1) + _parts(cells)


def _parts(cells: Bools) -> Floats:
    """Into how many parts the levels of each key fall that no month joins."""
    joined = cells.astype(np.float64)
    reach = joined @ joined.transpose(0, 2, 1) > 0
    for _ in range(max(1, int(reach.shape[1]).bit_length())):
        step = reach.astype(np.float64)
        reach = step @ step > 0
    # Each part is counted once, at the first of its levels.
    first = reach & ~np.triu(np.ones(reach.shape[1:], dtype=bool))
    parts: Floats = (reach.any(axis=2) & ~first.any(axis=2)).sum(axis=1).astype(np.float64)
    return parts


def _least(freedom: Floats) -> Floats:
    """The quantile of chi² / freedom that Poisson counts stay below with probability _BY_CHANCE."""
    from scipy.special import gammaincinv

    least: Floats = 2 * gammaincinv(freedom / 2, _BY_CHANCE) / freedom
    return least


def _worth(freedom: Floats, cells: Floats, phi: Floats, mean: Floats) -> Floats:
    """The degrees of freedom of the chi² distribution that varies as Pearson's chi² of so few tickets does.

    Negative binomial counts with variance = phi × mean have the excess kurtosis k = (6·(phi − 1) + 1 / phi) / mean
    (Poisson ones 1 / mean). A quadratic form of freedom f in n such cells then varies as phi²·(2f + k·f² / n), and the
    chi² distribution of that relative variance has f / (1 + k·f / 2n) degrees of freedom (Satterthwaite 1946).
    """
    over = np.maximum(phi, 1.0)
    kurtosis = (6 * (over - 1) + 1 / over) / mean
    return np.maximum(1.0, freedom / (1 + kurtosis * freedom / (2 * cells)))


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


def p_value(current: Floats, baseline: Floats, spread: Dispersion, years: int = 1) -> Floats:
    """Two-sided p value of no change against a baseline that is the sum of so many years, by the pivot of
    `ratio_interval` at r = 1 / years: of (current − r·baseline) / sqrt(phi·r·(current + baseline)). It is below
    1 − confidence just where that interval leaves out r. nan when both counts are zero."""
    from scipy.special import ndtr, stdtr

    both = spread.phi * (current + baseline) / years
    t = -np.abs(current - baseline / years) / np.sqrt(np.where(both > 0, both, np.nan))
    finite = np.isfinite(spread.df)
    p: Floats = 2 * np.where(finite, stdtr(np.where(finite, spread.df, 1.0), t), ndtr(t))
    return p


def survivors(p: Floats, family: Bools, rate: float) -> Bools:
    """Which of the tests of `family` are discoveries when at most the share `rate` of discoveries may be false
    (Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289-300). Tests outside of the family are none."""
    out = np.zeros(len(p), dtype=bool)
    order = np.flatnonzero(family)[np.argsort(p[family], kind="stable")]
    below = np.flatnonzero(p[order] <= rate * np.arange(1, len(order) + 1) / max(1, len(order)))
    out[order[: below[-1] + 1 if len(below) else 0]] = True
    return out


def quantile(df: Floats, confidence: float) -> Floats:
    """Two-sided quantile of Student's t with `df` degrees of freedom, of the normal where they are infinite."""
    from scipy.special import ndtri, stdtrit

    upper = (1 + confidence) / 2
    finite = np.isfinite(df)
    out: Floats = np.where(finite, stdtrit(np.where(finite, df, 1.0), upper), ndtri(upper))
    return out
