"""The days that the numbers and changes of a draft are about, as a query to exports needs them."""

from dataclasses import dataclass, replace

from hotline_stats.claims.book import Book
from hotline_stats.claims.items import Level, Move
from hotline_stats.claims.threads import Thread
from hotline_stats.claims.when import When
from hotline_stats.model.period import Period, previous

_HERE = When(exact=False)
"""本月, 本季度: what the draft is about."""


@dataclass(frozen=True)
class Days:
    """A period and its baseline, None where not said. `guessed`: no word names the baseline; it is taken for the same
    period of the year before."""

    period: Period | None
    baseline: Period | None = None
    guessed: bool = False


def of_level(level: Level, thread: Thread, book: Book) -> Days:
    """The period of a number; for a base that names none, the one that the change is said to be against."""
    now = _now(thread, book)
    if level.when is not None or level is thread.current:
        return Days(_meant(level.when, now, book))
    term = next((m.term for m, _ in thread.moves if m.term), "")
    against = next((m.against for m, _ in thread.moves if m.against), None)
    if now is None:
        return Days(None)
    if term:
        return Days(now.year_before() if term == "yoy" else previous(now))
    return Days(now.year_before(), guessed=True) if against is None else Days(_meant(against, now, book))


def of_move(move: Move, thread: Thread, book: Book) -> Days:
    """The periods of a change: by its term, the period that 较 names, or that of the number it is against."""
    now = _now(thread, book)
    if move.when is not None and not move.when.of_old and move.when.exact:
        now = _meant(move.when.after(thread.current.when if thread.current else None), now, book)
    if now is None:
        return Days(None)
    if move.term:
        return Days(now, now.year_before() if move.term == "yoy" else previous(now))
    named = move.against or next((b.when for b in thread.bases if b.when is not None), None)
    if named is None:
        return Days(now, now.year_before(), guessed=True)
    return Days(now, _meant(named, now, book))


def _now(thread: Thread, book: Book) -> Period | None:
    """The period of the series itself: that of its current number, else the latest one named."""
    if thread.current is not None and thread.current.when is not None and not thread.current.when.of_old:
        return _meant(thread.current.when, book.period, book)
    named = [level.when for level in thread.bases] + [move.when for move, _ in thread.moves]
    whens = [w for w in named if w is not None and not w.of_old]
    if not whens or thread.bases:
        return book.period
    return _meant(max(whens, key=lambda w: (w.year or 0, w.first or 0)), book.period, book)


def _meant(when: When | None, now: Period | None, book: Book) -> Period | None:
    """The days that a period means, 去年同期 and 上月 being told from `now`."""
    if when is None or when == _HERE:
        return now if when is None else book.period
    if when.before:
        return None if now is None else previous(now)
    if when.same:
        before = None if now is None else now.year_before()
        return before if before is not None and when.year in (None, before.start.year) else None
    if when.of_old and when.first is None and now is not None and now.label != str(now.start.year):
        return None  # 去年 said of a month: that month, or the year
    if when.year is None and when.back is None and when.first is not None and book.period is not None:
        when = replace(when, year=book.period.end.year)
    return when.period(book.this_year)
