"""Judges what a draft adds up or divides: totals of parts, and shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hotline_stats.claims import spans
from hotline_stats.claims.items import Item, Level, Place, Share
from hotline_stats.claims.spans import Span
from hotline_stats.model.verification import Amount, Ruling, Tested


@dataclass(frozen=True)
class Judged:
    """The tests of a claim at its place. `levels`: the numbers that it rests on, which its text is to show."""

    place: Place
    tests: tuple[Tested, ...]
    levels: tuple[Level, ...] = ()


def totals(found: Sequence[Item]) -> list[Judged]:
    """合计 against the parts before it in its sentence, and the parts after 其中 against what they are parts of."""
    out: list[Judged] = []
    full = -1
    head: Level | None = None
    parts: list[Level] = []
    for level in found:
        if not isinstance(level, Level) or level.figure.unit == "%":
            continue
        if level.place.full != full:
            out += _listed(head, parts)
            head = head if level.place.listed and full + 1 == level.place.full else None  # 。其中
            full, parts = level.place.full, []
        if level.role == "sum":
            out += _sum(level, parts)
        elif level.place.listed and level.role in ("plain", "to"):
            if parts and not parts[0].place.listed:
                parts = []
            if not level.place.depth and (not parts or parts[-1].kind == level.kind):
                parts.append(level)
        elif level.role in ("plain", "to") and not level.place.depth:
            head = level
            if parts and parts[-1].kind != level.kind:
                parts = []
            parts.append(level)
    return [*out, *_listed(head, parts)]


def _sum(total: Level, parts: Sequence[Level]) -> list[Judged]:
    parts = [p for p in parts if p.kind == total.kind]
    if len(parts) < 2:
        return []
    exact = _added(parts)
    said = Span.of(total.figure)
    test = _compared(said, exact, "sum-right", "sum-wrong")
    return [Judged(total.place, (test,), tuple(parts))]


def _listed(head: Level | None, parts: Sequence[Level]) -> list[Judged]:
    """Parts after 其中 may leave some out; they cannot be more than the whole."""
    if head is None or len(parts) < 2 or not parts[0].place.listed or head.kind != parts[0].kind:
        return []
    exact, said = _added(parts), Span.of(head.figure)
    place = Place(head.place.start, parts[-1].place.end, parts[-1].place.sentence)
    facts = (
        ("total", Amount(float(said.point), "n", 0, False)),
        ("sum", Amount(float(exact.point), "n", 0, False)),
    )
    if exact.low > said.high:
        return [
            Judged(place, (Tested("arithmetic", "fails", "parts-more", facts[1][1], facts[0][1], facts),))
        ]
    if exact.high < said.low:
        return [
            Judged(
                place, (Tested("arithmetic", "cannot-check", "parts-fewer", facts[1][1], facts[0][1], facts),)
            )
        ]
    return [Judged(place, (Tested("arithmetic", "holds", "parts-right", facts[1][1], facts[0][1], facts),))]


def _added(parts: Sequence[Level]) -> Span:
    exact = Span(Fraction(0), Fraction(0), Fraction(0))
    for part in parts:
        exact = exact.plus(Span.of(part.figure))
    return exact


def _compared(said: Span, exact: Span, right: str, wrong: str) -> Tested:
    claimed, added = (Amount(float(s.point), "n", 0, False) for s in (said, exact))
    apart = exact.low > said.high or exact.high < said.low
    if apart:
        return Tested("arithmetic", "fails", wrong, claimed, added, write=(f"n:{float(exact.point)}:0",))
    sure = said.sure and exact.sure
    return Tested(
        "arithmetic", "holds" if sure else "cannot-check", right if sure else "hedged-pair", claimed, added
    )


def shares(found: Sequence[Item]) -> list[Judged]:
    """占比35.2%: of the total named in it, else of what 其中 divides."""
    out = []
    head: Level | None = None
    part: Level | None = None
    for item in found:
        if isinstance(item, Level):
            head, part = _whole_and_part(item, head, part)
        elif isinstance(item, Share):
            out.append(_share(item, item.whole or head, part))
    return out


def _whole_and_part(
    level: Level, head: Level | None, part: Level | None
) -> tuple[Level | None, Level | None]:
    if level.role not in ("plain", "to", "sum") or level.figure.unit == "%":
        return head, part
    if part is not None and level.place.full != part.place.full and not level.place.listed:
        return None, level
    if level.place.listed and part is not None and not part.place.listed:
        head = part
    return head, level


def _share(share: Share, whole: Level | None, part: Level | None) -> Judged:
    said = Amount(float(share.figure.value), "pct", share.figure.decimals, False)
    if whole is None or part is None or part is whole or part.place.sentence != share.place.sentence:
        return Judged(share.place, (Tested("arithmetic", "cannot-check", "no-whole", said),))
    found = spans.ratio(Span.of(whole.figure), Span.of(part.figure))
    if found is None or (whole.kind != part.kind and "" not in (whole.kind, part.kind)):
        return Judged(share.place, (Tested("arithmetic", "cannot-check", "no-whole", said),))
    exact = Span(100 * found.point, 100 * found.low, 100 * found.high, found.sure)
    digits = max(1, share.figure.decimals)
    shown = Amount(float(exact.point), "pct", digits, False)
    facts = tuple(
        (k, Amount(float(v.figure.value), "n", 0, False)) for k, v in (("part", part), ("whole", whole))
    )
    fit = spans.accepted(share.figure).fit(exact)
    sure = share.whole is not None or not share.subject
    if fit == "no":
        reason = "share-wrong" if sure else "share-unsure"
        return Judged(
            share.place,
            (Tested("arithmetic", "fails" if sure else "cannot-check", reason, said, shown, facts),),
            (part,),
        )
    ruling: Ruling = "holds" if fit == "yes" or exact.sure else "cannot-check"
    return Judged(share.place, (Tested("arithmetic", ruling, "share-right", said, shown, facts),), (part,))
