"""What the numbers of a paragraph do: say how many (levels), how much more or less (moves), or which part (shares)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hotline_stats.claims.figure import PART, PERCENT, POINTS, TIMES, Figure
from hotline_stats.claims.tokens import Token, tickets
from hotline_stats.claims.when import When
from hotline_stats.claims.words import resource

REACH = 60
"""How many tokens back a number may look for what it belongs to; keeps the time linear on any text."""
SKIPPED = ("fill", "hedge", "period", "same", "total", "list")
_SUBJECT = ("text", "type", "group", "figure", "rate")


@dataclass(frozen=True)
class Place:
    """Where an item stands: characters of the paragraph, its sentence, the depth of brackets, and whether 其中 or 分别
    stands before it in its sentence."""

    start: int
    end: int
    sentence: int
    depth: int = 0
    listed: bool = False


@dataclass(frozen=True)
class Level:
    """A count or a rate. `role`: from, to, base, plain, sum or whole (占总数1102件的). `way`: of 降至. `called`: the term
    that stands before a base, as in 同比（1368件）. `subject`: what stands before it that is none of our words."""

    figure: Figure
    role: str
    place: Place
    when: When | None = None
    way: str = ""
    called: str = ""
    subject: str = ""
    names: tuple[Token, ...] = ()

    @property
    def kind(self) -> str:
        """rate, ticket, another unit, or "" for a bare number."""
        unit = self.figure.unit
        return "rate" if unit == PERCENT else "ticket" if unit in tickets() else unit


@dataclass(frozen=True)
class Move:
    """A change. `ratio`: the figure is what is now to what was (是去年的2.1倍), else by how much. `against`: the period
    that 较 or 比 names."""

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


@dataclass(frozen=True)
class Share:
    figure: Figure
    place: Place
    whole: Level | None = None
    subject: str = ""


Item = Level | Move | Share


@dataclass
class _Reading:
    """Where reading stands: nothing before `clause` belongs to the clause being read."""

    clause: int = 0
    sentence: int = 0
    depth: int = 0
    listed: bool = False
    context: When | None = None
    whole: Level | None = None


def items(found: Sequence[Token]) -> list[Item]:
    """All items of a paragraph, in order."""
    out: list[Item] = []
    now = _Reading()
    for i, token in enumerate(found):
        if token.kind in ("sentence", "clause", "open", "close"):
            _punctuation(token, i, now, found)
        elif token.kind == "part":
            now.listed = True
        elif token.kind == "number" and token.figure is not None:
            item = _number(found, i, now)
            if item is not None:
                out.append(item)
        elif token.kind in ("direction", "multiple") and (item := _wordy(found, i, now)) is not None:
            out.append(item)
    return out


def _punctuation(token: Token, i: int, now: _Reading, found: Sequence[Token]) -> None:
    if token.kind == "sentence":
        now.sentence, now.depth, now.listed = now.sentence + 1, 0, False
    elif token.kind == "open":
        now.depth += 1
    elif token.kind == "close":
        now.depth = max(0, now.depth - 1)
    compared = token.kind == "clause" and i and found[i - 1].kind == "compared"
    if not compared:  # 与去年同期相比，下降19.4%
        now.clause = i + 1
        now.whole = None


@dataclass(frozen=True)
class _Before:
    """What stands before a number in its clause. `role`: the kind of the token that says what it does, at `at`."""

    role: str
    at: int
    hedge: str
    when: When | None
    open: bool


def _before(found: Sequence[Token], i: int, now: _Reading) -> _Before:
    """Back from the number over words that say nothing, hedges and periods."""
    hedge, when, opened, j = "", None, False, i - 1
    while j >= max(0, i - REACH):
        token = found[j]
        if token.kind == "hedge":
            hedge = hedge or token.value
        elif token.kind == "period":
            when = when or token.when
        elif token.kind == "open" and j and not opened and found[j - 1].kind in ("period", "term"):
            opened = True
        elif token.kind not in SKIPPED:
            break
        j -= 1
    role = found[j].kind if j >= 0 and (j >= now.clause or opened) else ""
    return _Before(role, j, hedge, when, opened)


def _number(found: Sequence[Token], i: int, now: _Reading) -> Item | None:
    token = found[i]
    assert token.figure is not None
    before = _before(found, i, now)
    figure = token.figure if token.figure.hedge else replace(token.figure, hedge=before.hedge)
    place = Place(token.start, token.end, now.sentence, now.depth, now.listed)
    if not figure.unit and _counts_nothing(found, i, before):
        return None
    if before.role == "direction" and (figure.unit or _ends(found, i)):
        return _move(found, before.at, figure, place, now)
    if figure.unit in (TIMES, PART):
        return _ratio(found, i, before, figure, place, now)
    after = _direction_after(found, i)
    if (
        after
        and before.role in ("", *_SUBJECT, "term", "open")
        and (not figure.counts or found[after].said.isascii())
    ):
        moved = _move(found, i, figure, replace(place, end=found[after].end), now)
        return replace(moved, way=found[after].value, verb=found[after].said)
    if figure.unit == POINTS or (not figure.counts and _signed(figure, before)):
        return replace(_move(found, i, figure, place, now), way="signed" if figure.sign else "")
    return _level(found, i, before, figure, place, now)


def _signed(figure: Figure, before: _Before) -> bool:
    """Whether a percentage without a verb is a change: it has a sign, or a term stands right before it."""
    return bool(figure.sign) or (before.role == "term" and not before.open)


def _counts_nothing(found: Sequence[Token], i: int, before: _Before) -> bool:
    """Whether a number without a unit is part of a name, a date or a number of something else."""
    role = before.role in ("from", "into", "to", "direction", "compare") or (
        before.when and before.when.of_old
    )
    follows = found[i + 1] if i + 1 < len(found) else None
    glued = follows is not None and follows.kind == "text" and follows.start == found[i].end
    arrow = follows is not None and follows.kind == "into" and follows.value in ("→", "->")
    return glued or not (role or arrow)


def _ends(found: Sequence[Token], i: int) -> bool:
    return i + 1 == len(found) or found[i + 1].kind not in ("text", "same")


def _direction_after(found: Sequence[Token], i: int) -> int:
    """Where a word of direction follows a number at once (19.4%的降幅); 0 for nowhere."""
    j = i + 1
    while j < len(found) and found[j].kind == "fill" and j - i < 3:
        j += 1
    hit = j < len(found) and found[j].kind == "direction" and found[j].value in ("fall", "rise")
    if not hit or (j + 1 < len(found) and found[j + 1].kind in ("number", "hedge")):
        return 0
    return j


def _framed(found: Sequence[Token], at: int, now: _Reading) -> Move:
    """A change of which nothing is known but what stands before it in its clause: term, period compared with, subject.
    Its place is where these words begin."""
    term, against, start, period = "", None, at, None
    names: list[Token] = []
    subject, compared = "", False
    for j in range(at - 1, max(now.clause, at - REACH) - 1, -1):
        token = found[j]
        if token.kind in ("number", "from", "to", "share", "sum"):
            break
        if token.kind == "term":
            term, start = term or token.value, j
        elif token.kind == "compared":
            compared = True
        elif token.kind == "period" and compared:
            against, start, compared = against or token.when, j, False
        elif token.kind == "period":
            period = period or token.when
        elif token.kind == "compare" and period is not None:
            against, start, period = against or period, j, None
        elif token.kind in _SUBJECT:
            subject, names = token.value + subject, [token, *names]
    place = Place(found[start].start, found[at].end, now.sentence, now.depth, now.listed)
    subject = subject if _says(subject) else ""
    return Move(None, "", place, term, against, subject=subject, names=tuple(names), when=period)


def _says(subject: str) -> bool:
    return any(c.isalpha() for c in subject)


def _move(found: Sequence[Token], at: int, figure: Figure | None, place: Place, now: _Reading) -> Move:
    framed = _framed(found, at, now)
    token = found[at]
    way, verb = (token.value, token.said) if token.kind == "direction" else ("", "")
    start = min(place.start, framed.place.start)
    return replace(framed, figure=figure, way=way, verb=verb, place=replace(place, start=start))


def _ratio(
    found: Sequence[Token], i: int, before: _Before, figure: Figure, place: Place, now: _Reading
) -> Item | None:
    """降至一半, 是去年同期的2.1倍; a multiple of nothing that is named is no claim."""
    old = before.when is not None and before.when.of_old
    if before.role in ("to", "into"):
        move = _move(found, before.at, figure, place, now)
        return replace(move, ratio=True, way=found[before.at].value if before.role == "to" else "")
    if old or before.role == "compare":
        j = before.at + 1
        move = _move(found, i, figure, replace(place, start=found[j].start), now)
        return replace(move, ratio=True, against=before.when)
    return None


def _wordy(found: Sequence[Token], i: int, now: _Reading) -> Move | None:
    """A change without a number: 翻番, 持平, and 下降 at the end of a clause that says against what."""
    token = found[i]
    place = Place(token.start, token.end, now.sentence, now.depth, now.listed)
    if token.kind == "multiple":
        ratio = Fraction(token.value)
        figure = Figure(ratio, ratio, TIMES, _before(found, i, now).hedge, round=True)
        return replace(_move(found, i, figure, place, now), ratio=True, way="rise" if ratio > 1 else "fall")
    j = i + 1
    while j < len(found) and j - i < 8 and found[j].kind in ("fill", "hedge", "period"):
        j += 1
    goes_on = j < len(found) and found[j].kind not in ("clause", "sentence", "close")
    if goes_on and (not token.value.endswith("flat") or found[j].kind == "number"):
        return None
    move = _move(found, i, None, place, now)
    known = token.value.endswith("flat") or ((move.term or move.against) and not _said_before(found, i))
    return replace(move, way=token.value) if known and token.value != "signed" else None


def _said_before(found: Sequence[Token], i: int) -> bool:
    """Whether the word belongs to a number that stands before it (19.4%的降幅)."""
    j = i - 1
    while j >= max(0, i - 8) and found[j].kind == "fill":
        j -= 1
    return j >= 0 and found[j].kind == "number"


def _level(
    found: Sequence[Token], i: int, before: _Before, figure: Figure, place: Place, now: _Reading
) -> Item | None:
    when, after, shared, subject, names = _clause(found, i, now)
    if before.when is not None:
        when = before.when
    role = _role(before, when)
    if shared and role in ("plain", "sum", "base"):
        if figure.unit == PERCENT:
            whole, now.whole = now.whole, None
            return Share(figure, replace(place, start=shared.start), whole, subject)
        role = "whole"
    if figure.unit == PERCENT and role == "plain" and not (before.role in ("rate", "figure") or when):
        return None
    level = Level(
        figure=figure,
        role=role,
        place=replace(
            place, start=found[before.at].start if role in ("from", "to") and before.at >= 0 else place.start
        ),
        when=_whole(after or when, now),
        way=found[before.at].value if before.role == "to" else "",
        called=found[before.at].value if before.role == "term" else "",
        subject=subject if _says(subject) else "",
        names=names,
    )
    if role == "whole":
        now.whole = level
    return level


def _role(before: _Before, when: When | None) -> str:
    if before.role in ("from", "sum"):
        return before.role
    if before.role in ("to", "into"):
        return "to"
    if before.role == "compare" or (before.role == "term" and before.open):
        return "base"
    return "base" if when is not None and when.of_old else "plain"


def _whole(when: When | None, now: _Reading) -> When | None:
    """The period of a level with what was named before it in the paragraph; it is the context of what follows."""
    if when is None:
        return now.context
    full = when.after(now.context)
    if not when.of_old:
        now.context = full
    return full


def _clause(
    found: Sequence[Token], i: int, now: _Reading
) -> tuple[When | None, When | None, Token | None, str, tuple[Token, ...]]:
    """Of the clause before the number: its last period that is the number's own; the period after it (in 2023); the
    word for a share; the subject and its names."""
    names: list[Token] = []
    when, share, subject = None, None, ""
    for token in found[max(now.clause, i - REACH) : i]:
        if token.kind == "period":
            when = token.when
        elif token.kind in ("compared", "direction"):
            when = None
        elif token.kind == "number":
            when, subject, names = None, "", []
        elif token.kind == "share":
            share = token
        elif token.kind in _SUBJECT:
            subject, names = subject + token.value, [*names, token]
    follows = found[i + 1] if i + 1 < len(found) else None
    j = i + 2 if follows is not None and follows.kind == "same" else i + 1
    after = (
        found[j].when if j < len(found) and found[j].kind == "period" and found[j].value[0] in "iod" else None
    )
    return when, after, share, subject, tuple(names)


def sign_may_stand() -> frozenset[str]:
    """Nouns whose figure may carry a sign."""
    return frozenset(resource()["direction"]["sign_ok"])
