"""The report of the samples, made once by the program itself, as a person makes it."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from acceptance_samples import EXPORTS

Program = Callable[..., subprocess.CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """The environment of this process without settings of ours, in Chinese."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HOTLINE_STATS_")}
    return {**kept, "HOTLINE_STATS_LANG": "zh", "PYTHONWARNINGS": "error", **more}


def program(
    *arguments: object, cwd: Path, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as the console script does."""
    command = [sys.executable, "-m", "hotline_stats", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=environment(), input=stdin, capture_output=True, timeout=120, check=False
    )


@dataclass(frozen=True)
class Made:
    """A report directory, and what was said when it was made."""

    directory: Path
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    here = tmp_path_factory.mktemp("made")
    done = program("report", EXPORTS, "--out", here / "report", cwd=here)
    stdout, stderr = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert done.returncode == 0, stderr
    return Made(here / "report", stdout, stderr)
