"""A labelled sample: what is read of it, what is refused, and the figures, by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hotline_stats as hs
from hotline_stats.cli.app import app
from hotline_stats.errors import InputError
from hotline_stats.quality import read
from hotline_stats.taxonomy import load

SCHEME = load("wujiaochang").scheme


def test_what_is_read(labelled: Path) -> None:
    got = read(labelled, SCHEME)
    assert [SCHEME.ids[i] for i in got.primary] == [
        "corridor_clutter", "cooking_fumes", "parking", "other", "sanitation",
    ]  # fmt: skip
    assert got.lines.tolist() == [2, 3, 4, 5, 6]
    assert got.secondary is not None
    assert got.secondary.tolist() == [0, SCHEME.bits(["noise"]), 0, 0, SCHEME.bits(["uncivil", "noise"])]
    assert got.title.to_pylist()[:2] == [None, "油烟扰民"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tabs_and_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('诉求标题\t诉求内容\t主类型\n"引号\t甲，乙\t噪声扰民\n', encoding=encoding)
    got = read(path, SCHEME)
    assert (got.title.to_pylist(), got.content.to_pylist()) == (['"引号'], ["甲，乙"])
    assert got.secondary is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "labelled-columns"),
        (b"title,content\na,b\n", "labelled-columns"),
        (b"primary\nnoise\n", "labelled-columns"),
        (b"title,primary\n", "header-only"),
        (b"title,primary\na,noisy\n", "labelled-unknown-type"),
        (b"title,primary\na,\n", "labelled-unknown-type"),
        (b"title,primary,secondary\na,noise,x\n", "labelled-unknown-type"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff", "binary-file"),
        (b"title,primary\na\0,noise\n", "binary-file"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text)
    with pytest.raises(InputError) as error:
        hs.evaluate(path)
    assert error.value.code == code
    assert error.value.facts.get("line", 2) == 2


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        hs.evaluate(tmp_path / "none.csv")
    assert error.value.code == "cannot-read"


def test_figures(labelled: Path) -> None:
    found = hs.evaluate(labelled)
    assert (found.n, found.accuracy[0]) == (5, 0.8)
    assert found.macro_f1 is None  # no type has five tickets
    rows = found.frame.set_index("key")
    assert rows.loc["sanitation", ["true_n", "found_n", "right_n"]].tolist() == [1, 0, 0]
    assert rows["true_n"].sum() == rows["found_n"].sum() == 5
    (mistake,) = found.mistakes
    assert (mistake.line, mistake.true, mistake.found) == (6, "sanitation", "noise")
    assert mistake.excerpt == "树下有人下棋很吵"
    assert found.labels is not None
    assert found.labels[0] == 3


def test_a_person_in_a_mistake_is_masked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("content,primary\n联系电话13900001234，楼下油烟扰民,noise\n", encoding="utf-8")
    (mistake,) = hs.evaluate(path).mistakes
    assert "13900001234" not in mistake.excerpt and "油烟" in mistake.excerpt


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_says_what_the_api_says(labelled: Path, tmp_path: Path, lang: str) -> None:
    run = CliRunner().invoke
    done = run(app, ["types", "evaluate", str(labelled), "--format", "json", "--lang", lang])
    assert json.loads(done.stdout) == json.loads(json.dumps(hs.evaluate(labelled).to_dict(lang)))  # type: ignore[arg-type]
    stem = tmp_path / "confusion"
    table = run(app, ["types", "evaluate", str(labelled), "--lang", lang, "--chart", str(stem)])
    assert table.exit_code == 0 and "80.0%" in table.stdout
    assert stem.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert "<script" not in stem.with_suffix(".svg").read_text("utf-8")
