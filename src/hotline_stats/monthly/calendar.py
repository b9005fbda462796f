"""Which month is meant, and whether the data reach its end."""

from datetime import date, timedelta

from hotline_stats.analysis import coverage
from hotline_stats.errors import NotYetError, UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, parse


def month(text: str, today: date | None = None) -> Period:
    """`2024-12`, or `last`: the calendar month before `today`. Raises UsageError `bad-month`."""
    if text == "last":
        end = (today or date.today()).replace(day=1) - timedelta(days=1)
        return Period(end.replace(day=1), end)
    try:
        period = parse(text)
    except UsageError as error:
        raise UsageError("bad-month", found=text) from error
    if len(period.months) != 1 or not period.whole_months:
        raise UsageError("bad-month", found=text)
    return period


def complete(period: Period, facts: Facts) -> None:
    """Raises NotYetError `month-incomplete` unless a ticket was accepted on the last day or after it.

    That is strict: an office without a ticket on the last day must wait until the next export shows that
    time went on, for nothing in an export tells a quiet day from one that is not there yet.
    """
    reach = coverage(facts)
    if reach is None or reach.span.end < period.end:
        raise NotYetError("month-incomplete", month=period.label, end=reach.span.end if reach else "—")
