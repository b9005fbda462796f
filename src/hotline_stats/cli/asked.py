"""From option texts to what the API takes."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline_stats.cli import streams
from hotline_stats.errors import PlaceError, UsageError
from hotline_stats.settings import FILE, Loaded, load

if TYPE_CHECKING:
    from hotline_stats.charts import Chart


def settings(config: Path | None, **flags: Any) -> Loaded:
    """Settings in force. Flags are keyed by setting, with `__` for the dot (`report__lang`)."""
    here = Path(FILE)
    file = config or (here if here.is_file() else None)
    return load(file, os.environ, {k.replace("__", "."): v for k, v in flags.items()})


def model(file: str | None, rules_only: bool) -> str | None:
    """The setting `model`. Raises UsageError `model-or-rules` for both."""
    if file is not None and rules_only:
        raise UsageError("model-or-rules")
    return "none" if rules_only else file


def conditions(where: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """COLUMN=VALUE texts as pairs. Raises UsageError `bad-where`."""
    pairs = []
    for text in where or ():
        column, equals, value = text.partition("=")
        if not equals or not column.strip():
            raise UsageError("bad-where", found=text)
        pairs.append((column.strip(), value.strip()))
    return tuple(pairs)


def write_text(path: Path, text: str, *, bom: bool = False) -> None:
    """Write a result file. Raises PlaceError `cannot-write`."""
    try:
        path.write_text(text, encoding="utf-8-sig" if bom else "utf-8", newline="\n")
    except OSError as error:
        raise PlaceError("cannot-write", place=path, reason=error.strerror or type(error).__name__) from error


def write_bytes(path: Path, raw: bytes) -> None:
    """Write a result file. Raises PlaceError `cannot-write`."""
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise PlaceError("cannot-write", place=path, reason=error.strerror or type(error).__name__) from error


def write_chart(stem: Path, chart: "Chart") -> None:
    """Write STEM.png and STEM.svg. Raises PlaceError `cannot-write`."""
    from hotline_stats.charts import save

    try:
        save(chart, stem)
    except OSError as error:
        raise PlaceError("cannot-write", place=stem, reason=error.strerror or type(error).__name__) from error


def write_new(path: Path, text: str) -> None:
    """Write a file that a person will edit; none is written over. Raises PlaceError `file-exists`,
    `cannot-write`."""
    if path.exists():
        raise PlaceError("file-exists", file=path)
    write_text(path, text)


def deliver(text: str, output: Path | None, *, bom: bool = False) -> None:
    """A result to its file, or to standard output for none and "-"."""
    if output is None or str(output) == "-":
        streams.result(text)
    else:
        write_text(output, text, bom=bom)


def json_text(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
