"""From counts of types found to counts of true types, by what a labelled sample says of the errors.

Model: of the tickets of true type i a share C[i, j] is found to be of type j, whatever the period. With T the true
counts, the counts found have the mean T @ C (Buonaccorsi 2010, Measurement Error, ch. 2–3; Forman 2008, "Quantifying
counts and costs via classification", Data Min. Knowl. Disc. 17; Hopkins & King 2010, Am. J. Pol. Sci. 54, eq. 2).
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SMALL = 0.1
"""A singular value of C below this means that errors of the counts found become ten times as large and more."""
PART = 0.3
"""The part of a singular vector from which on a type is one of those that cannot be told apart."""
EXACTLY, ROUGHLY = 20_000, 150
"""Rounds of EM for the counts themselves, and for each of the many draws around them."""
_TOLERANCE = 1e-10
_EXACT = 1e-6
"""Below this singular value C is not inverted."""


def sensitivities(confusion: npt.NDArray[np.integer]) -> Floats:
    """C from labelled tickets, true × found: each row divided by its sum. A type without a labelled ticket is taken to
    be found as itself, since nothing is known of it."""
    sums = confusion.sum(axis=1, keepdims=True).astype(np.float64)
    c: Floats = np.where(sums > 0, confusion / np.where(sums > 0, sums, 1), np.eye(len(confusion)))
    return c


def true_counts(found: Floats, c: Floats, rounds: int = EXACTLY) -> Floats:
    """The true counts T ≥ 0 that best explain the counts found, of the same sum.

    `found`: … × types; `c`: … × types × types, rows adding up to 1; `rounds`: of EM at most. Where T = found @ C⁻¹ has no negative count it is
    the answer: it explains them exactly. Else the T that makes them most likely under the multinomial model, by EM
    (Vardi & Lee 1993, J. R. Stat. Soc. B 55): T[i] ← T[i] · Σ_j found[j] · C[i, j] / (T @ C)[j].
    """
    shape = np.broadcast_shapes(found.shape, c.shape[:-1])
    k = shape[-1]
    n = np.broadcast_to(found, shape).reshape(-1, k)
    m = np.broadcast_to(c, (*shape, k)).reshape(-1, k, k)
    sums = n.sum(axis=1, keepdims=True)
    out = np.full(n.shape, -np.inf)
    plain = np.linalg.svd(m, compute_uv=False)[:, -1] > _EXACT
    out[plain] = np.linalg.solve(m[plain].transpose(0, 2, 1), n[plain][:, :, None])[:, :, 0]
    left = ~plain | (out.min(axis=1) < -_TOLERANCE * np.maximum(sums[:, 0], 1.0))
    out[left] = _most_likely(n[left], m[left], rounds)
    out = np.maximum(out, 0.0)
    total = out.sum(axis=1, keepdims=True)
    out *= np.divide(sums, total, out=np.zeros_like(sums), where=total > 0)
    shaped: Floats = out.reshape(shape)
    return shaped


def _most_likely(n: Floats, m: Floats, rounds: int) -> Floats:
    """EM from the counts found, mixed with even ones so that no type is out from the start."""
    sums = n.sum(axis=1, keepdims=True)
    t: Floats = 0.5 * n + 0.5 * sums / max(n.shape[1], 1)
    at = np.arange(len(n))
    for _ in range(rounds):
        if not len(at):
            break
        mean = np.matmul(t[at, None, :], m[at])[:, 0]
        ratio = np.divide(n[at], mean, out=np.zeros_like(mean), where=mean > 0)
        new = t[at] * np.matmul(m[at], ratio[:, :, None])[:, :, 0]
        moved = np.abs(new - t[at]).max(axis=1) > _TOLERANCE * np.maximum(sums[at, 0], 1.0)
        t[at] = new
        at = at[moved]
    return t


def misfit(found: Floats, true: Floats, c: Floats) -> Floats:
    """Pearson's chi² of counts found against those that true counts should give; 0 where they are explained exactly."""
    mean = np.matmul(true[..., None, :], c)[..., 0, :]
    gap = np.where(np.abs(found - mean) > 1e-6 * np.maximum(found, 1.0), (found - mean) ** 2, 0.0)
    each = np.divide(gap, mean, out=np.full_like(gap, np.inf), where=mean > 0)
    total: Floats = np.where(gap > 0, each, 0.0).sum(axis=-1)
    return total


def blurred(c: Floats, members: Bools) -> Bools:
    """Which sets of types (`members`: sets × types) cannot be told from others: those with a part of PART or more in a
    left singular vector of C whose singular value is below SMALL."""
    left, values, _ = np.linalg.svd(c)
    parts = np.abs(members @ left[:, values < SMALL])
    return np.asarray((parts >= PART).any(axis=1), np.bool_)


def redrawn(confusion: npt.NDArray[np.integer], draws: int, rng: np.random.Generator) -> Floats:
    """C as other samples of the same size might show it, draws × types × types: each row from a Dirichlet distribution
    with the labelled tickets + 1/types as parameters (Rubin 1981's Bayesian bootstrap with the weight of one ticket
    spread over the types, so that an error never seen is not held to be impossible). A type without a labelled ticket
    stays as `sensitivities` has it."""
    k = len(confusion)
    gamma = rng.standard_gamma(confusion + 1 / k, size=(draws, k, k))
    rows: Floats = gamma / gamma.sum(axis=2, keepdims=True)
    known = confusion.sum(axis=1) > 0
    rows[:, ~known] = np.eye(k)[~known]
    return rows


def refound(true: Floats, c: Floats, rng: np.random.Generator) -> Floats:
    """Counts found of tickets with these true types, draws × types: each type's tickets fall into the types found by
    chance."""
    whole = np.floor(true + rng.random(true.shape)).astype(np.int64)
    return np.asarray(rng.multinomial(whole, c).sum(axis=-2), np.float64)


def redrawn_counts(true: Floats, phi: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """True counts of other periods alike, draws × types: mean `true`, variance `phi` (draws × types) times the mean, by
    a gamma distribution, and Poisson where phi is 1."""
    spread = np.broadcast_to(phi, (draws, len(true))) - 1.0
    shape = np.divide(true, spread, out=np.ones_like(spread), where=spread > 1e-9)
    mean = np.where(spread > 1e-9, rng.standard_gamma(np.where(true > 0, shape, 1.0)) * spread, true)
    return rng.poisson(np.where(true > 0, mean, 0.0)).astype(np.float64)
