"""One number of a draft: what it says, exactly, and which values it may stand for."""

from dataclasses import dataclass
from fractions import Fraction

from hotline_stats.claims.words import tolerance

PERCENT, POINTS, TIMES, PART, RANGE = "%", "pp", "times", "part", "range"
"""Units beside those that count: percent, percentage points, 倍, a fraction such as 一半."""


@dataclass(frozen=True)
class Figure:
    """`value` is without sign; `sign` is that written before it (0: none). `step` is one unit of its last digit shown
    (Fraction(1, 10) for 19.4; 1000 for 1.2万). `unit`: see above, else a word such as 件, "" for a bare number.
    `hedge`: a key of words.tolerance, or least, below, most, more (余, 多), or "". `round`: 两成, 一半, 一倍: a number
    that is never meant to the digit. `upper`: the other end of a range. `scaled`: written with 万 or 亿."""

    value: Fraction
    step: Fraction
    unit: str
    hedge: str = ""
    sign: int = 0
    round: bool = False
    upper: Fraction | None = None
    scaled: bool = False

    @property
    def counts(self) -> bool:
        return self.unit not in (PERCENT, POINTS, TIMES, PART)

    @property
    def decimals(self) -> int:
        """How many decimals are shown."""
        n, step = 0, self.step
        while step < 1 and n < 12:
            step, n = step * 10, n + 1
        return n

    def bounds(self) -> tuple[Fraction, Fraction]:
        """The values that it may stand for as a given number: a count is exact unless 万 rounds it, a percentage is
        rounded to its digits, a hedged number lies within its tolerance."""
        if self.hedge == "more":
            return self.value, self.value + self.last_place
        if self.hedge in ("near", "over", "about"):
            return self.around(self.hedge)
        if self.hedge in ("least", "below", "most"):
            wide = self.value + 1
            return (self.value, 100 * wide) if self.hedge == "least" else (Fraction(0), self.value)
        half = self.step / 2 if self.scaled or not self.counts else Fraction(0)
        return max(Fraction(0), self.value - half), self.value + half

    @property
    def exact(self) -> bool:
        """Whether nothing but rounding stands between it and what is meant."""
        return not self.hedge and self.upper is None

    @property
    def last_place(self) -> Fraction:
        """One unit of the last digit that is not zero: 100 for 1100, 10 for 20%, 1 for 19."""
        place, value = self.step, self.value / self.step
        while value and value % 10 == 0:
            place, value = place * 10, value / 10
        return place

    def around(self, hedge: str) -> tuple[Fraction, Fraction]:
        """The values that the number stands for with a hedge."""
        points, share = tolerance(hedge)
        off = (
            share * self.value
            if self.counts or self.unit in (TIMES, PART)
            else min(points, share * self.value)
        )
        low = self.value if hedge == "over" else self.value - off
        return low, self.value if hedge == "near" else self.value + off
