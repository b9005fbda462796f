"""Why one ticket got its type: every phrase found, what it counted, and why some did not."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy.classifier import decide, describe, doubts, ranked, score, unquoted
from hotline_stats.taxonomy.filed import Filed, requested, said
from hotline_stats.taxonomy.grams import Letters
from hotline_stats.taxonomy.loader import Taxonomy
from hotline_stats.taxonomy.scan import column
from hotline_stats.taxonomy.second import SECOND
from hotline_stats.taxonomy.weigh import COUNTED, REASON_NAMES, weigh

LIKELY = 3
"""So many types that the second reader finds likeliest are told."""


@dataclass(frozen=True)
class Match:
    """A phrase found, or a category of the source. `reason`: "counted", or why it did not count (masked by a longer phrase, quoted,
    negated, solved, background, repeated). `weight` is 0 when it did not count; `position` in characters."""

    phrase: str
    type: str
    place: str
    position: int
    weight: float
    reason: str


@dataclass(frozen=True)
class Read:
    """A type that the second reader finds likely: its probability, and the pairs of characters that weighed most."""

    type: str
    probability: float
    pairs: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """`second`: what the second reader did (taxonomy/second.py); `read`: the types it finds likeliest, asked or not.
    `matches` counted, `disregarded` not; `scores` and `ranks` (type id, number) above zero, highest first:
    ranks are the scores as they compete, after the smallest scores and the preferences are seen to."""

    matches: tuple[Match, ...]
    disregarded: tuple[Match, ...]
    scores: tuple[tuple[str, float], ...]
    ranks: tuple[tuple[str, float], ...]
    primary: str
    labels: tuple[str, ...]
    margin: float
    second: int
    read: tuple[Read, ...]
    types: TypeScheme

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "primary": self.primary,
            "name": self.types.name(self.primary, lang),
            "labels": list(self.labels),
            "margin": self.margin,
            "scores": [{"type": t, "name": self.types.name(t, lang), "score": s} for t, s in self.scores],
            "second_reader": SECOND[self.second],
            "read": [
                {**r.__dict__, "pairs": list(r.pairs), "name": self.types.name(r.type, lang)}
                for r in self.read
            ],
            "matches": [dict(m.__dict__) for m in self.matches],
            "disregarded": [dict(m.__dict__) for m in self.disregarded],
        }

    def __repr__(self) -> str:
        return (
            f"<Explanation: {'|'.join(self.labels)}, margin {self.margin:.2f},"
            f" {len(self.matches)} phrases, {len(self.disregarded)} disregarded>"
        )


def explain(
    taxonomy: Taxonomy,
    title: str | None,
    content: str | None,
    request: str | None = None,
    categories: tuple[str, ...] = (),
) -> Explanation:
    """What `classify` makes of this ticket, and why. `categories`: the source's levels, from the top."""
    columns = [
        column(pa.array([title], pa.string()), "title"),
        column(pa.array([content], pa.string()), "content"),
    ]
    request_, *levels = (pa.array([v], pa.string()).dictionary_encode() for v in (request, *categories))
    filed = Filed(request_, tuple(levels))
    asked, given = requested(taxonomy.rules, filed), said(taxonomy.source.crosswalk, filed)
    weighed = [weigh(taxonomy.rules, taxonomy.source.scoring, c, asked, everything=True) for c in columns]
    scores = score(taxonomy, weighed, 1, given)
    found = decide(taxonomy, scores, columns, weighed)
    counts = REASON_NAMES[COUNTED]
    every = [Match(name, type_, "category", 0, weight, counts) for name, type_, weight in given[0][0]]
    for text, w in zip(columns, weighed, strict=True):
        for i in w.at.begin.argsort(kind="stable"):
            _, phrase, type_, at = describe(taxonomy, text, w, int(i))
            reason = REASON_NAMES[w.reason[i]]
            every.append(Match(phrase, type_, text.place, at, float(w.weight[i]), reason))
    ids, first, labels = taxonomy.scheme.ids, int(found.primary[0]), int(found.labels[0])
    return Explanation(
        matches=tuple(m for m in every if m.reason == counts),
        disregarded=tuple(m for m in every if m.reason != counts),
        scores=_above_zero(ids, scores[0].tolist()),
        ranks=_above_zero(ids, ranked(taxonomy, scores, doubts(taxonomy, columns[1]))[0].tolist()),
        primary=ids[first],
        labels=(ids[first], *(t for i, t in enumerate(ids) if labels >> i & 1 and i != first)),
        margin=float(found.margin[0]),
        second=int(found.second[0]),
        read=_read(taxonomy, unquoted(columns, weighed)),
        types=taxonomy.scheme,
    )


def _read(taxonomy: Taxonomy, texts: list[Letters]) -> tuple[Read, ...]:
    reader = taxonomy.reader
    if reader is None:
        return ()
    likely = np.exp(reader.read(texts, np.array([0])))[0]
    out = []
    for i in np.argsort(-likely, kind="stable")[:LIKELY].tolist():
        pairs = tuple(pair for pair, *_ in reader.evidence(texts, 0, i))
        out.append(Read(reader.types[i], float(likely[i]), pairs))
    return tuple(out)


def _above_zero(ids: tuple[str, ...], numbers: list[float]) -> tuple[tuple[str, float], ...]:
    found = [(t, n) for t, n in zip(ids, numbers, strict=True) if n > 0]
    return tuple(sorted(found, key=lambda x: -x[1]))
