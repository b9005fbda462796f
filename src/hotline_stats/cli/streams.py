"""Standard output carries results, standard error what is said about the work."""

import os
import sys
from typing import IO

_quiet = False


def prepare() -> None:
    """Write UTF-8 with plain line ends wherever the output is not a terminal; never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]


def narrate(text: str) -> None:
    """A line about the work, on standard error, unless --quiet."""
    if not _quiet:
        print(text, file=sys.stderr)  # noqa: T201


def complain(text: str) -> None:
    """A line that is said even with --quiet."""
    print(text, file=sys.stderr)  # noqa: T201


def result(text: str) -> None:
    """A result, on standard output; ends with one line end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def hush(quiet: bool) -> None:
    """--quiet, once for the whole run."""
    global _quiet
    _quiet = quiet


def hushed() -> bool:
    return _quiet


def plain(stream: IO[str]) -> bool:
    """Whether a stream wants neither colour nor boxes."""
    return not stream.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def close_quietly() -> None:
    """After the reader of standard output has gone (`| head`): nothing more is to be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
