"""The range in which a rate is expected to lie, by its number of tickets: the limits of a funnel plot."""

import math
from dataclasses import dataclass

LIMIT = 3.090232306167813
"""Normal quantile of 99.8 %: of a hundred units like all, one is outside in every fifth table."""
INNER = 1.959963984540054
"""Normal quantile of 95 %: one unit in twenty like all is outside."""


@dataclass(frozen=True)
class Funnel:
    """`mean`: of the scores of all tickets, 0–1; `unit`: variance of one ticket on the scale 2·asin(√mean), 1 for a plain
    rate; `spread`: how many times the variance between units is that of chance, at least 1."""

    mean: float
    unit: float
    spread: float

    def __post_init__(self) -> None:
        if not 0 < self.mean < 1 or self.unit <= 0 or self.spread < 1:
            raise ValueError("a funnel needs scores that differ")

    def limits(self, n: float, z: float = LIMIT) -> tuple[float, float]:
        """The range of a mean of n tickets, 0–1; `z`: the normal quantile of its share."""
        middle = math.asin(math.sqrt(self.mean))
        half = z * math.sqrt(self.unit * self.spread / n) / 2
        low, high = max(0.0, middle - half), min(math.pi / 2, middle + half)
        return math.sin(low) ** 2, math.sin(high) ** 2
