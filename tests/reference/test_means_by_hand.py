"""`--against mean:n`, worked out by hand from a few counts."""

from pathlib import Path

import pytest
from reference_files import every_day, export

import hotline_stats as hs
from hotline_stats.analysis import monthly
from hotline_stats.errors import UsageError


def mays(counts: dict[int, int]) -> dict[str, int]:
    """Tickets of May on its first and last day, and one on 1 January of the first and 31 December of the last year."""
    out = {f"{min(counts)}-01-01": 1, f"{max(counts)}-12-31": 1}
    for year, n in counts.items():
        out |= {f"{year}-05-01": n - n // 2, f"{year}-05-31": n // 2}
    return out


@pytest.fixture
def tickets(tmp_path: Path):
    """May 2021–2024: 40, 50, 65 and 31 tickets."""
    return hs.load(export(tmp_path / "a.csv", mays({2021: 40, 2022: 50, 2023: 65, 2024: 31})))


def test_the_mean_of_three_years(tickets) -> None:
    """(40 + 50 + 65) / 3 = 51.667; 31 − 51.667 = −20.667; 31 / 51.667 − 1 = −40 %.

    The limits of r are three times the roots x of (31 − 155 x)² = z² · 3 · x · (31 + 155), z = 1.959964, 3 the assumed
    variance/mean (`min_pairs` is out of reach): x = 0.103776 and 0.385445, so r = 0.311329 and 1.156334.
    """
    settings = hs.config(comparison__min_pairs=99)
    total = hs.compare(tickets, period="2024-05", against="mean:3", settings=settings).total
    assert (total["current"], total["status"], total["verdict"]) == (31, "ok", "within-noise")
    assert total["baseline"] == pytest.approx(155 / 3)
    assert total["change"] == pytest.approx(31 - 155 / 3)
    assert total["change_pct"] == pytest.approx(-40.0)
    assert total["low_pct"] == pytest.approx(-68.86713, abs=1e-5)
    assert total["high_pct"] == pytest.approx(15.63343, abs=1e-5)


def test_the_mean_of_one_year_is_last_year(tickets) -> None:
    one = hs.compare(tickets, period="2024-05", against="mean:1")
    last = hs.compare(tickets, period="2024-05")
    assert dict(one.total) == dict(last.total)


def test_a_mean_that_is_whole_is_a_whole_number(tickets) -> None:
    """(65 + 50 + 40 ) / 3 is not; (65 + 50) / 2 = 57.5 is not; May of 2022 and 2021 for 2023: (50 + 40) / 2 = 45 is."""
    found = hs.compare(tickets, period="2023-05", against="mean:2")
    assert found.total["baseline"] == 45 and found.rows["baseline"].dtype == "int64"
    assert hs.compare(tickets, period="2024-05", against="mean:2").total["baseline"] == 57.5


def test_years_that_the_data_lack_are_named_and_not_in_the_mean(tickets) -> None:
    found = hs.compare(tickets, period="2024-05", against="mean:5")
    assert found.total["baseline"] == pytest.approx(155 / 3)
    assert [p.label for p in found.windows.means] == ["2023-05", "2022-05", "2021-05"]
    said = found.to_dict("en")["notes"]
    assert any("2020-05-01—2020-05-31, 2019-05-01—2019-05-31" in n and "mean of 3" in n for n in said)
    none = hs.compare(tickets, period="2021-05", against="mean:2")
    assert none.total["status"] == "incomplete" and not none.windows.covered


def test_json_says_what_the_mean_is_of(tickets) -> None:
    found = hs.compare(tickets, period="2024-05", against="mean:2").to_dict()
    assert found["baseline"]["label"] == "2023-05"
    assert [m["label"] for m in found["means"]] == ["2023-05", "2022-05"]
    assert "means" not in hs.compare(tickets, period="2024-05").to_dict()


def test_months_and_contributions_of_a_mean(tmp_path: Path) -> None:
    """Two a day in 2022, four in 2023, five in 2024: 31 days of January are 155 against (62 + 124) / 2 = 93."""
    days = every_day("2022-01-01", "2022-12-31", 2) | every_day("2023-01-01", "2023-12-31", 4)
    tickets = hs.load(export(tmp_path / "b.csv", days | every_day("2024-01-01", "2024-12-31", 5)))
    months = hs.compare(tickets, by="month", period="2024", against="mean:2")
    assert months.rows["current"].tolist()[:2] == [155, 145]
    assert months.rows["baseline"].tolist()[:2] == [93, 84]
    assert months.total["baseline"] == 1095 and months.total["current"] == 1830
    total = monthly(tickets.facts, months.windows).frame.query("key == 'total'")
    assert total["baseline"].tolist() == months.rows["baseline"].tolist()
    parts = hs.contributions(tickets, period="2024", against="mean:2")
    assert parts.rows["contribution_pp"].sum() == pytest.approx(100 * 735 / 1095)
    assert parts.total_change == 735


def test_a_gap_in_one_year_is_left_out_of_all(tmp_path: Path) -> None:
    """Ten a day; a week of May 2022 is missing: 24 days of each May are counted, 240 against (240 + 240) / 2."""
    days = every_day("2022-01-01", "2024-12-31", 10)
    for day in range(6, 13):
        del days[f"2022-05-{day:02d}"]
    found = hs.compare(export(tmp_path / "c.csv", days), period="2024-05", against="mean:2")
    assert (found.total["current"], found.total["baseline"]) == (240, 240)
    assert found.windows.left_out[0].label == "2024-05-06..2024-05-12"


def test_a_period_of_more_than_a_year_has_no_mean(tickets) -> None:
    with pytest.raises(UsageError) as error:
        hs.compare(tickets, period="2023..2024", against="mean:2")
    assert error.value.code == "mean-too-long"


@pytest.mark.parametrize("text", ["mean:0", "mean", "mean:x", "mean:-2"])
def test_what_is_no_mean_is_refused(tickets, text: str) -> None:
    with pytest.raises(UsageError) as error:
        hs.compare(tickets, period="2024-05", against=text)
    assert error.value.code == "bad-period"
