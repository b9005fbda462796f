"""What every match counts: hidden in a longer one, quoted, negated, made weightier by where it stands."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hotline_stats.taxonomy.rules import (
    BYTES_PER_CHAR,
    CUE,
    IGNORE,
    PART,
    PLACE_BITS,
    SCORED,
    Bools,
    CompiledCue,
    CompiledPair,
    CompiledQuote,
    Ints,
    Rules,
)
from hotline_stats.taxonomy.scan import Column, Matches, covered, scan
from hotline_stats.taxonomy.source import REASONS, Scoring

COUNTED, MASKED, QUOTED, REPEATED = 0, 1, 2, 3
REASON_NAMES = ("counted", "masked", "quoted", "repeated", *REASONS)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """Matches, one for each type a match speaks for. `reason`: index into REASON_NAMES, COUNTED or why not;
    `weight` is what counts (for a match that does not count: 0)."""

    at: Matches
    type: Ints
    weight: Floats
    reason: NDArray[np.uint8]

    def counted(self) -> "Weighed":
        keep = self.reason == COUNTED
        return Weighed(self.at.take(keep), self.type[keep], self.weight[keep], self.reason[keep])


def weigh(rules: Rules, scoring: Scoring, text: Column) -> Weighed:
    """All matches of a block of one column. Of the same phrase in a row only the weightiest counts."""
    found = scan(rules, text)
    hidden = covered(found, rules.covers[found.pattern])
    cues = found.take(((rules.kind[found.pattern] & CUE) != 0) & ~hidden)
    at, masked = _candidates(rules, text, found, hidden, cues)
    at, type_, weight, masked = _spoken(rules, text, at, masked)
    reason = np.where(masked, MASKED, COUNTED).astype(np.uint8)
    for quote in rules.quotes:
        reason[_quoted(quote, found, hidden, at) & (reason == COUNTED)] = QUOTED
    weight = weight * _position(scoring, text, at)
    for cue in rules.cues:
        near = _near(cue, cues, at, text) & cue.types[type_]
        weight[near] *= cue.cue.factor
        if cue.cue.factor == 0:
            reason[near & (reason == COUNTED)] = REASON_NAMES.index(cue.cue.reason)
    reason[_repeated(rules, at, type_, weight, reason)] = REPEATED
    weight[reason != COUNTED] = 0.0
    return Weighed(at, type_, weight, reason)


def _candidates(
    rules: Rules, text: Column, found: Matches, hidden: Bools, cues: Matches
) -> tuple[Matches, Bools]:
    """The phrases and pairs that could count, and whether a longer match hides each."""
    kind = rules.kind[found.pattern]
    scored, part = (kind & SCORED) != 0, (kind & PART) != 0
    parts = found.take(part & ~covered(found, ((kind & IGNORE) != 0) | part))
    for cue in rules.cues:
        if cue.cue.pair_words:
            parts = parts.take(~_near(cue, cues, parts, text))
    at = _joined([found.take(scored), *_instances(rules, parts, text)])
    masked = hidden[scored]
    return at, np.concatenate([masked, np.zeros(len(at) - len(masked), np.bool_)])


def _joined(parts: list[Matches]) -> Matches:
    return Matches(
        np.concatenate([p.row for p in parts]),
        np.concatenate([p.begin for p in parts]),
        np.concatenate([p.end for p in parts]),
        np.concatenate([p.pattern for p in parts]),
    )


def _spoken(rules: Rules, text: Column, at: Matches, masked: Bools) -> tuple[Matches, Ints, Floats, Bools]:
    """Each match once for every type it speaks for in this column."""
    which, said = _spread(rules.start, at.pattern)
    here = (rules.speaks_place[said] & PLACE_BITS[text.place]) != 0
    which, said = which[here], said[here]
    return at.take(which), rules.speaks_type[said], rules.speaks_weight[said], masked[which]


def _instances(rules: Rules, parts: Matches, text: Column) -> list[Matches]:
    """The places where the words of pairs stand close enough."""
    words = _by_set(rules, parts)
    made = []
    for pair in rules.pairs:
        first, then = words[pair.first], words[pair.then]
        if len(first) and len(then):
            made.append(_following(pair, first, then, text))
            if pair.pair.either:
                made.append(_following(pair, then, first, text))
    return made


def _by_set(rules: Rules, parts: Matches) -> list[Matches]:
    """The matches of each word set, in order of position."""
    which, at = _spread(rules.word_start, parts.pattern)
    sets = rules.word_set[at]
    order = np.argsort(sets, kind="stable")
    grouped = parts.take(which[order])
    edges = np.searchsorted(sets[order], np.arange(rules.n_sets + 1)).tolist()
    return [grouped.take(slice(a, b)) for a, b in pairwise(edges)]


def _spread(start: Ints, pattern: Ints) -> tuple[Ints, Ints]:
    """For lists laid end to end, `start` saying where: each pattern once for every entry of its list,
    and where that entry stands."""
    first = start[pattern]
    n = start[pattern + 1] - first
    which = np.repeat(np.arange(len(pattern)), n)
    return which, np.arange(len(which)) + np.repeat(first - (np.cumsum(n) - n), n)


def _following(pair: CompiledPair, first: Matches, then: Matches, text: Column) -> Matches:
    """From each of `first` to the nearest of `then` after it."""
    near = np.minimum(np.searchsorted(then.begin, first.end), len(then) - 1)
    gap = then.begin[near] - first.end
    close = np.flatnonzero((gap >= 0) & (gap <= pair.pair.within * BYTES_PER_CHAR))
    if not len(close):
        return first.take(close)
    one, other = first.take(close), then.take(near[close])
    good = one.row == other.row
    good &= _unbroken(text, pair.pair.until, one.end, other.begin, good)
    return Matches(one.row[good], one.begin[good], other.end[good], np.full(int(good.sum()), pair.pattern))


def _near(cue: CompiledCue, cues: Matches, at: Matches, text: Column) -> Bools:
    """Whether a cue stands near enough before (or after) each match."""
    these = cues.take(cue.member[cues.pattern])
    if not len(these) or not len(at):
        return np.zeros(len(at), np.bool_)
    if cue.cue.side == "before":
        i = np.searchsorted(these.end, at.begin, side="right") - 1
        start, stop = these.end[i], at.begin
    else:
        i = np.minimum(np.searchsorted(these.begin, at.end), len(these) - 1)
        start, stop = at.end, these.begin[i]
    gap = stop - start
    good: Bools = (i >= 0) & (gap >= 0) & (gap <= cue.cue.within * BYTES_PER_CHAR) & (these.row[i] == at.row)
    good &= _unbroken(text, cue.cue.until, start, stop, good)
    return good


def _unbroken(text: Column, until: str, start: Ints, stop: Ints, where: Bools) -> Bools:
    """Whether no clause (or sentence) ends between `start` and `stop`, looked at only `where` it matters."""
    good = where.copy()
    if until != "text" and where.any():
        breaks = text.breaks[until]
        good[where] = np.searchsorted(breaks, start[where]) == np.searchsorted(breaks, stop[where])
    return good


def _quoted(quote: CompiledQuote, found: Matches, hidden: Bools, at: Matches) -> Bools:
    """Whether each match stands after a beginning of a quotation and before its end."""
    begin = found.take(quote.begin[found.pattern] & ~hidden)
    end = found.take(quote.end[found.pattern])
    if not len(begin) or not len(at):
        return np.zeros(len(at), np.bool_)
    i = np.searchsorted(begin.end, at.begin, side="right") - 1
    good: Bools = (i >= 0) & (begin.row[i] == at.row)
    if len(end):
        j = np.searchsorted(end.begin, begin.end[i])
        closing = np.minimum(j, len(end) - 1)
        ended = (j < len(end)) & (end.row[closing] == at.row) & (end.begin[closing] <= at.begin)
        good &= ~ended
    return good


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
    row = at.row[counted].astype(np.int64)
    key = (row * rules.n_patterns + at.pattern[counted]) * n_types + type_[counted]
    order = np.lexsort((at.begin[counted], -weight[counted], key))
    key = key[order]
    again = np.concatenate([[False], key[1:] == key[:-1]])[: len(key)]
    superfluous: Ints = counted[order[again]]
    return superfluous
