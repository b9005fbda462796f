"""Running the program as a person does, in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Said:
    """What a run of the program said, and how it ended."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        return (self.stdout + b"\n" + self.stderr).decode("utf-8")


@dataclass(frozen=True)
class Made:
    """A report directory, and what was said when it was made."""

    directory: Path
    said: Said


def environment(lang: str = "zh", **more: str) -> dict[str, str]:
    """The environment of this process without settings of the program, speaking `lang`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HOTLINE_STATS_")}
    return {**kept, "HOTLINE_STATS_LANG": lang, **more}


def program(*arguments: object, cwd: Path, stdin: bytes | None = None) -> Said:
    """Run the program with these arguments."""
    command = [sys.executable, "-m", "hotline_stats", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, env=environment(), input=stdin, capture_output=True, timeout=120, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)
