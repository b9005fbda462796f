"""Pieces of text that many tickets share."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
SHORTEST, LONGEST = 2, 6
FEWEST = 5
"""A piece is told of when so many tickets share it: what fewer share may be somebody's own."""
INSIDE = 0.8
"""A piece goes when a longer one around it stands in this share of its tickets."""
_WORDS = re.compile(r"\[[^\]]*\]|([\u3400-\u9fff]+)")
"""What masking put in the place of something personal is no piece."""


def pieces(text: str) -> set[str]:
    """All pieces of SHORTEST to LONGEST Chinese characters, none across punctuation, digits or Latin letters."""
    out: set[str] = set()
    for run in filter(None, _WORDS.findall(text)):
        for n in range(SHORTEST, LONGEST + 1):
            out.update(run[i : i + n] for i in range(len(run) - n + 1))
    return out


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each piece stands."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(pieces(text))
    return found


def frequent(found: Counter[str], fewest: int = FEWEST) -> Counter[str]:
    """The pieces of at least `fewest` texts."""
    return Counter({p: n for p, n in found.items() if n >= fewest})


def outermost(found: Counter[str]) -> Counter[str]:
    """The pieces without those that hardly ever stand outside a longer one."""
    hidden = {
        part
        for piece, n in found.items()
        if len(piece) > SHORTEST
        for part in (piece[1:], piece[:-1])
        if n >= INSIDE * found.get(part, n)
    }
    return Counter({p: n for p, n in found.items() if p not in hidden})


def spread(items: Sequence[T], most: int) -> Sequence[T]:
    """At most `most` items, evenly from first to last."""
    if len(items) <= most:
        return items
    return [items[i * len(items) // most] for i in range(most)]
