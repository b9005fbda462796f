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


def pairs(thread: Thread, move: Move, sure: bool) -> list[Pair]:
    """The pairs that a change can be of, the likeliest first; none where the draft does not give both numbers."""
    host = thread
    if not thread.levels and thread.before is not None:
        named_rate = any(t.kind in ("rate", "figure") for t in move.names)
        if named_rate != (thread.before.kind == "rate"):
            return []
        host, sure = thread.before, False
    if host.kind is None or not _comparable(host, move):
        return []
    if host.current is not None and host.bases:
        return _chosen(host, host.current, move, sure)
    found = _derived(host, move, sure)
    return [] if found is None else [found]


def _comparable(host: Thread, move: Move) -> bool:
    if move.figure is None or not move.figure.counts or move.figure.unit == POINTS:
        return True
    return host.kind != "rate"


def _chosen(host: Thread, now: Level, move: Move, sure: bool) -> list[Pair]:
    """Of several bases first the one whose period fits the term, then the nearest before the change."""
    wanted = _wanted(now, move)
    graded = []
    for base in host.bases:
        offered = _offered(now, base, host, move)
        fits = None if wanted is None or offered is None else bool(wanted & offered)
        after = base.place.start > move.place.start
        distance = abs(base.place.start - move.place.start)
        graded.append(
            ((fits is False, fits is None and len(host.bases) > 1, after, distance), base, fits, offered)
        )
    rate = now.kind == "rate"
    return [
        Pair(Span.of(base.figure), Span.of(now.figure), rate, sure, fits, offered, (base, now))
        for _, base, fits, offered in sorted(graded, key=lambda g: g[0])
    ]


def _wanted(now: Level, move: Move) -> frozenset[str] | None:
    if move.term:
        return frozenset({move.term})
    return None if move.against is None else terms(now.when, move.against)


def _offered(now: Level, base: Level, host: Thread, move: Move) -> frozenset[str] | None:
    """The terms that fit a base: as it is called or as the periods say; else that of the first change told of it, since
    同比 and 环比 of one number are of two bases."""
    if base.called:
        return frozenset({base.called})
    offered = None if base.when is None else terms(now.when, base.when)
    first = next((m.term for m, _ in host.moves if m.term), "")
    return frozenset({first}) if offered is None and first and move.term not in ("", first) else offered


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
