"""`services`: the same figures as the API's, in each format."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs

Run = Callable[..., Result]


def test_json_is_what_the_api_gives(export: Path, run: Run) -> None:
    everything = json.loads(run("services", export, "--format", "json").stdout)
    assert everything["schema"] == "hotline-stats/services/1" and "rows" not in everything
    assert everything["figures"] == [f.to_dict() for f in hs.services(export).figures]
    by = json.loads(run("services", export, "--by", "unit", "--format", "json", "--lang", "en").stdout)
    assert by == hs.services_by(export, "unit").to_dict("en")
    assert [r["key"] for r in by["rows"]] == ["城管中队"] and by["rows"][0]["accepted_n"] == 60


def test_csv_has_a_row_for_each_unit_and_figure(export: Path, run: Run) -> None:
    found = list(
        csv.DictReader(io.StringIO(run("services", export, "--by", "community", "--format", "csv").stdout))
    )
    frame = hs.services_by(export, "community").to_pandas()
    assert [(r["key"], r["figure"]) for r in found] == list(zip(frame["key"], frame["figure"], strict=True))
    assert list(found[0]) == list(frame.columns)
    one = run("services", export, "--by", "community", "--format", "csv", "--figure", "satisfaction").stdout
    assert len(list(csv.DictReader(io.StringIO(one)))) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("more", [[], ["--by", "unit"], ["--by", "unit", "--figure", "satisfaction"]])
def test_tables_for_people(export: Path, run: Run, lang: str, form: str, more: list[str]) -> None:
    found = run("services", export, "--format", form, "--lang", lang, *more)
    assert found.exit_code == 0, found.stderr
    assert "100.0%" in found.stdout and "nan" not in found.stdout and "None" not in found.stdout
    assert ("城管中队" in found.stdout) == bool(more)


def test_households(export: Path, run: Run, tmp_path: Path) -> None:
    homes = tmp_path / "homes.csv"
    homes.write_text("居村,户数\n甲居委会,1000\n乙居委会,500\n", "utf-8")
    found = json.loads(
        run("services", export, "--by", "community", "--households", homes, "--format", "json").stdout
    )
    assert (found["rows"][0]["per_100"], found["rows"][0]["baseline_per_100"]) == (6.0, 8.4)
    assert found["total"]["per_100"] == 4.0
    assert any("乙居委会" in n for n in found["notes"])
    assert "6.0" in run("services", export, "--by", "community", "--households", homes).stdout
    same = hs.services_by(export, "community", households=homes)
    assert same.counts["per_100"].tolist() == [6.0]


@pytest.mark.parametrize(
    "wrong",
    [
        ["--by", "month"],
        ["--figure", "nothing"],
        ["--households", "none.csv"],
        ["--by", "estate", "--households", "none.csv"],
    ],
)
def test_wrong_options_end_with_2(export: Path, run: Run, wrong: list[str]) -> None:
    found = run("services", export, *wrong)
    assert found.exit_code == 2 and "Traceback" not in found.stderr and found.stdout == ""
