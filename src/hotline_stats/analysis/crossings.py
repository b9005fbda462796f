"""How places of two levels lie in each other."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from hotline_stats.analysis.ledger import Ledger, codes_of, open_ledger
from hotline_stats.model.disclosure import Crossing
from hotline_stats.model.facts import Facts
from hotline_stats.model.results import Windows


def crossings(facts: Facts, windows: Windows, levels: Sequence[str]) -> tuple[Crossing, ...]:
    """Tickets by place of each two of `levels`, the larger level first."""
    ledger = open_ledger(facts, windows)
    return tuple(_crossing(ledger, outer, inner) for outer, inner in combinations(levels, 2))


def _crossing(ledger: Ledger, outer: str, inner: str) -> Crossing:
    (outer_codes, outer_keys), (inner_codes, inner_keys) = (codes_of(ledger.facts, c) for c in (outer, inner))
    size = len(inner_keys)
    joint = outer_codes.astype(np.int64) * size + inner_codes
    pairs, codes = np.unique(joint, return_inverse=True)
    tally = ledger.tally(codes, len(pairs))
    rows = pd.DataFrame(
        {
            "outer": [outer_keys[p // size] for p in pairs],
            "inner": [inner_keys[p % size] for p in pairs],
            "current": tally.current,
            "baseline": tally.baseline / len(ledger.windows.baselines),
        }
    )
    held = (tally.current > 0) | (tally.baseline > 0)
    return Crossing(outer, inner, rows[held].reset_index(drop=True))
