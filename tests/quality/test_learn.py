"""Models from labelled tickets."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import hotline_stats as hs
from hotline_stats.cli.app import app
from hotline_stats.errors import InputError, PlaceError
from hotline_stats.quality import read
from hotline_stats.quality.learn import LEAST, fit
from hotline_stats.taxonomy import load
from hotline_stats.taxonomy import reader as readers
from hotline_stats.taxonomy.grams import letters
from hotline_stats.taxonomy.scan import column

NAMED = {"noise": "锣鼓喧天", "parking": "抢占泊位", "lift": "井道开挖"}
FILLERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen tickets of each of two types, each with words of its type; three of a third."""
    rows = [
        f"{kind},{word if i % 2 else ''},{FILLERS[i]}弄{word[:2]}，{word[2:]}"
        for kind, word in NAMED.items()
        for i in range(3 if kind == "lift" else len(FILLERS))
    ]
    path = tmp_path_factory.mktemp("learn") / "sample.csv"
    path.write_text("\n".join(["primary,title,content", *rows]), encoding="utf-8")
    return path


def test_what_is_learned(sample: Path) -> None:
    scheme = load("wujiaochang").scheme
    labelled = read(sample, scheme)
    taxonomy = load("wujiaochang", "none")
    model = fit(labelled, taxonomy)
    assert set(model.types) == {"noise", "parking"}, "too few of the third"
    none = np.empty(0, np.int64)
    texts = [
        letters(column(t, place), none, none)
        for t, place in ((labelled.title, "title"), (labelled.content, "content"))
    ]
    found = model.read(texts, np.arange(len(labelled)))
    named = [model.types[i] for i in found.argmax(axis=1)]
    assert named[:28] == [scheme.ids[i] for i in labelled.primary[:28]]
    assert np.exp(found).sum(axis=1) == pytest.approx(1)
    assert fit(labelled, taxonomy) == model, "the same tickets, the same bytes"


def test_the_command_writes_what_the_api_makes(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.npz"
    done = CliRunner().invoke(
        app, ["types", "learn", str(sample), "-o", str(out), "--format", "json", "--lang", "en"]
    )
    assert done.exit_code == 0, done.stderr
    learned = hs.learn(sample)
    assert json.loads(done.stdout) == learned.to_dict("en")
    assert readers.load(str(out)) == learned.reader
    assert {t: (n, known) for t, n, known in learned.types if n} == {
        "noise": (14, True), "parking": (14, True), "lift": (3, False),
    }  # fmt: skip
    assert learned.both_share >= learned.rules_share


def test_the_model_is_used_and_left(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.npz"
    out.write_bytes(hs.learn(sample).reader.raw)
    text = "锣鼓喧天"
    run = CliRunner().invoke
    with_it = json.loads(run(app, ["explain", text, "--model", str(out), "--format", "json"]).stdout)
    without = json.loads(run(app, ["explain", text, "--rules-only", "--format", "json"]).stdout)
    assert with_it["primary"] == "noise" and with_it["second_reader"] == "decides"
    assert without["second_reader"] == "not-asked" and without["read"] == []
    both = run(app, ["explain", text, "--rules-only", "--model", str(out)])
    assert both.exit_code == 2 and not both.stdout


@pytest.mark.parametrize("n", [0, LEAST - 1])
def test_too_few(tmp_path: Path, n: int) -> None:
    path = tmp_path / "few.csv"
    rows = [f"noise,锣鼓{i}" for i in range(LEAST)] + [f"parking,泊位{i}" for i in range(n)]
    path.write_text("\n".join(["primary,content", *rows]), encoding="utf-8")
    with pytest.raises(InputError) as error:
        hs.learn(path)
    assert error.value.code == "too-few-labelled"


def test_without_the_extra(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(PlaceError) as error:
        hs.learn(sample)
    assert error.value.code == "no-extra" and "hotline-stats[learn]" in error.value.hint("en")


def test_a_place_that_cannot_be_written(sample: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["types", "learn", str(sample), "-o", str(tmp_path / "no" / "own.npz")])
    assert done.exit_code == 4
