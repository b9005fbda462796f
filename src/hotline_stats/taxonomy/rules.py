"""Compiled rules: one trie for every phrase and cue of a taxonomy, and numpy tables beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotline_stats.taxonomy.source import Cue, Pair, Quote
from hotline_stats.taxonomy.trie import Trie

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
