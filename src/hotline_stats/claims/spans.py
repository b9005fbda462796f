"""Exact changes between two figures, and whether a claimed figure agrees with one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hotline_stats.claims.figure import PART, TIMES, Figure
from hotline_stats.claims.words import tolerance

Fit = Literal["yes", "maybe", "no"]


@dataclass(frozen=True)
class Span:
    """A value as written, the least and the greatest that it may stand for, and whether nothing but rounding lies
    between (`sure`: a hedged number such as 近1400件 is not)."""

    point: Fraction
    low: Fraction
    high: Fraction
    sure: bool = True

    @classmethod
    def of(cls, figure: Figure) -> "Span":
        low, high = figure.bounds()
        return cls(figure.value, low, high, figure.exact)

    def times(self, sign: int) -> "Span":
        if sign >= 0:
            return self
        return Span(-self.point, -self.high, -self.low, self.sure)

    def plus(self, other: "Span") -> "Span":
        low, high = self.low + other.low, self.high + other.high
        return Span(self.point + other.point, low, high, self.sure and other.sure)


def difference(base: Span, now: Span) -> Span:
    return now.plus(base.times(-1))


def ratio(base: Span, now: Span) -> Span | None:
    """What is now as a multiple of what was; None on a base of 0."""
    if base.point <= 0 or base.low <= 0:
        return None
    sure = base.sure and now.sure
    return Span(now.point / base.point, now.low / base.high, now.high / base.low, sure)


def percent(base: Span, now: Span) -> Span | None:
    """The relative change, 0–100; None on a base of 0."""
    found = ratio(base, now)
    if found is None:
        return None
    low, high = (100 * (x - 1) for x in (found.low, found.high))
    return Span(100 * (found.point - 1), low, high, found.sure)


@dataclass(frozen=True)
class Accepted:
    """The magnitudes that a claimed figure may stand for. An end that does not count is `open`."""

    low: Fraction
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False

    def fit(self, span: Span) -> Fit:
        """`maybe`: not the value as written, but one that it may stand for."""
        if self._holds(span.point):
            return "yes"
        if span.low == span.high:
            return "no"
        over = self.high is not None and (span.low > self.high or (span.low == self.high and self.open_high))
        under = span.high < self.low or (span.high == self.low and self.open_low)
        return "no" if over or under else "maybe"

    def _holds(self, x: Fraction) -> bool:
        over = self.low < x if self.open_low else self.low <= x
        return over and (self.high is None or (x < self.high if self.open_high else x <= self.high))


def accepted(figure: Figure) -> Accepted:
    """By its hedge; without one what rounds half up to the digits shown, and for 两成, 一半, 一倍 what is about it."""
    value, half = figure.value, figure.step / 2
    if figure.upper is not None:
        return Accepted(value - half, figure.upper + half, open_high=True)
    if figure.hedge == "near":
        return Accepted(figure.around("near")[0], value, open_high=True)
    if figure.hedge == "over":
        return Accepted(value, figure.around("over")[1], open_low=True)
    if figure.hedge == "more":
        return Accepted(value, value + figure.last_place, open_low=True, open_high=True)
    if figure.hedge == "least":
        return Accepted(value, None)
    if figure.hedge in ("below", "most"):
        return Accepted(Fraction(0), value, open_high=figure.hedge == "below")
    if figure.hedge == "about" or figure.round:
        low, high = figure.around("about")
        return (
            Accepted(low, high) if figure.round else Accepted(min(low, value - half), max(high, value + half))
        )
    return Accepted(value - half, value + half, open_high=True)


def vicinity(figure: Figure) -> Accepted:
    """Whatever a hedged figure is about, on either side of it: outside, it is the arithmetic that is wrong."""
    if figure.hedge in ("least", "below", "most"):
        return Accepted(Fraction(0), None)
    off = figure.around("over")[1] - figure.value
    if figure.hedge == "more":
        off = max(off, figure.last_place)
    return Accepted(max(Fraction(0), figure.value - off), figure.value + off)


def flat(way: str, span: Span, in_points: bool) -> Fit:
    """Whether a change (percent, or points of a rate) is none to speak of."""
    points, share = tolerance(way)
    most = points if in_points else 100 * share
    return Accepted(-most, most).fit(span)


def as_percent(figure: Figure) -> Figure:
    """一半 and 1倍 as the percentage they are of the base."""
    if figure.unit not in (PART, TIMES):
        return figure
    hundred = Fraction(100)
    return Figure(
        figure.value * hundred,
        figure.step * hundred,
        figure.unit,
        figure.hedge,
        figure.sign,
        figure.round,
        figure.upper,
    )
