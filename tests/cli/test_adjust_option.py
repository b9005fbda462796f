"""`compare --adjust`: raw and adjusted figures side by side in every form, the API's own, and what is refused."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import hotline_stats as hs
from hotline_stats.errors import HotlineStatsError
from hotline_stats.model.adjustment import ADJUSTED_COLUMNS

Run = Callable[..., Result]
LABELLED = "content,primary\n" + "".join(
    f"{text}第{i}次,{true}\n"
    for text, true, n in (
        ("外来车辆乱停车占了消防通道", "parking", 90),
        ("外来车辆乱停车占了消防通道", "noise", 10),  # what is found as parking and is not
        ("深夜装修噪声扰民", "noise", 30),
        ("咨询社保卡办理需要什么材料", "other", 50),
    )
    for i in range(n)
)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.csv"
    path.write_text(LABELLED, encoding="utf-8")
    return path


@pytest.fixture
def evaluated(labelled: Path, run: Run) -> Path:
    done = run("types", "evaluate", labelled, "--random", "--format", "json", "-o", "eval.json")
    assert done.exit_code == 0, done.output
    return Path("eval.json").resolve()


def test_json_is_the_api(run: Run, export: Path, evaluated: Path, labelled: Path) -> None:
    done = run("compare", export, "--adjust", evaluated, "--format", "json", "--lang", "en")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    for adjust in (
        evaluated,
        str(evaluated),
        hs.load_evaluation(evaluated),
        hs.evaluate(labelled, random=True),
    ):
        assert said == json.loads(json.dumps(hs.compare(export, adjust=adjust).to_dict("en")))
    rows = {r["key"]: r for r in said["rows"]}
    parking = rows["parking"]["adjusted"]
    assert parking["status"] == "ok" and parking["labels_n"] == 90
    assert parking["current"] == pytest.approx(36) and parking["baseline"] == pytest.approx(48)
    assert parking["current_low"] <= 36 <= parking["current_high"]
    assert rows["illegal_construction"]["adjusted"]["status"] == "not-identifiable"
    assert rows["illegal_construction"]["adjusted"]["reason"] == "few-labels"
    assert said["adjustment"]["sample"]["n"] == 180 and said["adjustment"]["draws"] == 1000
    assert {g["key"] for g in said["groups"]} and all("adjusted" in g for g in said["groups"])
    assert "must be drawn at random from the tickets counted" in " ".join(said["notes"])
    assert "taken to be equal in both years" in " ".join(said["notes"])


def test_without_it_nothing_is_added(run: Run, export: Path) -> None:
    assert "adjust" not in run("compare", export, "--format", "json", "--lang", "en").stdout


def test_csv(run: Run, export: Path, evaluated: Path) -> None:
    done = run("compare", export, "--adjust", evaluated, "--format", "csv")
    rows = {r["key"]: r for r in csv.DictReader(io.StringIO(done.stdout))}
    assert list(rows["parking"])[-13:] == [f"adjusted_{c}" for c in ADJUSTED_COLUMNS[1:]]
    assert float(rows["parking"]["adjusted_current"]) == pytest.approx(36)
    assert rows["parking"]["current"] == "36"
    assert rows["illegal_construction"]["adjusted_change_pct"] == ""
    frame = hs.compare(export, adjust=evaluated).to_pandas().set_index("key")
    for column in ("adjusted_current", "adjusted_low_pct", "adjusted_baseline_high"):
        assert float(rows["parking"][column]) == pytest.approx(float(frame.loc["parking", column]))
    assert frame["adjusted_current"].dtype == "Float64"


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("by", ["type", "group"])
def test_for_people(form: str, by: str, run: Run, export: Path, evaluated: Path) -> None:
    said = run("compare", export, "--adjust", evaluated, "--format", form, "--by", by, "--lang", "en").stdout
    assert "2024, adjusted" in said and "Change, %, adjusted" in said
    assert "not identifiable" in said and not re.search(r"\b(nan|inf|None)\b", said)
    if by == "type":
        (line,) = [x for x in said.splitlines() if "Parking" in x]
        assert line.count("−25.0%") == 2 and "48" in line
    chinese = run(
        "compare", export, "--adjust", evaluated, "--format", form, "--by", by, "--lang", "zh"
    ).stdout
    assert "2024年（校正）" in chinese and "无法校正" in chinese and "假定两年误判情况相同" in chinese


def test_one_year_alone(run: Run, export: Path, evaluated: Path) -> None:
    """Without a baseline there is a column for the current count only."""
    done = run("compare", export, "--period", "2023", "--adjust", evaluated, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "adjusted" in done.stdout and "Change" not in done.stdout.partition("\n\nNote")[0]


def change(path: Path, place: str, value: object) -> None:
    said: dict[str, Any] = json.loads(path.read_text("utf-8"))
    *steps, last = place.split(".")
    at: Any = said
    for step in steps:
        at = at[step]
    at[last] = value
    path.write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "value", "code", "told"),
    [
        ("taxonomy.version", "0.9", "adjust-other-taxonomy", "wujiaochang 0.9"),
        ("taxonomy.sha256", "ab" * 32, "adjust-other-taxonomy", "(abababababab)"),
        ("model", {"sha256": "cd" * 32}, "adjust-other-model", "cdcdcdcdcdcd"),
        ("sample.random", False, "adjust-not-random", "labelled.csv"),
        ("schema", "hotline-stats/evaluation/9", "evaluation-not-read", "eval.json"),
    ],
)
def test_an_evaluation_of_something_else(
    place: str, value: object, code: str, told: str, run: Run, export: Path, evaluated: Path
) -> None:
    change(evaluated, place, value)
    done = run("compare", export, "--adjust", evaluated)
    assert done.exit_code == 3 and told in done.stderr
    with pytest.raises(HotlineStatsError) as error:
        hs.compare(export, adjust=evaluated)
    assert error.value.code == code


def test_too_few_labels(run: Run, export: Path, labelled: Path) -> None:
    labelled.write_text("".join(LABELLED.splitlines(keepends=True)[:60]), encoding="utf-8")
    run("types", "evaluate", labelled, "--random", "--format", "json", "-o", "few.json")
    done = run("compare", export, "--adjust", "few.json")
    assert done.exit_code == 3 and "59 labelled tickets; adjusting needs 100" in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--by", "month"), "adjust-by", "month"),
        (("--by", "request-type"), "adjust-by", "request-type"),
        (("--where", "type=parking"), "adjust-where", "type"),
        (("--where", "问题类型=停车难"), "adjust-where", "问题类型"),
        (("--where", "group=headline"), "adjust-where", "group"),
    ],
)
def test_what_cannot_be_adjusted(
    options: tuple[str, str], code: str, told: str, run: Run, export: Path, evaluated: Path
) -> None:
    done = run("compare", export, "--adjust", evaluated, *options)
    assert done.exit_code == 2 and told in done.stderr and "adjusted" in done.stderr


def test_a_selection_is_noted(run: Run, export: Path, evaluated: Path) -> None:
    done = run("compare", export, "--adjust", evaluated, "--where", "community=甲居委会", "--lang", "en")
    assert done.exit_code == 0 and "those of the tickets selected may be others" in done.stdout


def test_rules_that_go_by_more_than_text(run: Run, export: Path, labelled: Path, tmp_path: Path) -> None:
    from importlib.resources import files

    plain = (files("hotline_stats") / "resources" / "taxonomies" / "wujiaochang.toml").read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        plain + '\n[[crosswalk]]\ntype = "parking"\ncategories = ["停车"]\nweight = 3\n', encoding="utf-8"
    )
    done = run(
        "types", "evaluate", labelled, "--random", "--taxonomy", own, "--format", "json", "-o", "own.json"
    )
    assert done.exit_code == 0, done.output
    done = run("compare", export, "--adjust", "own.json", "--taxonomy", own)
    assert done.exit_code == 2 and "request type or source category" in done.stderr
    done = run("compare", export, "--adjust", "own.json")
    assert done.exit_code == 3 and "is of taxonomy" in done.stderr
