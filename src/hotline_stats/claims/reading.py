"""From the tokens of a paragraph to its items: what each number and each word of change does."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hotline_stats.claims import around
from hotline_stats.claims.around import REACH, SUBJECT, Before, Reading, says
from hotline_stats.claims.figure import PART, PERCENT, POINTS, TIMES, Figure
from hotline_stats.claims.items import Item, Level, Move, Place, Share
from hotline_stats.claims.tokens import Token
from hotline_stats.claims.when import When


def items(found: Sequence[Token]) -> list[Item]:
    """All items of a paragraph, in order."""
    out: list[Item] = []
    now = Reading()
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
                now.told = replace(around.framed(found, i, now), way=token.value, verb=token.said)
    return out


def _date(when: When, i: int, now: Reading, found: Sequence[Token]) -> None:
    """A period is that of what follows in the paragraph, unless it is the one compared with, or an earlier one."""
    if when.of_old or (i and found[i - 1].kind == "compare"):
        return
    full, old = when.after(now.context), now.context
    earlier = old is not None and old.year is not None and full.year is not None and full.year < old.year
    if not earlier:
        now.context = full


def _punctuation(token: Token, i: int, now: Reading, found: Sequence[Token]) -> None:
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
        now.start = i + 1
        now.whole = now.each = None


def _number(found: Sequence[Token], i: int, now: Reading) -> Item | None:
    token = found[i]
    assert token.figure is not None
    before = around.before(found, i, now)
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
    after = around.direction_after(found, i)
    if (
        after
        and before.role in ("", *SUBJECT, "term", "open")
        and (not figure.counts or found[after].said.isascii())
    ):
        moved = _termed(found, after, _move(found, i, figure, replace(place, end=found[after].end), now))
        return replace(moved, way=found[after].value, verb=found[after].said)
    if figure.unit == POINTS or (not figure.counts and _signed(figure, before)):
        moved = _termed(found, i, _move(found, i, figure, place, now))
        return replace(moved, way="signed" if figure.sign else "")
    return _level(found, i, before, figure, place, now)


def _of_old(found: Sequence[Token], i: int, before: Before, figure: Figure, now: Reading) -> bool:
    """Whether a percentage is what is now of what was: 为去年同期的80.6%, 为去年同期1368件的80.6%."""
    if figure.unit != PERCENT or figure.sign or not i or found[i - 1].said != "的":
        return False
    if any(t.kind == "share" for t in found[max(now.start, i - REACH) : i]):
        return False
    if before.role == "number":
        return True
    old = before.when is not None and before.when.of_old
    return old and any(t.kind == "fill" and t.said in _IS for t in found[before.at + 1 : i - 1])


_IS = ("为", "是", "达", "达到", "仅")


def _told_before(found: Sequence[Token], i: int, before: Before, now: Reading) -> Move | None:
    """The change whose words stand a clause before: 降幅最大，达33.6%; 降幅：违法搭建33.6%."""
    if now.told is None or before.role in ("from", "to", "into", "compare", "share", "number"):
        return None
    words = [t for t in found[max(now.start, i - REACH) : i] if t.kind in SUBJECT or t.kind == "number"]
    if not now.listing:
        return None if words else now.told
    names = [t for t in words if t.kind != "number"]
    subject = "".join(t.value for t in names)
    return replace(now.told, subject=subject, names=tuple(names)) if says(subject) else None


def _signed(figure: Figure, before: Before) -> bool:
    """Whether a percentage without a verb is a change: it has a sign, or a term stands right before it."""
    return bool(figure.sign) or (before.role == "term" and not before.open)


def _counts_nothing(found: Sequence[Token], i: int, before: Before) -> bool:
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
    return token.value if token.kind in SUBJECT and says(token.value) else ""


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


def _move(found: Sequence[Token], at: int, figure: Figure | None, place: Place, now: Reading) -> Move:
    framed = around.framed(found, at, now)
    token = found[at]
    way, verb = (token.value, token.said) if token.kind == "direction" else ("", "")
    start = min(place.start, framed.place.start)
    return replace(framed, figure=figure, way=way, verb=verb, place=replace(place, start=start))


def _ratio(
    found: Sequence[Token], i: int, before: Before, figure: Figure, place: Place, now: Reading
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


def _wordy(found: Sequence[Token], i: int, now: Reading) -> Move | None:
    """A change without a number: 翻番, 持平, and 下降 at the end of a clause that says against what."""
    token = found[i]
    place = Place(token.start, token.end, now.sentence, now.depth, now.listed, now.full)
    if token.kind == "multiple":
        ratio = Fraction(token.value)
        figure = Figure(ratio, ratio, TIMES, around.before(found, i, now).hedge, round=True)
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
    found: Sequence[Token], i: int, before: Before, figure: Figure, place: Place, now: Reading
) -> Item | None:
    when, after, shared, subject, names = around.clause(found, i, now)
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
        subject=subject if says(subject) else "",
        names=names,
        total=any(t.kind == "total" for t in found[max(now.start, i - REACH) : i]),
    )
    if role == "whole":
        now.whole = level
    return level


def _role(before: Before, when: When | None) -> str:
    if before.role in ("from", "sum"):
        return before.role
    if before.role in ("to", "into"):
        return "to"
    if before.role == "compare" or (before.role == "term" and before.open):
        return "base"
    return "base" if when is not None and when.of_old else "plain"


def _own(role: str, before: Before, when: When | None, after: When | None, now: Reading) -> When | None:
    """The period of a level. 2024年由361件降至252件: the year is that of 252."""
    full = _whole(when, now)
    return None if role == "from" and before.when is None and after is None else full


def _whole(when: When | None, now: Reading) -> When | None:
    """The period of a level with what was named before it in the paragraph."""
    return now.context if when is None else when.after(now.context)
