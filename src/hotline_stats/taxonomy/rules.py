"""Compiled rules: one trie for every phrase and cue of a taxonomy, and numpy tables beside it."""

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from hotline_stats.errors import UsageError
from hotline_stats.taxonomy.phrases import spellings
from hotline_stats.taxonomy.source import Cue, Move, Pair, Quote, Rule, Source
from hotline_stats.taxonomy.trie import Trie, build

BYTES_PER_CHAR = 3
"""Distances are bytes / 3: a Chinese character counts one, a Latin letter or digit a third."""

IGNORE, SCORED, CUE, PART, END = 1, 2, 4, 8, 16
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
PLACE_BITS = {"any": 3, "title": 1, "content": 2}


@dataclass(frozen=True)
class CompiledPair:
    """`first`, `then`: numbers of the word sets. `pattern`: number of the pair itself."""

    pair: Pair
    pattern: int
    first: int
    then: int


@dataclass(frozen=True)
class Orders:
    """The orders in which the words of pairs may stand, one entry each (two for `either`): the word sets, the
    number of the pair, how many bytes may lie between, and what must not: "text" nothing, else its breaks."""

    first: Ints
    then: Ints
    pattern: Ints
    within: NDArray[np.float64]
    until: NDArray[np.str_]

    @classmethod
    def of(cls, pairs: Iterable[CompiledPair]) -> "Orders":
        rows = [
            (a, b, p) for p in pairs for a, b in ((p.first, p.then), (p.then, p.first))[: 1 + p.pair.either]
        ]
        return cls(
            np.array([a for a, _, _ in rows], np.int64),
            np.array([b for _, b, _ in rows], np.int64),
            np.array([p.pattern for *_, p in rows], np.int64),
            np.array([p.pair.within * BYTES_PER_CHAR for *_, p in rows], np.float64),
            np.array([p.pair.until for *_, p in rows], np.str_),
        )


@dataclass(frozen=True)
class CompiledCue:
    """`member`: whether a pattern is this cue; `types`: whether it bears on a type, by type."""

    cue: Cue
    member: Bools
    types: Bools


@dataclass(frozen=True)
class CompiledQuote:
    quote: Quote
    begin: Bools
    end: Bools


@dataclass(frozen=True)
class Rules:
    """Patterns 0…len(`texts`) are what the trie finds; after them come the pairs.

    `kind`: bits IGNORE, SCORED, CUE, PART, END (of a quotation) by pattern. Pattern p speaks for the types
    `speaks_type[start[p]:start[p + 1]]` with `speaks_weight` where `speaks_place` allows (1 title, 2 content).
    A type of `n_types` or more is a move (source.moves). `speaks_request`: 0, or the number of the condition in
    `requests` (from 1) that the ticket's request type must meet.
    `covers`: the places (bits) in which a pattern hides the shorter ones inside it: those in which it says something.
    Pattern p is a word of the sets
    `word_set[word_start[p]:word_start[p + 1]]`, of `n_sets`.
    """

    trie: Trie
    texts: tuple[str, ...]
    kind: NDArray[np.uint8]
    covers: NDArray[np.uint8]
    start: Ints
    speaks_type: Ints
    speaks_weight: NDArray[np.float64]
    speaks_place: NDArray[np.uint8]
    speaks_request: Ints
    requests: tuple[tuple[str, ...], ...]
    n_types: int
    word_start: Ints
    word_set: NDArray[np.int16]
    n_sets: int
    pairs: tuple[CompiledPair, ...]
    orders: Orders
    cues: tuple[CompiledCue, ...]
    quotes: tuple[CompiledQuote, ...]

    @property
    def n_patterns(self) -> int:
        """Patterns and pairs."""
        return len(self.kind)


class _Patterns:
    """Every text the trie looks for, its kind and what it speaks for, as they are gathered."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.kind: list[int] = []
        self.speaks: list[dict[tuple[int, int, int], float]] = []
        self.requests: dict[tuple[str, ...], int] = {(): 0}

    def add(self, phrases: Iterable[str], kind: int) -> list[int]:
        numbers = []
        for text in dict.fromkeys(s for p in phrases for s in spellings(p)):
            n = self.number.setdefault(text, len(self.number))
            if n == len(self.kind):
                self.kind.append(0)
                self.speaks.append({})
            self.kind[n] |= kind
            numbers.append(n)
        return numbers

    def speak(self, number: int, type_: int, rule: Rule | Pair | Move, weight: float) -> None:
        """The heaviest of several rules for the same phrase, type, place and request types counts."""
        key = (type_, PLACE_BITS[rule.place], self.requests.setdefault(rule.requests, len(self.requests)))
        said = self.speaks[number]
        said[key] = max(weight, said.get(key, 0.0))


def compile_rules(file: str, source: Source) -> Rules:
    """The rules of a taxonomy file ready to run.

    Raises UsageError `taxonomy-clash` when a phrase is both ignored and counted, or a cue.
    """
    found = _Patterns()
    ids = source.scheme.ids
    for rule in source.rules:
        for n in found.add(rule.phrases, SCORED):
            found.speak(n, ids.index(rule.type), rule, rule.weight)
    for k, move in enumerate(source.moves):
        for n in found.add(move.phrases, SCORED):
            found.speak(n, len(ids) + k, move, 1.0)
    cue_members = [found.add(c.phrases, CUE) for c in source.cues]
    quote_members = [(found.add(q.begin, CUE), found.add(q.end, END)) for q in source.quotes]
    pair_members = [(found.add(p.first, PART), found.add(p.then, PART)) for p in source.pairs]
    found.add(source.ignore, IGNORE)
    found.add(source.whole, PART)
    for text, n in found.number.items():
        if found.kind[n] & IGNORE and found.kind[n] & (SCORED | CUE):
            raise UsageError("taxonomy-clash", file=file, phrase=text)
    n_texts = len(found.number)
    sets: dict[tuple[int, ...], int] = {}
    pairs = []
    for k, (pair, (first, then)) in enumerate(zip(source.pairs, pair_members, strict=True)):
        a, b = (sets.setdefault(tuple(words), len(sets)) for words in (first, then))
        pairs.append(CompiledPair(pair, n_texts + k, a, b))
        found.kind.append(SCORED)
        found.speaks.append({})
        found.speak(n_texts + k, ids.index(pair.type), pair, pair.weight)
    member_of: list[list[int]] = [[] for _ in range(n_texts)]
    for words, number in sets.items():
        for n in words:
            member_of[n].append(number)
    kind = np.array(found.kind, dtype=np.uint8)
    said = [(*key, w) for speaks in found.speaks for key, w in speaks.items()]
    return Rules(
        texts=tuple(found.number),
        kind=kind,
        covers=_covers(kind, found.speaks),
        start=_starts(found.speaks),
        speaks_type=np.array([t for t, *_ in said], dtype=np.int64),
        speaks_place=np.array([p for _, p, *_ in said], dtype=np.uint8),
        speaks_request=np.array([r for _, _, r, _ in said], dtype=np.int64),
        speaks_weight=np.array([w for *_, w in said], dtype=np.float64),
        requests=tuple(found.requests)[1:],
        n_types=len(ids),
        trie=build(tuple(found.number)),
        word_start=_starts(member_of),
        word_set=np.array([k for of in member_of for k in of], dtype=np.int16),
        n_sets=len(sets),
        pairs=tuple(pairs),
        orders=Orders.of(pairs),
        cues=tuple(
            CompiledCue(c, _member(m, n_texts), _bears(c, source))
            for c, m in zip(source.cues, cue_members, strict=True)
        ),
        quotes=tuple(
            CompiledQuote(q, _member(b, n_texts), _member(e, n_texts))
            for q, (b, e) in zip(source.quotes, quote_members, strict=True)
        ),
    )


def _covers(kind: NDArray[np.uint8], speaks: list[dict[tuple[int, int, int], float]]) -> NDArray[np.uint8]:
    everywhere = (kind & (IGNORE | CUE)) != 0
    spoken = [reduce(or_, (place for _, place, _ in said), 0) for said in speaks]
    return np.where(everywhere, PLACE_BITS["any"], spoken).astype(np.uint8)


def _starts(lists: Sequence[Sized]) -> Ints:
    """Where each of `lists` begins, and the last ends, when they are laid end to end."""
    return np.concatenate([[0], np.cumsum([len(x) for x in lists])]).astype(np.int64)


def _bears(cue: Cue, source: Source) -> Bools:
    """Which types a cue bears on; on moves when it does on all types."""
    types = np.isin(source.scheme.ids, cue.types)
    return np.append(types, np.full(len(source.moves), bool(types.all())))


def _member(numbers: Iterable[int], n: int) -> Bools:
    out = np.zeros(n, dtype=np.bool_)
    out[list(numbers)] = True
    return out
