"""`verify` at the command line: formats, exit codes, and hostile words in a draft."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs

Run = Callable[..., Result]
RIGHT = "由1368件降至1102件，下降19.4%"
WRONG = "由1368件降至1102件，下降17.5%"
ALONE = "满意率上升10%"


@pytest.mark.parametrize(
    ("draft", "code", "counts"),
    [
        (RIGHT, 0, "1 hold, 0 fail"),
        (ALONE, 0, "1 cannot"),
        (WRONG, 1, "1 fail"),
        (f"{RIGHT}。{WRONG}", 1, "1 hold, 1 fail"),
    ],
)
def test_exit_code(draft: str, code: int, counts: str, run: Run) -> None:
    done = run("verify", draft, "--lang", "en")
    assert (done.exit_code, done.stderr) == (code, "")
    assert counts in done.stdout


def test_no_claim(run: Run) -> None:
    done = run("verify", "各单位认真办理诉求。", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "No figure with a change was found.\n")


def test_table_in_both_languages(run: Run) -> None:
    chinese, english = (run("verify", WRONG, "--lang", lang).stdout for lang in ("zh", "en"))
    assert "不成立" in chinese and "实为−19.4%；可写“下降19.4%”或“下降近20%”" in chinese
    assert "fails" in english and "it is −19.4%; write down 19.4% or down nearly 20%" in english


def test_json_is_what_the_api_gives(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "草稿.md"
    file.write_text(f"# 标题\n\n{RIGHT}。\n{WRONG}\n", encoding="gb18030")
    done = run("verify", file, "--format", "json")
    found = json.loads(done.stdout)
    assert found == json.loads(json.dumps(hs.verify(file).to_dict("zh")))
    assert found["schema"] == "hotline-stats/verify/1"
    assert found["counts"] == {"holds": 1, "fails": 1, "cannot_check": 0}
    wrong = found["claims"][1]
    assert (wrong["paragraph"], wrong["start"], wrong["verdict"]) == (4, 0, "fails")
    test = next(t for t in wrong["tests"] if t["verdict"] == "fails")
    assert (test["test"], test["found"]["value"]) == ("arithmetic", -17.5)
    assert test["expected"]["value"] == pytest.approx(100 * (1102 / 1368 - 1))


def test_csv_and_markdown(run: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("verify", WRONG, "--format", "csv").stdout)))
    assert [r["verdict"] for r in rows] == ["fails"]
    assert float(rows[0]["expected"]) == pytest.approx(-19.444, abs=0.001)
    out = tmp_path / "out.md"
    done = run("verify", WRONG, "--format", "md", "-o", out)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "| ---: |" in out.read_text("utf-8")


def test_standard_input(run: Run) -> None:
    assert run("verify", "-", input=WRONG.encode()).exit_code == 1
    assert run("verify", "-", input=RIGHT.encode("gb18030")).exit_code == 0
    empty = run("verify", "-", input=b"")
    assert empty.exit_code == 3 and "standard input is empty" in empty.stderr


HOSTILE = "[/bold][red]由1368件降至1102件\x1b[31m\x07，\u202e下降17.5%</td><script>alert(1)</script>|`=1+1`"


@pytest.mark.parametrize("form", ["table", "csv", "md", "json"])
def test_the_words_of_a_draft_are_data(form: str, run: Run) -> None:
    done = run("verify", HOSTILE, "--format", form)
    assert done.exit_code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(
        done.stdout if form != "json" else done.stdout.replace("\u202e", "")
    )
    assert "17.5%" in done.stdout


def test_a_formula_in_a_cell_of_csv(run: Run) -> None:
    """A claim that begins with a sign of a formula gets an apostrophe."""
    (row,) = csv.DictReader(io.StringIO(run("verify", "5月1102件（-19.4%）", "--format", "csv").stdout))
    assert row["text"] == "'-19.4%"


def test_a_notebook_shows_words_as_words() -> None:
    shown = hs.verify("去年同期1368件<b>，今年1102件，下降17.5%")._repr_html_()
    assert "&lt;b&gt;" in shown and "<b>，" not in shown


@pytest.mark.parametrize("name", ["nowhere.docx", "nowhere.txt"])
def test_missing_draft(name: str, run: Run) -> None:
    done = run("verify", name)
    assert (done.exit_code, done.stdout) == (3, "") and name in done.stderr


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 9),
        ("no.docx", b"text"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 99),
    ],
)
def test_unusable_draft(name: str, raw: bytes, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    done = run("verify", tmp_path / name)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.count("Error: ") == 1 and "Hint: " in done.stderr and "Traceback" not in done.stderr


def test_wrong_use(run: Run, export: Path) -> None:
    assert run("verify").exit_code == 2
    assert run("verify", RIGHT, "--format", "pdf").exit_code == 2
    assert run("verify", RIGHT, "--period", "yesterday").exit_code == 2
    assert run("verify", RIGHT, "--lang", "fr").exit_code == 2
    done = run("verify", RIGHT, "--data", "nowhere.csv")
    assert done.exit_code == 3 and "nowhere.csv" in done.stderr
    assert run("verify", RIGHT, "--data", export, "--period", "1999").exit_code == 0


def test_with_exports(run: Run, export: Path) -> None:
    """36 parking tickets in 2024, 48 in 2023: −25 %."""
    done = run("verify", "2024年停车难工单36件，同比下降25%", "--data", export, "--lang", "en")
    assert done.exit_code == 0 and "2 claims: 2 hold" in done.stdout
    done = run("verify", "2024年停车难工单38件，同比下降25%", "--data", export, "--lang", "en")
    assert done.exit_code == 1 and "in the data it is 36 (Parking, 2024)" in done.stdout
    done = run("verify", "停车难工单36件", "--data", export, "--period", "2024", "--lang", "en")
    assert done.exit_code == 0 and "1 hold" in done.stdout


def test_no_text_of_a_ticket_is_printed(run: Run, export: Path) -> None:
    for form in ("table", "json"):
        said = run("verify", "2024年停车难工单38件，共受理61件", "--data", export, "--format", form).stdout
        assert "消防通道" not in said and "张某某" not in said and "1990000" not in said
