"""From a taxonomy's source to its compiled rules: numbers for all phrases, and what each of them says.

Whole lists at a time, since a taxonomy may stand for tens of thousands of phrases and every run compiles it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice

import numpy as np
from numpy.typing import NDArray

from hotline_stats.errors import UsageError
from hotline_stats.taxonomy.phrases import spelled
from hotline_stats.taxonomy.rules import (
    CUE,
    END,
    IGNORE,
    PART,
    PLACE_BITS,
    SCORED,
    Bools,
    CompiledCue,
    CompiledPair,
    CompiledQuote,
    Ints,
    Orders,
    Rules,
)
from hotline_stats.taxonomy.source import Cue, Move, Pair, Rule, Source
from hotline_stats.taxonomy.trie import build

_NONE = np.zeros(0, np.int64)


def compile_rules(file: str, source: Source) -> Rules:
    """The rules of a taxonomy file ready to run.

    Raises UsageError `taxonomy-clash` when a phrase is both ignored and counted, or a cue.
    """
    ids = source.scheme.ids
    speakers: tuple[Rule | Move, ...] = (*source.rules, *source.moves)
    cues, quotes, pairs = len(source.cues), len(source.quotes), len(source.pairs)
    found = _gather(
        [(s.phrases, SCORED) for s in speakers]
        + [(c.phrases, CUE) for c in source.cues]
        + [part for q in source.quotes for part in ((q.begin, CUE), (q.end, END))]
        + [(words, PART) for p in source.pairs for words in (p.first, p.then)]
        + [(source.ignore, IGNORE), (source.whole, PART)]
    )
    clash = np.flatnonzero((found.kind & IGNORE != 0) & (found.kind & (SCORED | CUE) != 0))
    if len(clash):
        raise UsageError("taxonomy-clash", file=file, phrase=found.texts[clash[0]])
    n_texts = len(found.texts)
    members = iter(found.members)
    spoken, cue_members, quote_members, words = (
        list(islice(members, n)) for n in (len(speakers), cues, 2 * quotes, 2 * pairs)
    )
    sets = {w.tobytes(): w for w in words}
    number = dict(zip(sets, count(), strict=False))
    compiled = [
        CompiledPair(p, n_texts + k, *(number[w.tobytes()] for w in words[2 * k : 2 * k + 2]))
        for k, p in enumerate(source.pairs)
    ]
    in_set, set_ = np.concatenate([_NONE, *sets.values()]), _repeated(range(len(sets)), sets.values())
    kind = np.append(found.kind, np.full(pairs, SCORED, np.uint8))
    types = [ids.index(r.type) for r in source.rules] + list(range(len(ids), len(ids) + len(source.moves)))
    said = _say(
        [
            *zip(spoken, types, speakers, strict=True),
            *((np.array([p.pattern]), ids.index(p.pair.type), p.pair) for p in compiled),
        ]
    )
    return Rules(
        texts=found.texts,
        kind=kind,
        covers=_covers(kind, said),
        start=_starts(said.pattern, len(kind)),
        speaks_type=said.type,
        speaks_place=said.place,
        speaks_request=said.request,
        speaks_weight=said.weight,
        requests=said.requests,
        n_types=len(ids),
        trie=build(found.texts),
        word_start=_starts(in_set, n_texts),
        word_set=set_[np.argsort(in_set, kind="stable")].astype(np.int16),
        n_sets=len(sets),
        pairs=tuple(compiled),
        orders=Orders.of(compiled),
        cues=tuple(
            CompiledCue(c, _member(m, n_texts), _bears(c, source))
            for c, m in zip(source.cues, cue_members, strict=True)
        ),
        quotes=tuple(
            CompiledQuote(
                q, _member(quote_members[2 * k], n_texts), _member(quote_members[2 * k + 1], n_texts)
            )
            for k, q in enumerate(source.quotes)
        ),
    )


@dataclass(frozen=True)
class _Gathered:
    """Every text the trie looks for, its kind, and of each list of phrases the numbers of its texts."""

    texts: tuple[str, ...]
    kind: NDArray[np.uint8]
    members: list[Ints]


def _gather(lists: Sequence[tuple[Iterable[str], int]]) -> _Gathered:
    all_ = [spelled(phrases) for phrases, _ in lists]
    texts = tuple(dict.fromkeys(chain.from_iterable(all_)))
    number = dict(zip(texts, range(len(texts)), strict=True))
    numbers = np.fromiter(map(number.__getitem__, chain.from_iterable(all_)), np.int64)
    members = np.split(numbers, np.cumsum([len(s) for s in all_])[:-1])
    kind = np.zeros(len(texts), np.uint8)
    for (_, bit), mine in zip(lists, members, strict=True):
        kind[mine] |= bit
    return _Gathered(texts, kind, members)


@dataclass(frozen=True)
class _Spoken:
    """What patterns say, by pattern, then in the order of the file."""

    pattern: Ints
    type: Ints
    place: NDArray[np.uint8]
    request: Ints
    weight: NDArray[np.float64]
    requests: tuple[tuple[str, ...], ...]


def _say(sayings: Sequence[tuple[Ints, int, Rule | Pair | Move]]) -> _Spoken:
    """The heaviest of several rules for the same phrase, type, place and request types counts."""
    requests: dict[tuple[str, ...], int] = {(): 0}
    whats: dict[tuple[int, int, int], int] = {}
    said = [
        whats.setdefault(
            (type_, PLACE_BITS[s.place], requests.setdefault(s.requests, len(requests))), len(whats)
        )
        for _, type_, s in sayings
    ]
    weights = [1.0 if isinstance(s, Move) else s.weight for *_, s in sayings]
    patterns, n = [p for p, *_ in sayings], max(len(whats), 1)
    key = np.concatenate([_NONE, *patterns]) * n + _repeated(said, patterns).astype(np.int64)
    distinct, first, which = np.unique(key, return_index=True, return_inverse=True)
    heaviest = np.zeros(len(distinct))
    np.maximum.at(heaviest, which, _repeated(weights, patterns))
    order = np.lexsort((first, distinct // n))
    pattern, what = np.divmod(distinct[order], n)
    type_, place, request = np.array(list(whats), np.int64).reshape(-1, 3)[what].T
    return _Spoken(pattern, type_, place.astype(np.uint8), request, heaviest[order], tuple(requests)[1:])


def _covers(kind: NDArray[np.uint8], said: _Spoken) -> NDArray[np.uint8]:
    spoken = np.zeros(len(kind), np.uint8)
    np.bitwise_or.at(spoken, said.pattern, said.place)
    return np.where((kind & (IGNORE | CUE)) != 0, np.uint8(PLACE_BITS["any"]), spoken)


def _starts(numbers: Ints, n: int) -> Ints:
    """Where the entries of each of `n` patterns begin, and the last end, when they lie in order of their pattern."""
    return np.append(np.int64(0), np.cumsum(np.bincount(numbers, minlength=n)))


def _repeated(values: Iterable[float], parts: Iterable[Ints]) -> NDArray[np.float64]:
    """Each value as often as its part is long."""
    return np.concatenate(
        [np.zeros(0), *(np.full(len(p), v, np.float64) for v, p in zip(values, parts, strict=True))]
    )


def _bears(cue: Cue, source: Source) -> Bools:
    """Which types a cue bears on; on moves when it does on all types."""
    types = np.isin(source.scheme.ids, cue.types)
    return np.append(types, np.full(len(source.moves), bool(types.all())))


def _member(numbers: Ints, n: int) -> Bools:
    out = np.zeros(n, dtype=np.bool_)
    out[numbers] = True
    return out
