"""Which numbers belong together: the levels of one series, and the changes that are said of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline_stats.claims.figure import POINTS
from hotline_stats.claims.items import Item, Level, Move, Share
from hotline_stats.claims.tokens import tickets
from hotline_stats.claims.when import When

MOST = 24
"""A series of more changes or bases is none that a person wrote; a new one is begun, which keeps the time linear."""


@dataclass
class Thread:
    """One series. `kind`: of its levels (Level.kind). `moves`: each with whether it surely is about this series; where it
    is not sure, a change that does not fit is not called wrong. `before`: the series that moves without levels of their
    own may be about. `disturbed`: a number of something else came between. `of_rate`: its subject is called a rate."""

    subject: str = ""
    sentence: int = 0
    current: Level | None = None
    bases: list[Level] = field(default_factory=list)
    moves: list[tuple[Move, bool]] = field(default_factory=list)
    before: "Thread | None" = None
    disturbed: bool = False
    of_rate: bool = False

    @property
    def levels(self) -> list[Level]:
        return [*self.bases, *([self.current] if self.current else [])]

    @property
    def kind(self) -> str | None:
        return next((level.kind for level in self.levels), None)

    def takes(self, level: Level) -> bool:
        """Whether the level can be of this series: like units, and no other subject."""
        if len(self.bases) >= MOST:
            return False
        like = self.kind is None or self.kind == level.kind or "" in (self.kind, level.kind)
        near = level.place.sentence == self.sentence or (
            level.place.sentence == self.sentence + 1 and not level.subject
        )
        rates = self.kind is None and self.of_rate and level.kind != "rate"
        other = level.subject not in ("", self.subject) or (level.total and bool(self.subject))
        return like and near and not other and not rates


def threads(found: Sequence[Item]) -> list[Thread]:
    out: list[Thread] = []
    last: Thread | None = None
    each: list[Move] = []
    for item in found:
        if isinstance(item, Move) and item.each:
            each.append(item)
            continue
        if each:
            _in_turn(each, out)
            each = []
        if isinstance(item, Level):
            if item.role != "whole":
                last = _level(item, last, out)
        elif isinstance(item, Share):
            rate = Level(item.figure, "plain", item.place, subject=item.subject)
            out.append(Thread("", item.place.sentence, rate, before=last))
        else:
            last = _move(item, last, out)
    _in_turn(each, out)
    return out


def _in_turn(each: Sequence[Move], out: list[Thread]) -> None:
    """Changes told of several series in turn: each to its own where there are as many, else none is sure of its own."""
    if not each:
        return
    series = [t for t in out[-2 * len(each) - 2 :] if t.levels and t.sentence == each[0].place.sentence]
    series = series[-len(each) :] if len(each) > 1 else []
    for i, move in enumerate(each):
        if len(series) == len(each):
            series[i].moves.append((move, True))
        else:
            before = out[-1] if out and out[-1].sentence == move.place.sentence else None
            _opened(Thread(move.subject, move.place.sentence, moves=[(move, False)], before=before), out)


def _opened(thread: Thread, out: list[Thread]) -> Thread:
    out.append(thread)
    return thread


def _level(level: Level, last: Thread | None, out: list[Thread]) -> Thread | None:
    """The series of the level: an open one that lacks it, else a new one."""
    if last is not None and _aside(level, last):
        last.disturbed = True
        return last
    if last is None or not last.takes(level) or not _filled(level, last):
        return _new(level, out)
    last.sentence = level.place.sentence
    return last


def _aside(level: Level, last: Thread) -> bool:
    """A number of something else (涉及12个小区) after one of tickets or a rate: no series of its own, but whether the next
    change is about it is not sure."""
    return (
        level.role == "plain" and level.kind not in ("rate", "ticket", "") and last.kind in ("rate", "ticket")
    )


def _new(level: Level, out: list[Thread]) -> Thread:
    thread = Thread(level.subject, level.place.sentence)
    if level.role in ("from", "base"):
        thread.bases.append(level)
    else:
        thread.current = level
    return _opened(thread, out)


def _filled(level: Level, last: Thread) -> bool:
    """Put the level into the series where it lacks one; False where it begins another."""
    same_sentence = level.place.sentence == last.sentence
    if not last.levels:
        if not same_sentence:
            return False
        if level.role in ("from", "base"):
            last.bases.append(level)
        else:
            last.current = level
        return True
    if level.role == "base":
        last.bases.append(level)
        return True
    if level.role == "from":
        late = last.current is not None and last.current.role == "to" and not last.bases and same_sentence
        if late:  # fell to 1,102 from 1,368
            last.bases.append(level)
        return late
    if last.current is None:
        last.current = level
        return True
    if last.bases and level.role == "to" and same_sentence:  # 再降至
        last.bases.append(last.current)
        last.current = level
        return True
    if last.bases or (not same_sentence and level.role == "to"):
        return False
    return _second(level, last)


def _second(level: Level, last: Thread) -> bool:
    """A second level without a word for what it is: a pair where the periods named tell which was first, or where it
    is what the first went to."""
    assert last.current is not None
    first = last.current
    if level.role == "to":
        last.bases, last.current = [first], level
        return True
    order = _order(first.when, level.when)
    if order and level.role == "plain":
        last.bases, last.current = ([first], level) if order > 0 else ([level], first)
        return True
    return False


def _order(first: When | None, second: When | None) -> int:
    """1 where the second period is later, -1 where it is earlier, 0 where the words do not tell."""
    if first is None or second is None:
        return 0
    years = [w.year if w.year is not None else None if w.back is None else -w.back for w in (first, second)]
    if (first.year is None) != (second.year is None):
        return 0
    keys = [(y or 0, w.first or 0) for y, w in zip(years, (first, second), strict=True)]
    return (keys[1] > keys[0]) - (keys[1] < keys[0])


def _move(move: Move, last: Thread | None, out: list[Thread]) -> Thread:
    """The series that the change is said of."""
    wanted = _wanted(move)
    if last is not None and wanted and last.kind not in (None, "", wanted):
        found = _latest(out, wanted, move.place.sentence)
        if found is not None and move.subject in ("", found.subject) and len(found.moves) < MOST:
            found.moves.append((move, True))
            return last
        points_of_count = wanted == "rate" and not move.subject  # told of as such
        if found is None and not points_of_count:
            last = None
    of_rate = any(t.kind in ("rate", "figure") for t in move.names)
    if last is None:
        return _opened(Thread(move.subject, move.place.sentence, moves=[(move, True)], of_rate=of_rate), out)
    apart = move.place.sentence - last.sentence
    about_last = not move.subject or move.subject == last.subject
    if about_last and apart <= 1 and len(last.moves) < MOST:
        last.moves.append((move, not last.disturbed and not _elsewhere(move, last)))
        return last
    before = last if apart <= 1 else None
    opened = Thread(move.subject, move.place.sentence, moves=[(move, True)], before=before, of_rate=of_rate)
    return _opened(opened, out)


def _elsewhere(move: Move, last: Thread) -> bool:
    """Whether a change names a period other than that of the series, or is of a part (其中) of it."""
    now = last.current
    if now is None:
        return False
    return (move.when is not None and move.when.after(now.when) != now.when) or (
        move.place.listed and not now.place.listed
    )


def _wanted(move: Move) -> str:
    """The kind of series that a change can be said of, by its unit; "" for any."""
    if move.figure is None or not (move.figure.counts or move.figure.unit == POINTS):
        return ""
    if move.figure.unit == POINTS:
        return "rate"
    return "ticket" if move.figure.unit in tickets() else move.figure.unit


def _latest(out: Sequence[Thread], kind: str, sentence: int) -> Thread | None:
    for thread in reversed(out[-8:]):
        if thread.kind == kind and thread.sentence == sentence:
            return thread
    return None
