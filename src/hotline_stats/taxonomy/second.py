"""Where the second reader is asked, and what rules and reader say together."""

import numpy as np

from hotline_stats.taxonomy.grams import Letters
from hotline_stats.taxonomy.loader import Taxonomy
from hotline_stats.taxonomy.rules import Ints
from hotline_stats.taxonomy.weigh import Floats

NOT_ASKED, AGREES, DECIDES = 0, 1, 2
"""Of a ticket: the rules were sure; the reader was asked and the rules' type stays; the type is another for it."""
SECOND = ("not-asked", "agrees", "decides")
_UNKNOWN = -9.0
"""The logarithm of how likely a type is that the model has not learned."""


def undecided(taxonomy: Taxonomy, rank: Floats, primary: Ints, margin: Floats) -> Ints:
    """The tickets of which the rules are not sure: no type found, a small score, or another type close behind."""
    limits = taxonomy.source.second
    top = rank[np.arange(len(rank)), primary]
    sure = (primary < rank.shape[1] - 1) & (top >= limits.score) & (margin >= limits.margin)
    sure |= (primary == rank.shape[1] - 1) & (top >= limits.other_score) & (margin >= limits.margin)
    return np.flatnonzero(~sure)


def together(taxonomy: Taxonomy, rank: Floats, primary: Ints, texts: list[Letters], rows: Ints) -> Floats:
    """How plausible each type is for some tickets: ln p of the reader + `rules` · ln(`floor` + score of the rules).

    No rule speaks for most of what is `other`, and a long text hits on phrases by chance, so `other` gets a score of
    `other` · n / (n + `half`) on top for a text of n characters. Where no rule speaks at all, `other` has `silent` more:
    what the reader makes of a bare place name or a greeting is chance. The type that the rules rank first, `primary`, has
    `stay` more: a small lead of the reader does not undo what the rules say."""
    limits, reader, ids = taxonomy.source.second, taxonomy.reader, taxonomy.scheme.ids
    assert reader is not None
    said = np.full((len(rows), len(ids)), _UNKNOWN)
    said[:, [ids.index(t) for t in reader.types]] = reader.read(texts, rows)
    scores = rank[rows]
    n = sum(np.diff(text.firsts)[rows] for text in texts)
    scores[:, -1] += limits.other * n / (n + limits.half)
    plausible: Floats = np.maximum(said, _UNKNOWN) + limits.rules * np.log(limits.floor + scores)
    plausible[:, -1] += np.where(rank[rows].any(axis=1), 0.0, limits.silent)
    plausible[np.arange(len(rows)), primary[rows]] += np.where(
        rank[rows, primary[rows]] > 0, limits.stay, 0.0
    )
    return plausible
