"""The windows: like for like, cut to the data, and never silently."""

from datetime import date

import pytest
from analysis_frames import daily, make_facts
from hypothesis import given
from hypothesis import strategies as st

from hotline_stats.analysis import settle
from hotline_stats.analysis.days import festival_days
from hotline_stats.errors import InputError, UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period, parse
from hotline_stats.model.results import Windows


def facts_of(span: str) -> Facts:
    """One ticket on the first of each month inside the span, and on its first and last day."""
    period = parse(span)
    firsts = [date(y, m, 1) for y, m in period.months]
    days = sorted({period.start, period.end, *(d for d in firsts if period.start <= d <= period.end)})
    return make_facts([{"accepted": d} for d in days])


def codes(windows: Windows) -> list[str]:
    return [n.code for n in windows.notes]


@pytest.mark.parametrize(
    ("data", "period", "against", "current", "baseline", "notes"),
    [
        ("2023..2024", None, None, "2024", "2023", ["leap-day"]),
        ("2022..2023", None, None, "2023", "2022", []),
        ("2022-01-01..2024-05-12", None, None, "2024-01-01..2024-05-12", "2023-01-01..2023-05-12", ["cut-end", "leap-day"]),
        ("2022-01-01..2024-02-29", None, None, "2024-01..2024-02", "2023-01..2023-02", ["cut-end", "leap-day"]),
        ("2022-01-01..2023-02-28", "2023", None, "2023-01..2023-02", "2022-01..2022-02", ["cut-end"]),
        ("2023..2024", "2024-05", "previous", "2024-05", "2024-04", ["unequal-days"]),
        ("2023-01-01..2024-05-12", "2024-05", "previous", "2024-05-01..2024-05-12", "2024-04-01..2024-04-12", ["cut-end"]),
        ("2023-01-01..2024-03-30", "2024-03", "previous", "2024-03-01..2024-03-30", "2024-02",
         ["cut-end", "unequal-days", "spring-festival"]),
        ("2022-01-01..2024-05-12", "2024", "2022", "2024-01-01..2024-05-12", "2022-01-01..2022-05-12", ["cut-end", "leap-day"]),
        ("2023-01-01..2023-09-25", "2023-09-11..2023-09-30", "2023-08-12..2023-08-31",
         "2023-09-11..2023-09-25", "2023-08-12..2023-08-26", ["cut-end"]),
        ("2023-03-15..2024-12-31", "2024", None, "2024-03-15..2024-12-31", "2023-03-15..2023-12-31", ["cut-start"]),
        ("2023-03-15..2024-05-12", "2024", None, "2024-03-15..2024-05-12", "2023-03-15..2023-05-12", ["cut-end", "cut-start"]),
        ("2023-03-15..2024-12-31", "2024", "2023", "2024-03-15..2024-12-31", "2023-03-15..2023-12-31", ["cut-start"]),
        ("2023-01-01..2024-05-12", "2023", "2024", "2023-01-01..2023-05-12", "2024-01-01..2024-05-12", ["cut-end", "leap-day"]),
        ("2023-01-01..2024-04-30", "2024Q2", "previous", "2024-04", "2024-01", ["cut-end", "unequal-days"]),
        ("2023-09-15..2023-12-31", "2023-09-11..2023-09-30", "2023-10-01..2023-10-20",
         "2023-09-15..2023-09-30", "2023-10-05..2023-10-20", ["cut-start"]),
        ("2024-01-01..2024-06-30", "2024-05", "2024-01", "2024-05", "2024-01", []),
        ("2023..2024", "2024-02-29", None, "2024-02-29", "2023-02-28", []),
        ("2023..2024", "2024-02", None, "2024-02", "2023-02", ["leap-day", "spring-festival"]),
        ("2023..2024", "2024-01", None, "2024-01", "2023-01", ["spring-festival"]),
    ],
)  # fmt: skip
def test_windows(
    data: str, period: str | None, against: str | None, current: str, baseline: str, notes: list[str]
) -> None:
    other = against if against in (None, "previous") else parse(against)
    windows = settle(facts_of(data), parse(period) if period else None, other)
    assert (windows.period, windows.baseline) == (parse(current), parse(baseline))
    assert windows.covered
    assert codes(windows) == notes


def test_asked_is_the_whole_year_and_complete_says_whether_the_data_cover_it() -> None:
    windows = settle(facts_of("2023-01-01..2024-05-12"))
    assert windows.asked == parse("2024")
    assert not windows.complete
    assert settle(facts_of("2023..2024")).complete
    assert (windows.data_start, windows.data_end) == ("2023-01-01", "2024-05-12")


def test_a_text_against_is_read_like_a_period() -> None:
    assert settle(facts_of("2023..2024"), parse("2024-05"), "2023-06").baseline == parse("2023-06")


@pytest.mark.parametrize("period", ["2022", "2025-02", "2023-12-31"])
def test_a_period_outside_the_data_is_refused(period: str) -> None:
    with pytest.raises(UsageError) as error:
        settle(facts_of("2024"), parse(period))
    assert error.value.code == "period-outside-data"
    assert error.value.facts == {"period": str(parse(period)), "start": "2024-01-01", "end": "2024-12-31"}


def test_no_tickets_is_an_input_error() -> None:
    empty = Facts(
        make_facts([{"accepted": "2024-01-01"}]).frame.iloc[:0],
        make_facts([{"accepted": "2024-01-01"}]).types,
    )
    with pytest.raises(InputError) as error:
        settle(empty)
    assert error.value.code == "nothing-to-compare"


def test_rows_that_count_nothing_are_no_tickets() -> None:
    with pytest.raises(InputError):
        settle(make_facts([{"accepted": "2024-01-01", "n": 0}]))


@pytest.mark.parametrize(
    ("span", "expected"),
    [("2024-02-08", 0), ("2024-02-09", 1), ("2024-02-16", 1), ("2024-02-17", 0), ("2024", 8), ("2023..2024", 16),
     ("2023-01-01..2023-01-25", 5)],
)  # fmt: skip
def test_days_of_the_spring_festival_week(span: str, expected: int) -> None:
    """Eve to the seventh day; the first day was 2024-02-10 and 2023-01-22."""
    assert festival_days(parse(span)) == expected


def test_years_whose_festival_is_not_known_are_not_judged() -> None:
    assert "spring-festival" not in codes(settle(facts_of("2101..2102"), parse("2102-02")))
    assert "spring-festival" in codes(settle(facts_of("2033..2034"), parse("2034-02")))


def test_without_a_baseline_nothing_is_cut_for_it() -> None:
    windows = settle(facts_of("2024"))
    assert not windows.covered
    assert windows.period == parse("2024")
    assert windows.baseline == parse("2023")
    assert codes(windows) == ["no-baseline"]


def test_a_period_that_begins_before_the_data_is_cut_alone() -> None:
    windows = settle(facts_of("2024-03-15..2024-12-31"), parse("2024"))
    assert windows.period == Period(date(2024, 3, 15), date(2024, 12, 31))
    assert codes(windows) == ["cut-start-alone", "no-baseline"]


def test_empty_months_are_named_in_both_windows() -> None:
    rows = [
        r
        for r in daily(date(2023, 1, 1), date(2024, 12, 31))
        if str(r["accepted"])[:7] not in ("2023-04", "2024-07")
    ]
    windows = settle(make_facts([{**r, "n": 0 if str(r["accepted"])[8:] != "01" else 1} for r in rows]))
    note = next(n for n in windows.notes if n.code == "empty-months")
    assert dict(note.facts) == {"months": "2023-04, 2024-07", "months_zh": "2023-04、2024-07"}
    assert "empty-months" not in codes(settle(make_facts(rows)))  # one a day: these months are gaps


def test_a_month_whose_rows_count_nothing_is_empty() -> None:
    rows = daily(date(2023, 1, 1), date(2023, 1, 31)) + daily(date(2023, 2, 1), date(2023, 2, 28), n=0)
    windows = settle(make_facts([*rows, {"accepted": "2023-03-31"}]), parse("2023-01..2023-03"))
    assert [dict(n.facts)["months"] for n in windows.notes if n.code == "empty-months"] == ["2023-02"]


def test_the_part_of_a_month_is_not_an_empty_month() -> None:
    windows = settle(
        make_facts([{"accepted": "2023-01-31"}, {"accepted": "2024-01-05"}, {"accepted": "2024-02-01"}])
    )
    assert "empty-months" not in codes(windows)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "data", ["2022-01-01..2024-05-12", "2023-03-15..2024-12-31", "2024", "2024-03-15..2024-10-01"]
)
def test_every_note_has_a_text(data: str, lang: str) -> None:
    windows = settle(facts_of(data), parse("2024"))
    texts = [n.text(lang) for n in windows.notes]  # type: ignore[arg-type]
    assert texts and all("{" not in t for t in texts)


def test_the_official_sentence_names_both_windows() -> None:
    windows = settle(facts_of("2022-01-01..2024-05-12"))
    assert (
        windows.notes[0].text("zh")
        == "数据截至2024-05-12，按同口径比较2024-01-01—2024-05-12与2023-01-01—2023-05-12。"
    )


days = st.dates(date(2015, 1, 1), date(2026, 12, 31))


def as_period(a: date, b: date) -> Period:
    return Period(min(a, b), max(a, b))


@given(
    data=st.builds(as_period, days, days),
    asked=st.builds(as_period, days, days),
    against=st.one_of(st.none(), st.just("previous"), st.builds(as_period, days, days)),
)
def test_windows_stay_inside_what_was_asked_and_inside_the_data(
    data: Period, asked: Period, against: Period | str | None
) -> None:
    facts = make_facts([{"accepted": data.start}, {"accepted": data.end}])
    if asked.end < data.start or asked.start > data.end:
        with pytest.raises(UsageError):
            settle(facts, asked, against)
        return
    windows = settle(facts, asked, against)
    assert asked.start <= windows.period.start <= windows.period.end <= asked.end
    assert data.start <= windows.period.start and windows.period.end <= data.end
    if windows.covered:
        assert data.start <= windows.baseline.start and windows.baseline.end <= data.end
    else:
        inside = [max(windows.baseline.start, data.start), min(windows.baseline.end, data.end)]
        assert 3 * ((inside[1] - inside[0]).days + 1) < windows.baseline.days
    if against is None and windows.covered:
        assert abs(windows.period.days - windows.baseline.days) <= 1
    if windows.period != windows.asked:
        assert any(n.code.startswith("cut-") for n in windows.notes)
