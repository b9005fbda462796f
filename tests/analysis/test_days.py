"""Kinds of day against two calendars made by others, and years that no calendar knows."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from analysis_frames import daily, make_facts
from lunardate import LunarDate

from hotline_stats.analysis import compare, settle
from hotline_stats.analysis.days import (
    AROUND,
    FESTIVAL,
    HOLIDAY,
    WEEKEND,
    WORKING,
    festivals,
    kinds,
    unknown_years,
)
from hotline_stats.model.period import Period, parse
from hotline_stats.settings import ComparisonSettings


def test_festivals_are_those_of_the_lunar_calendar() -> None:
    assert festivals(parse("1990..2098")) == tuple(
        LunarDate(year, 1, 1).to_solar_date() for year in range(1990, 2099)
    )


@pytest.mark.parametrize("year", range(2004, 2027))
def test_official_days_are_those_published(year: int) -> None:
    """Days off and working days moved, outside of the weeks around the festival, which are kinds of their own."""
    span = parse(str(year))
    assert unknown_years(span) == ()
    for i, kind in enumerate(kinds(span)):
        day = span.start + timedelta(days=i)
        if kind in (FESTIVAL, AROUND):
            continue
        off = HOLIDAY if day in chinese_calendar.holidays else WEEKEND
        assert kind == (WORKING if chinese_calendar.is_workday(day) else off), day


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("2024-02-01..2024-02-03", [WORKING, AROUND, AROUND]),
        ("2024-02-08..2024-02-10", [AROUND, FESTIVAL, FESTIVAL]),
        ("2024-02-16..2024-02-18", [FESTIVAL, AROUND, AROUND]),
        ("2024-02-23..2024-02-25", [AROUND, WEEKEND, WEEKEND]),
        ("2024-10-01", [HOLIDAY]),
        ("2024-10-12..2024-10-13", [WORKING, WEEKEND]),
        ("2027-05-01..2027-05-03", [HOLIDAY, WEEKEND, WORKING]),
        ("2035-12-31..2036-01-01", [WORKING, HOLIDAY]),
    ],
)
def test_kinds(span: str, expected: list[int]) -> None:
    """The first day of the first lunar month was 2024-02-10; Saturday 2024-10-12 was a working day."""
    assert kinds(parse(span)).tolist() == expected


@pytest.mark.parametrize("year", [1985, 1990, 2027, 2035, 2099, 2150])
def test_no_year_is_refused(year: int) -> None:
    assert len(kinds(parse(str(year)))) == parse(str(year)).days
    facts = make_facts(daily(date(year - 2, 1, 1), date(year, 12, 31), n=5))
    for period in (f"{year}", f"{year}-01", f"{year}-02"):
        windows = settle(facts, period)
        found = compare(facts, windows, "month", ComparisonSettings())
        assert set(found.rows["verdict"]) <= {"within-noise", "calendar"}
        told = {n.code for n in found.notes}
        adjusted = found.rows["calendar_pct"].notna().any() or found.total["calendar_pct"] is not None
        assert ("calendar-unknown" in told) == adjusted


def test_a_span_over_a_new_year_has_the_kinds_of_its_years() -> None:
    whole = kinds(parse("2023..2025"))
    part = Period(date(2023, 12, 30), date(2025, 1, 2))
    start = (part.start - date(2023, 1, 1)).days
    assert kinds(part).tolist() == whole[start : start + part.days].tolist()
