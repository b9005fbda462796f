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
_OBJECT = 8
"""Characters that what is fewer may have, between the verb and the number."""
SKIPPED = ("fill", "hedge", "period", "same", "total", "list")
_SUBJECT = ("text", "type", "group", "figure", "rate")


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


@dataclass
class _Reading:
    """Where reading stands: nothing before `clause` belongs to the clause being read."""

    clause: int = 0
    sentence: int = 0
    full: int = 0
    depth: int = 0
    listed: bool = False
    context: When | None = None
    whole: Level | None = None
    each: "Move | None" = None
    told: "Move | None" = None
    listing: bool = False

    def keep(self, move: "Move") -> "Move":
        """The change, remembered where more numbers of the same may follow (分别)."""
        self.each = move if move.each else None
        return move


def items(found: Sequence[Token]) -> list[Item]:
    """All items of a paragraph, in order."""
    out: list[Item] = []
    now = _Reading()
    for i, token in enumerate(found):
        if token.kind in ("sentence", "clause", "open", "close"):
            _punctuation(token, i, now, found)
        elif token.kind == "part":
            now.listed = True
        elif token.when is not None:
            _date(token.when, i, now, found)
        elif token.kind == "number" and token.figure is not None:
            item = _number(found, i, now)
            if item is not None:
                out.append(item)
            if not now.listing:
                now.told = None
        elif token.kind in ("direction", "multiple"):
            item = _wordy(found, i, now)
            if item is not None:
                out.append(item)
            if token.value in ("fall", "rise"):
                now.told = replace(_framed(found, i, now), way=token.value, verb=token.said)
    return out


def _date(when: When, i: int, now: _Reading, found: Sequence[Token]) -> None:
    """A period is that of what follows in the paragraph, unless it is the one compared with, or an earlier one."""
    if when.of_old or (i and found[i - 1].kind == "compare"):
        return
    full, old = when.after(now.context), now.context
    earlier = old is not None and old.year is not None and full.year is not None and full.year < old.year
    if not earlier:
        now.context = full


def _punctuation(token: Token, i: int, now: _Reading, found: Sequence[Token]) -> None:
    if token.kind == "sentence":
        now.sentence, now.depth, now.told, now.listing = now.sentence + 1, 0, None, False
        if token.value not in "；;":
            now.full, now.listed = now.full + 1, False
    elif token.kind == "open":
        now.depth += 1
    elif token.kind == "close":
        now.depth = max(0, now.depth - 1)
    if token.value in ("：", ":"):
        now.listing = now.told is not None
    compared = token.kind == "clause" and i and found[i - 1].kind == "compared"
    if not compared:  # 与去年同期相比，下降19.4%
        now.clause = i + 1
        now.whole = now.each = None


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
    if (
        j > now.clause
        and found[j].kind in ("text", "type", "group")
        and found[j].end - found[j].start <= _OBJECT
    ):
        j -= found[j - 1].kind == "direction" and found[j - 1].end == found[j].start  # 减少投诉30件
    role = found[j].kind if j >= 0 and (j >= now.clause or opened) else ""
    return _Before(role, j, hedge, when, opened)


def _number(found: Sequence[Token], i: int, now: _Reading) -> Item | None:
    token = found[i]
    assert token.figure is not None
    before = _before(found, i, now)
    figure = token.figure if token.figure.hedge else replace(token.figure, hedge=before.hedge)
    place = Place(token.start, token.end, now.sentence, now.depth, now.listed, now.full)
    if not figure.unit and _counts_nothing(found, i, before):
        return None
    if before.role == "direction" and (figure.unit or _ends(found, i)):
        moved = _termed(found, i, _move(found, before.at, figure, place, now))
        return now.keep(moved if moved.subject else replace(moved, subject=_object(found, before.at)))
    each = now.each
    alike = each is not None and each.figure is not None and each.figure.unit == figure.unit
    if each is not None and alike and before.role == "number" and found[i - 1].kind == "list":
        return replace(each, figure=figure, place=place)  # 分别下降33.6%、30.2%
    told = _told_before(found, i, before, now)
    if told is not None and not figure.counts:
        return replace(told, figure=figure, place=replace(place, start=place.start))
    if figure.unit in (TIMES, PART) or _of_old(found, i, before, figure, now):
        return _ratio(found, i, before, figure, place, now)
    after = _direction_after(found, i)
    if (
        after
        and before.role in ("", *_SUBJECT, "term", "open")
        and (not figure.counts or found[after].said.isascii())
    ):
        moved = _termed(found, after, _move(found, i, figure, replace(place, end=found[after].end), now))
        return replace(moved, way=found[after].value, verb=found[after].said)
    if figure.unit == POINTS or (not figure.counts and _signed(figure, before)):
        moved = _termed(found, i, _move(found, i, figure, place, now))
        return replace(moved, way="signed" if figure.sign else "")
    return _level(found, i, before, figure, place, now)


def _of_old(found: Sequence[Token], i: int, before: _Before, figure: Figure, now: _Reading) -> bool:
    """Whether a percentage is what is now of what was: 为去年同期的80.6%, 为去年同期1368件的80.6%."""
    if figure.unit != PERCENT or figure.sign or not i or found[i - 1].said != "的":
        return False
    if any(t.kind == "share" for t in found[max(now.clause, i - REACH) : i]):
        return False
    if before.role == "number":
        return True
    old = before.when is not None and before.when.of_old
    return old and any(t.kind == "fill" and t.said in _IS for t in found[before.at + 1 : i - 1])


_IS = ("为", "是", "达", "达到", "仅")


def _told_before(found: Sequence[Token], i: int, before: _Before, now: _Reading) -> Move | None:
    """The change whose words stand a clause before: 降幅最大，达33.6%; 降幅：违法搭建33.6%."""
    if now.told is None or before.role in ("from", "to", "into", "compare", "share", "number"):
        return None
    words = [t for t in found[max(now.clause, i - REACH) : i] if t.kind in _SUBJECT or t.kind == "number"]
    if not now.listing:
        return None if words else now.told
    names = [t for t in words if t.kind != "number"]
    subject = "".join(t.value for t in names)
    return replace(now.told, subject=subject, names=tuple(names)) if _says(subject) else None


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
    glued = glued and follows is not None and follows.value[0].isalpha()
    arrow = follows is not None and follows.kind == "into" and follows.value in ("→", "->")
    return glued or not (role or arrow)


def _object(found: Sequence[Token], at: int) -> str:
    """What is fewer or more, where it stands between the verb and the number."""
    token = found[at + 1]
    return token.value if token.kind in _SUBJECT and _says(token.value) else ""


def _ends(found: Sequence[Token], i: int) -> bool:
    return i + 1 == len(found) or found[i + 1].kind not in ("text", "same")


def _termed(found: Sequence[Token], i: int, move: Move) -> Move:
    """With a term that follows (down 10% year on year, 下降10%（同比）), where none stands before."""
    j = i + 2 if i + 1 < len(found) and found[i + 1].kind == "open" else i + 1
    if move.term or j >= len(found) or found[j].kind != "term":
        return move
    chinese = j == i + 1 and not found[j].said.isascii()  # belongs to what follows
    return (
        move if chinese else replace(move, term=found[j].value, place=replace(move.place, end=found[j].end))
    )


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
    subject, compared, each = "", False, False
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
        elif (token.kind == "compare" and period is not None) or (
            token.kind == "list" and period is not None and token.said in _WITH
        ):
            against, start, period = against or period, j, None
        elif token.kind == "part":
            each = each or token.said in ("分别", "respectively")
        elif token.kind in _SUBJECT:
            subject, names = token.value + subject, [token, *names]
    place = Place(found[start].start, found[at].end, now.sentence, now.depth, now.listed, now.full)
    subject = subject if _says(subject) else ""
    return Move(None, "", place, term, against, subject=subject, names=tuple(names), when=period, each=each)


_WITH = ("与", "和", "同", "跟")


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
    if figure.unit == PERCENT:
        figure = replace(figure, value=figure.value / 100, step=figure.step / 100, unit=TIMES)
    if old or before.role in ("compare", "number"):
        start = place.start if before.role == "number" else found[before.at + 1].start
        move = _move(found, i, figure, replace(place, start=start), now)
        return replace(move, ratio=True, against=before.when)
    return None


def _wordy(found: Sequence[Token], i: int, now: _Reading) -> Move | None:
    """A change without a number: 翻番, 持平, and 下降 at the end of a clause that says against what."""
    token = found[i]
    place = Place(token.start, token.end, now.sentence, now.depth, now.listed, now.full)
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
        when=_own(role, before, after or when, after, now),
        way=found[before.at].value if before.role == "to" else "",
        called=found[before.at].value if before.role == "term" else "",
        subject=subject if _says(subject) else "",
        names=names,
        total=any(t.kind == "total" for t in found[max(now.clause, i - REACH) : i]),
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


def _own(role: str, before: _Before, when: When | None, after: When | None, now: _Reading) -> When | None:
    """The period of a level. 2024年由361件降至252件: the year is that of 252."""
    full = _whole(when, now)
    return None if role == "from" and before.when is None and after is None else full


def _whole(when: When | None, now: _Reading) -> When | None:
    """The period of a level with what was named before it in the paragraph."""
    return now.context if when is None else when.after(now.context)


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
    return when, _period_after(found, i), share, subject, tuple(names)


def _period_after(found: Sequence[Token], i: int) -> When | None:
    """The period that follows a number: 1368件（2023年）, 1,368 tickets in 2023."""
    if [t.kind for t in found[i + 1 : i + 4]] == ["open", "period", "close"]:
        return found[i + 2].when
    j = i + 2 if i + 1 < len(found) and found[i + 1].kind == "same" else i + 1
    english = j < len(found) and found[j].kind == "period" and found[j].value.isascii()
    return found[j].when if english and found[j].value.startswith(("in ", "of ", "during ")) else None


def sign_may_stand() -> frozenset[str]:
    """Nouns whose figure may carry a sign."""
    return frozenset(resource()["direction"]["sign_ok"])
