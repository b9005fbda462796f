"""Periods: reading, labels, the year before, the period before."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.errors import UsageError
from hotline_stats.model.period import (
    Period,
    assessment_year,
    is_assessed,
    mean_years,
    merged,
    month_end,
    parse,
    previous,
    resolve,
    year_of,
)

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


@pytest.mark.parametrize(
    ("text", "year_start", "label"),
    [
        ("AY2024", 1, "2024"),
        ("AY2024", 11, "2023-11..2024-10"),
        ("ay-2024", 12, "2023-12..2024-11"),
        ("2024年度", 11, "2023-11..2024-10"),
        ("2024 年度", 4, "2024-04..2025-03"),
        ("AY2024", 6, "2024-06..2025-05"),
        ("AY2024", 7, "2023-07..2024-06"),
        ("AY2023..AY2024", 11, "2022-11..2024-10"),
        ("AY2024..2024-12", 11, "2023-11..2024-12"),
        ("2024", 11, "2024"),
    ],
)
def test_assessment_years(text: str, year_start: int, label: str) -> None:
    """Named after the year that holds most of their months; of six and six, the one in which they end."""
    assert parse(text, year_start).label == label
    assert is_assessed(text) == (text != "2024")


@given(st.integers(1990, 2090), st.integers(1, 12), days)
def test_every_day_lies_in_one_assessment_year(year: int, start: int, day: date) -> None:
    found = assessment_year(year, start)
    assert found.whole_months and len(found.months) == 12 and found.start.month == start
    assert sum(y == year for y, _ in found.months) >= 6
    assert assessment_year(year + 1, start).start == found.end + timedelta(days=1)
    assert parse(f"AY{year}", start) == parse(f"{year}年度", start) == found
    assert parse(found.label, start) == found
    own = year_of(day, start)
    assert own.start <= day <= own.end and own.start.month == start


@pytest.mark.parametrize(
    ("text", "year_start", "label"),
    [
        ("ytd", 1, "2024-01-01..2024-05-12"),
        ("YTD", 11, "2023-11-01..2024-05-12"),
        ("2024-ytd", 1, "2024-01-01..2024-05-12"),
        ("2024-ytd", 11, "2024-01-01..2024-05-12"),
        ("2023-ytd", 1, "2023"),
        ("2025-ytd", 1, "2025"),
        ("AY2024-ytd", 11, "2023-11-01..2024-05-12"),
        ("2024年度-ytd", 11, "2023-11-01..2024-05-12"),
        ("2024-05-ytd", 1, "2024-05-01..2024-05-12"),
        ("2024Q2-ytd", 1, "2024-04-01..2024-05-12"),
        ("2024-05", 1, "2024-05"),
    ],
)
def test_to_date_ends_on_the_last_day_covered(text: str, year_start: int, label: str) -> None:
    assert resolve(text, date(2024, 5, 12), year_start).label == label


@pytest.mark.parametrize("text", ["2024-01..2024-05-ytd", "-ytd", "xytd", "ytd-2024", "AY", "AY24", "AY0000"])
def test_to_date_refuses(text: str) -> None:
    with pytest.raises(UsageError) as error:
        resolve(text, date(2024, 5, 12))
    assert error.value.code == "bad-period"


@given(periods, st.integers(1, 12), days)
def test_any_label_is_resolved_as_it_is(period: Period, start: int, day: date) -> None:
    assert resolve(period.label, day, start) == period


@pytest.mark.parametrize(
    ("text", "n"), [("mean:3", 3), ("MEAN:10", 10), ("mean:0", None), ("mean", None), ("mean:-1", None)]
)
def test_mean_years(text: str, n: int | None) -> None:
    assert mean_years(text) == n


@given(st.lists(periods, max_size=6))
def test_merged_spans_hold_the_same_days(spans: list[Period]) -> None:
    out = merged(spans)
    assert all(b.start > a.end + timedelta(days=1) for a, b in pairwise(out))
    edges = {d + timedelta(days=i) for s in spans for d in (s.start, s.end) for i in (-1, 0, 1)}
    for day in edges:
        assert any(s.start <= day <= s.end for s in spans) == any(s.start <= day <= s.end for s in out)
