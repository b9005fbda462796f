"""docs/verify.md as written: its commands print what it shows, its Python runs, its tolerances are those in force."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from acceptance_program import Said, environment, once, programs
from acceptance_samples import EXPORTS, ROOT

PAGE = (ROOT / "docs" / "verify.md").read_text("utf-8")
_SHOWN = re.compile(r"^```sh\n(.*?)\n```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = _SHOWN.findall(PAGE)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    def make(here: Path) -> list[Said]:
        shutil.copytree(EXPORTS, here / "data" / "samples" / "exports")
        return programs(*(shlex.split(c.partition(" || ")[0])[1:] for c, _ in SHOWN), cwd=here)

    return once(tmp_path_factory, "verify", make)


def test_there_is_something_shown() -> None:
    assert len(SHOWN) == 2 and PAGE.count("```sh") == 2


@pytest.mark.parametrize("i", range(len(SHOWN)))
def test_what_is_shown_is_printed(i: int, said: list[Said]) -> None:
    command, shown = SHOWN[i]
    assert said[i].stdout.decode("utf-8") == shown
    assert said[i].code == (1 if command.endswith("|| true") else 0)


def test_python_block(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block],
        cwd=tmp_path, env=environment(PYTHONIOENCODING="utf-8"), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert "2 claims, 1 hold, 0 fail, 1 cannot be checked" in done.stdout.decode("utf-8")


def test_the_tolerances_are_those_in_force() -> None:
    resource = ROOT / "src" / "hotline_stats" / "resources" / "claims.toml"
    known = tomllib.loads(resource.read_text("utf-8"))["tolerance"]
    rows = re.findall(r"^\| ([^|]+) \|[^|]+\| ([\d.]+) \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    keys = {"近": "near", "超": "over", "约": "about", "持平 ": "flat", "基本持平": "almost_flat"}
    told = {
        next(v for k, v in keys.items() if words.startswith(k)): (float(a), float(b)) for words, a, b in rows
    }
    assert told == {name: (entry["points"], entry["share"]) for name, entry in known.items()}


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
