"""What the numbers of a paragraph do: say how many (levels), how much more or less (moves), or which part (shares)."""

from dataclasses import dataclass

from hotline_stats.claims.figure import PERCENT, Figure
from hotline_stats.claims.tokens import Token, tickets
from hotline_stats.claims.when import When


@dataclass(frozen=True)
class Place:
    """Where an item stands: characters of the paragraph, its sentence (；ends one), the depth of brackets, whether 其中
    or 分别 stands before it, and its sentence to the full stop."""

    start: int
    end: int
    sentence: int
    depth: int = 0
    listed: bool = False
    full: int = 0


@dataclass(frozen=True)
class Level:
    """A count or a rate. `role`: from, to, base, plain, sum or whole (占总数1102件的). `way`: of 降至. `called`: the term
    that stands before a base, as in 同比（1368件）. `subject`: what stands before it that is none of our words;
    `total`: whether it says that it is about all tickets."""

    figure: Figure
    role: str
    place: Place
    when: When | None = None
    way: str = ""
    called: str = ""
    subject: str = ""
    names: tuple[Token, ...] = ()
    total: bool = False

    @property
    def kind(self) -> str:
        """rate, ticket, another unit, or "" for a bare number."""
        unit = self.figure.unit
        return "rate" if unit == PERCENT else "ticket" if unit in tickets() else unit


@dataclass(frozen=True)
class Move:
    """A change. `ratio`: the figure is what is now to what was (是去年的2.1倍), else by how much. `against`: the period
    that 较 or 比 names. `each`: one of several that are told of several series in turn (分别)."""

    figure: Figure | None
    way: str
    place: Place
    term: str = ""
    against: When | None = None
    ratio: bool = False
    subject: str = ""
    names: tuple[Token, ...] = ()
    when: When | None = None
    verb: str = ""
    each: bool = False


@dataclass(frozen=True)
class Share:
    figure: Figure
    place: Place
    whole: Level | None = None
    subject: str = ""


Item = Level | Move | Share
