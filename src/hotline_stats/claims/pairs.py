"""The two numbers that a change is said of."""

from dataclasses import dataclass

from hotline_stats.claims.figure import POINTS
from hotline_stats.claims.items import Level, Move
from hotline_stats.claims.spans import Span
from hotline_stats.claims.threads import Thread
from hotline_stats.claims.when import terms


@dataclass(frozen=True)
class Pair:
    """`fits`: whether the term said and the periods named go together; None where one of them is not said. `sure`:
    whether the change surely is of these two. `rate`: both are percentages. `derived`: one of them was computed from a
    difference that the draft gives."""

    base: Span
    now: Span
    rate: bool
    sure: bool
    fits: bool | None = None
    offered: frozenset[str] | None = None
    levels: tuple[Level, ...] = ()
    derived: bool = False


def pair(thread: Thread, move: Move, sure: bool) -> Pair | None:
    """The pair of a change; None where the draft does not give both numbers."""
    host = thread
    if not thread.levels and thread.before is not None:
        named_rate = any(t.kind in ("rate", "figure") for t in move.names)
        if named_rate != (thread.before.kind == "rate"):
            return None
        host, sure = thread.before, False
    if host.kind is None or not _comparable(host, move):
        return None
    if host.current is not None and host.bases:
        return _chosen(host, host.current, move, sure)
    return _derived(host, move, sure)


def _comparable(host: Thread, move: Move) -> bool:
    if move.figure is None or not move.figure.counts or move.figure.unit == POINTS:
        return True
    return host.kind != "rate"


def _chosen(host: Thread, now: Level, move: Move, sure: bool) -> Pair:
    """Of several bases the one whose period fits the term, then the nearest before the change."""
    wanted = _wanted(now, move)
    graded = []
    for base in host.bases:
        offered = _offered(now, base)
        fits = None if wanted is None or offered is None else bool(wanted & offered)
        after = base.place.start > move.place.start
        distance = abs(base.place.start - move.place.start)
        graded.append(
            ((fits is False, fits is None and len(host.bases) > 1, after, distance), base, fits, offered)
        )
    _, base, fits, offered = min(graded, key=lambda g: g[0])
    rate = now.kind == "rate"
    return Pair(Span.of(base.figure), Span.of(now.figure), rate, sure, fits, offered, (base, now))


def _wanted(now: Level, move: Move) -> frozenset[str] | None:
    if move.term:
        return frozenset({move.term})
    return None if move.against is None else terms(now.when, move.against)


def _offered(now: Level, base: Level) -> frozenset[str] | None:
    if base.called:
        return frozenset({base.called})
    return None if base.when is None else terms(now.when, base.when)


def _derived(host: Thread, move: Move, sure: bool) -> Pair | None:
    """1102件，同比减少266件，下降19.4%: the base is 1102 + 266."""
    if not host.levels or host.kind == "rate":
        return None
    for other, other_sure in host.moves:
        figure = other.figure
        if other is move or figure is None or not figure.counts or other.way not in ("fall", "rise"):
            continue
        if other.term and move.term and other.term != move.term:
            continue
        by = Span.of(figure).times(1 if other.way == "rise" else -1)
        known = host.levels[0]
        if host.current is not None:
            base, now = Span.of(known.figure).plus(by.times(-1)), Span.of(known.figure)
        else:
            base, now = Span.of(known.figure), Span.of(known.figure).plus(by)
        return Pair(base, now, False, sure and other_sure, levels=(known,), derived=True)
    return None
