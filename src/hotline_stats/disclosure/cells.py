"""The counts of one window that a report publishes, and the sums that tie them together."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Key = tuple[Hashable, ...]

SMALLEST = 5
"""The smallest count above zero that may be published or computed."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Counts and the sums that a reader knows to hold.

    `values`: the true counts, times `unit` (the number of years of which they are the mean; else 1). `least`: what a
    reader knows each to be at least. `shown`: whether the report shows the cell at all; the others are what can be
    computed from shown ones, such as what a group leaves out of its types. `fixed`: cells that are always published (the
    total). `sums`: (whole, parts) by position; the parts add up to the whole. Raises ValueError when they do not.
    """

    keys: tuple[Key, ...]
    values: Ints
    least: Ints
    shown: Bools
    fixed: Bools
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    unit: int = 1

    def __post_init__(self) -> None:
        for whole, parts in self.sums:
            if self.values[whole] != self.values[list(parts)].sum():
                raise ValueError(f"the parts of {self.keys[whole]} do not add up to it")

    @property
    def small(self) -> Bools:
        """The counts that must not be told: from 1 to 4."""
        found: Bools = (self.values > 0) & (self.values < self.high)
        return found

    @property
    def low(self) -> int:
        """What every small count must possibly be, or less: 1."""
        return self.unit

    @property
    def high(self) -> int:
        """What every small count must possibly be, or more."""
        return SMALLEST * self.unit

    @cached_property
    def position(self) -> dict[Key, int]:
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def matrix(self) -> Any:
        """The sums as a sparse matrix A (sums × cells): A · counts = 0."""
        from scipy.sparse import csr_array

        row, column, value = [], [], []
        for i, (whole, parts) in enumerate(self.sums):
            row += [i] * (1 + len(parts))
            column += [whole, *parts]
            value += [1.0, *[-1.0] * len(parts)]
        return csr_array((value, (row, column)), shape=(len(self.sums), len(self.keys)))

    def possible(self, counts: Ints, hidden: Bools) -> bool:
        """Whether a reader who does not see `hidden` must hold these counts for possible."""
        told = np.array_equal(counts[~hidden], self.values[~hidden])
        return told and bool((counts >= self.least).all()) and not np.any(self.matrix @ counts)


@dataclass
class Ledger:
    """Cells while they are gathered; a cell given twice is one."""

    unit: int = 1
    values: dict[Key, int] = field(default_factory=dict)
    least: dict[Key, int] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    fixed: set[Key] = field(default_factory=set)
    sums: list[tuple[Key, tuple[Key, ...]]] = field(default_factory=list)

    def add(self, key: Key, value: float, *, least: int = 0, shown: bool = True) -> Key:
        """A count, in tickets; `least` is 1 where it is known not to be zero."""
        if key not in self.values:
            self.values[key] = round(float(value) * self.unit)
            if not shown:
                self.hidden.add(key)
        self.least[key] = max(self.least.get(key, 0), least)
        return key

    def adds_up(self, whole: Key, parts: list[Key]) -> None:
        """The parts add up to the whole. A reader who sees neither part nor sum is told nothing."""
        self.sums.append((whole, tuple(parts)))

    def rest(self, key: Key, whole: Key, parts: list[Key]) -> None:
        """`whole` holds the parts and more: what is left is a cell that nobody shows and anybody may compute."""
        left = self.values[whole] - sum(self.values[p] for p in parts)
        self.values[key] = left
        self.least[key] = 0
        self.hidden.add(key)
        self.adds_up(whole, [*parts, key])

    def closed(self) -> Cells:
        keys = tuple(self.values)
        at = {key: i for i, key in enumerate(keys)}
        sums = {(at[whole], tuple(at[p] for p in parts)): None for whole, parts in self.sums}
        return Cells(
            keys=keys,
            values=np.array([self.values[k] for k in keys], np.int64),
            least=np.array([self.least[k] for k in keys], np.int64),
            shown=np.array([k not in self.hidden for k in keys], np.bool_),
            fixed=np.array([k in self.fixed for k in keys], np.bool_),
            sums=tuple(sums),
            unit=self.unit,
        )
