"""Tickets to problem types: scores by type, the primary type, labels, how clear it was, and the evidence."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy.filed import Filed, Said, requested, said
from hotline_stats.taxonomy.filed import scores as category_scores
from hotline_stats.taxonomy.grams import Letters, letters
from hotline_stats.taxonomy.loader import Taxonomy
from hotline_stats.taxonomy.phrases import spellings
from hotline_stats.taxonomy.rules import BYTES_PER_CHAR, Ints, Rules
from hotline_stats.taxonomy.scan import Column, column
from hotline_stats.taxonomy.second import AGREES, DECIDES, together, undecided
from hotline_stats.taxonomy.weigh import Floats, Weighed, weigh

BLOCK = 4096
"""Tickets worked on at once: what bounds memory and keeps arrays in the cache."""
BEATEN = 0.6
"""A preference settles which of two types goes first, so the margin it leaves is not one of doubt."""

Evidence = tuple[str, str, str, int, float]
"""A phrase that counted: its words ("A…B" for a pair), the type id ("A→B" for a move), the place (title, content or
category), the character it begins at, its weight."""


@dataclass(frozen=True)
class Classified:
    """Types of n tickets.

    `primary` (int16): index into the scheme's ids. `labels` (int64): bit i set when type i matched enough to
    be a label; the primary's is always set, that of `other` only when it is the primary. `margin` (float32,
    0–1): (first score − second score) / first score; 1 when only one type matched, 0 when nothing did; of tickets that
    the second reader was asked about the same of what rules and reader say together. `second` (uint8): what the second
    reader did, see taxonomy/second.py.
    `evidence`: by ticket, categories, then title, then content, in order of position, then what weighed most with the
    second reader where it decided; None when not asked for.
    """

    primary: NDArray[np.int16]
    labels: NDArray[np.int64]
    margin: NDArray[np.float32]
    second: NDArray[np.uint8]
    evidence: list[list[Evidence]] | None = None

    def __len__(self) -> int:
        return len(self.primary)


def classify(
    taxonomy: Taxonomy,
    title: pa.Array,
    content: pa.Array,
    filed: Filed | None = None,
    evidence: bool = False,
) -> Classified:
    """The types of tickets with these titles and contents (string or large_string, nulls allowed), `filed` under
    request types and categories.

    Each ticket is judged by itself: the outcome depends on no other row. Raises ValueError when the two
    arrays differ in length.
    """
    if len(title) != len(content):
        raise ValueError(f"{len(title)} titles, {len(content)} contents")
    columns = column(title, "title"), column(content, "content")
    blocks = [
        _block(
            taxonomy,
            [c.rows(at, min(at + BLOCK, len(title))) for c in columns],
            None if filed is None else filed.rows(at, min(at + BLOCK, len(title))),
            evidence,
        )
        for at in range(0, len(title), BLOCK)
    ]
    return Classified(
        np.concatenate([b.primary for b in blocks]) if blocks else np.empty(0, np.int16),
        np.concatenate([b.labels for b in blocks]) if blocks else np.empty(0, np.int64),
        np.concatenate([b.margin for b in blocks]) if blocks else np.empty(0, np.float32),
        np.concatenate([b.second for b in blocks]) if blocks else np.empty(0, np.uint8),
        [e for b in blocks for e in b.evidence or ()] if evidence else None,
    )


def _block(taxonomy: Taxonomy, columns: list[Column], filed: Filed | None, evidence: bool) -> Classified:
    asked = requested(taxonomy.rules, filed)
    weighed = [weigh(taxonomy.rules, taxonomy.source.scoring, c, asked) for c in columns]
    given = said(taxonomy.source.crosswalk, filed) if filed is not None else None
    scores = score(taxonomy, weighed, len(columns[0]), given)
    found = decide(taxonomy, scores, columns, weighed)
    return replace(found, evidence=_evidence(taxonomy, columns, weighed, given, found)) if evidence else found


def score(
    taxonomy: Taxonomy, weighed: list[Weighed], n: int, given: tuple[list[tuple[Said, ...]], Ints] | None
) -> Floats:
    """The weights of all matches and of what categories say (`given`: see filed.said), added up by ticket and type,
    and moved where a move's phrases stand."""
    ids, moves = taxonomy.scheme.ids, taxonomy.source.moves
    sums = _sums(weighed, n, len(ids) + len(moves))
    out = sums[:, : len(ids)].copy()
    if given is not None:
        out += category_scores(*given, ids)
    for k, move in enumerate(moves):
        rows = np.flatnonzero(sums[:, len(ids) + k] > 0)
        taken = move.share * out[rows, ids.index(move.of)]
        out[rows, ids.index(move.of)] -= taken
        if move.to:
            out[rows, ids.index(move.to)] += taken
    return out


def _sums(weighed: list[Weighed], n: int, n_types: int) -> Floats:
    cell = np.concatenate([w.at.row * n_types + w.type for w in weighed])
    weights = np.concatenate([w.weight for w in weighed])
    sums: Floats = np.bincount(cell, weights=weights, minlength=n * n_types).astype(np.float64)
    return sums.reshape(n, n_types)


def doubts(taxonomy: Taxonomy, content: Column) -> Floats:
    """What `other` has from the start, by ticket (see source.Scoring)."""
    doubt: Floats = taxonomy.source.scoring.doubt * np.log1p(np.diff(content.edges) / (100 * BYTES_PER_CHAR))
    return doubt


def ranked(taxonomy: Taxonomy, scores: Floats, doubt: Floats) -> Floats:
    """The scores as they compete for the primary type: too small ones gone, `doubt` given to `other` where anything
    matched, preferences applied: a type that a preference beats ranks no higher than BEATEN times the winner."""
    ids, scoring = taxonomy.scheme.ids, taxonomy.source.scoring
    rank = np.where(scores >= scoring.primary_min, scores, 0.0)
    rank[:, -1] = scores[:, -1] + np.where(scores.any(axis=1), doubt, 0.0)
    for preference in taxonomy.source.preferences:
        mine = rank[:, ids.index(preference.type)].copy()
        for loser in preference.over:
            if loser != preference.type:
                theirs = rank[:, ids.index(loser)]
                beaten = (mine > 0) & (mine >= preference.ratio * theirs)
                rank[:, ids.index(loser)] = np.where(beaten, np.minimum(theirs, mine * BEATEN), theirs)
    return rank


def decide(taxonomy: Taxonomy, scores: Floats, columns: list[Column], weighed: list[Weighed]) -> Classified:
    """Primary type, labels and margin from the scores (tickets x types), and from the texts where these leave doubt."""
    scoring = taxonomy.source.scoring
    rank = ranked(taxonomy, scores, doubts(taxonomy, columns[1]))
    primary, top, margin = _first(taxonomy, rank)
    second = np.zeros(len(rank), np.uint8)
    if taxonomy.reader is not None:
        rows = undecided(taxonomy, rank, primary, margin)
        again, _, next_ = _first(
            taxonomy, np.exp(together(taxonomy, rank, primary, unquoted(columns, weighed), rows))
        )
        second[rows] = np.where(again == primary[rows], AGREES, DECIDES)
        primary[rows], margin[rows] = again, next_
    is_label = scores >= np.maximum(scoring.label_min, scoring.label_share * top)[:, None]
    is_label[:, -1] = False
    is_label[np.arange(len(rank)), primary] = True
    labels = is_label.astype(np.int64) @ (np.int64(1) << np.arange(rank.shape[1], dtype=np.int64))
    return Classified(primary.astype(np.int16), labels, margin.astype(np.float32), second)


def _first(taxonomy: Taxonomy, rank: Floats) -> tuple[Ints, Floats, Floats]:
    """The type that ranks first (`other` where none does), its rank, and by how much it leads."""
    order = np.array([taxonomy.scheme.ids.index(t) for t in taxonomy.source.priority])
    in_order = rank[:, order]
    best = in_order.argmax(axis=1)
    every = np.arange(len(rank))
    top = in_order[every, best]
    in_order[every, best] = 0.0
    margin = np.divide(top - in_order.max(axis=1), top, out=np.zeros_like(top), where=top > 0)
    return np.where(top > 0, order[best], rank.shape[1] - 1), top, margin


def _evidence(
    taxonomy: Taxonomy,
    columns: list[Column],
    weighed: list[Weighed],
    given: tuple[list[tuple[Said, ...]], Ints] | None,
    found: Classified,
) -> list[list[Evidence]]:
    out: list[list[Evidence]] = [[] for _ in range(len(columns[0]))]
    if given is not None:
        paths, path = given
        for row, at in enumerate(path.tolist()):
            out[row] += [(name, type_, "category", 0, weight) for name, type_, weight in paths[at]]
    for text, all_ in zip(columns, weighed, strict=True):
        counted = all_.counted()
        for i in np.lexsort((counted.at.begin, counted.at.row)):
            row, phrase, type_, at = describe(taxonomy, text, counted, int(i))
            out[row].append((phrase, type_, text.place, at, float(counted.weight[i])))
    texts = unquoted(columns, weighed)
    for row in np.flatnonzero(found.second == DECIDES).tolist():
        out[row] += read_evidence(taxonomy, texts, row, int(found.primary[row]))
    return out


def unquoted(columns: list[Column], weighed: list[Weighed]) -> list[Letters]:
    """What the second reader reads."""
    return [letters(text, *w.quotations) for text, w in zip(columns, weighed, strict=True)]


def read_evidence(taxonomy: Taxonomy, texts: list[Letters], row: int, type_: int) -> list[Evidence]:
    """What weighed most with the second reader, for a type of a ticket; "~" before the characters tells it from phrases."""
    reader, id_ = taxonomy.reader, taxonomy.scheme.ids[type_]
    if reader is None or id_ not in reader.types:
        return []
    said = reader.evidence(texts, row, reader.types.index(id_))
    return [(f"~{pair}", id_, place, at, weight) for pair, place, at, weight in said]


def describe(taxonomy: Taxonomy, text: Column, weighed: Weighed, i: int) -> tuple[int, str, str, int]:
    """Row, words, type id and character position of match `i`."""
    row, begin, end = int(weighed.at.row[i]), int(weighed.at.begin[i]), int(weighed.at.end[i])
    characters = text.characters
    at = int(characters[begin] - characters[text.edges[row]])
    words = _words(taxonomy.rules, int(weighed.at.pattern[i]), bytes(text.data[begin:end]).decode())
    return row, words, taxonomy.speaks(int(weighed.type[i])), at


def _words(rules: Rules, pattern: int, found: str) -> str:
    """The phrase found; of a pair its two words alone, since what stands between is the ticket's own text."""
    if pattern < len(rules.texts):
        return found
    pair = rules.pairs[pattern - len(rules.texts)].pair
    ends = (
        (_longest(one, found.startswith), _longest(other, found.endswith))
        for one, other in ((pair.first, pair.then), (pair.then, pair.first))
    )
    return next(f"{head}…{tail}" for head, tail in ends if head and tail)


def _longest(phrases: tuple[str, ...], fits: Callable[[str], bool]) -> str:
    return max((s for p in phrases for s in spellings(p) if fits(s)), key=len, default="")


def labels_text(
    taxonomy: Taxonomy | TypeScheme, primary: NDArray[np.int16], labels: NDArray[np.int64]
) -> pa.StringArray:
    """Labels as "a|b": the primary type's id first, the others in the scheme's order."""
    ids = (taxonomy.scheme if isinstance(taxonomy, Taxonomy) else taxonomy).ids
    kinds, which = np.unique(np.stack([primary.astype(np.int64), labels]), axis=1, return_inverse=True)
    texts = []
    for first, bits in kinds.T.tolist():
        rest = [t for i, t in enumerate(ids) if bits >> i & 1 and i != first]
        texts.append("|".join((ids[first], *rest)))
    return pa.array(texts, pa.string()).take(pa.array(which.reshape(-1), pa.int64()))
