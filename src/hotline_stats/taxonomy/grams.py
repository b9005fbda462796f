"""Characters and pairs of neighbouring characters of texts as numbers of buckets, for a whole block at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import Bools, Ints
from hotline_stats.taxonomy.scan import Column, Place
from hotline_stats.taxonomy.trie import Codes

BITS = 16
BUCKETS = 1 << BITS
FIRST = 400
"""Characters of a text that are looked at: what a ticket is about stands early."""
_FACTOR, _MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_DIGIT, _GAP = ord("0"), 0


@dataclass(frozen=True)
class Letters:
    """A block of texts, its quotations blanked. `codes`: code points; `firsts`: which of them each row begins with, and
    the last ends before."""

    place: Place
    codes: Codes
    firsts: Ints
    missing: Bools | None


def letters(text: Column, begin: Ints, end: Ints) -> Letters:
    """The characters of a column but for those between the bytes `begin` and `end` of quotations, which may overlap."""
    codes = text.text
    if len(begin):
        steps = np.zeros(len(codes) + 1, np.int64)
        np.add.at(steps, text.characters.take(begin), 1)
        np.add.at(steps, text.characters.take(end), -1)
        codes = np.where(np.cumsum(steps[:-1]) > 0, np.int32(_GAP), codes)
    return Letters(text.place, codes, text.firsts, text.missing)


def fold(codes: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Code points as buckets take them: one digit for all, small letters, full-width as ASCII; 0 for white space,
    which has no bucket."""
    folded = codes.astype(np.uint32)
    wide = (folded >= 0xFF01) & (folded <= 0xFF5E)
    folded[wide] -= 0xFEE0
    folded[(folded >= 0x30) & (folded <= 0x39)] = _DIGIT
    folded[(folded >= 0x41) & (folded <= 0x5A)] += 32
    folded[(folded <= 0x20) | (folded == 0x3000) | (folded == 0xA0)] = _GAP
    return folded


def grams(text: Letters, rows: Ints) -> tuple[Ints, NDArray[np.int32], Ints]:
    """Of some rows of a block, in their order: where each row's buckets begin, and the last end, in what follows; the
    buckets, at each place that of the character and that of the pair that begins with it; and twice the place, counted
    in the block, plus 1 for a pair."""
    start = text.firsts.take(rows)
    stop = np.minimum(text.firsts.take(rows + 1), start + FIRST)
    if text.missing is not None:
        stop = np.where(text.missing.take(rows), start, stop)
    length = stop - start
    row = np.repeat(np.arange(len(rows)), length)
    at = np.arange(len(row)) + (start - (np.cumsum(length) - length)).take(row)
    codes = fold(text.codes.take(at))
    after = np.append(codes[1:], np.uint32(_GAP))
    after[np.cumsum(length)[length > 0] - 1] = _GAP
    mixed = np.stack([codes * _FACTOR, (codes * _FACTOR + after) * _FACTOR], axis=1).reshape(-1)
    mixed = (mixed ^ (mixed >> np.uint32(15))) * _MIX
    good = np.flatnonzero(np.stack([codes != _GAP, (codes != _GAP) & (after != _GAP)], axis=1))
    counts = np.bincount(row.take(good >> 1), minlength=len(rows))
    edges = np.concatenate([[0], np.cumsum(counts)])
    where = 2 * at.take(good >> 1) + (good & 1)
    return edges, (mixed.take(good) >> np.uint32(32 - BITS)).astype(np.int32), where
