"""What stands around a number or a word of change in its clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline_stats.claims.items import Level, Move, Place
from hotline_stats.claims.tokens import Token
from hotline_stats.claims.when import When

REACH = 60
"""How many tokens back a number may look for what it belongs to; keeps the time linear on any text."""
SKIPPED = ("fill", "hedge", "period", "same", "total", "list")
SUBJECT = ("text", "type", "group", "figure", "rate")
_OBJECT = 8
"""Characters that what is fewer may have, between the verb and the number."""
_WITH = ("与", "和", "同", "跟")


@dataclass
class Reading:
    """Where reading stands: nothing before `start` belongs to the clause being read."""

    start: int = 0
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


@dataclass(frozen=True)
class Before:
    """What stands before a number in its clause. `role`: the kind of the token that says what it does, at `at`."""

    role: str
    at: int
    hedge: str
    when: When | None
    open: bool


def before(found: Sequence[Token], i: int, now: Reading) -> Before:
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
        j > now.start
        and found[j].kind in ("text", "type", "group")
        and found[j].end - found[j].start <= _OBJECT
    ):
        j -= found[j - 1].kind == "direction" and found[j - 1].end == found[j].start  # 减少投诉30件
    role = found[j].kind if j >= 0 and (j >= now.start or opened) else ""
    return Before(role, j, hedge, when, opened)


def framed(found: Sequence[Token], at: int, now: Reading) -> Move:
    """A change of which nothing is known but what stands before it in its clause: term, period compared with, subject.
    Its place is where these words begin."""
    term, against, start, period = "", None, at, None
    names: list[Token] = []
    subject, compared, each = "", False, False
    for j in range(at - 1, max(now.start, at - REACH) - 1, -1):
        token = found[j]
        if token.kind in ("number", "from", "to", "share"):
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
        elif token.kind in SUBJECT:
            subject, names = token.value + subject, [token, *names]
    place = Place(found[start].start, found[at].end, now.sentence, now.depth, now.listed, now.full)
    subject = subject if says(subject) else ""
    return Move(None, "", place, term, against, subject=subject, names=tuple(names), when=period, each=each)


def clause(
    found: Sequence[Token], i: int, now: Reading
) -> tuple[When | None, When | None, Token | None, str, tuple[Token, ...]]:
    """Of the clause before the number: its last period that is the number's own; the period after it (in 2023); the
    word for a share; the subject and its names."""
    names: list[Token] = []
    when, share, subject = None, None, ""
    for token in found[max(now.start, i - REACH) : i]:
        if token.kind == "period":
            when = token.when
        elif token.kind in ("compared", "direction"):
            when = None
        elif token.kind == "number":
            when, subject, names = None, "", []
        elif token.kind == "share":
            share = token
        elif token.kind in SUBJECT:
            subject, names = subject + token.value, [*names, token]
    return when, _period_after(found, i), share, subject, tuple(names)


def _period_after(found: Sequence[Token], i: int) -> When | None:
    """The period that follows a number: 1368件（2023年）, 1,368 tickets in 2023."""
    if [t.kind for t in found[i + 1 : i + 4]] == ["open", "period", "close"]:
        return found[i + 2].when
    j = i + 2 if i + 1 < len(found) and found[i + 1].kind == "same" else i + 1
    english = j < len(found) and found[j].kind == "period" and found[j].value.isascii()
    return found[j].when if english and found[j].value.startswith(("in ", "of ", "during ")) else None


def direction_after(found: Sequence[Token], i: int) -> int:
    """Where a word of direction follows a number at once (19.4%的降幅); 0 for nowhere."""
    j = i + 1
    while j < len(found) and found[j].kind == "fill" and j - i < 3:
        j += 1
    hit = j < len(found) and found[j].kind == "direction" and found[j].value in ("fall", "rise")
    if not hit or (j + 1 < len(found) and found[j + 1].kind in ("number", "hedge")):
        return 0
    return j


def says(subject: str) -> bool:
    return any(c.isalpha() for c in subject)
