"""An evaluation says what its sample is, and comes back from its JSON as it was."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import hotline_stats as hs
from hotline_stats.cli.app import app
from hotline_stats.errors import InputError


def saved(labelled: Path, place: Path, *options: str) -> dict[str, Any]:
    done = CliRunner().invoke(
        app, ["types", "evaluate", str(labelled), "--format", "json", "-o", str(place), "--lang", "en", *options]
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(place.read_text("utf-8"))
    return found


def test_what_it_says_of_its_sample(labelled: Path, tmp_path: Path) -> None:
    said = saved(labelled, tmp_path / "e.json", "--rules-only")
    sha256 = hashlib.sha256(labelled.read_bytes()).hexdigest()
    assert said["sample"] == {"file": "labelled.csv", "sha256": sha256, "random": False, "n": 5}
    assert said["model"] is None and said["confidence"] == 0.95
    assert sum(t["true_n"] for t in said["types"]) == 5
    assert saved(labelled, tmp_path / "r.json", "--random")["sample"]["random"] is True
    assert hs.evaluate(labelled, random=True).sample.random


@pytest.mark.parametrize(
    ("lang", "random", "told"),
    [
        ("en", True, "declares that it was drawn at random"),
        ("en", False, "is not declared random (--random): figures speak of these tickets alone"),
        ("zh", True, "由标注者声明为从要统计的工单中随机抽取"),
        ("zh", False, "未声明为随机抽取（--random），以下数字只说明这些工单"),
    ],
)
def test_the_table_says_it_too(labelled: Path, lang: str, random: bool, told: str) -> None:
    arguments = ["types", "evaluate", str(labelled), "--lang", lang, *(["--random"] if random else [])]
    said = CliRunner().invoke(app, arguments).stdout
    assert told in said
    few = "mostly chance: Corridor clutter 1, Cooking fumes 1" if lang == "en" else "楼道堆物 1、餐饮油烟 1"
    assert few in said
    assert (
        "No ticket in the sample: Illegal construction, " if lang == "en" else "样本中没有的类型：违法搭建、"
    ) in said


@pytest.mark.parametrize("random", [True, False])
def test_read_back(labelled: Path, tmp_path: Path, random: bool) -> None:
    said = saved(labelled, tmp_path / "e.json", *(["--random"] if random else []))
    back = hs.load_evaluation(tmp_path / "e.json")
    assert json.loads(json.dumps(back.to_dict("en"))) == said
    assert back.to_pandas().equals(hs.evaluate(labelled).to_pandas())
    assert back.types.ids == hs.types().ids


def change(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    def do(said: dict[str, Any]) -> None:
        *path, last = key.split(".")
        at: Any = said
        for step in path:
            at = at[int(step)] if step.isdigit() else at[step]
        at[int(last) if last.isdigit() else last] = value

    return do


@pytest.mark.parametrize(
    "harm",
    [
        change("schema", "hotline-stats/evaluation/2"),
        change("confusion.0.0", -1),
        change("confusion.0.0", 1.5),
        change("confusion.0.0", True),
        change("confusion.0.0", 10**400),
        change("confusion.0", []),
        change("confusion", []),
        change("confusion", None),
        change("sample.n", 4),
        change("sample.random", "yes"),
        change("sample", []),
        change("confidence", 1.0),
        change("confidence", "high"),
        change("types.0.key", "corridor_clutter"),
        change("types", [{"key": "a", "name": "a"}]),
        change("taxonomy.version", None),
        change("model", "x"),
        change("mistakes.0.true", "nothing"),
        change("labels.true_n", None),
        lambda said: said.pop("sample"),
    ],
)
def test_damage_is_refused(labelled: Path, tmp_path: Path, harm: Callable[[dict[str, Any]], object]) -> None:
    path = tmp_path / "e.json"
    said = saved(labelled, path)
    harm(said)
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(InputError) as error:
        hs.load_evaluation(path)
    assert error.value.code == "evaluation-not-read"


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"schema": NaN}']
)
def test_what_is_no_evaluation(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "e.json"
    path.write_bytes(text)
    with pytest.raises(InputError) as error:
        hs.load_evaluation(path)
    assert error.value.code == "evaluation-not-read"
    with pytest.raises(InputError) as error:
        hs.load_evaluation(tmp_path / "none.json")
    assert error.value.code == "cannot-read"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["schema", "types", "sample", "key"]), x)))  # fmt: skip
def test_any_json_is_refused_by_one_error(tmp_path: Path, value: object) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(InputError):
        hs.load_evaluation(path)
