"""What every match counts: hidden in a longer one, quoted, negated, made weightier by where it stands."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import (
    BYTES_PER_CHAR,
    CUE,
    END,
    IGNORE,
    PART,
    PLACE_BITS,
    SCORED,
    Bools,
    CompiledCue,
    Ints,
    Rules,
)
from hotline_stats.taxonomy.scan import Column, Matches, covered, scan
from hotline_stats.taxonomy.source import REASONS, Scoring

COUNTED, MASKED, QUOTED, REPEATED = 0, 1, 2, 3
REASON_NAMES = ("counted", "masked", "quoted", "repeated", *REASONS)
Floats = NDArray[np.float64]
_ODD = 0x61C8864680B583EB


@dataclass(frozen=True)
class Weighed:
    """Matches, one for each type a match speaks for. `reason`: index into REASON_NAMES, COUNTED or why not;
    `weight` is what counts (for a match that does not count: 0). `quotations`: the bytes where quotations begin and
    end, which may overlap."""

    at: Matches
    type: Ints
    weight: Floats
    reason: NDArray[np.uint8]
    quotations: tuple[Ints, Ints]

    def counted(self) -> "Weighed":
        keep = self.reason == COUNTED
        return replace(
            self,
            at=self.at.take(keep),
            type=self.type[keep],
            weight=self.weight[keep],
            reason=self.reason[keep],
        )


def weigh(
    rules: Rules, scoring: Scoring, text: Column, requested: Bools | None = None, everything: bool = False
) -> Weighed:
    """The matches of a block of one column. Of the same phrase in a row only the weightiest counts.

    `requested`: rules.requests × rows, whether a ticket meets the condition on its request type; None: no ticket
    meets any. `everything`: also those that a longer match hides.
    """
    found = scan(rules, text)
    kind = rules.kind.take(found.pattern)
    hidden = covered(found, (rules.covers.take(found.pattern) & PLACE_BITS[text.place]) != 0)
    cues = found.take(((kind & CUE) != 0) & ~hidden)
    at, masked = _candidates(rules, text, _Found(found, kind, hidden, cues), everything)
    at, type_, weight, masked = _spoken(rules, text, at, masked, requested)
    reason = np.where(masked, MASKED, COUNTED).astype(np.uint8)
    quotations = _quotations(rules, text, cues, found.take((kind & END) != 0))
    reason[_inside(quotations, at) & (reason == COUNTED)] = QUOTED
    weight = weight * _position(scoring, text, at)
    for cue in rules.cues:
        bears = (reason == COUNTED) if cue.types.all() else (reason == COUNTED) & cue.types[type_]
        near = _near(cue, cues, at, text, bears)
        weight[near] *= cue.cue.factor
        if cue.cue.factor == 0:
            reason[near] = REASON_NAMES.index(cue.cue.reason)
    reason[_repeated(rules, at, type_, weight, reason)] = REPEATED
    weight[reason != COUNTED] = 0.0
    return Weighed(at, type_, weight, reason, quotations)


@dataclass(frozen=True)
class _Found:
    """All matches, their kind and whether a longer one hides each; and the cues among them that are not hidden."""

    every: Matches
    kind: NDArray[np.uint8]
    hidden: Bools
    cues: Matches


def _candidates(rules: Rules, text: Column, found: _Found, everything: bool) -> tuple[Matches, Bools]:
    """The phrases and pairs that could count, and whether a longer match hides each."""
    part = np.flatnonzero((found.kind & (PART | IGNORE)) != 0)
    parts, kind = found.every.take(part), found.kind[part]
    parts = parts.take(((kind & PART) != 0) & ~covered(parts, np.ones(len(part), np.bool_)))
    for cue in rules.cues:
        if cue.cue.pair_words:
            away = np.ones(len(parts), np.bool_)
            away[_near(cue, found.cues, parts, text)] = False
            parts = parts.take(away)
    scored = (found.kind & SCORED) != 0
    if not everything:
        scored &= ~found.hidden
    phrases, masked = found.every.take(scored), found.hidden[scored]
    at = _joined([phrases, _instances(rules, parts, text)])
    return at, np.concatenate([masked, np.zeros(len(at) - len(masked), np.bool_)])


def _joined(parts: list[Matches]) -> Matches:
    return Matches(
        np.concatenate([p.row for p in parts]),
        np.concatenate([p.begin for p in parts]),
        np.concatenate([p.end for p in parts]),
        np.concatenate([p.pattern for p in parts]),
    )


def _spoken(
    rules: Rules, text: Column, at: Matches, masked: Bools, requested: Bools | None
) -> tuple[Matches, Ints, Floats, Bools]:
    """Each match once for every type it speaks for in this column and in tickets of this request type."""
    which, said = _spread(rules.start, at.pattern)
    here = (rules.speaks_place[said] & PLACE_BITS[text.place]) != 0
    if rules.requests:
        condition = rules.speaks_request.take(said)
        here &= (condition == 0) | (
            False if requested is None else requested[condition - 1, at.row.take(which)]
        )
    which, said = which[here], said[here]
    return at.take(which), rules.speaks_type[said], rules.speaks_weight[said], masked[which]


def _instances(rules: Rules, parts: Matches, text: Column) -> Matches:
    """The places where the words of pairs stand close enough: from each word of one set to the nearest word of the
    other set after it. All pairs are looked at together, in their order."""
    which, at = _spread(rules.word_start, parts.pattern)
    sets = rules.word_set.take(at)
    order = np.argsort(sets, kind="stable")
    words, sets = parts.take(which.take(order)), sets.take(order).astype(np.int64)
    edges = np.searchsorted(sets, np.arange(rules.n_sets + 1))
    orders = rules.orders
    there = np.zeros(len(text) * rules.n_sets, np.bool_)
    there[words.row * rules.n_sets + sets] = True
    pair, one = _spread(edges, orders.first)
    wanted = orders.then.take(pair)
    pair, one, wanted = _where(there.take(words.row.take(one) * rules.n_sets + wanted), pair, one, wanted)
    width = len(text.data) + 1
    other = np.searchsorted(sets * width + words.begin, wanted * width + words.end.take(one))
    pair, one, other = _where(other < edges.take(wanted + 1), pair, one, other)
    close = words.begin.take(other) - words.end.take(one) <= orders.within.take(pair)
    close &= words.row.take(one) == words.row.take(other)
    pair, one, other = _where(close, pair, one, other)
    for until in text.breaks:
        open_ = _unbroken(text, until, words.end.take(one), words.begin.take(other))
        pair, one, other = _where(open_ | (orders.until[pair] != until), pair, one, other)
    begin, end = words.begin.take(one), words.end.take(other)
    return Matches(words.row.take(one), begin, end, orders.pattern.take(pair))


def _where(mask: Bools, *arrays: Ints) -> tuple[Ints, ...]:
    """The entries of all `arrays` that `mask` keeps."""
    at = np.flatnonzero(mask)
    return tuple(a.take(at) for a in arrays)


def _spread(start: Ints, pattern: Ints) -> tuple[Ints, Ints]:
    """For lists laid end to end, `start` saying where: each pattern once for every entry of its list,
    and where that entry stands."""
    first = start.take(pattern)
    n = start.take(pattern + 1) - first
    which = np.repeat(np.arange(len(pattern)), n)
    return which, np.arange(len(which)) + (first - (np.cumsum(n) - n)).take(which)


def _near(cue: CompiledCue, cues: Matches, at: Matches, text: Column, bears: Bools | None = None) -> Ints:
    """The matches (of those that the cue bears on) before or after which a cue stands near enough."""
    these = cues.take(cue.member.take(cues.pattern))
    if not len(these) or not len(at):
        return np.empty(0, np.int64)
    there = np.zeros(len(text), np.bool_)
    there[these.row] = True
    with_cue = there.take(at.row)
    which = np.flatnonzero(with_cue if bears is None else with_cue & bears)
    begin, end = at.begin.take(which), at.end.take(which)
    if cue.cue.side == "before":
        i = np.searchsorted(these.end, begin, side="right") - 1
        start, stop = these.end.take(i, mode="clip"), begin
    else:
        i = np.minimum(np.searchsorted(these.begin, end), len(these) - 1)
        start, stop = end, these.begin.take(i)
    gap = stop - start
    good = (i >= 0) & (gap >= 0) & (gap <= cue.cue.within * BYTES_PER_CHAR)
    good &= these.row.take(i, mode="clip") == at.row.take(which)
    near, start, stop = _where(good, which, start, stop)
    return near if cue.cue.until == "text" else near[_unbroken(text, cue.cue.until, start, stop)]


def _unbroken(text: Column, until: str, start: Ints, stop: Ints) -> Bools:
    """Whether no clause (or sentence) ends between `start` and `stop`."""
    before = text.breaks[until]
    good: Bools = before.take(start) == before.take(stop)
    return good


def _quotations(rules: Rules, text: Column, cues: Matches, ends: Matches) -> tuple[Ints, Ints]:
    """The bytes from each beginning of a quotation to its first end, or to the end of the row."""
    begins, stops = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for quote in rules.quotes:
        begin = cues.take(quote.begin.take(cues.pattern))
        row_end = text.edges.take(begin.row + 1)
        end = np.append(np.sort(ends.take(quote.end.take(ends.pattern)).begin), len(text.data))
        begins.append(begin.end)
        stops.append(np.minimum(end.take(np.searchsorted(end, begin.end)), row_end))
    return np.concatenate(begins), np.concatenate(stops)


def _inside(quotations: tuple[Ints, Ints], at: Matches) -> Bools:
    """Whether each match begins in a quotation. A match at byte b does when more quotations begin at or before b than
    end there."""
    begin, end = (np.sort(side) for side in quotations)
    inside: Bools = np.searchsorted(begin, at.begin, side="right") > np.searchsorted(
        end, at.begin, side="right"
    )
    return inside


def _position(scoring: Scoring, text: Column, at: Matches) -> Floats:
    if text.place == "title":
        return np.full(len(at), scoring.title)
    limits = np.array([s[0] * BYTES_PER_CHAR for s in scoring.spans[:-1]])
    factors = np.array([s[1] for s in scoring.spans])
    return factors[np.searchsorted(limits, at.begin - text.edges[at.row], side="right")]


def _repeated(rules: Rules, at: Matches, type_: Ints, weight: Floats, reason: NDArray[np.uint8]) -> Ints:
    """Counted matches that a weightier (or earlier) match of the same phrase in the row makes superfluous."""
    counted = np.flatnonzero(reason == COUNTED)
    n_types = int(type_.max(initial=0)) + 1
    phrase = at.row.take(counted).astype(np.int64) * rules.n_patterns + at.pattern.take(counted)
    key = phrase * n_types + type_.take(counted)
    # Most keys stand alone: only those that share a bucket with another are sorted.
    bits = len(key).bit_length() + 3
    bucket = (key * _ODD) >> (63 - bits) & ((1 << bits) - 1)
    shared = np.flatnonzero(np.bincount(bucket).take(bucket) > 1)
    counted, key = counted.take(shared), key.take(shared)
    order = np.lexsort((at.begin.take(counted), -weight.take(counted), key))
    key = key.take(order)
    again = np.concatenate([[False], key[1:] == key[:-1]])[: len(key)]
    superfluous: Ints = counted.take(order[again])
    return superfluous
