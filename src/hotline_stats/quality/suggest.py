"""Phrases that would give a type to tickets that have none, or settle one that is in doubt."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hotline_stats.engines.local import Progress
from hotline_stats.intake import Export
from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme
from hotline_stats.quality import substrings
from hotline_stats.quality.coverage import DOUBT, READ
from hotline_stats.quality.texts import typed
from hotline_stats.taxonomy import Taxonomy

SCHEMA = "hotline-stats/types-suggest/1"
SURE = 0.5
"""Tickets with at least this margin teach what a phrase speaks for."""
SHARE, TAUGHT = 0.5, 3
"""A phrase speaks for a type when this share of the sure tickets that hold it are of that type, and so many."""
COLUMNS = ("phrase", "type", "silent_n", "doubtful_n", "sure_n", "type_share", "rows")


@dataclass(frozen=True, eq=False)
class Suggestions:
    """`frame`: phrase, type (id), silent_n (tickets without a type that hold it), doubtful_n (tickets whose type is in
    doubt), sure_n (tickets of a sure type), type_share (0–1, of these of that type), rows (up to three FILE:LINE);
    those come first that would move most tickets, weighed by how well they speak for the type."""

    scheme: TypeScheme
    frame: pd.DataFrame

    def to_pandas(self) -> pd.DataFrame:
        return self.frame.copy()

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        rows = self.frame.to_dict("records")
        return {
            "schema": SCHEMA,
            "taxonomy": {"id": self.scheme.id, "version": self.scheme.version},
            "suggestions": [{**r, "name": self.scheme.name(r["type"], lang)} for r in rows],
        }

    def to_toml(self, weight: float = 3.0) -> str:
        """The phrases as rules, for a person to read, choose from and put into a taxonomy file."""
        parts = []
        for kind in self.scheme.ids:
            phrases = self.frame.loc[self.frame["type"] == kind, "phrase"]
            if len(phrases):
                listed = ", ".join(f'"{p}"' for p in phrases)
                parts.append(f'[[rules]]\ntype = "{kind}"\nweight = {weight:g}\nphrases = [{listed}]\n')
        return "\n".join(parts)

    def __repr__(self) -> str:
        return f"<Suggestions: {len(self.frame)} phrases>"


def suggest(
    exports: Sequence[Export], taxonomy: Taxonomy, top: int = 40, progress: Progress | None = None
) -> Suggestions:
    """Look for pieces of text that silent and doubtful tickets share and that mostly stand in tickets of one sure type.

    Only what the rules know already teaches, so a wrong rule makes wrong suggestions: they are for a person to read.
    """
    ids = taxonomy.scheme.ids
    silent: list[tuple[str, str]] = []
    doubtful: list[tuple[str, str]] = []
    sure: list[tuple[str, int]] = []
    for batch in typed(exports, taxonomy, progress):
        primary, margin = batch.found.primary, batch.found.margin
        typed_ = primary < len(ids) - 1
        where = [f"{batch.file}:{row}" for row in batch.rows.to_pylist()]
        texts = batch.texts.to_pylist()
        for i in np.flatnonzero(~typed_ & (margin == 0)).tolist():
            silent.append((texts[i], where[i]))
        for i in np.flatnonzero(typed_ & (margin < DOUBT)).tolist():
            doubtful.append((texts[i], where[i]))
        sure += [(texts[i], int(primary[i])) for i in np.flatnonzero(margin >= SURE).tolist()]
    return Suggestions(taxonomy.scheme, _ranked(taxonomy, silent, doubtful, sure, top))


def _ranked(
    taxonomy: Taxonomy,
    silent: Sequence[tuple[str, str]],
    doubtful: Sequence[tuple[str, str]],
    sure: Sequence[tuple[str, int]],
    top: int,
) -> pd.DataFrame:
    ids = taxonomy.scheme.ids
    no_type, in_doubt = substrings.spread(silent, READ), substrings.spread(doubtful, READ)
    wanted = substrings.frequent(substrings.counted(t for t, _ in (*no_type, *in_doubt)))
    taught: dict[str, Counter[int]] = defaultdict(Counter)
    for text, kind in substrings.spread(sure, READ):
        for piece in substrings.pieces(text) & wanted.keys():
            taught[piece][kind] += 1
    known = set(taxonomy.rules.texts)
    rows = []
    for piece, kinds in taught.items():
        (kind, most), n = kinds.most_common(1)[0], sum(kinds.values())
        if kind < len(ids) - 1 and most >= TAUGHT and most >= SHARE * n and piece not in known:
            rows.append((piece, ids[kind], n, most / n))
    held = set(substrings.outermost(Counter({r[0]: wanted[r[0]] for r in rows})))
    rows = [r for r in rows if r[0] in held]
    counts = [_holders(texts, held) for texts in (no_type, in_doubt)]
    out = [
        (p, kind, len(counts[0][p]), len(counts[1][p]), n, share, [*counts[0][p], *counts[1][p]][:3])
        for p, kind, n, share in rows
    ]
    out.sort(key=lambda r: (-(r[2] + r[3]) * (2 * r[5] - 1), -len(r[0]), r[0]))
    return pd.DataFrame(out[:top], columns=list(COLUMNS))


def _holders(texts: Sequence[tuple[str, str]], wanted: set[str]) -> dict[str, list[str]]:
    """Which tickets hold each piece."""
    out: dict[str, list[str]] = defaultdict(list)
    for text, where in texts:
        for piece in substrings.pieces(text) & wanted:
            out[piece].append(where)
    return out
