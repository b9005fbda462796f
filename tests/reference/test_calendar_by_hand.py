"""Adjusted changes, assessment years and missing files, worked out by hand."""

from pathlib import Path

import pytest
from reference_files import every_day, export

import hotline_stats as hs


@pytest.fixture
def flat(tmp_path: Path):
    """Ten tickets on every day of 2022–2024, whatever kind of day it is: every kind weighs 1."""
    return hs.load(export(tmp_path / "a.csv", every_day("2022-01-01", "2024-12-31", 10)))


def test_where_all_days_are_alike_only_their_number_is_adjusted(flat) -> None:
    """February: 290 against 280 is +3.571 %; by the days, 29 / 28, nothing is left."""
    found = hs.compare(flat, by="month", period="2024")
    row = found.row("2024-02")
    assert (row["current"], row["baseline"]) == (290, 280)
    assert row["change_pct"] == pytest.approx(100 / 28)
    assert row["calendar_pct"] == pytest.approx(0, abs=1e-9)
    others = found.rows["calendar_pct"].tolist()
    assert [x for i, x in enumerate(others) if i != 1] == [None] * 11
    assert found.total["calendar_pct"] is None  # 366 / 365 is within half a percent


def test_weekends_that_bring_half_as_much(tmp_path: Path) -> None:
    """Ten on a working day, five on any other: June 2024 had 19 working days (the 10th a holiday) and 11 others, June
    2023 20 (the 25th worked, the 22nd and 23rd holidays were days off) less one, 21 and 9. 245 against 255."""
    import chinese_calendar

    days = {
        d: 10 if chinese_calendar.is_workday(__import__("datetime").date.fromisoformat(d)) else 5
        for d in every_day("2022-01-01", "2024-12-31", 1)
    }
    tickets = hs.load(export(tmp_path / "b.csv", days))
    row = hs.compare(tickets, by="month", period="2024").row("2024-06")
    assert (row["current"], row["baseline"]) == (19 * 10 + 11 * 5, 21 * 10 + 9 * 5)
    assert row["change_pct"] == pytest.approx(100 * (245 / 255 - 1))
    assert row["calendar_pct"] == pytest.approx(0, abs=1e-9)


def test_an_assessment_year_from_november(flat) -> None:
    """AY2024 is 2023-11-01—2024-10-31, 366 days; the year before has 365, of which the data begin on 2022-01-01."""
    settings = hs.config(comparison__year_start=11)
    for text in ("AY2024", "2024年度"):
        found = hs.compare(flat, period=text, settings=settings)
        assert found.windows.period.label == "2023-11..2024-10"
        assert found.windows.baseline.label == "2022-11..2023-10"
        assert (found.total["current"], found.total["baseline"]) == (3660, 3650)
        assert f"{text}指2023-11-01—2024-10-31。" in found.to_dict("zh")["notes"]
    to_date = hs.compare(flat, period="ytd", settings=settings)
    assert to_date.windows.period.label == "2024-11..2024-12" and to_date.windows.complete


def test_to_date_ends_on_the_last_day_covered(tmp_path: Path) -> None:
    """Ten a day to 2024-05-12: 133 days against 132 of 2023."""
    tickets = hs.load(export(tmp_path / "c.csv", every_day("2023-01-01", "2024-05-12", 10)))
    for text in ("ytd", "2024-ytd"):
        found = hs.compare(tickets, period=text)
        assert found.windows.period.label == "2024-01-01..2024-05-12" and found.windows.complete
        assert (found.total["current"], found.total["baseline"]) == (1330, 1320)


def test_a_missing_file_between_two_is_named(tmp_path: Path) -> None:
    """April 2024 is in no file: 336 days are left of 2024 and 335 of 2023."""
    export(tmp_path / "1.csv", every_day("2023-01-01", "2024-03-31", 10))
    export(tmp_path / "2.csv", every_day("2024-05-01", "2024-12-31", 10))
    found = hs.compare(tmp_path, by="month", period="2024")
    assert (found.total["current"], found.total["baseline"]) == (3660 - 300, 3650 - 300)
    assert found.row("2024-04")["status"] == "incomplete"
    said = " ".join(found.to_dict("en")["notes"])
    assert "between file 1.csv (to 2024-03-31) and 2.csv (from 2024-05-01)" in said


def test_an_export_made_at_noon_names_its_file(tmp_path: Path) -> None:
    """Sixty a day; 24 had come in on the last day. It is left out of both years."""
    export(tmp_path / "1.csv", every_day("2023-01-01", "2023-12-31", 60))
    export(tmp_path / "2.csv", every_day("2024-01-01", "2024-05-19", 60) | {"2024-05-20": 24})
    found = hs.compare(tmp_path, period="2024-ytd")
    assert found.windows.period.end.isoformat() == "2024-05-19"
    assert (found.total["current"], found.total["baseline"]) == (140 * 60, 139 * 60)
    said = " ".join(found.to_dict("en")["notes"])
    assert "2024-05-20: 24 tickets where about 60.0 a day are usual" in said and "from file 2.csv" in said
