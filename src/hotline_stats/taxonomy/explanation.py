"""Why one ticket got its type: every phrase found, what it counted, and why some did not."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy.classifier import decide, describe, doubts, ranked, score
from hotline_stats.taxonomy.filed import Filed, requested, said
from hotline_stats.taxonomy.loader import Taxonomy
from hotline_stats.taxonomy.scan import column
from hotline_stats.taxonomy.weigh import COUNTED, REASON_NAMES, weigh


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
class Explanation:
    """`matches` counted, `disregarded` not; `scores` and `ranks` (type id, number) above zero, highest first:
    ranks are the scores as they compete, after the smallest scores and the preferences are seen to."""

    matches: tuple[Match, ...]
    disregarded: tuple[Match, ...]
    scores: tuple[tuple[str, float], ...]
    ranks: tuple[tuple[str, float], ...]
    primary: str
    labels: tuple[str, ...]
    margin: float
    types: TypeScheme

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "primary": self.primary,
            "name": self.types.name(self.primary, lang),
            "labels": list(self.labels),
            "margin": self.margin,
            "scores": [{"type": t, "name": self.types.name(t, lang), "score": s} for t, s in self.scores],
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
    doubt = doubts(taxonomy, columns[1])
    primary, labels, margin = decide(taxonomy, scores, doubt)
    counts = REASON_NAMES[COUNTED]
    every = [Match(name, type_, "category", 0, weight, counts) for name, type_, weight in given[0][0]]
    for text, w in zip(columns, weighed, strict=True):
        for i in w.at.begin.argsort(kind="stable"):
            _, phrase, type_, at = describe(taxonomy, text, w, int(i))
            reason = REASON_NAMES[w.reason[i]]
            every.append(Match(phrase, type_, text.place, at, float(w.weight[i]), reason))
    ids, first = taxonomy.scheme.ids, int(primary[0])
    return Explanation(
        matches=tuple(m for m in every if m.reason == counts),
        disregarded=tuple(m for m in every if m.reason != counts),
        scores=_above_zero(ids, scores[0].tolist()),
        ranks=_above_zero(ids, ranked(taxonomy, scores, doubt)[0].tolist()),
        primary=ids[first],
        labels=(ids[first], *(t for i, t in enumerate(ids) if int(labels[0]) >> i & 1 and i != first)),
        margin=float(margin[0]),
        types=taxonomy.scheme,
    )


def _above_zero(ids: tuple[str, ...], numbers: list[float]) -> tuple[tuple[str, float], ...]:
    found = [(t, n) for t, n in zip(ids, numbers, strict=True) if n > 0]
    return tuple(sorted(found, key=lambda x: -x[1]))
