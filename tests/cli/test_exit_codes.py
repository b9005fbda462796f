"""Every way to fail: one clear error, the right exit code, nothing on standard output, nothing written."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
HEAD = "工单编号,受理时间,标题,内容描述\n"
UNUSABLE = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "binary": bytes(range(256)) * 20,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 500,
    "broken workbook": b"PK\x03\x04" + b"x" * 500,
    "header only": HEAD.encode(),
    "other columns": b"name,amount\nbread,3\nmilk,4\n",
    "no ticket kept": (HEAD + "合计,,,\n").encode(),
    "unclosed quote": (HEAD + '1,2024-01-01,"标题,内容\n2,2024-01-02,标题,内容\n').encode(),
    "damaged archive": b"\x1f\x8b\x08" + b"x" * 500,
    "page without tickets": b"<html><table><tr><td>name</td></tr></table>",
    "rar": b"Rar!\x1a\x07\x00" + b"x" * 500,
    "joined encodings": (HEAD + "1,2024-01-01,停车,小区内乱停车\n").encode("gb18030")
    + "2,2024-01-02,停车,小区内乱停车\n".encode(),
    "two encodings": "工单编号,受理时间,标题\n".encode("gb18030") + "1,2024-01-01,漏水了\n".encode() * 3,
}
COMMANDS = {
    "report": ("report", "--out", "out"),
    "compare": ("compare",),
    "classify": ("classify", "-o", "typed.csv"),
    "check": ("check",),
    "export": ("export", "--month", "2024-01", "--out", "out"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("defect", UNUSABLE)
def test_unusable_input(command: str, defect: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(UNUSABLE[defect])
    done = run(*COMMANDS[command], file)
    assert done.exit_code == 3, done.output
    assert done.stdout == "" or (command, defect) == ("check", "no ticket kept")  # which is told why
    assert done.stderr.count("Error: ") == 1
    assert "Hint: " in done.stderr and "Traceback" not in done.stderr
    left = {p.name for p in Path.cwd().rglob("*") if not p.is_dir()}
    assert left <= {".hotline-stats.lock"}


@pytest.mark.parametrize("command", COMMANDS)
def test_missing_file(command: str, run: Run) -> None:
    done = run(*COMMANDS[command], "nowhere.csv")
    assert done.exit_code == 3
    assert "nowhere.csv" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "--period", "yesterday"), "yesterday"),
        (("compare", "--period", "2024-13"), "2024-13"),
        (("compare", "--period", "2024-05..2024-01"), "2024-05..2024-01"),
        (("compare", "--period", "1999"), "1999"),
        (("compare", "--against", "last year"), "last year"),
        (("compare", "--by", "colour"), "colour"),
        (("compare", "--where", "type"), "type"),
        (("compare", "--where", "colour=red"), "colour"),
        (("compare", "--where", "community=甲居委"), "甲居委会"),
        (("compare", "--lang", "fr"), "fr"),
        (("compare", "--taxonomy", "nonesuch"), "nonesuch"),
        (("compare", "--encoding", "klingon"), "klingon"),
        (("compare", "--format", "pdf"), "pdf"),
        (("compare", "--config", "nowhere.toml"), "nowhere.toml"),
        (("classify", "--format", "parquet"), "Parquet"),
        (("report", "--format", "pdf"), "html, docx, xlsx, json, md"),
        (("report", "--format", ""), "html, docx, xlsx, json, md"),
        (("report", "--template", "nowhere.docx"), "nowhere.docx"),
        (("report", "--template", "nowhere.docx", "--format", "md"), "docx"),
        (("export", "--month", "2024", "--out", "out"), "2024"),
        (("export", "--month", "soon", "--out", "out"), "soon"),
    ],
)
def test_usage(arguments: tuple[str, ...], said: str, run: Run, export: Path) -> None:
    done = run(*arguments, export)
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[comparison]\nmin_nn = 3\n", "comparison.min_n"),
        ("[comparison]\nmin_n = 'many'\n", "many"),
        ("[comparison\n", "settings file"),
    ],
)
def test_settings_file(table: str, said: str, run: Run, export: Path) -> None:
    Path("hotline-stats.toml").write_text(table, encoding="utf-8")
    done = run("compare", export)
    assert done.exit_code == 2
    assert said in done.stderr


def test_output_that_cannot_be_written(run: Run, export: Path) -> None:
    Path("file").write_text("mine")
    assert run("report", export, "--out", "file/report").exit_code == 4
    assert run("report", export, "--out", "file").exit_code == 4
    assert run("compare", export, "-o", "file/table.csv").exit_code == 4
    assert run("classify", export, "-o", "file/typed.csv").exit_code == 4
    assert run("export", export, "--month", "2024-01", "--out", "file/months").exit_code == 4
    assert Path("file").read_text() == "mine"


def test_a_folder_of_somebody_else_is_not_replaced(run: Run, export: Path) -> None:
    Path("thesis").mkdir()
    Path("thesis/chapter.txt").write_text("mine")
    done = run("report", export, "--out", "thesis")
    assert done.exit_code == 4
    assert Path("thesis/chapter.txt").read_text() == "mine"


def test_findings(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(HEAD + "1,2024-01-05,停车,乱停车\n2,2024-02-30,停车,乱停车\n", encoding="utf-8")
    assert run("check", file).exit_code == 1
    assert run("compare", file).exit_code == 0
    assert run("compare", file, "--strict").exit_code == 1
    assert run("report", file, "--strict", "--out", "out").exit_code == 1


def test_remarks_are_no_findings(run: Run, tmp_path: Path) -> None:
    """A sheet or a member left out is said, and the exit code stays 0."""
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("a.csv", HEAD + "1,2024-01-05,停车,乱停车\n")
        archive.writestr("说明.docx", "x")
    done = run("check", tmp_path / "export.zip", "--lang", "en")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "export.zip/a.csv" in done.stdout and "member-left-out" in done.stdout and "info" in done.stdout
    listed = run("check", tmp_path / "export.zip", "--format", "csv")
    assert "export.zip/a.csv,0,,member-left-out,info,*.docx" in listed.stdout
    assert run("compare", tmp_path / "export.zip", "--strict").exit_code == 0
    assert run("report", tmp_path / "export.zip", "--strict", "--out", "out").exit_code == 0
    done = run("report", "out")
    assert done.exit_code == 3 and "out" in done.stderr


def test_no_findings(run: Run, export: Path) -> None:
    done = run("check", export)
    assert done.exit_code == 0, done.output
