"""`drivers` and `series` say what the API says, in every form, and refuse what is not a column or a rate."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs

Run = Callable[..., Result]


@pytest.mark.parametrize("by", ["type,community", "type,unit", "type,channel", "request-type"])
def test_drivers_json_is_the_api(by: str, run: Run, export: Path) -> None:
    done = run("drivers", export, "--by", by, "--format", "json", "--quiet")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(json.dumps(hs.drivers(export, by).to_dict("zh")))


def test_drivers_by_hand(run: Run, export: Path) -> None:
    """84 tickets, then 60: parking 48 → 36, illegal construction 24 → 12, other 12 → 12."""
    found = json.loads(run("drivers", export, "--by", "type", "--top", "1", "--format", "json").stdout)
    assert found["schema"] == "hotline-stats/drivers/1"
    assert found["rows"][0]["type"] == "illegal_construction"
    assert found["rows"][0]["contribution_pp"] == pytest.approx(-1200 / 84)
    assert [(r["rest"], r["cells_n"], r["change"]) for r in found["rest"]] == [
        ("down", 1, -12),
        ("same", 1, 0),
    ]
    assert found["total"]["contribution_pp"] == pytest.approx(-2400 / 84)


@pytest.mark.parametrize("rate", ["satisfaction", "on-time-rate"])
def test_rate_drivers_json_is_the_api(rate: str, run: Run, export: Path) -> None:
    done = run("drivers", export, "--by", "type", "--rate", rate, "--format", "json", "--quiet")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(
        json.dumps(hs.drivers(export, "type", rate=rate).to_dict("zh"))
    )


@pytest.mark.parametrize("by", ["type", "group", "unit", "request-type"])
def test_series_json_is_the_api(by: str, run: Run, export: Path) -> None:
    done = run("series", export, "--by", by, "--format", "json", "--quiet")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(json.dumps(hs.series(export, by).to_dict("zh")))


def test_series_by_hand(run: Run, export: Path) -> None:
    run("series", export, "--format", "csv", "-o", "series.csv")
    rows = list(csv.DictReader(io.StringIO(Path("series.csv").read_text("utf-8-sig"))))
    total = [r for r in rows if r["key"] == "total"]
    assert [r["n"] for r in total] == ["7"] * 12 + ["5"] * 12
    assert [r["sum_12"] for r in total][11:14] == ["84", "82", "80"] and total[0]["sum_12"] == ""
    assert [r["year_before"] for r in total][11:13] == ["", "7"]
    assert total[-1]["rules"] == "run"


@pytest.mark.parametrize("command", ["drivers", "series"])
@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_forms_for_people(command: str, form: str, run: Run, export: Path) -> None:
    done = run(command, export, "--format", form, "--lang", "en", "--where", "request-type=投诉", "--quiet")
    assert done.exit_code == 0, done.output
    assert "Parking" in done.stdout and not re.search(r"\b(nan|None)\b", done.stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ("drivers", "--by", "type,type"), ("drivers", "--by", "group"), ("drivers", "--by", ""),
        ("drivers", "--by", "type", "--rate", "joy"), ("drivers", "--top", "-1"), ("series", "--by", "month"),
    ],
)  # fmt: skip
def test_wrong_questions_end_with_two(arguments: tuple[str, ...], run: Run, export: Path) -> None:
    done = run(arguments[0], export, *arguments[1:])
    assert done.exit_code == 2 and "Traceback" not in done.output
