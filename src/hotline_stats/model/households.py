"""How many households live in each place, as a table of the user says."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Households:
    """`levels`: by level of place (model.facts.PLACES), the households of each place by its name, all above zero."""

    levels: Mapping[str, Mapping[str, int]]

    def __post_init__(self) -> None:
        if any(n <= 0 for places in self.levels.values() for n in places.values()):
            raise ValueError("a place has no households")
