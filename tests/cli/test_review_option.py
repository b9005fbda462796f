"""`classify --min-margin --review`: what is marked, what is set aside, and what a person makes of it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs
from hotline_stats.errors import UsageError

Run = Callable[..., Result]
SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "exports"
ALONE = hs.config(model="none")
DOUBTFUL = (
    "工单编号,受理时间,标题,内容描述\n"
    "A1,2024-01-05,,外来车辆乱停车占了消防通道\n"
    "A2,2024-01-06,,请问办公室几点上班\n"
    "A3,2024-01-07,,深夜装修噪声扰民，楼道堆物也没人管\n"
)


@pytest.fixture(autouse=True)
def by_the_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what is in doubt can be told by reading the rules."""
    monkeypatch.setenv("HOTLINE_STATS_MODEL", "none")


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """One ticket of a clear type, one of which no rule says anything, one between two types."""
    path = tmp_path / "three.csv"
    path.write_text(DOUBTFUL, encoding="utf-8")
    return path


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text("utf-8-sig"))))


def test_every_row_stays_and_the_doubtful_ones_are_repeated(run: Run, three: Path) -> None:
    done = run("classify", three, "--min-margin", "0.9", "--review", "review.csv", "-o", "out.csv")
    assert done.exit_code == 0, done.output
    out, review = rows("out.csv"), rows("review.csv")
    assert [(r["ticket_id"], r["type_review"]) for r in out] == [
        ("A1", "false"),
        ("A2", "true"),
        ("A3", "true"),
    ]
    assert [r["ticket_id"] for r in review] == ["A2", "A3"], "least sure first"
    assert review == [out[1], out[2]]
    assert [float(r["type_margin"]) < 0.9 for r in out] == [r["type_review"] == "true" for r in out]


def test_without_a_margin_nothing_is_added(run: Run, three: Path) -> None:
    done = run("classify", three)
    assert "type_review" not in done.stdout and "In doubt" not in done.stderr


def test_what_is_said(run: Run, three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ("classify", three, "--min-margin", "0.9", "-o", "out.csv")
    said = run(*options).stderr
    assert "In doubt (margin below 0.9): 2 of 3 rows: " in said and "Other 1" in said
    assert run(*options, "--quiet").stderr == ""
    monkeypatch.setenv("HOTLINE_STATS_LANG", "zh")
    assert "待核（领先幅度低于 0.9）：3 行中 2 行：" in run(*options).stderr
    assert "：3 行中 1 行：其他 1" in run("classify", three, "--min-margin", "0.01", "-o", "out.csv").stderr


def test_a_review_without_doubt_has_its_header(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("".join(DOUBTFUL.splitlines(keepends=True)[:2]), encoding="utf-8")
    done = run("classify", path, "--min-margin", "0.1", "--review", "review.csv", "-o", "out.csv")
    assert done.exit_code == 0 and "0 of 1 rows\n" in done.stderr
    assert Path("review.csv").read_text("utf-8-sig").splitlines() == Path("out.csv").read_text("utf-8-sig").splitlines()[:1]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_command_writes_what_the_api_gives(form: str, run: Run, three: Path) -> None:
    import pandas as pd

    done = run("classify", three, "--min-margin", "0.9", "--format", form, "--review", "review", "-o", "out")
    assert done.exit_code == 0, done.output
    read = {"csv": pd.read_csv, "jsonl": lambda p: pd.read_json(p, lines=True), "parquet": pd.read_parquet}[
        form
    ]
    all_ = hs.classify(three, min_margin=0.9, settings=ALONE).read_all()
    for place, expected in (("out", all_), ("review", hs.doubtful(all_))):
        found, wanted = read(place), expected.to_pandas()
        for column in ("ticket_id", "type_primary", "type_labels", "type_review"):
            assert list(found[column]) == list(wanted[column]), (place, column)
        assert list(found.columns) == list(wanted.columns)
    by_setting = hs.classify(three, settings=hs.config(classification__min_margin=0.9, model="none"))
    assert hs.doubtful(by_setting).equals(hs.doubtful(all_))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--review", "review.csv"), "--min-margin"),
        (("--min-margin", "0.3", "--review", "-"), "--review"),
        (("--min-margin", "0.3", "--review", "out.csv"), "--review"),
        (("--min-margin", "1.5"), "0–1"),
        (("--min-margin", "nan"), "0–1"),
    ],
)
def test_refused(options: tuple[str, ...], code: str, run: Run, three: Path) -> None:
    done = run("classify", three, "-o", "out.csv", *options)
    assert done.exit_code == 2 and code in done.stderr
    assert not Path("out.csv").exists() and not Path("review.csv").exists()


def test_refused_by_the_api(three: Path) -> None:
    with pytest.raises(UsageError) as error:
        hs.classify(three, min_margin=2)
    assert error.value.code == "bad-setting"
    with pytest.raises(UsageError) as error:
        hs.doubtful(hs.classify(three))
    assert error.value.code == "review-needs-margin"


def test_a_corrected_review_is_a_labelled_sample(run: Run, three: Path) -> None:
    """A person corrects one proposal of two: accuracy one half, and the program's labels are not taken for hers."""
    run("classify", three, "--min-margin", "0.9", "--keep-text", "--review", "review.csv", "-o", "out.csv")
    path = Path("review.csv")
    assert hs.evaluate(path, settings=ALONE).accuracy[0] == 1.0
    told, lines = rows("review.csv"), path.read_text("utf-8-sig").splitlines()
    proposed = told[1]["type_primary"]
    lines[2] = lines[2].replace(f'"{proposed}"', '"Cooking fumes"', 1)
    path.write_text("\n".join(lines) + "\n", encoding="gb18030")
    found = hs.evaluate(path, settings=ALONE)
    assert (found.n, found.accuracy[0], found.labels) == (2, 0.5, None)
    assert [(m.line, m.found) for m in found.mistakes] == [(3, proposed)]
    done = run("types", "evaluate", path, "--format", "json", "--lang", "en")
    assert json.loads(done.stdout) == json.loads(json.dumps(found.to_dict("en")))


def test_rows_of_several_exports_keep_their_texts(run: Run) -> None:
    """The sample exports have their texts under different headers; the rules find unchanged proposals again, and a
    model can be learned from them."""
    done = run(
        "classify", SAMPLES, "--min-margin", "0.6", "--keep-text", "--review", "review.csv", "-o", "o.csv",
    )  # fmt: skip
    assert done.exit_code == 0
    found = hs.evaluate("review.csv", settings=ALONE)
    assert found.n > 300 and found.accuracy[0] > 0.99
    assert all("[门牌]" in m.excerpt for m in found.mistakes), "masking alone may change what is found"
    learned = hs.learn("review.csv")
    assert learned.n == found.n and learned.rules_share == found.accuracy[0]
    assert run("types", "learn", "review.csv", "-o", "model.bin").exit_code == 0
