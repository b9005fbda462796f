"""Pairs of neighbouring characters of texts as numbers of buckets, for a whole block at once."""

import numpy as np
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import Ints
from hotline_stats.taxonomy.scan import Column

BITS = 16
BUCKETS = 1 << BITS
FIRST = 400
"""Characters of a text that are looked at: what a ticket is about stands early."""
_FACTOR, _MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_DIGIT, _GAP = ord("0"), 0


def fold(codes: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Code points as pairs take them: one digit for all, small letters, full-width as ASCII; 0 for white space,
    which no pair holds."""
    folded = codes.astype(np.uint32)
    wide = (folded >= 0xFF01) & (folded <= 0xFF5E)
    folded[wide] -= 0xFEE0
    folded[(folded >= 0x30) & (folded <= 0x39)] = _DIGIT
    folded[(folded >= 0x41) & (folded <= 0x5A)] += 32
    folded[(folded <= 0x20) | (folded == 0x3000) | (folded == 0xA0)] = _GAP
    return folded


def grams(text: Column, rows: Ints) -> tuple[Ints, NDArray[np.int32], Ints]:
    """Of some rows of a block, in their order: where each row's pairs begin, and the last end, in what follows; the
    bucket of each pair; and its first character, counted in the block."""
    start = np.searchsorted(text.begins, text.edges.take(rows))
    stop = np.minimum(np.searchsorted(text.begins, text.edges.take(rows + 1)), start + FIRST)
    if text.missing is not None:
        stop = np.where(text.missing.take(rows), start, stop)
    length = stop - start
    row = np.repeat(np.arange(len(rows)), length)
    at = np.arange(len(row)) + (start - (np.cumsum(length) - length)).take(row)
    codes = fold(text.text.take(at))
    head, tail = codes[:-1], codes[1:]
    good = np.flatnonzero((row[:-1] == row[1:]) & (head != _GAP) & (tail != _GAP))
    mixed = (head.take(good) * _FACTOR + tail.take(good)) * _FACTOR
    mixed = (mixed ^ (mixed >> np.uint32(15))) * _MIX
    counts = np.bincount(row.take(good), minlength=len(rows))
    edges = np.concatenate([[0], np.cumsum(counts)])
    return edges, (mixed >> np.uint32(32 - BITS)).astype(np.int32), at.take(good)
