"""Missing days: found where chance cannot make them, left out of both windows, and never a fall."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from analysis_frames import daily, make_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.analysis import compare, coverage, monthly, settle
from hotline_stats.analysis.days import kinds
from hotline_stats.analysis.left_out import left_out
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import Facts, SourceSpan
from hotline_stats.model.period import Period, parse
from hotline_stats.settings import ComparisonSettings

SETTINGS = ComparisonSettings()
SPAN = parse("2022..2024")


@cache
def drawn(mean: float, seed: int = 0, spread: float = 1.5) -> np.ndarray:
    """Tickets a day, negative binomial, fewer on weekends and in the Spring Festival."""
    rng = np.random.default_rng(seed)
    pace = mean * np.array([1, 0.6, 0.5, 0.4, 0.8])[kinds(SPAN)]
    return rng.poisson(rng.gamma(pace / (spread - 1), spread - 1))


def facts_of(
    counts: np.ndarray, missing: Period | None = None, sources: tuple[SourceSpan, ...] = ()
) -> Facts:
    days = [(SPAN.start + timedelta(days=i), int(n)) for i, n in enumerate(counts) if n]
    kept = [(d, n) for d, n in days if not (missing and missing.start <= d <= missing.end)]
    made = make_facts([{"accepted": d, "n": n, "type": "noise"} for d, n in kept])
    return Facts(made.frame, made.types, sources)


@pytest.mark.parametrize("mean", [0.5, 2, 5, 30, 100])
@pytest.mark.parametrize("seed", range(3))
def test_complete_data_have_no_gap_and_no_thin_end(mean: float, seed: int) -> None:
    found = coverage(facts_of(drawn(mean, seed)))
    assert found is not None and found.gaps == () and found.thin == ()


def test_an_office_that_closes_on_weekends_and_holidays_has_no_gap() -> None:
    days = kinds(SPAN)
    found = coverage(facts_of(np.where(days == 0, 20, 0)))
    assert found is not None and found.gaps == ()


@pytest.mark.parametrize(("mean", "length"), [(3, 10), (30, 2), (30, 7), (30, 40), (100, 1)])
def test_days_without_tickets_beyond_chance_are_a_gap(mean: float, length: int) -> None:
    missing = Period(date(2024, 5, 8), date(2024, 5, 8) + timedelta(days=length - 1))
    found = coverage(facts_of(drawn(mean), missing))
    assert found is not None and len(found.gaps) == 1
    assert found.gaps[0].start <= missing.start and missing.end <= found.gaps[0].end
    assert found.gaps[0].days <= length + 2


def test_a_missing_week_is_left_out_of_both_years() -> None:
    """Ten a day. Of 31 days in May 2024 seven are missing: 240 against 240, and the year 3,590 against 3,580."""
    rows = daily(date(2023, 1, 1), date(2024, 12, 31), 10, type="noise")
    rows = [r for r in rows if not date(2024, 5, 6) <= r["accepted"] <= date(2024, 5, 12)]
    facts = make_facts(rows)
    windows = settle(facts)
    assert windows.left_out == (Period(date(2024, 5, 6), date(2024, 5, 12)),)
    assert windows.baseline_left_out == (Period(date(2023, 5, 6), date(2023, 5, 12)),)
    assert [n.code for n in windows.notes] == ["gap-days", "leap-day"]
    assert "2024-05-06—2024-05-12" in windows.notes[0].text("zh")
    found = compare(facts, windows, "month", SETTINGS)
    assert found.rows["current"].tolist()[4] == found.rows["baseline"].tolist()[4] == 240
    assert (found.total["current"], found.total["baseline"]) == (3590, 3580)
    total = monthly(facts, windows).frame.query("key == 'total'")
    assert total["current"].tolist()[4] == total["baseline"].tolist()[4] == 240
    assert not total["complete"].tolist()[4] and total["complete"].tolist()[5]


def test_a_month_that_is_missing_does_not_compare() -> None:
    rows = [r for r in daily(date(2023, 1, 1), date(2024, 12, 31), 10) if str(r["accepted"])[:7] != "2023-06"]
    facts = make_facts(rows)
    found = compare(facts, settle(facts), "month", SETTINGS)
    assert found.rows["status"].tolist()[5] == "incomplete"
    assert (found.total["current"], found.total["baseline"]) == (3660 - 300, 3650 - 300)
    alone = settle(facts, parse("2024-06"))
    assert not alone.covered and "gap-most" in [n.code for n in alone.notes]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_files_around_a_gap_are_named(lang: str) -> None:
    missing = Period(date(2024, 3, 1), date(2024, 3, 31))
    sources = (
        SourceSpan("a.csv", date(2022, 1, 1), date(2024, 2, 29), 1),
        SourceSpan("b.csv", date(2024, 4, 1), date(2024, 12, 31), 1),
    )
    notes = settle(facts_of(drawn(30), missing, sources)).notes
    said = next(n for n in notes if n.code == "gap-between").text(lang)  # type: ignore[arg-type]
    assert all(
        part in said for part in ("2024-03-01—2024-03-31", "a.csv", "b.csv", "2024-02-29", "2024-04-01")
    )
    one = (SourceSpan("all.csv", date(2022, 1, 1), date(2024, 12, 31), 1),)
    notes = settle(facts_of(drawn(30), missing, one)).notes
    assert "all.csv" in next(n for n in notes if n.code == "gap-inside").text(lang)  # type: ignore[arg-type]


def test_a_last_day_exported_at_noon_is_not_counted() -> None:
    """100 a day to 20 May, of whose last day 40 had come in: compared up to the 19th, in both years."""
    rows = daily(date(2023, 1, 1), date(2024, 5, 19), 100, type="noise")
    facts = make_facts([*rows, {"accepted": date(2024, 5, 20), "n": 40, "type": "noise"}])
    windows = settle(facts)
    assert windows.period == parse("2024-01-01..2024-05-19") and windows.baseline == parse(
        "2023-01-01..2023-05-19"
    )
    assert [n.code for n in windows.notes] == ["thin-days", "cut-end", "leap-day"]
    assert "40件" in windows.notes[0].text("zh") and "2024-05-20" in windows.notes[0].text("zh")


def test_a_first_month_that_starts_late_is_cut_in_both_years() -> None:
    """A few carried-over tickets before 15 March 2023, then ten a day."""
    rows = daily(date(2023, 3, 15), date(2024, 12, 31), 10)
    facts = make_facts(
        [{"accepted": date(2023, 3, 2), "n": 2}, {"accepted": date(2023, 3, 9), "n": 1}, *rows]
    )
    windows = settle(facts, parse("2024-03"))
    assert (windows.period, windows.baseline) == (
        parse("2024-03-15..2024-03-31"),
        parse("2023-03-15..2023-03-31"),
    )
    assert {"thin-days", "cut-start"} <= {n.code for n in windows.notes}


def test_left_out_days_of_windows_that_start_apart() -> None:
    """The fourth day of one window is the fourth of the other."""
    spans = (parse("2024-05-11..2024-05-20"), parse("2024-05-01..2024-05-10"))
    gap = Period(date(2024, 5, 14), date(2024, 5, 14))
    assert left_out(spans, (gap,)) == ((gap,), (Period(date(2024, 5, 4), date(2024, 5, 4)),))


PERIODS = ("2024", "2024-05", "2024Q2", "2024H1", "2024-ytd", "2024-02-01..2024-05-20")


@given(
    mean=st.sampled_from((2, 5, 30, 100)),
    start=st.integers(0, SPAN.days - 1),
    length=st.integers(1, 120),
    period=st.sampled_from(PERIODS),
    against=st.sampled_from((None, "previous")),
)
@settings(deadline=None, max_examples=60, derandomize=True)
def test_missing_days_never_make_a_fall(
    mean: int, start: int, length: int, period: str, against: str | None
) -> None:
    """Days taken from the start, the middle or the end of data that bring the same on every day of a kind, so that
    nothing but the missing days could make one."""
    first = SPAN.start + timedelta(days=start)
    missing = Period(first, min(first + timedelta(days=length - 1), SPAN.end))
    less = facts_of(np.rint(mean * np.array([1, 0.6, 0.5, 0.5, 0.8])[kinds(SPAN)]), missing)
    try:
        found = verdicts(less, period, against)
    except UsageError as error:
        assert error.code == "period-outside-data"
        return
    assert "fall" not in found


def verdicts(facts: Facts, period: str, against: str | None) -> set[str]:
    windows = settle(facts, period, against)
    months = compare(facts, windows, "month", SETTINGS)
    return {months.total["verdict"], *months.rows["verdict"]}
