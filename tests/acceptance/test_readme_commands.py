"""What the READMEs and notebooks tell people to type works as written: commands, Python, option names, links."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from acceptance_program import Made, Said, environment, once, program, programs
from acceptance_samples import EXPORTS, ROOT, SAMPLES

READMES = ("README.md", "README.zh-CN.md")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"hotline-stats ((?:types|config) [a-z]+|[a-z]+)\b([^`|\n]*)")


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall(text("README.md")) if kind == language]


def commands() -> list[str]:
    lines = [line.strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place that has the sample exports where the READMEs say, and nothing else."""

    def make(here: Path) -> Path:
        shutil.copytree(EXPORTS, here / "data" / "samples" / "exports")
        shutil.copytree(SAMPLES / "foreign", here / "data" / "samples" / "foreign")
        (here / "notebooks").mkdir()
        return here

    return once(tmp_path_factory, "checkout", make)


# README.md as typed


def test_readme_has_what_is_tested_here() -> None:
    verbs = {shlex.split(c)[1] for c in commands()}
    assert verbs >= {
        "report",
        "compare",
        "classify",
        "explain",
        "check",
        "types",
        "config",
        "sample",
        "export",
    }
    assert blocks("python") and blocks("text")
    assert NOTEBOOKS


@pytest.fixture(scope="module")
def typed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    """What each command of README.md said, run one after the other as they stand."""
    lines = commands()
    calls = [shlex.split(line.partition(" || ")[0]) for line in lines]
    assert {call[0] for call in calls} == {"hotline-stats"}

    def make(_: Path) -> list[Said]:
        return programs(*(call[1:] for call in calls), cwd=checkout)

    return dict(zip(lines, once(tmp_path_factory, "typed", make), strict=True))


@pytest.mark.parametrize("command", commands())
def test_shell_command(command: str, typed: dict[str, Said], checkout: Path) -> None:
    """Exit code 0, or 1 where the README says `|| true`; what follows --out or -o stands there afterwards."""
    said = typed[command]
    line, _, excuse = command.partition(" || ")
    arguments = shlex.split(line)[1:]
    assert said.code == {"": 0, "true": 1}[excuse], said.text
    assert "Traceback" not in said.text and "Warning" not in said.text
    targets = [checkout / b for a, b in pairwise(arguments) if a in ("--out", "-o")]
    if arguments[0] == "sample":
        targets.append(checkout / arguments[1] / "truth.csv")
    assert all(t.exists() for t in targets)
    assert targets or said.stdout
    if arguments[0] == "report":
        said_formats = [b for a, b in pairwise(arguments) if a == "--format"] or ["html,docx,xlsx,json"]
        assert {p.name for p in targets[0].iterdir()} == {
            *(f"report.{form}" for form in said_formats[0].split(",")), *(() if "public" in arguments else ("findings.csv",)), "charts", "manifest.json",
        }  # fmt: skip
    if arguments[0] == "export":
        month = arguments[arguments.index("--month") + 1]
        assert (targets[0] / month / "tables" / "type.parquet").is_file()


@pytest.mark.parametrize("block", blocks("python"))
def test_python_block(block: str, checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block],
        cwd=checkout, env=environment(PYTHONIOENCODING="utf-8"), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode("utf-8")) == (0, "")
    assert done.stdout


def test_what_is_printed_is_what_the_program_prints(made: Made, checkout: Path) -> None:
    """Where the README shows output of the report, each of its lines is one that the report prints."""
    shown = [line.strip() for block in blocks("text") for line in block.splitlines() if line.strip()]
    said = made.said.text
    if shown and shown[0] not in said:
        said = program("report", EXPORTS, "--lang", "en", "--out", checkout / "en", cwd=checkout).text
    assert [line for line in shown if line not in said and line not in ("…", "...")] == []


# Names of commands, options and settings


@pytest.fixture(scope="module")
def helps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The help of every command that a README names, by command."""
    names = sorted({call for readme in READMES for call, _ in _CALL.findall(text(readme))})
    runs = [(*name.split(), "--help") for name in names]
    said = programs(*runs, cwd=tmp_path_factory.mktemp("helps"))
    assert not {name: s.text for name, s in zip(names, said, strict=True) if s.code}
    return {name: s.stdout.decode("utf-8") for name, s in zip(names, said, strict=True)}


def options(of: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", of))


@pytest.mark.parametrize("readme", READMES)
def test_options_exist(readme: str, helps: dict[str, str]) -> None:
    for call, rest in _CALL.findall(text(readme)):
        # Help may fold a long option name to the next line, but never inside it.
        assert options(rest) <= options(helps[call]), (call, options(rest) - options(helps[call]))
    alone = {o for code in re.findall(r"`(--[^`]*)`", text(readme)) for o in options(code)}
    assert alone <= {o for shown in helps.values() for o in options(shown)}


def test_commands_of_the_program_are_in_the_readme(tmp_path: Path) -> None:
    listed = program("--help", cwd=tmp_path).stdout.decode("utf-8")
    known = {"report", "compare", "classify", "explain", "check", "types", "config", "sample", "export"}
    assert known <= set(re.findall(r"^\s+([a-z]+) ", listed, re.MULTILINE))


@pytest.mark.parametrize("readme", READMES)
def test_settings_by_variable(readme: str, tmp_path: Path) -> None:
    for name, value in re.findall(r"`(HOTLINE_STATS_\w+)=([^`]+)`", text(readme)):
        done = subprocess.run(
            [sys.executable, "-m", "hotline_stats", "config", "show", "--format", "json"],
            cwd=tmp_path, env=environment(**{name: value}), capture_output=True, timeout=60, check=True,
        )  # fmt: skip
        if name != "HOTLINE_STATS_LANG":
            key = name.removeprefix("HOTLINE_STATS_").lower().replace("_", ".", 1)
            entries = {e["key"]: e["value"] for e in json.loads(done.stdout)}
            assert str(entries[key]) == value


@pytest.mark.parametrize("page", [*READMES, "data/samples/README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text(page)):
        assert target.startswith("https://") or (ROOT / page).parent.joinpath(target).exists(), target


# Notebooks

_EXECUTE = """
import json, sys
import nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(book, timeout=90, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
said = [dict(o, cell=i) for i, c in enumerate(book.cells) for o in c.get("outputs", ())]
json.dump(said, sys.stdout)
"""


def kernel_environment(place: Path) -> dict[str, str]:
    """An environment whose kernel python3 is this interpreter, and whose files are in `place`."""
    spec = place / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "python3", "language": "python"}))
    return environment(
        JUPYTER_PATH=str(place), JUPYTER_RUNTIME_DIR=str(place / "runtime"), JUPYTER_PLATFORM_DIRS="1",
        IPYTHONDIR=str(place / "ipython"), PYTHONIOENCODING="utf-8", PYTHONWARNINGS="default",
        PYDEVD_DISABLE_FILE_VALIDATION="1",
    )  # fmt: skip


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook(notebook: Path, checkout: Path, tmp_path: Path) -> None:
    """Every cell runs. Warnings of the kernel's own start go to its process; one in a cell, ours, is a failure."""
    place = checkout / "notebooks"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _EXECUTE, str(notebook), str(place)],
        cwd=tmp_path, env=kernel_environment(tmp_path), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8")[-3000:]
    outputs = json.loads(done.stdout)
    wrong = [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]
    assert not wrong, wrong
    assert any(kind.startswith("image/") for o in outputs for kind in o.get("data", {})), "no chart is shown"
    stored = [
        dict(o, cell=i)
        for i, c in enumerate(json.loads(notebook.read_text("utf-8"))["cells"])
        for o in c.get("outputs", ())
    ]
    assert numbers(stored) == numbers(outputs), "stored outputs are not those of a run"


def numbers(outputs: list[dict[str, Any]]) -> list[tuple[int, list[str]]]:
    """The numbers that each cell shows, to six digits: what must not go stale, whatever the frame looks like."""
    shown = [(o["cell"], "".join(o.get("data", {}).get("text/plain", ""))) for o in outputs]
    return [(i, [f"{float(n):.6g}" for n in re.findall(r"-?\d+(?:\.\d+)?", text)]) for i, text in shown]
