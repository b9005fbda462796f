"""A table of households by place (CSV or TOML) → model.households.Households, checked."""

import csv
import io
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from hotline_stats.errors import UsageError
from hotline_stats.intake.headers import aliases, normal
from hotline_stats.model.facts import PLACES
from hotline_stats.model.households import Households

_COUNTS = ("户数", "总户数", "住户数", "households")
_MOST = 100_000_000
_Entry = tuple[str, str, str, object]
"""Where it stands (for an error), level, place, households as found."""


def load(path: Path) -> Households:
    """Read and check a table of households.

    CSV (UTF-8 or GB18030): a header with one or more columns of places (小区, 居村, 街镇 … as in exports) and 户数; a row of
    several levels counts for the lowest. TOML: a table by level, `[estate]` and then `"name" = 1200`.

    Raises UsageError `bad-households-file` (unreadable, no such columns, empty) and `bad-households` (a row or key: no
    whole number above zero, no name, a name twice).
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    text = _decoded(path, data)
    levels: dict[str, dict[str, int]] = {}
    for place, level, name, found in (_toml if path.suffix.lower() == ".toml" else _csv)(path, text):
        names = levels.setdefault(level, {})
        clean = " ".join(name.split())
        if not clean or clean in names:
            raise UsageError("bad-households", file=path.name, place=place, found=name)
        names[clean] = _whole(path, place, found)
    if not levels:
        raise _unreadable(path, "empty")
    return Households(levels)


def _decoded(path: Path, data: bytes) -> str:
    if b"\0" in data:
        raise _unreadable(path, "binary")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "UTF-8, GB18030: ×")


def _toml(path: Path, text: str) -> Iterator[_Entry]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, str(error)) from error
    for level, places in table.items():
        if level not in PLACES or not isinstance(places, dict):
            raise _unreadable(path, f"[{level}] ≠ " + " ".join(f"[{p}]" for p in PLACES))
        for name, found in places.items():
            yield f"{level}.{name}", level, name, found


def _csv(path: Path, text: str) -> Iterator[_Entry]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [normal(cell) for cell in next(reader, [])]
        levels = {i: level for i, cell in enumerate(header) if (level := _level(cell))}
        count = next((i for i, cell in enumerate(header) if cell in {normal(c) for c in _COUNTS}), None)
        if not levels or count is None:
            raise _unreadable(path, "小区 | 居村 | 街镇 … + 户数")
        lowest_first = sorted(levels, key=lambda i: -PLACES.index(levels[i]))
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            cells = [*row, *[""] * (len(header) - len(row))]
            at = next((i for i in lowest_first if cells[i].strip()), lowest_first[0])
            yield str(reader.line_num), levels[at], cells[at], cells[count]
    except csv.Error as error:
        raise _unreadable(path, str(error)) from error


def _level(header: str) -> str | None:
    """The level of place that a header means."""
    return next((column for column, _ in aliases().get(header, ()) if column in PLACES), None)


def _whole(path: Path, place: str, found: object) -> int:
    """A whole number above zero; text may have thousands marked and end in 户."""
    text = unicodedata.normalize("NFKC", str(found)).strip().removesuffix("户").replace(",", "").strip()
    if isinstance(found, bool) or not (text.isascii() and text.isdigit()) or not 0 < int(text[:12]) <= _MOST:
        raise UsageError("bad-households", file=path.name, place=place, found=str(found)[:20])
    return int(text)


def _unreadable(path: Path, reason: str) -> UsageError:
    return UsageError("bad-households-file", file=path.name, reason=reason)
