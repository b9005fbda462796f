"""`--audience`: for whom a report is."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs
from hotline_stats.errors import UsageError

Run = Callable[..., Result]


def test_an_unknown_audience_is_a_usage_error_that_names_the_known_ones(run: Run, export: Path) -> None:
    done = run("report", export, "--audience", "press")
    assert done.exit_code == 2
    assert "internal | public" in done.stderr and "press" in done.stderr
    assert not list(Path.cwd().iterdir())


def test_a_report_for_the_public(run: Run, export: Path) -> None:
    done = run("report", export, "--audience", "public", "--lang", "en", "--out", "out", "--quiet")
    assert done.exit_code == 0, done.output
    found = json.loads(Path("out/report.json").read_text("utf-8"))
    assert found["audience"] == "public" and "unit" not in found["by"]
    names = {p.name for p in Path("out").iterdir()}
    assert {"charts", "manifest.json", "report.html", "report.json"} <= names and "findings.csv" not in names
    page = Path("out/report.html").read_text("utf-8")
    assert "not given and marked" in page and "export.csv" not in page
    # 4, 2 and 1 tickets of a month: of the months of a type nothing is left
    assert {m["baseline"] for m in found["series"]["parking"]} == {None}


def test_a_condition_on_a_unit_cannot_be_published(run: Run, export: Path) -> None:
    done = run("report", export, "--audience", "public", "--where", "unit=城管中队")
    assert done.exit_code == 2 and "unit" in done.stderr


def test_windows_that_overlap_cannot_be_published(export: Path) -> None:
    settings = hs.config(report__audience="public")
    with pytest.raises(UsageError) as error:
        hs.report(export, period="2024-01..2024-06", against="2024-03..2024-08", settings=settings)
    assert error.value.code == "public-overlap"


def test_the_monthly_job_passes_it_through(run: Run, export: Path) -> None:
    arguments = ("export", export, "--month", "2024-12", "--out", "out", "--audience", "public")
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    folder = Path("out/2024-12")
    assert not (folder / "findings.csv").exists() and (folder / "tables" / "type.parquet").exists()
    assert not (folder / "tables" / "unit.csv").exists()
    assert "Nothing has changed" in run(*arguments).stderr
    with export.open("a", encoding="gb18030") as file:
        file.write("T99999,2024-12-02 08:00:00,,投诉,甲居委会,城管中队,乱停车,小区乱停车,,,\n")
    assert "Published" in run(*arguments).stderr
