"""Standard output and error, pipes, colour, languages and start-up, with the program as its own process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "hotline_stats")


def program(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HOTLINE_STATS_LANG": "en", **environ}
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        check=False,
    )


def test_results_and_narration_are_apart(export: Path, tmp_path: Path) -> None:
    done = program("report", export, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "Report written to" in done.stderr and "Report written to" not in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert "2024-01-01—2024-12-31" in done.stdout and "2023-01-01—2023-12-31" in done.stdout
    quiet = program("report", export, "--out", tmp_path / "out", "--quiet")
    assert quiet.stderr == ""


def test_a_reader_who_leaves(export: Path) -> None:
    command = subprocess.Popen(
        [*PROGRAM, "classify", str(export)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert command.stdout is not None and command.stderr is not None
    command.stdout.read(1)
    command.stdout.close()
    said = command.stderr.read()
    command.stderr.close()
    assert command.wait(timeout=60) == 0
    assert "Traceback" not in said and "BrokenPipe" not in said


def test_help_is_light() -> None:
    code = (
        "import sys; sys.argv = ['hotline-stats', '--help']\n"
        "from hotline_stats.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'pyarrow', 'rich', 'jinja2', 'scipy', 'docx', 'xlsxwriter', 'lxml'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_import_is_light() -> None:
    code = (
        "import sys, hotline_stats; sys.exit(len({'pandas', 'numpy', 'pyarrow', 'typer'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("command", ["report", "compare", "classify", "explain", "check", "export", "sample"])
def test_help_in_both_languages(command: str) -> None:
    english, chinese = program(command, "--help"), program(command, "--help", HOTLINE_STATS_LANG="zh")
    assert english.returncode == chinese.returncode == 0
    assert not any("\u4e00" <= c <= "\u9fff" for c in english.stdout)
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese.stdout)


def test_errors_follow_the_locale() -> None:
    chinese = program("compare", "没有.csv", HOTLINE_STATS_LANG="zh")
    assert chinese.returncode == 3 and "错误" in chinese.stderr and "没有.csv" in chinese.stderr
    by_locale = program("compare", "x.csv", HOTLINE_STATS_LANG="", LC_ALL="zh_CN.UTF-8")
    assert "错误" in by_locale.stderr


def test_a_bug_keeps_its_traceback() -> None:
    code = (
        "import hotline_stats.cli.app as a, hotline_stats.cli as c, sys\n"
        "sys.argv = ['hotline-stats', 'boom']\n"
        "@a.app.command()\ndef boom():\n    raise RuntimeError('deep')\n"
        "c.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "Traceback" in done.stderr and "deep" in done.stderr


def test_a_full_disk_is_no_bug(export: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "compare", str(export), "--format", "csv"],
            stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 4 and "Traceback" not in done.stderr


def test_a_closed_output_is_no_bug(export: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m hotline_stats compare "{export}" >&-',
        shell=True, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a signal")
def test_a_polite_end_leaves_nothing_behind(export: Path, tmp_path: Path) -> None:
    """SIGTERM while the report is being written: no half of it stays."""
    place = tmp_path / "out"
    code = (
        "import os, signal, sys\n"
        "import hotline_stats.reports.write as w\n"
        "def stop(*a, **k): os.kill(os.getpid(), signal.SIGTERM)\n"
        "w.save = stop\n"
        f"sys.argv = ['hotline-stats', 'report', {str(export)!r}, '--out', {str(place)!r}]\n"
        "from hotline_stats.cli import main\nmain()"
    )
    env = {**os.environ, "HOTLINE_STATS_LANG": "en"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 130, done.stderr
    assert "Interrupted" in done.stderr and "Traceback" not in done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"export.csv"}
