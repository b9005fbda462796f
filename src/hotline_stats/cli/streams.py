"""Standard output carries results, standard error what is said about the work."""

import os
import sys
from io import TextIOWrapper
from typing import IO

from hotline_stats.errors import PlaceError

_quiet = False


def prepare() -> None:
    """Write UTF-8 with plain line ends wherever the output is not a terminal; never fail on a character. A
    stream that the caller closed goes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, TextIOWrapper) and stream.isatty():
            stream.reconfigure(errors="replace")
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def narrate(text: str) -> None:
    """A line about the work, on standard error, unless --quiet."""
    if not _quiet:
        complain(text)


def complain(text: str) -> None:
    """A line that is said even with --quiet."""
    sys.stderr.write(f"{text}\n")


def result(text: str) -> None:
    """A result, on standard output; ends with one line end. Raises PlaceError `cannot-write`."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        close_quietly()
        raise PlaceError("cannot-write", place="-", reason=error.strerror or type(error).__name__) from error


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
