"""What the data cover: strays at either end do not make a window."""

from datetime import date, timedelta

import pytest
from analysis_frames import make_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import compare, coverage, settle
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, parse
from hotline_stats.settings import ComparisonSettings

SETTINGS = ComparisonSettings()


def daily(first: date, last: date, n: int) -> list[dict[str, object]]:
    return [
        {"accepted": (first + timedelta(days=i)).isoformat(), "type": "noise", "n": n}
        for i in range((last - first).days + 1)
    ]


def this_year(*strays: str) -> Facts:
    rows = daily(date(2024, 1, 1), date(2024, 12, 31), 10)
    return make_facts([*({"accepted": s, "type": "noise", "n": 1} for s in strays), *rows])


def test_tickets_carried_over_are_no_baseline() -> None:
    """The export of one year holds tickets of last December that were closed this year."""
    facts = this_year("2023-12-09", "2023-12-20", "2023-12-31")
    found = coverage(facts)
    assert found is not None
    assert found.span == Period(date(2024, 1, 1), date(2024, 12, 31)) and found.stray_n == 3
    windows = settle(facts)
    assert windows.period == parse("2024") and not windows.covered and windows.complete
    assert [n.code for n in windows.notes] == ["stray-tickets", "no-baseline"]
    assert "3件" in windows.notes[0].text("zh") and "2023-12-09" in windows.notes[0].text("zh")
    rows = compare(facts, windows, "type", SETTINGS)
    assert set(rows.rows["status"]) == {"incomplete"} and rows.total["current"] == 3660


def test_a_mistyped_year_is_no_end() -> None:
    windows = settle(this_year("2042-05-17"))
    assert windows.period == parse("2024")
    assert windows.data_end == "2024-12-31"


def test_part_months_at_the_ends_are_covered() -> None:
    """Three days of a month at the usual pace are three days of data."""
    facts = make_facts(daily(date(2024, 1, 29), date(2024, 6, 3), 10))
    found = coverage(facts)
    assert (
        found is not None and found.span == Period(date(2024, 1, 29), date(2024, 6, 3)) and not found.stray_n
    )


def test_a_quiet_festival_month_is_covered() -> None:
    rows = [*daily(date(2024, 2, 1), date(2024, 2, 29), 4), *daily(date(2024, 3, 1), date(2024, 8, 31), 10)]
    found = coverage(make_facts(rows))
    assert found is not None and found.span.start == date(2024, 2, 1)


def test_few_tickets_cover_what_they_span() -> None:
    found = coverage(make_facts([{"accepted": "2023-01-05"}, {"accepted": "2024-03-01", "n": 100}]))
    assert found is not None and found.span == Period(date(2023, 1, 5), date(2024, 3, 1))


def test_no_tickets() -> None:
    assert coverage(make_facts([{"accepted": "2024-01-01", "n": 0}])) is None


@given(
    st.lists(
        st.tuples(st.dates(date(2019, 1, 1), date(2026, 1, 1)), st.integers(1, 400)), min_size=1, max_size=30
    )
)
@settings(deadline=None, max_examples=80)
def test_strays_and_covered_tickets_are_all(days: list[tuple[date, int]]) -> None:
    facts = make_facts([{"accepted": d.isoformat(), "n": n} for d, n in days])
    found = coverage(facts)
    assert found is not None
    assert found.first <= found.span.start <= found.span.end <= found.last
    inside = sum(n for d, n in days if found.span.start <= d <= found.span.end)
    assert inside + found.stray_n == facts.n


def test_a_small_part_of_the_baseline_is_none() -> None:
    facts = make_facts(daily(date(2023, 10, 1), date(2024, 12, 31), 10))
    windows = settle(facts)
    assert windows.period == parse("2024") and not windows.covered
    assert [n.code for n in windows.notes] == ["part-baseline"]
    assert settle(facts, parse("2024-10..2024-12")).covered


def test_unlike_windows_do_not_compare() -> None:
    facts = make_facts(daily(date(2023, 1, 1), date(2024, 12, 31), 10))
    windows = settle(facts, parse("2024"), parse("2023-01"))
    assert [n.code for n in windows.notes] == ["unequal-days"]
    found = compare(facts, windows, "type", SETTINGS)
    assert set(found.rows["status"]) == {"incomplete"} == {found.total["status"]}
    assert found.total["change_pct"] is None and found.total["verdict"] == "too-few"


def test_requested() -> None:
    facts = this_year()
    assert not settle(facts).requested and settle(facts, parse("2024-05")).requested


def test_another_system_of_categories_does_not_compare() -> None:
    old = [{**r, "category": "市容"} for r in daily(date(2023, 1, 1), date(2023, 12, 31), 10)]
    new = [{**r, "category": "城市管理"} for r in daily(date(2024, 1, 1), date(2024, 12, 31), 10)]
    kept = [{"accepted": "2023-05-01", "category": "城市管理", "n": 5}]
    facts = make_facts([*old, *kept, *new])
    found = compare(facts, settle(facts), "category", SETTINGS)
    assert set(found.rows["status"]) == {"incomplete"}
    assert "category-break" in [n.code for n in found.notes]
    same = make_facts([*old, *({**r, "category": "市容"} for r in new)])
    again = compare(same, settle(same), "category", SETTINGS)
    assert set(again.rows["status"]) == {"ok"} and not again.notes


@pytest.mark.parametrize("known", [True, False])
def test_a_group_of_complaints_needs_request_types(known: bool) -> None:
    rows = daily(date(2023, 1, 1), date(2024, 12, 31), 10)
    facts = make_facts([{**r, "request_type": "投诉"} for r in rows] if known else rows)
    found = compare(facts, settle(facts), "type", SETTINGS)
    assert found.row("complaints")["status"] == ("ok" if known else "incomplete")
    assert found.row("headline")["status"] == "ok"
    assert ("no-request-type" in [n.code for n in found.notes]) is not known
