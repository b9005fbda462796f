"""Which files are meant by the paths a person gave."""

import sys
import tempfile
from collections.abc import Iterable
from glob import glob, has_magic
from pathlib import Path

from hotline_stats.errors import InputError

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")


def expand(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The files meant, in the order given; those of a folder or a pattern sorted by name, none twice.

    `-` is standard input, kept in a temporary file. Raises InputError `no-such-file`, `no-files`, `no-stdin`.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            found[_stdin()] = None
        elif path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith(("~$", ".")))
            if not inside:
                raise InputError("no-files", file=given)
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        elif has_magic(str(given)):
            matches = sorted(Path(p) for p in glob(str(given)))
            if not matches:
                raise InputError("no-files", file=given)
            found.update(dict.fromkeys(matches))
        else:
            raise InputError("no-such-file", file=given)
    return tuple(found)


def _stdin() -> Path:
    with tempfile.NamedTemporaryFile(prefix="stdin-", suffix=".csv", delete=False) as file:
        while chunk := sys.stdin.buffer.read(1 << 20):
            file.write(chunk)
        size = file.tell()
    path = Path(file.name)
    if not size:
        path.unlink()
        raise InputError("no-stdin")
    import atexit

    atexit.register(path.unlink, missing_ok=True)
    return path
