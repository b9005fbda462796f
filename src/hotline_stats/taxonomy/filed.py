"""How tickets were filed by whoever took the call: their request type and category, and what these say."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import Bools, Rules
from hotline_stats.taxonomy.source import Crossing
from hotline_stats.taxonomy.weigh import Floats

Said = tuple[str, str, float]
"""A category that counted: its name ("A/B" for a path), the type id, its weight."""


@dataclass(frozen=True)
class Filed:
    """Of n tickets: `request`, the request types, and `categories`, the levels from the top; dictionary arrays."""

    request: pa.DictionaryArray
    categories: tuple[pa.DictionaryArray, ...]

    def rows(self, start: int, stop: int) -> "Filed":
        n = stop - start
        return Filed(self.request.slice(start, n), tuple(c.slice(start, n) for c in self.categories))


def requested(rules: Rules, filed: Filed | None) -> Bools | None:
    """Conditions of the rules × tickets: whether the request type is among those asked for."""
    if filed is None or not rules.requests:
        return None
    values = filed.request.dictionary.to_pylist()
    met = np.array([[v in wanted for v in [*values, None]] for wanted in rules.requests], np.bool_)
    codes = pc.fill_null(filed.request.indices, len(values)).to_numpy(zero_copy_only=False)
    return met[:, codes]


def said(crosswalk: tuple[Crossing, ...], filed: Filed) -> tuple[list[tuple[Said, ...]], NDArray[np.int64]]:
    """What the categories say: for each distinct path of levels, and which path each ticket has."""
    code = np.zeros(len(filed.request), np.int64)
    if not crosswalk or not filed.categories:
        return [()], code
    for level in filed.categories:
        indices = pc.fill_null(level.indices, -1).to_numpy(zero_copy_only=False)
        code = code * (len(level.dictionary) + 1) + indices + 1
    _, first, path = np.unique(code, return_index=True, return_inverse=True)
    texts = [level.take(pa.array(first)).to_pylist() for level in filed.categories]
    return [_path(crosswalk, levels) for levels in zip(*texts, strict=True)], path


@lru_cache(maxsize=10_000)
def _path(crosswalk: tuple[Crossing, ...], levels: tuple[str | None, ...]) -> tuple[Said, ...]:
    """Of several entries for a type only the weightiest counts."""
    best: dict[str, Said] = {}
    for crossing in crosswalk:
        for names in crossing.categories:
            k = len(names)
            if any(levels[i : i + k] == names for i in range(len(levels) - k + 1)) and (
                crossing.type not in best or crossing.weight > best[crossing.type][2]
            ):
                best[crossing.type] = ("/".join(names), crossing.type, crossing.weight)
    return tuple(best.values())


def scores(paths: list[tuple[Said, ...]], path: NDArray[np.int64], ids: tuple[str, ...]) -> Floats:
    """Tickets × types: the weights of what their categories say."""
    table = np.zeros((len(paths), len(ids)))
    for i, entries in enumerate(paths):
        for _, type_, weight in entries:
            table[i, ids.index(type_)] = weight
    return table[path]
