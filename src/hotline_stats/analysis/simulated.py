"""True counts of two windows, and how they might have come out: with other labelled tickets, errors and tickets."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.ledger import Ints, Tally, codes_of, open_ledger
from hotline_stats.analysis.misclassification import (
    EXACTLY,
    ROUGHLY,
    Bools,
    Floats,
    misfit,
    redrawn,
    redrawn_counts,
    refound,
    sensitivities,
    true_counts,
)
from hotline_stats.analysis.uncertainty import Dispersion, dispersion
from hotline_stats.model.facts import Facts
from hotline_stats.model.results import Windows
from hotline_stats.settings.values import ComparisonSettings

DRAWS = 1000
SEED = 12345


@dataclass(frozen=True)
class Part:
    """Some tickets by type, period first, then baseline (of a mean, the sum of its years): `found` and `true` counts (2 × types), draws of the true counts
    of these windows (`counts`) and of windows alike (`alike`; both 2 × draws × types). `phi`: of each type's months.
    `history`: see Tally; `present`, `compared`: see Ledger. `fit`: of each window the share of draws that the errors drawn explain no
    better than those of the sample explain the counts found (a test of the model by Pearson's chi²)."""

    found: Floats
    true: Floats
    counts: Floats
    alike: Floats
    phi: Floats
    history: Floats
    present: Bools
    compared: Ints
    fit: Floats


def parts(
    facts: Facts, windows: Windows, confusion: npt.NDArray[np.int64], settings: ComparisonSettings
) -> dict[tuple[str, ...], Part]:
    """All tickets, as (), and those of the request types that some group asks for, with the same errors.

    In each draw the errors are drawn again (`redrawn`), the same for both windows. `counts`: tickets of the true counts
    fall into types found by chance and are turned back into true ones. `alike`: their true counts vary as well, by the
    dispersion of the type's months as in `uncertainty.ratio_interval`, over chi²/df where it was estimated, as Student's
    t is a normal over the root of that. The same facts and settings give the same draws.
    """
    scheme, ledger = facts.types, open_ledger(facts, windows)
    types, _ = codes_of(facts, "type")
    requests, keys = codes_of(facts, "request_type")
    joint = ledger.tally(types * len(keys) + requests, len(scheme.ids) * len(keys))
    present = ledger.present(joint.total)
    compared = ledger.compared_whole
    again = redrawn(confusion, DRAWS, np.random.default_rng(SEED))
    every = np.eye(len(scheme.ids), dtype=np.bool_)
    out = {}
    for wanted in dict.fromkeys([(), *(g.request_types for g in scheme.groups)]):
        chosen = np.array([[not wanted or key in wanted for key in keys]])
        tally = joint.merged(np.kron(every, chosen))
        spread = dispersion(tally.history, present, compared, settings)
        part = _part(tally, spread, sensitivities(confusion), again)
        out[wanted] = Part(**part, history=tally.history, present=present, compared=compared)
    return out


def _part(tally: Tally, spread: Dispersion, c: Floats, again: Floats) -> dict[str, Floats]:
    rng = np.random.default_rng(SEED + 1)
    found = np.array([tally.current, tally.baseline])
    true = true_counts(found, c, EXACTLY)
    phi = _loosened(spread, rng)
    counts, alike, fit = [], [], []
    for n, mean in zip(found, true, strict=True):
        again_found = refound(np.tile(mean, (DRAWS, 1)), c, rng)
        counts.append(true_counts(again_found, again, ROUGHLY))
        alike.append(true_counts(refound(redrawn_counts(mean, phi, DRAWS, rng), c, rng), again, ROUGHLY))
        fit.append((misfit(again_found, counts[-1], again) >= misfit(n, mean, c)).mean())
    return {
        "found": found,
        "true": true,
        "counts": np.array(counts),
        "alike": np.array(alike),
        "phi": spread.phi,
        "fit": np.array(fit),
    }


def _loosened(spread: Dispersion, rng: np.random.Generator) -> Floats:
    """Dispersions as they might be, draws × keys, since they are estimated from few months."""
    known = np.isfinite(spread.df)
    df = np.where(known, spread.df, 1.0)
    loose: Floats = np.where(known, df / rng.chisquare(df, (DRAWS, len(df))), 1.0)
    return np.maximum(1.0, spread.phi * loose)


def alike(part: Part, which: Bools, settings: ComparisonSettings) -> Floats:
    """Draws of a set of types in windows alike, 2 × draws. Types that rise and fall together vary more in sum than each
    by itself: what the months of the set show beyond the types' own dispersions is added as a factor common to them
    (gamma, mean 1)."""
    draws: Floats = part.alike[:, :, which].sum(axis=2)
    if which.sum() < 2:
        return draws
    rng = np.random.default_rng(SEED + 2)
    history = part.history[which].sum(axis=0, keepdims=True)
    phi = _loosened(dispersion(history, part.present, part.compared, settings), rng)[:, 0]
    true = part.true[:, which]
    total = true.sum(axis=1, keepdims=True)
    beyond = np.maximum(0.0, phi * total - (true @ part.phi[which])[:, None])
    share = np.divide(beyond, total**2, out=np.zeros_like(beyond), where=total > 0)
    factor = rng.standard_gamma(1 / np.maximum(share, 1e-9)) * share
    return np.where(share > 1e-9, draws * factor, draws)
