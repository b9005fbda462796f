"""Judges the numbers of a draft by exports: whose they are, of which period, and whether they are ours."""

from dataclasses import dataclass
from fractions import Fraction

from hotline_stats.claims import days, moves, spans
from hotline_stats.claims.book import TOTAL, Book
from hotline_stats.claims.days import Days
from hotline_stats.claims.items import Level, Move
from hotline_stats.claims.pairs import Pair
from hotline_stats.claims.parts import Judged
from hotline_stats.claims.spans import Span
from hotline_stats.claims.threads import Thread
from hotline_stats.model.period import Period
from hotline_stats.model.verification import Amount, Fact, Tested, Unit


@dataclass(frozen=True)
class Subject:
    """Whom a series is about. `key`: a population of the book, "" where none is named; `figure`: a service figure;
    `sure`: whether nothing else is said that could narrow it (甲居委会的违法搭建)."""

    key: str
    figure: str
    sure: bool


def subject(thread: Thread) -> Subject:
    """By the names of types, groups and figures before the numbers and changes of a series."""
    told: list[Level | Move] = [*thread.levels, *(move for move, _ in thread.moves)]
    names = [t for item in told for t in item.names]
    keys = dict.fromkeys(t.value for t in names if t.kind in ("type", "group"))
    figures = dict.fromkeys(t.value for t in names if t.kind == "figure")
    rest = "".join(t.value for t in names if t.kind in ("text", "rate"))
    total = any(level.total for level in thread.levels)
    if len(keys) > 1 or len(figures) > 1 or (keys and figures):
        return Subject("", "", False)
    key = next(iter(keys), TOTAL if total or figures else "")
    return Subject(key, next(iter(figures), ""), not any(c.isalpha() for c in rest))


def numbers(thread: Thread, book: Book) -> list[Judged]:
    """The counts and rates of a series, each as a claim of its own."""
    about = subject(thread)
    counted = (level for level in thread.levels if level.kind == ("rate" if about.figure else "ticket"))
    return [
        Judged(level.place, (_level(level, about, days.of_level(level, thread, book), book),))
        for level in counted
    ]


def change(move: Move, thread: Thread, book: Book) -> tuple[Tested, ...]:
    """A change against that of our own numbers."""
    if move.figure is None and not move.way.endswith("flat"):
        return ()
    about = subject(thread)
    if thread.kind not in (None, "", "ticket", "rate") or (thread.kind == "rate" and not about.figure):
        return ()
    asked = days.of_move(move, thread, book)
    if asked.period is None or asked.baseline is None:
        return (Tested("numbers", "cannot-check", "no-period" if asked.period is None else "no-baseline"),)
    if not about.key:
        return (Tested("numbers", "cannot-check", "population-unnamed"),)
    key = about.figure or about.key
    both = (book.rate if about.figure else book.pair)(key, asked.period, asked.baseline)
    facts = _facts(about, asked.period)
    if both is None:
        return (Tested("numbers", "cannot-check", "not-covered", facts=facts),)
    base, now = (Span(x, x, x) for x in both)
    tests = moves.judge(_bare(move), Pair(base, now, bool(about.figure), True), Thread())
    return _told(tests, about.sure or _ours_now(thread, now), asked.guessed, facts)


def _told(
    tests: tuple[Tested, ...], sure: bool, guessed: bool, facts: tuple[Fact, ...]
) -> tuple[Tested, ...]:
    """The tests of our own numbers as one; that a percentage of a rate is the relative change is told besides."""
    wrong = next((t for t in tests if t.verdict == "fails"), None)
    shown = next((t.expected for t in (wrong, *tests) if t is not None and t.expected is not None), None)
    found = next((t.found for t in (wrong, *tests) if t is not None and t.found is not None), None)
    if wrong is not None and guessed:
        return (Tested("numbers", "cannot-check", "no-baseline"),)
    if not sure or any(t.verdict == "cannot-check" for t in tests):
        return (Tested("numbers", "cannot-check", "data-unsure", found, shown, facts),)
    if wrong is not None:
        return (Tested("numbers", "fails", "data-differ", found, shown, facts, wrong.write),)
    relative = tuple(t for t in tests if t.reason == "relative")
    return (Tested("numbers", "holds", "data-agree", found, shown, facts), *relative)


def _ours_now(thread: Thread, now: Span) -> bool:
    """Whether the number of the series is ours, so that what else is said of it narrows nothing."""
    return thread.current is not None and _fits(thread.current, now.point)


def _bare(move: Move) -> Move:
    """The change without its terms: the periods compared are settled."""
    return Move(move.figure, move.way, move.place, ratio=move.ratio, verb=move.verb)


def _level(level: Level, about: Subject, asked: Days, book: Book) -> Tested:
    unit: Unit = "pct" if about.figure else "n"
    said = Amount(float(level.figure.value), unit, level.figure.decimals, False)
    period = asked.period
    if period is None:
        return Tested("numbers", "cannot-check", "no-period", said)
    if not about.key:
        return _unnamed(level, said, period, book)
    ours, facts = _ours(about, period, book), _facts(about, period)
    if ours is None:
        return Tested("numbers", "cannot-check", "not-covered", said, None, facts)
    shown = Amount(float(ours), unit, max(1, level.figure.decimals) if about.figure else 0, False)
    if _fits(level, ours):
        return Tested("numbers", "holds", "data-agree", said, shown, facts)
    others = () if about.figure else _matching(level, period, book)
    if asked.guessed:
        return Tested("numbers", "cannot-check", "no-period", said)
    if not about.sure:
        return Tested("numbers", "cannot-check", "data-unsure", said, shown, facts, matches=others)
    return Tested("numbers", "fails", "data-differ", said, shown, facts, matches=others)


def _unnamed(level: Level, said: Amount, period: Period, book: Book) -> Tested:
    """A number of nobody named: which populations have it."""
    facts: tuple[Fact, ...] = (("period", period.label),)
    if book.counts(period, period) is None:
        return Tested("numbers", "cannot-check", "not-covered-period", said, facts=facts)
    return Tested(
        "numbers",
        "cannot-check",
        "population-unnamed",
        said,
        facts=facts,
        matches=_matching(level, period, book),
    )


def _matching(level: Level, period: Period, book: Book) -> tuple[str, ...]:
    """The populations whose number it is; small numbers would be somebody's by chance."""
    if level.figure.value < _TELLING or not level.figure.exact:
        return ()
    counted = ((key, book.count(key, period)) for key in book.populations)
    return tuple(key for key, n in counted if n is not None and _fits(level, n))


_TELLING = 30
"""Below, a count is that of some type by chance."""


def _fits(level: Level, ours: Fraction) -> bool:
    return spans.accepted(level.figure).fit(Span(ours, ours, ours)) == "yes"


def _ours(about: Subject, period: Period, book: Book) -> Fraction | None:
    if about.figure:
        both = book.rate(about.figure, period)
        return None if both is None else both[1]
    return book.count(about.key, period) if about.key else None


def _facts(about: Subject, period: Period) -> tuple[Fact, ...]:
    return (
        ("whose", f"{'figure' if about.figure else 'population'}:{about.figure or about.key}"),
        ("period", period.label),
    )
