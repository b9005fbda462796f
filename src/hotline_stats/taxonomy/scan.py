"""One pass over the bytes of an Arrow text column: where every phrase and cue of the rules stands."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import Bools, Ints, Rules
from hotline_stats.taxonomy.trie import CODE_POINTS, LONGEST, MOST, Codes

Place = Literal["title", "content"]
_PATTERN_BITS, _LENGTH_BITS = MOST.bit_length(), LONGEST.bit_length()
_SMALL = 2**31
"""Below so many bytes positions fit into 32 bits, which is faster."""
_SENTENCE = ("。", "！", "？", "；", "!", "?", ";", "\n", "\r")
_CLAUSE = (*_SENTENCE, "，", ",", "：", "“", "”")


@dataclass(frozen=True)
class Column:
    """The bytes of a text column. `edges`: where each row begins, and the last ends, in `data`."""

    place: Place
    data: NDArray[np.uint8]
    edges: Ints
    missing: Bools | None

    def __len__(self) -> int:
        return len(self.edges) - 1

    def rows(self, start: int, stop: int) -> "Column":
        edges = self.edges[start : stop + 1]
        return replace(
            self,
            data=self.data[edges[0] : edges[-1]],
            edges=(edges - edges[0]).astype(np.int32 if edges[-1] - edges[0] < _SMALL else np.int64),
            missing=None if self.missing is None else self.missing[start:stop],
        )

    @cached_property
    def text(self) -> Codes:
        """The code points of `data`."""
        return np.frombuffer(self.data.tobytes().decode().encode("utf-32-le"), np.int32)

    @cached_property
    def begins(self) -> Ints:
        """Where each character begins in `data`, and the last ends."""
        at = np.flatnonzero((self.data & 0xC0) != 0x80)
        return np.append(at, len(self.data)).astype(self.edges.dtype)

    @cached_property
    def breaks(self) -> dict[str, Ints]:
        """How many clauses and sentences end before each byte of `data`."""
        level = _BREAKS.take(self.text)
        return {"clause": self._before(level >= 1), "sentence": self._before(level >= 2)}

    def _before(self, marks: Bools) -> Ints:
        ended = np.zeros(len(self.data) + 1, np.bool_)
        ended[self.begins.take(np.flatnonzero(marks) + 1)] = True
        return np.cumsum(ended, dtype=self.edges.dtype)

    @cached_property
    def firsts(self) -> Ints:
        """The character of `data` that each row begins with, and the last ends before."""
        return np.searchsorted(self.begins, self.edges)

    @cached_property
    def characters(self) -> Ints:
        """Characters of `data` that begin before each byte."""
        begins = (self.data & 0xC0) != 0x80
        return np.concatenate([[0], np.cumsum(begins)]).astype(np.int64)


@dataclass(frozen=True)
class Matches:
    """Where patterns stand, by begin, at one begin the longest first; all arrays of one length."""

    row: Ints
    begin: Ints
    end: Ints
    pattern: Ints

    def __len__(self) -> int:
        return len(self.row)

    def take(self, which: Bools | Ints) -> "Matches":
        at = np.flatnonzero(which) if which.dtype == np.bool_ else which
        return Matches(self.row.take(at), self.begin.take(at), self.end.take(at), self.pattern.take(at))


def column(array: pa.Array, place: Place) -> Column:
    """The bytes of a string or large_string array of any offset, not copied; nulls hold no text."""
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        array = array.cast(pa.string())
    n, first = len(array), array.offset
    _, offsets, values = array.buffers()
    if n == 0 or offsets is None or values is None:
        return Column(place, np.empty(0, np.uint8), np.zeros(n + 1, np.int64), None)
    width = np.dtype(np.int64 if pa.types.is_large_string(array.type) else np.int32)
    edges = np.frombuffer(offsets, dtype=width)[first : first + n + 1].astype(np.int64)
    data = np.frombuffer(values, dtype=np.uint8)[edges[0] : edges[-1]]
    missing = None if array.null_count == 0 else np.asarray(array.is_null())
    return Column(place, data, edges - edges[0], missing)


def scan(rules: Rules, text: Column) -> Matches:
    """All overlapping matches inside single rows."""
    found = rules.trie.find(text.text)
    # One number a match sorts faster than three: where it begins, the longest first, its pattern.
    packed = [
        (at << (_PATTERN_BITS + _LENGTH_BITS)) | ((LONGEST - n) << _PATTERN_BITS) | pattern
        for n, at, pattern in found
    ]
    ordered = np.sort(np.concatenate([np.empty(0, np.int64), *packed]))
    at = ordered >> (_PATTERN_BITS + _LENGTH_BITS)
    after = at + (LONGEST - ((ordered >> _PATTERN_BITS) & LONGEST))
    kind = text.edges.dtype
    begin, end = text.begins.take(at), text.begins.take(after)
    to = np.searchsorted(begin, text.edges)
    row = np.repeat(np.arange(len(text), dtype=kind), np.diff(to))
    inside = end <= text.edges.take(row + 1)
    if text.missing is not None:
        inside &= ~text.missing[row]
    matches = Matches(row, begin, end, (ordered & MOST).astype(kind))
    return matches if inside.all() else matches.take(inside)


def covered(matches: Matches, by: Bools) -> Bools:
    """Whether each match lies inside a longer match that is one of `by`."""
    reach = np.maximum.accumulate(np.where(by, matches.end, 0))
    before = np.concatenate([[0], reach[:-1]])[: len(matches)]
    return before >= matches.end


def _levels() -> NDArray[np.uint8]:
    """By code point: 1 when it ends a clause, 2 when it ends a sentence too."""
    levels = np.zeros(CODE_POINTS, np.uint8)
    for level, marks in ((1, _CLAUSE), (2, _SENTENCE)):
        levels[[ord(m) for m in marks]] = level
    return levels


_BREAKS = _levels()
