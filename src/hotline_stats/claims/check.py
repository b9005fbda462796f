"""The claims of a paragraph, each with its tests."""

from collections.abc import Sequence

from hotline_stats.claims import against, moves
from hotline_stats.claims.book import Book
from hotline_stats.claims.figure import PERCENT
from hotline_stats.claims.items import Move
from hotline_stats.claims.pairs import Pair, pairs
from hotline_stats.claims.parts import Judged, shares, totals
from hotline_stats.claims.reading import items
from hotline_stats.claims.spans import Span
from hotline_stats.claims.threads import Thread, threads
from hotline_stats.claims.tokens import tokens
from hotline_stats.model.types import TypeScheme
from hotline_stats.model.verification import Tested

LONGEST = 160
"""A claim of more characters is shown by its change alone."""


def judged(
    text: str, scheme: TypeScheme | None, figures: tuple[tuple[str, str], ...] = (), book: Book | None = None
) -> list[Judged]:
    """The claims of one paragraph, in order; with a book of our numbers also its counts and rates."""
    found = items(tokens(text, scheme, figures))
    out = [*totals(found), *shares(found)]
    for thread in threads(found):
        out += _of_thread(thread, book)
        out += against.numbers(thread, book) if book is not None else []
    return sorted(out, key=lambda j: (j.place.start, j.place.end))


def _of_thread(thread: Thread, book: Book | None) -> list[Judged]:
    tested = [(move, *_best(move, pairs(thread, move, sure), thread)) for move, sure in thread.moves]
    out = [
        Judged(
            move.place,
            (
                *_agreed(move, tests, tested),
                *(against.change(move, thread, book) if book is not None else ()),
            ),
            found.levels if found else (),
        )
        for move, found, tests in tested
        if found is not None or move.figure is not None or move.way.endswith("flat")
    ]
    return [*out, *_going_to(thread, bool(tested))]


def _best(move: Move, found: Sequence[Pair], thread: Thread) -> tuple[Pair | None, tuple[Tested, ...]]:
    """The likeliest pair; of several earlier numbers (由… 降至…，再降至…) the one that the change is right for."""
    tried = [(one, moves.judge(move, one, thread)) for one in found if one.fits is not False]
    right = (t for t in tried if all(x.verdict == "holds" for x in t[1]))
    first = found[0] if found else None
    return next(right, (first, moves.judge(move, first, thread)))


def _agreed(
    move: Move, tests: tuple[Tested, ...], others: Sequence[tuple[Move, Pair | None, tuple[Tested, ...]]]
) -> tuple[Tested, ...]:
    """减少266件 without its pair holds where the percentage that was computed with it does."""
    if move.figure is None or not move.figure.counts or tests[-1].reason not in ("no-pair", "no-numbers"):
        return tests
    for _, found, judged_so in others:
        if found is not None and found.derived and all(t.verdict == "holds" for t in judged_so):
            return (*tests[:-1], Tested("arithmetic", "holds", "agrees"))
    return tests


def _going_to(thread: Thread, told: bool) -> list[Judged]:
    """降至 of a pair that rose; where it is right and a change is claimed besides, there is nothing to tell."""
    now = thread.current
    if now is None or now.way not in ("fall", "rise") or not thread.bases:
        return []
    base = thread.bases[0]
    move = Move(None, now.way, now.place)
    found = Pair(
        Span.of(base.figure), Span.of(now.figure), now.figure.unit == PERCENT, True, levels=(base, now)
    )
    if not (found.base.sure and found.now.sure):
        return []
    tests = moves.judge(move, found, thread)
    if told and all(t.verdict == "holds" for t in tests):
        return []
    return [Judged(now.place, tests, (base, now))]


def place_of(judged_so: Judged) -> tuple[int, int]:
    """The characters of a claim: from the first number that it rests on, within its sentence, to its end."""
    place = judged_so.place
    near = [level.place for level in judged_so.levels if level.place.sentence == place.sentence]
    start = min([place.start, *(p.start for p in near)])
    end = max([place.end, *(p.end for p in near)])
    return (start, end) if end - start <= LONGEST else (place.start, place.end)
