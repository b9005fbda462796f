"""Random choices that are the same on every machine and every Python."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of choices from one seed.

    Only `Random.random()` is used, whose values Python promises to keep; `choice`, `shuffle` and the
    distributions may change between versions, and numpy's too.
    """

    def __init__(self, seed: int) -> None:
        self._next = Random(seed).random

    def number(self) -> float:
        """A number from 0 to 1, 1 excluded."""
        return self._next()

    def chance(self, thousandths: int) -> bool:
        return self._next() * 1000 < thousandths

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self._next() * n)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._next() * len(items))]

    def weighted(self, items: Sequence[T], running: Sequence[float]) -> T:
        """One of `items`, by the running totals of their weights (see `running`)."""
        at = self._next() * running[-1]
        low, high = 0, len(running) - 1
        while low < high:
            middle = (low + high) // 2
            if at < running[middle]:
                high = middle
            else:
                low = middle + 1
        return items[low]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        keyed = sorted((self._next(), i) for i in range(len(items)))
        return [items[i] for _, i in keyed]


def running(weights: Sequence[float]) -> list[float]:
    """Running totals of weights, as `Draw.weighted` wants them."""
    return list(accumulate(weights))
