"""--mapping and --write-mapping, by command line and API, on the invented English export and on files of our own."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs
from hotline_stats.intake.mapping import parse

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
EXPORT = ROOT / "data" / "samples" / "foreign" / "requests_311.csv"
MAPPING = EXPORT.with_suffix(".toml")
COMMANDS = {
    "report": ("--out", "out"),
    "compare": ("--by", "category"),
    "classify": ("-o", "typed.csv"),
    "check": (),
    "export": ("--month", "2024-12", "--out", "out"),
}


def by_hand() -> list[dict[str, str]]:
    """The rows of the sample that count, read with the standard library."""
    rows = {r["case_enquiry_id"]: r for r in csv.DictReader(EXPORT.read_text("utf-8").splitlines())}
    return [r for r in rows.values() if r["case_status"] != "Void"]


def year(row: dict[str, str]) -> str:
    return row["open_dt"][:4] if row["open_dt"][4] == "-" else row["open_dt"][6:10]


def test_the_sample_is_what_its_maker_writes() -> None:
    sys.path.insert(0, str(ROOT / "tests" / "intake"))
    import foreign_sample

    assert EXPORT.read_bytes().decode("utf-8") == foreign_sample.text()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_reads_a_foreign_export(command: str, run: Run) -> None:
    done = run(command, EXPORT, "--mapping", MAPPING, *COMMANDS[command])
    assert done.exit_code == (1 if command == "check" else 0), done.output
    assert run(command, EXPORT, *COMMANDS[command]).exit_code == 3
    assert "Caller" not in done.output
    written = [p for p in Path.cwd().rglob("*") if p.suffix in (".csv", ".json", ".html")]
    assert not [p for p in written if "Caller" in p.read_text("utf-8") and p.suffix != ".html"]


def test_the_source_categories_are_counted(run: Run) -> None:
    found = json.loads(
        run("compare", EXPORT, "--mapping", MAPPING, "--by", "category", "--format", "json").stdout
    )
    expected = {
        kind: tuple(sum(r["type"] == kind and year(r) == y for r in by_hand()) for y in ("2023", "2024"))
        for kind in {r["type"] for r in by_hand()}
    }
    assert {r["key"]: (r["baseline"], r["current"]) for r in found["rows"]} == expected
    settings = hs.config(intake__mapping=MAPPING)
    assert found == json.loads(json.dumps(hs.compare(EXPORT, "category", settings=settings).to_dict("zh")))


def test_values_and_names_of_the_sample() -> None:
    frame = hs.load(EXPORT, settings=hs.config(intake__mapping=MAPPING)).frame.set_index("ticket_id")
    scores = {
        "5": "satisfied",
        "4": "mostly_satisfied",
        "3": "neutral",
        "2": "dissatisfied",
        "1": "dissatisfied",
    }
    for row in by_hand():
        read = frame.loc[row["case_enquiry_id"]]
        assert f"{read['accepted_at']:%Y}" == year(row)
        assert (None if read["satisfaction"] != read["satisfaction"] else read["satisfaction"]) == scores.get(
            row["survey_score"]
        )
        if row["on_time"]:
            assert read["on_time"] == (row["on_time"] == "ONTIME")
    assert set(frame["community"]) == {
        "Mill Hill",
        "Harbor Side",
        "Old Town",
        "North Fields",
        "Unknown Quarter",
    }


def test_check_lists_names_that_are_not_known(run: Run) -> None:
    found = json.loads(run("check", EXPORT, "--mapping", MAPPING, "--format", "json").stdout)
    unknown = [{"column": "neighborhood", "name": "Unknown Quarter", "rows": 4}]
    assert found["unknown_names"] == unknown and found["findings"]["unknown-name"] == 4
    assert "Unknown Quarter" in run("check", EXPORT, "--mapping", MAPPING).stdout


def test_classify_writes_values_as_the_file_has_them(run: Run) -> None:
    done = run("classify", EXPORT, "--mapping", MAPPING, "--quiet")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    given = {r["case_enquiry_id"]: r for r in by_hand()}
    assert {r["on_time"] for r in rows} == {"ONTIME", "OVERDUE", ""}
    assert all(r["type"] == given[r["ticket_id"]]["type"] for r in rows)
    assert "submitted_by" not in rows[0]


def test_a_changed_mapping_is_published_anew(run: Run) -> None:
    Path("m.toml").write_text(MAPPING.read_text("utf-8"), encoding="utf-8")
    call = ("export", EXPORT, "--month", "2024-12", "--out", "out", "--mapping", "m.toml")
    assert "Published" in run(*call).stderr
    assert "Nothing has changed" in run(*call).stderr
    with Path("m.toml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert "Published" in run(*call).stderr
    made = json.loads(Path("out/2024-12/manifest.json").read_text("utf-8"))
    settings = {s["key"]: s["value"] for s in made["settings"]}
    assert settings["intake.mapping"] == "m.toml" and len(settings["intake.mapping.sha256"]) == 64


def test_the_mapping_is_a_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("hotline-stats.toml").write_text(f'[intake]\nmapping = "{MAPPING.as_posix()}"\n', encoding="utf-8")
    assert run("compare", EXPORT).exit_code == 0
    monkeypatch.setenv("HOTLINE_STATS_INTAKE_MAPPING", "nowhere.toml")
    done = run("compare", EXPORT)
    assert done.exit_code == 2 and "nowhere.toml" in done.stderr


def test_a_wrong_mapping_is_one_clear_error(run: Run) -> None:
    Path("m.toml").write_text('[columns]\nopen_dt = "opened"\n', encoding="utf-8")
    done = run("report", EXPORT, "--mapping", "m.toml", "--out", "out")
    assert done.exit_code == 2 and done.stdout == ""
    assert "m.toml" in done.stderr and 'columns."open_dt"' in done.stderr
    assert not Path("out").exists()


def test_check_says_which_headers_of_the_mapping_are_not_there(run: Run) -> None:
    text = MAPPING.read_text("utf-8").replace("[columns]", '[columns]\nclosed = "closed_at"\nnote = "ignore"')
    Path("m.toml").write_text(text, encoding="utf-8")
    found = json.loads(run("check", EXPORT, "--mapping", "m.toml", "--format", "json").stdout)
    assert found["files"][0]["absent"] == ["closed"]
    assert "not here: closed\n" in run("check", EXPORT, "--mapping", "m.toml", "--lang", "en").stdout


# Proposals

SOME = (
    "工单编号,受理时间,办结时间,新一级分类,一级分类,工单类别,先行联系,满意度,某列,联系人\n"
    + "".join(f"A{i},2024-01-05,05/01/2024 08:00,甲,乙,一般,打过电话,赞,x,某君\n" for i in range(6))
    + "".join(f"B{i},2024-01-05,2024-01-06,甲,乙,紧急,张三{i},5,x,某君\n" for i in range(6))
    + "C1,2024-01-05,,甲,乙,紧急,是,李小明,x,某君\n"
)


@pytest.fixture
def some(tmp_path: Path) -> Path:
    path = tmp_path / "some.csv"
    path.write_text(SOME, encoding="gb18030")
    return path


def test_a_proposal_reads_the_same(run: Run, some: Path) -> None:
    assert run("check", some, "--write-mapping", "m.toml").exit_code == 1
    assert Path("m.toml").read_text("utf-8") == hs.propose_mapping(some)
    plain, mapped = hs.load(some), hs.load(some, settings=hs.config(intake__mapping="m.toml"))
    assert plain.typed.equals(mapped.typed)
    assert plain.intake.to_dict() == mapped.intake.to_dict()
    columns = parse("m.toml", Path("m.toml").read_bytes()).columns
    assert columns["新一级分类"] == "category_1" and "一级分类" not in columns


def test_a_proposal_lists_what_is_not_understood_and_nobody(some: Path) -> None:
    text = hs.propose_mapping(some, settings=hs.config(report__lang="en"))
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert '# "某列" = ""' in comments and '# "一级分类" = ""' in comments
    assert '# "打过电话" = ""  # true | false | none (6)' in comments  # often seen
    assert any(line.startswith('# "5" = ""') for line in comments)
    assert any("99/99/9999 99:99" in line for line in comments)
    assert "# 6 rows like 字字9" in comments and "# 1 rows like 字字字" in comments
    assert not any(w in text for w in ("张三", "李小明", "某君"))


def test_a_column_with_many_words_shows_none_of_them(tmp_path: Path) -> None:
    names = [f"{a}{b}" for a in "赵钱孙李" for b in "一二三四"]
    path = tmp_path / "a.csv"
    path.write_text(
        "受理时间,满意度,标题\n" + "".join(f"2024-01-05,{n},x\n" for n in names * 6), encoding="utf-8"
    )
    text = hs.propose_mapping(path)
    assert "字字" in text and not [n for n in names if n in text]


def test_a_completed_proposal_is_carried_on(run: Run) -> None:
    assert run("check", EXPORT, "--mapping", MAPPING, "--write-mapping", "m.toml").exit_code == 1
    given, again = (hs.load(EXPORT, settings=hs.config(intake__mapping=m)) for m in (MAPPING, "m.toml"))
    assert given.typed.equals(again.typed)
    one, two = (parse("m", Path(m).read_bytes()) for m in (MAPPING, "m.toml"))
    assert (one.columns, one.times, one.words, one.known, one.only) == (
        two.columns, two.times, two.words, two.known, two.only,
    )  # fmt: skip


def test_files_that_give_a_header_two_meanings(tmp_path: Path) -> None:
    for name, word in (("a", "一般"), ("b", "投诉")):
        (tmp_path / f"{name}.csv").write_text(f"受理时间,工单类别\n2024-01-05,{word}\n", encoding="utf-8")
    text = hs.propose_mapping(tmp_path)
    assert '# "工单类别" = "request_type | urgency"' in text.splitlines()
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    plain, mapped = hs.load(files), hs.load(files, settings=hs.config(intake__mapping=tmp_path / "m.toml"))
    assert plain.typed.equals(mapped.typed)


def test_a_draft_for_headers_that_nobody_knows(run: Run) -> None:
    done = run("check", EXPORT, "--write-mapping", "m.toml")
    assert done.exit_code == 3 and "case_enquiry_id" in done.stderr
    text = Path("m.toml").read_text("utf-8")
    assert '# "open_dt" = ""' in text and "Caller" not in text
    assert parse("m.toml", text.encode()).columns == {}


def test_a_row_of_a_ticket_is_no_row_of_names(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "headless.csv"
    file.write_text("".join(EXPORT.read_text("utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    done = run("check", file, "--write-mapping", "m.toml")
    assert done.exit_code == 3 and "Pothole" not in done.output and not Path("m.toml").exists()


def test_a_mapping_is_never_written_over(run: Run, some: Path) -> None:
    Path("m.toml").write_text("mine", encoding="utf-8")
    done = run("check", some, "--write-mapping", "m.toml")
    assert done.exit_code == 4 and "m.toml" in done.stderr
    assert Path("m.toml").read_text("utf-8") == "mine"
