"""The formats of a report directory."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from hotline_stats.errors import UsageError

Format = Literal["html", "docx", "xlsx", "json", "md"]
EVERY: tuple[Format, ...] = get_args(Format)
DEFAULT: tuple[Format, ...] = ("html", "docx", "xlsx", "json")


@dataclass(frozen=True)
class Wanted:
    """What a report directory is to hold. `template`: a .docx whose styles the Word file takes; `tables`: also every
    figure as tables/*.csv and tables/*.parquet, see reports/frames.py."""

    formats: tuple[Format, ...] = DEFAULT
    template: Path | None = None
    tables: bool = False


def parse(text: str) -> tuple[Format, ...]:
    """`html,docx` in the order of EVERY. Raises UsageError `unknown-format`."""
    asked = {part.strip().lower() for part in text.split(",") if part.strip()}
    if not asked or not asked <= set(EVERY):
        raise UsageError("unknown-format", found=text, known=", ".join(EVERY))
    return tuple(f for f in EVERY if f in asked)
