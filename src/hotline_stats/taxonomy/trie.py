"""A trie of phrases in arrays, walked for all positions of a block of text at once.

Every step of the walk is one numpy operation over the places that still match. That gives arrays of matches
without a Python object for each, and leaves other threads free to work meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
CODE_POINTS = 0x110000
MOST, LONGEST = (1 << 22) - 1, (1 << 10) - 1
_ROOM = 4
"""Slots for each step of the trie: more make places easier to find, fewer fit the cache better."""
_APART = 8
"""Nodes placed together: so few that a step of the first meets one of the others in one of so many draws."""


@dataclass(frozen=True)
class Trie:
    """Nodes 1, 2, …; 0 stands for none.

    `first`, `second`: by code point, its part of the index into `two`, which gives the node after two characters.
    Later characters: node n and a character of class c lead to `slots[base[n] + c]` when that node's `parent` is
    n. `classes`: by code point, 0 for one that no phrase has. `phrase`: the number of the phrase that ends at a
    node, or -1; `single`: by code point, of the phrase that is this character alone.
    """

    first: Codes
    second: Codes
    two: Codes
    classes: Codes
    base: Codes
    slots: Codes
    parent: Codes
    phrase: Codes
    single: Codes
    depth: int

    def find(self, text: Codes) -> list[tuple[int, NDArray[np.int64], Codes]]:
        """All phrases in `text`, overlapping ones too: (length, where each begins, its number), by length; the
        begins ascend."""
        found = []
        text = text.astype(np.int64)  # the type of an index: others are converted at every look-up
        if (self.single >= 0).any():
            at, number = _those(self.single.take(text))
            found.append((1, at, number))
        two = self.first.take(text[:-1]) + self.second.take(text[1:])
        at, node = _those(self.two.take(two) - 1)
        node, classes = node + 1, self.classes.take(text)
        for length in range(2, self.depth + 1):
            ends, number = _those(self.phrase.take(node))
            found.append((length, at.take(ends), number))
            inside = np.searchsorted(at, len(text) - length)
            at, node = at[:inside], node[:inside]
            after = self.slots.take(self.base.take(node) + classes.take(at + length))
            on = np.flatnonzero(self.parent.take(after) == node)
            at, node = at.take(on), after.take(on)
            if not len(at):
                break
        return found


def _those(numbers: Codes) -> tuple[NDArray[np.int64], Codes]:
    """Where `numbers` are not negative, and those."""
    at = np.flatnonzero(numbers >= 0)
    return at, numbers.take(at)


def build(phrases: Sequence[str]) -> Trie:
    """A trie of distinct phrases, none empty; they are known by their position. Raises ValueError when they are
    more, or longer, than a match can tell."""
    if len(phrases) > MOST or max(map(len, phrases), default=0) > LONGEST:
        raise ValueError(f"more than {MOST} phrases, or one of more than {LONGEST} characters")
    lengths = np.fromiter(map(len, phrases), np.int64)
    flat = np.frombuffer("".join(phrases).encode("utf-32-le"), np.int32)
    start = np.cumsum(lengths) - lengths
    known = _distinct(flat)
    classes = np.zeros(CODE_POINTS, np.int32)
    classes[known] = np.arange(1, len(known) + 1)
    coded = classes.take(flat).astype(np.int64)
    depth, width = int(lengths.max(initial=1)), len(known) + 1
    at = np.flatnonzero(lengths > 1)
    node = np.zeros(len(phrases), np.int64)
    phrase, parents, steps = [np.array([-1])], [np.array([-1])], [np.array([0])]
    first, second, two = _two(flat, start[at])
    n = 1
    for d in range(2, depth + 1):
        key = (
            first[flat[start[at]]] + second[flat[start[at] + 1]]
            if d == 2
            else node[at] * width + coded[start[at] + d - 1]
        )
        distinct, which = np.unique(key, return_inverse=True)
        if d == 2:
            two[distinct] = np.arange(n, n + len(distinct))
        parents.append(np.full(len(distinct), -1) if d == 2 else distinct // width)
        steps.append(np.zeros(len(distinct), np.int64) if d == 2 else distinct % width)
        node[at] = n + which
        ends = np.full(len(distinct), -1)
        ended = at[lengths[at] == d]
        ends[node[ended] - n] = ended
        phrase.append(ends)
        n += len(distinct)
        at = at[lengths[at] > d]
    parent, step = np.concatenate(parents), np.concatenate(steps)
    base, slots = _placed(parent, step, width)
    single = np.full(CODE_POINTS, -1, np.int32)
    alone = np.flatnonzero(lengths == 1)
    single[flat[start[alone]]] = alone
    return Trie(
        first, second, two, classes, base, slots, parent.astype(np.int32), np.concatenate(phrase).astype(np.int32),
        single, depth,
    )  # fmt: skip


def _two(flat: Codes, start: NDArray[np.int64]) -> tuple[Codes, Codes, Codes]:
    """The table of the first two characters, empty, and what each code point adds to an index into it."""
    heads, seconds = _distinct(flat[start]), _distinct(flat[start + 1])
    width = len(seconds) + 1
    first, second = np.zeros(CODE_POINTS, np.int32), np.zeros(CODE_POINTS, np.int32)
    first[heads] = np.arange(1, len(heads) + 1) * width
    second[seconds] = np.arange(1, width)
    return first, second, np.zeros((len(heads) + 1) * width, np.int32)


def _distinct(codes: Codes) -> NDArray[np.int64]:
    """Every code point once, ascending."""
    seen = np.zeros(CODE_POINTS, np.bool_)
    seen[codes] = True
    return np.flatnonzero(seen)


def _placed(parent: NDArray[np.int64], step: NDArray[np.int64], width: int) -> tuple[Codes, Codes]:
    """Where each node's next steps stand, so that no two share a slot: nodes with many first, the others by
    drawing places until all fit."""
    steps = np.flatnonzero(parent > 0)
    steps = steps[np.argsort(parent[steps], kind="stable")]
    nodes, begin, n = np.unique(parent[steps], return_index=True, return_counts=True)
    size = 1 << (_ROOM * len(steps) + width).bit_length()
    slots, base = np.zeros(size + width, np.int32), np.zeros(len(parent), np.int32)
    drawer = np.zeros(len(slots), np.int32)
    random = np.random.default_rng(0)
    waiting = np.argsort(-n, kind="stable")
    while len(waiting):
        together = np.searchsorted(np.cumsum(n[waiting]), size // (_APART * n[waiting[0]]))
        now = waiting[: max(together, 1)]
        drawn = random.integers(0, size, len(now))
        owner = np.repeat(np.arange(len(now)), n[now])
        mine = steps[np.repeat(begin[now] - (np.cumsum(n[now]) - n[now]), n[now]) + np.arange(len(owner))]
        slot = drawn[owner] + step[mine]
        drawer[slot] = owner
        taken = (slots[slot] != 0) | (drawer[slot] != owner)
        fits = np.bincount(owner, weights=taken, minlength=len(now)) == 0
        slots[slot[fits[owner]]] = mine[fits[owner]]
        base[nodes[now[fits]]] = drawn[fits]
        waiting = np.concatenate([now[~fits], waiting[len(now) :]])
    return base, slots
