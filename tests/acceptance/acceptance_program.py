"""Running the program as a person does, in a process of its own."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from filelock import FileLock
from pytest import TempPathFactory

T = TypeVar("T")


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


_MANY = """
import json, os, runpy, sys
runs, place = json.loads(sys.argv[1])
for number, arguments in enumerate(runs):
    for stream, name in ((1, "stdout"), (2, "stderr")):
        log = os.open(os.path.join(place, f"{number}.{name}"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, stream)
        os.close(log)
    sys.argv = ["hotline-stats", *arguments]
    try:
        runpy.run_module("hotline_stats", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    with open(os.path.join(place, f"{number}.code"), "w") as file:
        file.write(str(code))
"""


def programs(*runs: Sequence[object], cwd: Path) -> list[Said]:
    """Run the program several times in one process, which is sooner done; each run is logged on its own."""
    with TemporaryDirectory(prefix="said-") as place:
        todo = json.dumps([[[str(a) for a in run] for run in runs], place])
        command = [sys.executable, "-c", _MANY, todo]
        done = subprocess.run(
            command, cwd=cwd, env=environment(), capture_output=True, timeout=300, check=False
        )
        logs = Path(place)
        assert done.returncode == 0, [p.read_text("utf-8") for p in sorted(logs.glob("*.stderr"))]
        return [
            Said(
                int((logs / f"{i}.code").read_text()),
                (logs / f"{i}.stdout").read_bytes(),
                (logs / f"{i}.stderr").read_bytes(),
            )
            for i in range(len(runs))
        ]


def once(factory: TempPathFactory, name: str, make: Callable[[Path], T]) -> T:
    """What `make` makes in a folder of its own, made once for all workers of a test run."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    here, kept = root / name, root / f"{name}.pickle"
    with FileLock(root / f"{name}.lock"):
        if not kept.exists():
            here.mkdir()
            kept.write_bytes(pickle.dumps(make(here)))
    made: T = pickle.loads(kept.read_bytes())
    return made
