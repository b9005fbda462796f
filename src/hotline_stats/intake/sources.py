"""Which files are meant by the paths a person gave."""

import atexit
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path
from typing import IO

from hotline_stats.errors import InputError
from hotline_stats.intake import ours

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".html", ".htm")
_NOT_IN_FOLDERS = (".html", ".htm")
"""A web page in a folder is seldom an export: it must be named, or stand in an archive."""


def expand(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The files meant, in the order given; those of a folder or a pattern sorted by name, none twice.

    A folder means its exports and archives, without those of folders inside it. What stands in a report of ours is
    no export: a pattern leaves it out. `-` is standard input, kept in a temporary file, as is a pipe. Raises
    InputError `no-such-file`, `no-files`, `no-stdin`, `own-output`.
    """
    found: dict[Path, Path] = {}
    for given in dict.fromkeys(map(str, paths)):
        for path in _meant(given):
            found.setdefault(path.resolve(), path)
    return tuple(found.values())


def _meant(given: str) -> Iterator[Path]:
    path = Path(given)
    if given == "-":
        kept = _keep(sys.stdin.buffer, "stdin")
        if not kept.stat().st_size:
            raise InputError("no-stdin")
        yield kept
    elif path.is_fifo():
        with path.open("rb") as pipe:
            yield _keep(pipe, path.name)
    elif path.is_dir() or (has_magic(given) and not path.exists()):
        if path.is_dir() and ours.is_report(path):
            raise InputError("own-output", file=given)
        inside = path.iterdir() if path.is_dir() else map(Path, glob(given))  # noqa: PTH207 — Path.glob takes no absolute pattern
        wanted = sorted(p for p in inside if p.is_file() and (not path.is_dir() or _is_export(p)))
        if not path.is_dir():
            wanted = [p for p in wanted if not p.name.startswith("~$") and not ours.in_report(p)]
        if not wanted:
            raise InputError("no-files", file=given)
        yield from wanted
    elif path.exists():
        yield path
    else:
        raise InputError("no-such-file", file=given)


def _is_export(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        suffix = path.with_suffix("").suffix.lower()
    known = suffix == ".zip" or (suffix in SUFFIXES and suffix not in _NOT_IN_FOLDERS)
    return known and not path.name.startswith(("~$", "."))


def _keep(stream: IO[bytes], name: str) -> Path:
    """The bytes of a stream that can be read only once, in a file until the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-stats-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with (folder / name).open("wb") as file:
        shutil.copyfileobj(stream, file)
    return folder / name
