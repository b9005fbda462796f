"""Open tickets against small tables worked out by hand. 2030 is a year without official days off."""

from datetime import date
from typing import Any

import pytest
from analysis_frames import make_facts, make_windows, random_facts

from hotline_stats.analysis import service_figures, settle
from hotline_stats.analysis import workdays as module
from hotline_stats.model.period import parse
from hotline_stats.model.services import OpenTickets, ServiceFigures, WithOpen
from hotline_stats.settings.values import ServiceSettings

WINDOWS = make_windows(parse("2030-05"), parse("2029-05"), start="2029-05-01", end="2030-06-09")
ANY = ServiceSettings(min_n=1)


@pytest.fixture(autouse=True)
def no_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "official", lambda year: None)
    monkeypatch.setattr(
        module, "unknown_years", lambda span: tuple(range(span.start.year, span.end.year + 1))
    )


def figures(rows: list[dict[str, Any]], settings: ServiceSettings = ANY) -> ServiceFigures:
    return service_figures(make_facts(rows), WINDOWS, settings, 0.95)


def test_what_had_become_of_the_tickets_at_the_end_of_the_window() -> None:
    """31 May 2030 is a Friday."""
    rows = [
        {"accepted": "2030-05-02", "closed": "2030-05-06", "handling_hours": 90.0, "n": 4},
        {
            "accepted": "2030-05-02",
            "closed": "2030-06-03",
            "handling_hours": 770.0,
            "n": 2,
        },  # closed after the window
        {
            "accepted": "2030-05-24",
            "request_type": "投诉",
            "due": "2030-05-31",
            "n": 3,
        },  # five working days ended
        {"accepted": "2030-05-27", "request_type": "投诉", "due": "2030-06-03"},  # four
        {"accepted": "2030-05-31", "request_type": "咨询"},
        {"accepted": "2030-05-20", "resolved": True, "n": 5},  # closed at a time not known
        {"accepted": "2030-04-20", "request_type": "投诉"},  # not of the window
    ]
    found = figures(rows).open_now
    assert found == OpenTickets(
        as_of="2030-05-31", accepted_n=16, closed_n=4, unknown_n=5, open_n=7,
        median_age_days=7.0, limited_n=5, over_limit_n=3, due_n=4, overdue_n=3,
    )  # fmt: skip  # ages 29, 29, 7, 7, 7, 4, 0


def test_open_tickets_are_followed_to_the_end_of_the_data() -> None:
    """The data end on 9 June. Ten tickets of 30 May, followed for 240 hours: six closed after 48, one after 300."""
    rows = [
        {"accepted": "2030-05-30", "closed": "2030-06-01", "handling_hours": 48.0, "n": 6},
        {"accepted": "2030-05-30", "closed": "2030-06-11", "handling_hours": 300.0},
        {"accepted": "2030-05-30", "n": 3},
        {"accepted": "2030-05-30", "satisfaction": "satisfied", "n": 2},
    ]
    found = figures(rows).all_now
    assert found == WithOpen(
        as_of="2030-06-09", n=10, closed_n=6, censored_n=4, excluded_n=2, median_hours=48.0, p90_hours=None,
        limited_n=0, within_limit_pct=None, low_pct=None, high_pct=None,
    )  # fmt: skip


def test_the_share_within_the_limit_counts_open_tickets() -> None:
    """Limit 5 working days from Monday 13 May: closed by Monday 20 May is in time."""
    rows = [
        {"accepted": "2030-05-13", "closed": "2030-05-20", "handling_hours": 170.0, "n": 6},
        {"accepted": "2030-05-13", "closed": "2030-05-21", "handling_hours": 190.0, "n": 1},
        {"accepted": "2030-05-13", "n": 3},
    ]
    found = figures([{"request_type": "求助", **r} for r in rows])
    closed, everything = found.figure("within_limit_rate"), found.all_now
    assert (closed.numerator, closed.denominator) == (6.0, 7)
    assert everything is not None and everything.within_limit_pct == pytest.approx(60.0)
    assert everything.low_pct is not None and everything.high_pct is not None
    assert everything.low_pct < 60 < everything.high_pct


def test_limits_are_settings_and_types_without_one_are_left_out() -> None:
    rows = [
        {
            "accepted": "2030-05-13",
            "closed": "2030-05-14",
            "handling_hours": 20.0,
            "request_type": kind,
            "n": n,
        }
        for kind, n in (("咨询", 3), ("投诉", 4), ("表扬", 5), ("举报", 6), (None, 7))
    ]
    usual = figures(rows).figure("within_limit_rate")
    assert (usual.numerator, usual.denominator, usual.excluded_n) == (7.0, 7, 18)
    other = figures(rows, ServiceSettings(min_n=1, limits={"咨询": 0, "投诉": 5, "举报": 1}, complex_limit=0))
    limit = other.figure("within_limit_rate")
    assert (limit.numerator, limit.denominator, limit.excluded_n) == (10.0, 10, 15)
    assert "within_complex_limit_rate" not in [f.id for f in other.figures]
    assert other.to_dict()["limits"] == {"咨询": 0, "投诉": 5, "举报": 1}


def test_without_closing_times_nothing_is_called_open() -> None:
    found = figures([{"accepted": "2030-05-02", "n": 20}])
    assert found.open_now is found.all_now is found.open_then is found.all_then is None


def test_few_tickets_show_no_times() -> None:
    rows = [
        {
            "accepted": "2030-05-02",
            "closed": "2030-05-03",
            "handling_hours": 9.0,
            "request_type": "投诉",
            "n": 9,
        }
    ]
    found = figures(rows, ServiceSettings()).all_now
    assert found is not None and (found.n, found.median_hours, found.within_limit_pct) == (9, None, None)


def test_years_without_official_days_off_are_noted() -> None:
    rows = [{"accepted": "2030-05-02", "request_type": "投诉"}]
    assert [n.code for n in figures(rows).notes] == ["closed-clock-start", "workdays-by-weekends"]
    assert [n.code for n in figures([{"accepted": "2030-05-02"}]).notes] == ["closed-clock-start"]


@pytest.mark.parametrize("seed", range(5))
def test_parts_add_up_in_any_tickets(seed: int) -> None:
    facts = random_facts(400, seed=seed)
    windows = settle(facts)
    found = service_figures(facts, windows, ANY, 0.95)
    accepted = facts.frame["accepted"].dt.date
    for part, span in ((found.open_now, windows.period), (found.open_then, windows.baseline)):
        assert part is not None
        assert part.accepted_n == ((accepted >= span.start) & (accepted <= span.end)).sum()
        assert (
            part.overdue_n <= part.due_n <= part.open_n and part.over_limit_n <= part.limited_n <= part.open_n
        )
    everything = found.all_now
    assert everything is not None and found.open_now is not None
    assert everything.n + everything.excluded_n == found.open_now.accepted_n
    assert date.fromisoformat(everything.as_of) == date.fromisoformat(windows.data_end)
