"""Judges a change that a draft claims: its arithmetic, its wording and its terms."""

from dataclasses import replace

from hotline_stats.claims import spans
from hotline_stats.claims.figure import PART, PERCENT, POINTS, TIMES, Figure
from hotline_stats.claims.items import Move
from hotline_stats.claims.pairs import Pair
from hotline_stats.claims.spans import Fit, Span
from hotline_stats.claims.threads import Thread
from hotline_stats.claims.when import terms
from hotline_stats.claims.words import resource
from hotline_stats.claims.writing import write_change, write_unit
from hotline_stats.model.verification import Amount, Ruling, Tested, Unit


def judge(move: Move, found: Pair | None, thread: Thread) -> tuple[Tested, ...]:
    """The tests of one change. Where the pair is not sure, or belongs to another term, what does not fit is not called
    wrong."""
    stated = _against_itself(move, thread)
    if found is None:
        return (*stated, _without_pair(move, thread))
    tests = _tests(move, found)
    wrong = any(t.verdict == "fails" for t in tests)
    if found.fits is False:
        if wrong:
            return (*stated, Tested("arithmetic", "cannot-check", f"no-base-{move.term or 'named'}"))
        return (*stated, *tests, _term(move, found))
    if wrong and not found.sure:
        return (*stated, Tested("arithmetic", "cannot-check", "unsure-pair", expected=_amount(found, move)))
    if found.fits and not stated and move.term:
        tests = (*tests, Tested("term", "holds", f"term-{move.term}"))
    return (*stated, *tests)


def _against_itself(move: Move, thread: Thread) -> tuple[Tested, ...]:
    """较上月同比下降: the term said is not that of the period named."""
    if not move.term or move.against is None:
        return ()
    now = thread.current.when if thread.current else move.when
    meant = terms(now, move.against)
    if meant is None or move.term in meant:
        return ()
    return (Tested("term", "fails", _term_reason(move.term, meant)),)


def _term(move: Move, found: Pair) -> Tested:
    return Tested("term", "fails", _term_reason(move.term, found.offered or frozenset()))


def _term_reason(said: str, meant: frozenset[str]) -> str:
    if not said:
        return "other-period"
    other = "mom" if said == "yoy" else "yoy"
    return f"{said}-is-{other}" if other in meant else f"not-{said}"


def _without_pair(move: Move, thread: Thread) -> Tested:
    """A change whose two numbers are not given."""
    rate = any(t.kind in ("rate", "figure") for t in move.names) or thread.kind == "rate"
    percentage = move.figure is not None and move.figure.unit == PERCENT
    if rate and percentage:
        return Tested("arithmetic", "cannot-check", "percent-or-points")
    return Tested("arithmetic", "cannot-check", "no-pair" if thread.levels else "no-numbers")


def _tests(move: Move, found: Pair) -> tuple[Tested, ...]:
    figure = move.figure
    if move.way in ("flat", "almost_flat"):
        return (_flat(move, found),)
    if figure is None:
        return (_way(move, found, spans.difference(found.base, found.now)),)
    if move.ratio:
        return _ratio(move, figure, found)
    if figure.counts:
        exact = spans.difference(found.base, found.now)
        return (*_ways(move, found, exact), *_size(move, figure, exact, "n"))
    if figure.unit == POINTS:
        return _points(move, figure, found)
    exact_pct = spans.percent(found.base, found.now)
    if exact_pct is None:
        return (Tested("arithmetic", "fails", "zero-base", found=_said(move, figure)),)
    if figure.unit == TIMES and move.way == "fall":
        return (
            Tested(
                "wording",
                "fails",
                "fall-times",
                expected=Amount(float(exact_pct.point), "pct"),
                write=write_change(exact_pct, 1),
            ),
        )
    if found.rate and figure.unit == PERCENT:
        return _percent_of_rate(move, figure, found, exact_pct)
    return (*_ways(move, found, exact_pct), *_size(move, spans.as_percent(figure), exact_pct, "pct"))


def _sign(move: Move) -> int:
    """The direction claimed: of the word, or of the sign where there is no verb."""
    sign = move.figure.sign if move.figure else 0
    way = {"fall": -1, "rise": 1}.get(move.way, 0)
    if not way:
        return sign
    return way * sign if sign and move.verb in _sign_may_stand() else way


def _sign_may_stand() -> frozenset[str]:
    """Nouns whose figure may carry a sign."""
    return frozenset(resource()["direction"]["sign_ok"])


def _ways(move: Move, found: Pair, exact: Span) -> tuple[Tested, ...]:
    """Direction, and a minus sign after a verb that has one already."""
    out = [_way(move, found, exact)] if _sign(move) else []
    signed = move.figure is not None and move.figure.sign < 0
    if signed and move.way in ("fall", "rise") and move.verb not in _sign_may_stand():
        out.append(Tested("wording", "fails", "double-sign", write=write_change(exact, 1, found.rate)))
    return tuple(out)


def _way(move: Move, found: Pair, exact: Span) -> Tested:
    sign = _sign(move)
    if not exact.point and move.figure is not None and not move.figure.value:
        return Tested("wording", "holds", "direction")
    if exact.point * sign > 0:
        return Tested("wording", "holds", "direction")
    maybe = exact.low * sign > 0 or exact.high * sign > 0
    if maybe:
        return Tested("wording", "holds" if exact.sure else "cannot-check", "direction-rounded")
    shown = _shown(found, move)
    return Tested("wording", "fails", "other-way", expected=shown[0], write=shown[1])


def _flat(move: Move, found: Pair) -> Tested:
    exact = spans.difference(found.base, found.now) if found.rate else spans.percent(found.base, found.now)
    if exact is None:
        same = found.base.point == found.now.point
        return Tested(
            "wording", "holds" if same else "fails", "flat" if same else "not-flat", expected=_count(found)
        )
    shown = _shown(found, move)
    fit = spans.flat(move.way, exact, found.rate)
    if fit == "no":
        return Tested("wording", "fails", "not-flat", expected=shown[0], write=shown[1])
    return Tested("wording", "holds", "flat", expected=shown[0])


def _size(move: Move, figure: Figure, exact: Span, unit: Unit) -> tuple[Tested, ...]:
    """The magnitude against the exact one; a hedge is a test of wording."""
    sign = _sign(move)
    said = _said(move, figure, unit)
    digits = max(1, figure.decimals) if unit != "n" else 0
    shown = Amount(float(exact.point), unit, digits)
    magnitude = exact.times(sign if sign and exact.point * sign > 0 else -1 if exact.point < 0 else 1)
    write = write_unit(exact, unit, digits)
    if not sign and not move.way:
        reason = "no-direction"
        return (Tested("wording", "cannot-check", reason, said, shown, write=write),)
    fit = spans.accepted(figure).fit(magnitude)
    if not figure.hedge:
        return (_arithmetic(fit, magnitude.sure, said, shown, write),)
    near = spans.vicinity(figure).fit(magnitude)
    if near == "no":
        return (_arithmetic("no", magnitude.sure, said, shown, write),)
    hedge = (("hedge", f"@hedge-{figure.hedge}"),)
    if fit == "no":
        return (
            Tested("arithmetic", "holds", "close", said, shown),
            Tested("wording", "fails", "hedge-wrong", said, shown, hedge, write),
        )
    ruling: Ruling = "holds" if fit == "yes" or magnitude.sure else "cannot-check"
    return (
        Tested("arithmetic", "holds", "close", said, shown),
        Tested("wording", ruling, "hedge-right", said, shown, hedge),
    )


def _arithmetic(fit: Fit, sure: bool, said: Amount, shown: Amount, write: tuple[str, ...]) -> Tested:
    if fit == "no":
        return Tested("arithmetic", "fails", "off", said, shown, write=write)
    if fit == "maybe":
        ruling, reason = ("holds", "rounded") if sure else ("cannot-check", "hedged-pair")
        return Tested("arithmetic", ruling, reason, said, shown)  # type: ignore[arg-type]
    return Tested("arithmetic", "holds", "exact", said, shown)


def _percent_of_rate(move: Move, figure: Figure, found: Pair, exact: Span) -> tuple[Tested, ...]:
    """A percentage said of a rate is the relative change; where it is the difference, points are called percent."""
    points = spans.difference(found.base, found.now)
    tests = (*_ways(move, found, exact), *_size(move, figure, exact, "pct"))
    relative = all(t.verdict != "fails" for t in tests if t.test == "arithmetic")
    as_points = _size(move, figure, points, "pp")
    digits = max(1, figure.decimals)
    facts = (("points", Amount(float(points.point), "pp", digits)),)
    if relative:
        last = tests[-1]
        told = Tested("term", "holds", "relative", last.found, last.expected, facts)
        return (*tests, told)
    if all(t.verdict == "holds" for t in as_points):
        shown = Amount(float(exact.point), "pct", digits)
        write = (*write_unit(points, "pp", digits), *write_unit(exact, "pct", digits)[:1])
        wrong = Tested("term", "fails", "points-called-percent", _said(move, figure), shown, facts, write)
        return (*(t for t in tests if t.reason in ("direction", "other-way", "double-sign")), wrong)
    return (*tests[:-1], _with(tests[-1], facts, write_unit(points, "pp", digits)))


def _with(test: Tested, facts: tuple[tuple[str, str | Amount], ...], write: tuple[str, ...]) -> Tested:
    reason = "off-rate" if test.reason == "off" else test.reason
    return Tested(
        test.test,
        test.verdict,
        reason,
        test.found,
        test.expected,
        (*test.facts, *facts),
        (*write, *test.write[:1]),
    )


def _points(move: Move, figure: Figure, found: Pair) -> tuple[Tested, ...]:
    """Percentage points are said of rates; of counts they are a percentage called by the wrong name."""
    if found.rate:
        exact = spans.difference(found.base, found.now)
        return (*_ways(move, found, exact), *_size(move, figure, exact, "pp"))
    change = spans.percent(found.base, found.now)
    if change is None:
        return (Tested("arithmetic", "fails", "zero-base", found=_said(move, figure)),)
    shown = Amount(float(change.point), "pct", max(1, figure.decimals))
    sizes = _size(move, figure, change, "pct")
    if any(t.verdict != "holds" for t in sizes):
        return (Tested("arithmetic", "cannot-check", "unsure-pair", expected=shown),)
    write = write_change(change, shown.digits)
    wrong = Tested("term", "fails", "percent-called-points", _said(move, figure), shown, write=write)
    return (*_ways(move, found, change), *sizes, wrong)


def _ratio(move: Move, figure: Figure, found: Pair) -> tuple[Tested, ...]:
    """是去年的2.1倍, 翻番, 降至一半: what is now to what was."""
    exact = spans.ratio(found.base, found.now)
    if exact is None:
        return (Tested("arithmetic", "fails", "zero-base"),)
    ways = _ways(move, found, spans.difference(found.base, found.now)) if move.way else ()
    way = move.way or "rise"
    return (*ways, *_size(replace(move, way=way), figure, exact, "times"))


def _said(move: Move, figure: Figure, unit: Unit | None = None) -> Amount:
    own: Unit = (
        "n"
        if figure.counts
        else "pp"
        if figure.unit == POINTS
        else "times"
        if figure.unit == TIMES
        else "pct"
    )
    unit = unit or own
    value = figure.value * (100 if figure.unit == PART and unit == "pct" else 1)
    sign = -1 if _sign(move) < 0 and unit != "times" else 1
    return Amount(
        float(sign * value),
        unit,
        figure.decimals if figure.unit != PART or unit == "times" else 0,
        bool(_sign(move)),
    )


def _count(found: Pair) -> Amount:
    return Amount(float(found.now.point - found.base.point), "n")


def _shown(found: Pair, move: Move) -> tuple[Amount, tuple[str, ...]]:
    """The change of a pair, and how to write it."""
    digits = max(1, move.figure.decimals) if move.figure else 1
    if found.rate:
        points = spans.difference(found.base, found.now)
        return Amount(float(points.point), "pp", digits), write_unit(points, "pp", digits)
    change = spans.percent(found.base, found.now)
    if change is None:
        return _count(found), ()
    return Amount(float(change.point), "pct", digits), write_change(change, digits)


def _amount(found: Pair, move: Move) -> Amount:
    return _shown(found, move)[0]
