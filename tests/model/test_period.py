"""Periods: reading, labels, the year before, the period before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.errors import UsageError
from hotline_stats.model.period import Period, month_end, parse, previous

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
periods = st.builds(lambda a, b: Period(min(a, b), max(a, b)), days, days)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024q2", "2024-04-01", "2024-06-30"),
        ("2024H2", "2024-07-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-2", "2023-02-01", "2023-02-28"),
        ("2024-05-03", "2024-05-03", "2024-05-03"),
        ("2024-01..2024-05", "2024-01-01", "2024-05-31"),
        ("2023-11..2024Q1", "2023-11-01", "2024-03-31"),
        (" 2024-01-15 .. 2024-02 ", "2024-01-15", "2024-02-29"),
    ],
)
def test_parse(text: str, start: str, end: str) -> None:
    assert parse(text) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-13",
        "2024-02-30",
        "2024Q5",
        "2024H3",
        "2024..",
        "..2024",
        "2024-05..2024-01",
        "2024年",
        "x",
        "0000",
    ],
)
def test_parse_refuses(text: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text)
    assert error.value.code == "bad-period"
    assert error.value.facts == {"found": text}


@pytest.mark.parametrize(
    "label",
    ["2024", "2024Q3", "2024H1", "2024-02", "2023-11..2024-10", "2024-02..2024-04", "2024-01-02..2024-05-12"],
)
def test_label_is_the_shortest_text(label: str) -> None:
    assert parse(label).label == label


@pytest.mark.parametrize(
    ("long", "label"),
    [("2024-01..2024-12", "2024"), ("2024-04..2024-06", "2024Q2"), ("2024-07..2024-12", "2024H2")],
)
def test_a_longer_text_has_the_short_label(long: str, label: str) -> None:
    assert parse(long).label == label


@given(periods)
def test_label_reads_back(period: Period) -> None:
    assert parse(period.label) == period


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024", "2023"),
        ("2024-02", "2023-02"),
        ("2025-02", "2024-02"),
        ("2024Q1", "2023Q1"),
        ("2023-11..2024-10", "2022-11..2023-10"),
        ("2024-01-01..2024-05-12", "2023-01-01..2023-05-12"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02-10..2024-02-29", "2023-02-10..2023-02-28"),
        ("2025-02-10..2025-02-28", "2024-02-10..2024-02-28"),
        ("2024-12-15..2025-02-28", "2023-12-15..2024-02-28"),
    ],
)
def test_year_before(period: str, before: str) -> None:
    assert parse(period).year_before() == parse(before)


@given(periods)
def test_year_before_keeps_months_and_length(period: Period) -> None:
    before = period.year_before()
    assert [(y - 1, m) for y, m in period.months] == list(before.months)
    assert before.whole_months or not period.whole_months
    leap_days = 1 if period.days < 366 else period.days // 365 + 1
    assert abs(period.days - before.days) <= leap_days


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024", "2023"),
        ("2024-05", "2024-04"),
        ("2024-01", "2023-12"),
        ("2024Q1", "2023Q4"),
        ("2024-03..2024-04", "2024-01..2024-02"),
        ("2024-05-11..2024-05-20", "2024-05-01..2024-05-10"),
        ("2024-01-01", "2023-12-31"),
    ],
)
def test_previous(period: str, before: str) -> None:
    assert previous(parse(period)) == parse(before)


@given(periods)
def test_previous_ends_the_day_before_and_is_as_long(period: Period) -> None:
    before = previous(period)
    assert before.end == period.start - timedelta(days=1)
    if period.whole_months:
        assert before.whole_months and len(before.months) == len(period.months)
    else:
        assert before.days == period.days


def test_days_months_and_dict() -> None:
    period = parse("2023-12-30..2024-02-01")
    assert period.days == 34
    assert period.months == ((2023, 12), (2024, 1), (2024, 2))
    assert period.to_dict() == {"label": "2023-12-30..2024-02-01", "start": "2023-12-30", "end": "2024-02-01"}
    assert str(period) == "2023-12-30—2024-02-01"
    assert month_end(2024, 2) == date(2024, 2, 29)


def test_a_period_may_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2024, 1, 2), date(2024, 1, 1))
