"""Working days by hand, by brute force, and with moved days."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.analysis import workdays as module
from hotline_stats.analysis.workdays import workdays
from hotline_stats.model.period import Period

MAY = Period(date(2030, 5, 1), date(2030, 6, 30))


@pytest.fixture
def no_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "official", lambda year: None)
    monkeypatch.setattr(
        module, "unknown_years", lambda span: tuple(range(span.start.year, span.end.year + 1))
    )


@pytest.mark.usefixtures("no_calendar")
@pytest.mark.parametrize(
    ("accepted", "closed", "nth"),
    [
        ("2030-05-06", "2030-05-06", 0),  # the same Monday
        ("2030-05-06", "2030-05-07", 1),
        ("2030-05-06", "2030-05-13", 5),  # Monday to Monday
        ("2030-05-10", "2030-05-11", 1),  # closed on Saturday: counts on Monday
        ("2030-05-10", "2030-05-13", 1),
        ("2030-05-10", "2030-05-14", 2),
        ("2030-05-11", "2030-05-12", 1),  # Saturday to Sunday
        ("2030-05-11", "2030-05-11", 0),
    ],
)
def test_the_working_day_on_which_a_ticket_was_closed(accepted: str, closed: str, nth: int) -> None:
    found = workdays(MAY).nth(np.array([accepted], "M8[s]"), np.array([closed], "M8[s]"))
    assert found.tolist() == [nth]


def test_days_off_and_days_moved() -> None:
    """1 to 5 May 2024 off (Wednesday to Sunday), Sunday 28 April and Saturday 11 May worked, as published."""
    found = workdays(Period(date(2024, 4, 26), date(2024, 5, 12)))
    assert np.diff(found.counted).tolist() == [1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0]
    assert found.unknown == ()
    day = np.array(["2024-04-30"], "M8[s]")
    for closed, nth in (("2024-05-02", 1), ("2024-05-06", 1), ("2024-05-11", 6), ("2024-05-12", 7)):
        assert found.nth(day, np.array([closed], "M8[s]")).tolist() == [nth]
    assert workdays(Period(date(2029, 12, 31), date(2031, 1, 1))).unknown == (2029, 2030, 2031)


@given(st.dates(date(2020, 1, 1), date(2027, 12, 1)), st.integers(0, 40), st.integers(0, 15))
def test_a_limit_is_kept_up_to_the_end_of_its_last_day(accepted: date, later: int, limit: int) -> None:
    """Oracle: counting the days one by one."""
    span = Period(date(2020, 1, 1), date(2028, 12, 31))
    work = workdays(span)
    working = np.diff(work.counted).astype(bool)
    deadline, left = accepted, limit
    while left:
        deadline += timedelta(days=1)
        left -= int(working[(deadline - span.start).days])
    closed = accepted + timedelta(days=later)
    nth = work.nth(np.array([accepted], "M8[s]"), np.array([closed], "M8[s]"))[0]
    assert (nth <= limit) == (closed <= deadline)


def test_days_that_are_none_and_days_outside_do_no_harm() -> None:
    days = np.array(["NaT", "1900-01-01", "2100-01-01"], "M8[s]")
    assert workdays(MAY).up_to(days).tolist()[1:] == [0, int(workdays(MAY).counted[-1])]
