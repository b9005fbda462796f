"""Character n-grams of texts as numbers of buckets, for a whole block at once."""

import numpy as np
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import Ints
from hotline_stats.taxonomy.scan import Column

LENGTHS = (1, 2, 3)
BITS = 16
BUCKETS = 1 << BITS
FIRST = 400
"""Characters of a text that are looked at: what a ticket is about stands early."""
TITLE = 2.0
"""An n-gram of the title counts as much as so many of the content."""
_FACTOR, _MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_DIGIT, _GAP = ord("0"), 0


def fold(codes: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Code points as n-grams take them: one digit for all, small letters, full-width as ASCII; 0 for white space,
    which ends an n-gram."""
    folded = codes.astype(np.uint32)
    wide = (folded >= 0xFF01) & (folded <= 0xFF5E)
    folded[wide] -= 0xFEE0
    folded[(folded >= 0x30) & (folded <= 0x39)] = _DIGIT
    folded[(folded >= 0x41) & (folded <= 0x5A)] += 32
    folded[(folded <= 0x20) | (folded == 0x3000) | (folded == 0xA0)] = _GAP
    return folded


def grams(text: Column, rows: Ints) -> tuple[Ints, NDArray[np.uint32], Ints, Ints]:
    """Of some rows: position in `rows`, bucket, first character (in the block) and length of each n-gram, by row."""
    characters = text.characters
    start = characters.take(text.edges.take(rows))
    stop = np.minimum(characters.take(text.edges.take(rows + 1)), start + FIRST)
    if text.missing is not None:
        stop = np.where(text.missing.take(rows), start, stop)
    length = stop - start
    row = np.repeat(np.arange(len(rows)), length)
    at = np.arange(len(row)) + (start - (np.cumsum(length) - length)).take(row)
    codes = fold(text.text.take(at))
    left = stop.take(row) - at
    out_row, out_bucket, out_at, out_n = [], [], [], []
    bucket, good = np.zeros(len(codes), np.uint32), np.ones(len(codes), np.bool_)
    for n in range(1, max(LENGTHS) + 1):
        ahead = np.roll(codes, 1 - n)
        good = good & (left >= n) & (ahead != _GAP)
        bucket = (bucket + ahead) * _FACTOR
        if n in LENGTHS:
            which = np.flatnonzero(good)
            mixed = bucket.take(which)
            mixed = (mixed ^ (mixed >> np.uint32(15))) * _MIX
            out_row.append(row.take(which))
            out_bucket.append(mixed >> np.uint32(32 - BITS))
            out_at.append(at.take(which))
            out_n.append(np.full(len(which), n))
    rows_, n_ = np.concatenate(out_row), np.concatenate(out_n)
    order = np.argsort(rows_, kind="stable")
    return (
        rows_.take(order),
        np.concatenate(out_bucket).take(order),
        np.concatenate(out_at).take(order),
        n_.take(order),
    )
