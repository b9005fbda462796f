"""One pass over the bytes of an Arrow text column: where every phrase and cue of the rules stands."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import Bools, Ints, Rules

Place = Literal["title", "content"]
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
    def breaks(self) -> dict[str, Ints]:
        """Where clauses and sentences end: positions in `data`, ascending."""
        return {"clause": _marks(self.data, _CLAUSE), "sentence": _marks(self.data, _SENTENCE)}

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

    def take(self, which: Bools | Ints | slice) -> "Matches":
        return Matches(self.row[which], self.begin[which], self.end[which], self.pattern[which])


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
    found = rules.automaton.find_matches_as_indexes(text.data.data, overlapping=True)
    flat = np.fromiter(chain.from_iterable(found), dtype=text.edges.dtype, count=3 * len(found)).reshape(
        -1, 3
    )
    longest_first = (flat[:, 1].astype(np.int64) << 12) - (flat[:, 2] - flat[:, 1])
    pattern, begin, end = np.take(flat, np.argsort(longest_first, kind="stable"), axis=0).T
    row = np.searchsorted(text.edges, begin, side="right") - 1
    inside = end <= text.edges[row + 1]
    if text.missing is not None:
        inside &= ~text.missing[row]
    matches = Matches(row.astype(text.edges.dtype), begin, end, pattern)
    return matches if inside.all() else matches.take(inside)


def covered(matches: Matches, by: Bools) -> Bools:
    """Whether each match lies inside a longer match that is one of `by`."""
    reach = np.maximum.accumulate(np.where(by, matches.end, 0))
    before = np.concatenate([[0], reach[:-1]])[: len(matches)]
    return before >= matches.end


def _marks(data: NDArray[np.uint8], marks: tuple[str, ...]) -> Ints:
    """Positions of the last byte of each of `marks`, which are ASCII or three bytes long."""
    wide = [int.from_bytes(m.encode()) for m in marks if not m.isascii()]
    narrow = [ord(m) for m in marks if m.isascii()]
    may_be = data <= max(narrow)
    for lead in {code >> 16 for code in wide}:
        may_be |= data == lead
    at = np.flatnonzero(may_be)
    first, last = data[at].astype(np.int64), len(data) - 1
    second, third = data[np.minimum(at + 1, last)], data[np.minimum(at + 2, last)]
    is_wide = np.isin((first << 16) | (second.astype(np.int64) << 8) | third, wide)
    return np.where(is_wide, at + 2, at)[is_wide | np.isin(first, narrow)]
