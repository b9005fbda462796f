"""Days that are counted in no window: gaps of the data in one of them, and the same days of the others."""

from collections.abc import Sequence
from datetime import date

from hotline_stats.model.period import Period, merged, month_end


def left_out(spans: Sequence[Period], gaps: Sequence[Period]) -> tuple[tuple[Period, ...], ...]:
    """For each of the spans (the period first) its days in gaps, and those that stand where another has a gap."""
    own = [[g for gap in gaps if (g := gap.common(span)) is not None] for span in spans]
    here = [p for span, parts in zip(spans, own, strict=True) for p in _moved(parts, span, spans[0])]
    return tuple(
        merged([*parts, *_moved(here, spans[0], span)]) for span, parts in zip(spans, own, strict=True)
    )


def _moved(parts: Sequence[Period], whole: Period, other: Period) -> list[Period]:
    return [m for p in parts if (m := _counterpart(p, whole, other)) is not None]


def same_part(part: Period, whole: Period, other: Period) -> Period:
    """The part of `other` that `part` is of `whole`; `other` itself where nothing would be left."""
    return _counterpart(part, whole, other) or other


def _counterpart(part: Period, whole: Period, other: Period) -> Period | None:
    """The same days of the month where both wholes start on the same day of a month, else the same number of days
    off each end. None where nothing would be left."""
    start, end = other.start, other.end
    if whole.start.day == other.start.day:
        months = (other.start.year - whole.start.year) * 12 + other.start.month - whole.start.month
        if part.start != whole.start:
            start = max(start, _shift(part.start, months, False))
        if part.end != whole.end:
            to_month_end = Period(whole.start, part.end).whole_months
            end = min(end, _shift(part.end, months, to_month_end))
    else:
        start += part.start - whole.start
        end -= whole.end - part.end
    return Period(start, end) if start <= end else None


def _shift(day: date, months: int, to_month_end: bool) -> date:
    index = day.year * 12 + day.month - 1 + months
    last = month_end(index // 12, index % 12 + 1)
    return last if to_month_end else last.replace(day=min(day.day, last.day))
