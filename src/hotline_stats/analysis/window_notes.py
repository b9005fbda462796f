"""What is to be said about the windows: what was cut or left out, what is missing, what is unlike."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from hotline_stats.analysis.coverage import Coverage
from hotline_stats.analysis.days import FESTIVAL, festivals_known, kinds
from hotline_stats.model.facts import Facts, SourceSpan
from hotline_stats.model.period import Period, month_end, month_span
from hotline_stats.model.results import Note

_NAMED = 3
"""How many files or gaps a note names."""


@dataclass(frozen=True)
class Settled:
    """The windows as they were settled. `left_out`: by window, the period first; `named`: assessment years as they were
    spelled, with the days that they cover."""

    asked: Period
    period: Period
    baselines: tuple[Period, ...]
    inside: Period | None
    covered: bool
    missing: tuple[Period, ...]
    left_out: tuple[tuple[Period, ...], ...]
    named: tuple[tuple[str, Period], ...]


def window_notes(facts: Facts, reach: Coverage, settled: Settled, holey: bool) -> tuple[Note, ...]:
    """The notes of the windows, in the order in which they are read. `holey`: gaps leave too little to compare."""
    covered = settled.covered and not holey
    return (
        *(_note("assessment-year", text=text, span=span) for text, span in settled.named),
        *_ends(facts, reach),
        *_cuts(reach.span, settled),
        *_gaps(facts, reach, settled, holey),
        *_empty_months(facts, reach, (settled.period, *(settled.baselines if covered else ()))),
        *(_unequal(settled) if covered else ()),
    )


def _note(code: str, **facts: object) -> Note:
    return Note(code, tuple((key, str(value)) for key, value in facts.items()))


def _ends(facts: Facts, reach: Coverage) -> list[Note]:
    """Tickets outside the days covered."""
    notes = []
    if reach.stray_n:
        notes.append(
            _note("stray-tickets", n=reach.stray_n, first=reach.first, last=reach.last, span=reach.span)
        )
    for thin in reach.thin:
        at_end = thin.span.end > reach.span.end
        files = [s.file for s in facts.sources if _at_edge(s, facts.sources, at_end)]
        usual = f"{thin.usual:.1f}"
        notes.append(_note("thin-days", days=_days(thin.span), n=thin.n, usual=usual, span=reach.span))
        if len(files) == 1 and len(facts.sources) > 1:
            notes.append(_note("thin-file", file=files[0], days=_days(thin.span)))
    return notes


def _at_edge(source: SourceSpan, sources: tuple[SourceSpan, ...], at_end: bool) -> bool:
    if at_end:
        return source.last == max(s.last for s in sources)
    return source.first == min(s.first for s in sources)


def _cuts(data: Period, settled: Settled) -> list[Note]:
    """Windows that were cut to the data, and baselines that are not in them."""
    period, against = settled.period, settled.baselines
    spans = {"period": str(period), "baseline": ", ".join(str(b) for b in against)}
    ends = {"data_start": str(data.start), "data_end": str(data.end)}
    suffix = "" if settled.covered else "-alone"
    notes = []
    if period.end != settled.asked.end:
        notes.append(_note(f"cut-end{suffix}", **ends, **spans))
    if period.start != settled.asked.start:
        notes.append(_note(f"cut-start{suffix}", **ends, **spans))
    if not settled.covered and settled.inside is not None:
        notes.append(_note("part-baseline", inside=settled.inside, **spans))
    elif not settled.covered:
        notes.append(_note("no-baseline", **ends, **spans))
    elif settled.missing:
        missing = {"years": _listed(settled.missing, ", "), "years_zh": _listed(settled.missing, "、")}
        notes.append(_note("mean-years", n=len(against), of=len(against) + len(settled.missing), **missing))
    return notes


def _gaps(facts: Facts, reach: Coverage, settled: Settled, holey: bool) -> list[Note]:
    """Days that are left out, and the files before and after them."""
    if not any(settled.left_out):
        return []
    spans = (settled.period, *settled.baselines)
    days = [
        (_listed(out, ", "), _listed(out, "、"))
        for out in (settled.left_out[0], tuple(g for part in settled.left_out[1:] for g in part))
    ]
    code = "gap-most" if holey else "gap-days" if settled.covered else "gap-alone"
    out = {
        "days": days[0][0],
        "days_zh": days[0][1],
        "baseline_days": days[1][0],
        "baseline_days_zh": days[1][1],
    }
    notes = [_note(code, **{key: text or "—" for key, text in out.items()})]
    for gap in [g for g in reach.gaps if any(g.common(s) for s in spans)][:_NAMED]:
        notes += _files(facts.sources, gap)
    return notes


def _files(sources: tuple[SourceSpan, ...], gap: Period) -> list[Note]:
    """Which file holds the gap inside, or which files end before it and begin after it."""
    around = [s for s in sources if s.first < gap.start and gap.end < s.last]
    if around:
        return [_note("gap-inside", file=s.file, days=_days(gap)) for s in around[:_NAMED]]
    before = max((s for s in sources if s.last < gap.start), key=lambda s: s.last, default=None)
    after = min((s for s in sources if s.first > gap.end), key=lambda s: s.first, default=None)
    if (
        before is None
        or after is None
        or (gap.start - before.last).days > 1
        or (after.first - gap.end).days > 1
    ):
        return []
    return [
        _note(
            "gap-between",
            days=_days(gap),
            before=before.file,
            end=before.last,
            after=after.file,
            start=after.first,
        )
    ]


def _days(span: Period) -> str:
    return str(span.start) if span.days == 1 else str(span)


def _listed(spans: tuple[Period, ...], mark: str) -> str:
    return mark.join(_days(s) for s in spans)


def _empty_months(facts: Facts, reach: Coverage, spans: tuple[Period, ...]) -> list[Note]:
    """Whole calendar months inside the spans without a ticket that are no gap, as "2024-03", in order."""
    months = facts.frame["accepted"].to_numpy().astype("datetime64[M]").astype(np.int64)
    seen = set((np.unique(months[facts.frame["n"].to_numpy() > 0]) + 1970 * 12).tolist())
    whole = {m for span in spans for m in span.months if _inside(span, m)}
    left = [m for m in sorted(whole) if not any(g.common(month_span(m)) for g in reach.gaps)]
    holes = [f"{y}-{m:02d}" for y, m in left if y * 12 + m - 1 not in seen]
    return [_note("empty-months", months=", ".join(holes), months_zh="、".join(holes))] if holes else []


def _inside(span: Period, month: tuple[int, int]) -> bool:
    return month_span(month).common(span) == month_span(month)


def _unequal(settled: Settled) -> list[Note]:
    """How the windows are unlike: in length, and in their days of the Spring Festival."""
    current, baseline = settled.period, settled.baselines[0]
    spans = {"period": str(current), "baseline": str(baseline)}
    notes = []
    if current.days != baseline.days:
        leap = (
            abs(current.days - baseline.days) == 1
            and current.start.month == baseline.start.month
            and _has_leap_day(current) != _has_leap_day(baseline)
        )
        code = "leap-day" if leap else "unequal-days"
        notes.append(_note(code, days=current.days, baseline_days=baseline.days, **spans))
    counts = [int((kinds(span) == FESTIVAL).sum()) for span in (current, *settled.baselines)]
    if all(festivals_known(s) for s in (current, *settled.baselines)) and set(counts[1:]) != {counts[0]}:
        mean = f"{sum(counts[1:]) / len(counts[1:]):.1f}".removesuffix(".0")
        notes.append(_note("spring-festival", days=counts[0], baseline_days=mean))
    return notes


def _has_leap_day(period: Period) -> bool:
    return any(
        month == 2 and month_end(year, 2).day == 29 and period.start <= date(year, 2, 29) <= period.end
        for year, month in period.months
    )
