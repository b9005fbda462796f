"""The formats of a report directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from hotline_stats.errors import UsageError

Format = Literal["html", "docx", "xlsx", "json", "md"]
EVERY: tuple[Format, ...] = get_args(Format)
DEFAULT: tuple[Format, ...] = ("html", "docx", "xlsx", "json")


@dataclass(frozen=True)
class Wanted:
    """What a report directory is to hold. `template`: the bytes of a .docx whose styles the Word file takes; `tables`:
    also every figure as tables/*.csv and tables/*.parquet, see reports/frames.py."""

    formats: tuple[Format, ...] = DEFAULT
    template: bytes | None = None
    tables: bool = False


def known(formats: Iterable[str]) -> tuple[Format, ...]:
    """The formats, each once, in the order of EVERY. Raises UsageError `unknown-format`."""
    asked = [f.strip().lower() for f in formats]
    strange = [f for f in asked if f not in EVERY]
    if strange or not asked:
        raise UsageError("unknown-format", found=", ".join(strange), known=", ".join(EVERY))
    return tuple(f for f in EVERY if f in asked)


def wanted(formats: Iterable[str], template: str | Path | None = None, *, tables: bool = False) -> Wanted:
    """What is asked for, checked, so that a slip is told before anything is read.

    Raises UsageError `unknown-format`, `template-not-read`, `template-unused`."""
    found = known(formats)
    if template is None:
        return Wanted(found, None, tables)
    if "docx" not in found:
        raise UsageError("template-unused", formats=", ".join(found))
    from hotline_stats.reports.renderers import word_template  # heavy

    return Wanted(found, word_template.read(template), tables)
