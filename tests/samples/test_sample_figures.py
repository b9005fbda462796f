"""The figures that the samples are made for, computed from the written files with plain pandas."""

from pathlib import Path

import pandas as pd
import pytest
from sample_frames import MISSING, SAMPLES, WEIGHTS, tickets, truth

from hotline_stats.samples import write

HEADLINE = [
    "illegal_construction", "corridor_clutter", "load_bearing", "cooking_fumes", "home_renewal", "nimby", "parking", "lift",
]  # fmt: skip
PROPERTY = ["property_service", "owners_committee", "building_repair"]


@pytest.fixture(scope="module", params=["committed", 7, 20240131])
def directory(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "committed":
        return SAMPLES
    made = tmp_path_factory.mktemp("samples")
    write(made, seed=request.param)
    return made


@pytest.fixture(scope="module")
def rows(directory: Path) -> pd.DataFrame:
    return tickets(directory)


def by_year(rows: pd.DataFrame) -> list[int]:
    return rows["accepted"].dt.year.value_counts().reindex([2023, 2024]).tolist()


def change_pct(rows: pd.DataFrame) -> float:
    before, after = by_year(rows)
    return round(100 * (after - before) / before, 4)


def test_complaints_about_property(rows: pd.DataFrame) -> None:
    assert by_year(rows[rows["type_primary"].isin(PROPERTY) & (rows["request"] == "投诉")]) == [1368, 1102]


def test_headline_types(rows: pd.DataFrame) -> None:
    assert -17.55 < change_pct(rows[rows["type_primary"].isin(HEADLINE)]) <= -17.45
    assert -33.65 < change_pct(rows[rows["type_primary"] == "illegal_construction"]) <= -33.55
    assert -30.25 < change_pct(rows[rows["type_primary"] == "corridor_clutter"]) <= -30.15
    assert all(min(by_year(rows[rows["type_primary"] == t])) >= 40 for t in HEADLINE)


def test_satisfaction_rises_by_a_tenth_on_the_closed_clock(rows: pd.DataFrame) -> None:
    rated = rows[rows["satisfaction"].isin(WEIGHTS)]
    assert rated["closed"].notna().all()
    rate = rated["satisfaction"].map(WEIGHTS).groupby(rated["closed"].dt.year).mean()
    assert rate[2023] == pytest.approx(0.746, abs=0.001)
    assert 9.95 <= 100 * (rate[2024] / rate[2023] - 1) < 10.05


def test_other_rates_are_plausible(rows: pd.DataFrame) -> None:
    def rate(column: str, yes: str, no: str) -> list[float]:
        said = rows[rows[column].isin([yes, no])]
        return (said[column] == yes).groupby(said["closed"].dt.year).mean().reindex([2023, 2024]).tolist()

    contact, resolution = rate("contacted", "是", "否"), rate("resolved", "实际解决", "解释说明")
    done = rows[rows["closed"].notna()]
    on_time = (done["closed"] <= done["due"]).groupby(done["closed"].dt.year).mean()
    assert 0.89 < contact[0] < 0.93 < 0.94 < contact[1] < 0.98
    assert 0.58 < resolution[0] < 0.65 < 0.67 < resolution[1] < 0.74
    assert 0.91 < on_time[2023] < 0.95 < 0.955 < on_time[2024] < 0.985


def test_the_two_years_are_filled_from_end_to_end(rows: pd.DataFrame) -> None:
    days = rows["accepted"].dt.normalize()
    assert (str(days.min().date()), str(days.max().date())) == ("2023-01-01", "2024-12-31")
    before, after = by_year(rows)
    assert -0.1 < after / before - 1 < -0.06
    months = rows.groupby(rows["accepted"].dt.to_period("M")).size()
    assert months.nunique() > 15
    assert months["2024-02"] < months["2024-03"]
    assert months["2023-01"] < months["2023-03"]


def test_places_and_units(rows: pd.DataFrame) -> None:
    counts = {c: rows[c].nunique() for c in ("station", "grid", "community", "estate", "unit")}
    assert counts == {"station": 2, "grid": 8, "community": 24, "estate": 70, "unit": 12}
    years = rows.groupby(["community", rows["accepted"].dt.year]).size().unstack()
    change = years[2024] - years[2023]
    assert (change > 0).sum() >= 2
    assert change[change < 0].nsmallest(4).sum() < 0.3 * change[change < 0].sum()


def test_truth_says_what_the_last_rows_say(rows: pd.DataFrame, directory: Path) -> None:
    true = truth(directory).set_index("ticket_id")
    mine = rows.set_index("id").reindex(true.index)
    assert len(rows) == len(true)
    assert mine["accepted"].dt.strftime("%Y-%m-%dT%H:%M:%S").tolist() == true["accepted"].tolist()
    assert mine["closed"].dt.strftime("%Y-%m-%dT%H:%M:%S").fillna("").tolist() == true["closed"].tolist()
    for column, name in (
        ("request", "request_type"),
        ("community", "community"),
        ("estate", "estate"),
        ("unit", "unit"),
    ):
        assert mine[column].tolist() == true[name].tolist()
    known = {
        **dict.fromkeys(MISSING, ""),
        "是": "true",
        "否": "false",
        "实际解决": "true",
        "解释说明": "false",
    }
    for column in ("contacted", "resolved"):
        assert mine[column].map(known).tolist() == true[column].tolist()
    assert mine["satisfaction"].replace(list(MISSING), "").tolist() == true["satisfaction"].tolist()
    assert (
        mine["repeat_of"].isin(MISSING).map({True: "false", False: "true"}).tolist()
        == true["repeat"].tolist()
    )
