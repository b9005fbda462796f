"""What the rules find in exports, and what the tickets without a type talk of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from hotline_stats.engines.local import Progress
from hotline_stats.errors import InputError
from hotline_stats.intake import Export
from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme
from hotline_stats.quality import substrings
from hotline_stats.quality.texts import typed
from hotline_stats.taxonomy import Taxonomy

SCHEMA = "hotline-stats/types-coverage/1"
READ = 20_000
"""Texts that are looked through for pieces, of those without a type and of those with one."""
DOUBT = 0.2
"""Below this margin the primary type is in doubt."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """`n` tickets, repeats included. `types`: key, n, share_pct, doubtful_n (margin below `doubt`), one row a type in
    the scheme's order; `silent_n`: no rule says anything. `unmatched`: piece, n (tickets without a type that hold it),
    share_pct of these, typed_pct of the tickets with a type; those come first that are most peculiar to the former."""

    scheme: TypeScheme
    n: int
    silent_n: int
    doubt: float
    types: pd.DataFrame
    unmatched: pd.DataFrame

    @property
    def typed_share(self) -> float:
        """0–1."""
        return 1 - float(self.types["n"].iloc[-1]) / self.n

    def to_pandas(self) -> pd.DataFrame:
        return self.types.copy()

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        rows = self.types.to_dict("records")
        return {
            "schema": SCHEMA,
            "taxonomy": {"id": self.scheme.id, "version": self.scheme.version},
            "n": self.n,
            "typed_pct": 100 * self.typed_share,
            "silent_n": self.silent_n,
            "doubt": self.doubt,
            "types": [{**r, "name": self.scheme.name(r["key"], lang)} for r in rows],
            "unmatched": self.unmatched.to_dict("records"),
        }

    def __repr__(self) -> str:
        return f"<Coverage: {self.n} tickets, {100 * self.typed_share:.1f} % typed>"


def coverage(
    exports: Sequence[Export], taxonomy: Taxonomy, top: int = 30, progress: Progress | None = None
) -> Coverage:
    """Type the tickets of exports and look for what those without a type share. Raises InputError `no-tickets`."""
    scheme = taxonomy.scheme
    k = len(scheme.ids)
    counts, doubtful, silent = np.zeros(k, np.int64), np.zeros(k, np.int64), 0
    without: list[str] = []
    others: list[str] = []
    for batch in typed(exports, taxonomy, progress):
        primary, margin = batch.found.primary, batch.found.margin
        counts += np.bincount(primary, minlength=k)
        doubtful += np.bincount(primary[(margin < DOUBT) & (primary < k - 1)], minlength=k)
        bare = primary == k - 1
        silent += int((bare & (margin == 0)).sum())
        for out, which in ((without, bare), (others, ~bare)):
            at = np.flatnonzero(which)[: max(0, 4 * READ - len(out))]
            out += batch.texts.take(pa.array(at)).to_pylist()
    n = int(counts.sum())
    if not n:
        raise InputError("no-tickets", rows_in=0)
    types = pd.DataFrame(
        {"key": scheme.ids, "n": counts, "share_pct": 100 * counts / n, "doubtful_n": doubtful}
    )
    return Coverage(scheme, n, silent, DOUBT, types, _peculiar(without, others, top))


def _peculiar(without: Sequence[str], others: Sequence[str], top: int) -> pd.DataFrame:
    """Pieces ranked by the tickets without a type that hold them beyond what the share among the others explains."""
    mine, theirs = substrings.spread(without, READ), substrings.spread(others, READ)
    here, there = (
        substrings.outermost(substrings.frequent(substrings.counted(mine))),
        substrings.counted(theirs),
    )
    rows = [
        (piece, n, 100 * n / len(mine), 100 * there[piece] / len(theirs) if theirs else 0.0)
        for piece, n in here.items()
    ]
    rows.sort(key=lambda r: (-(r[2] - r[3]) * (len(r[0]) - 1) ** 0.5, r[0]))
    return pd.DataFrame(rows[:top], columns=["piece", "n", "share_pct", "typed_pct"])
