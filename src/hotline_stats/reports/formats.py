"""The formats of a report directory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from hotline_stats.errors import UsageError

Format = Literal["html", "docx", "xlsx", "json", "md"]
EVERY: tuple[Format, ...] = get_args(Format)
DEFAULT: tuple[Format, ...] = ("html", "docx", "xlsx", "json")
NAME = "report"
PERIOD = "{period}"
"""What stands for the period in a name."""
_LONGEST = 80
_NO_NAME = re.compile(
    r'[<>:"/\\|?*{}\x00-\x1f\x7f]|^[. ]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d|manifest)$', re.IGNORECASE
)
"""What Windows or Linux does not take as the name of a file, braces of anything but the period, and the name of
the manifest."""


@dataclass(frozen=True)
class Wanted:
    """What a report directory is to hold. `template`: the bytes of a .docx whose styles the Word file takes; `tables`:
    also every figure as tables/*.csv and tables/*.parquet, see reports/frames.py; `name`: of the report's files without
    their endings, with PERIOD for the period."""

    formats: tuple[Format, ...] = DEFAULT
    template: bytes | None = None
    tables: bool = False
    name: str = NAME

    def stem(self, period: str) -> str:
        """The name for a period such as `2024` or `2024-01..2024-05`."""
        return self.name.replace(PERIOD, period)


def known(formats: Iterable[str]) -> tuple[Format, ...]:
    """The formats, each once, in the order of EVERY. Raises UsageError `unknown-format`."""
    asked = [f.strip().lower() for f in formats]
    strange = [f for f in asked if f not in EVERY]
    if strange or not asked:
        raise UsageError("unknown-format", found=", ".join(strange), known=", ".join(EVERY))
    return tuple(f for f in EVERY if f in asked)


def wanted(
    formats: Iterable[str], template: str | Path | None = None, *, tables: bool = False, name: str = NAME
) -> Wanted:
    """What is asked for, checked, so that a slip is told before anything is read.

    Raises UsageError `unknown-format`, `bad-name`, `template-not-read`, `template-unused`."""
    found = known(formats)
    plain = name.replace(PERIOD, "")
    if not name or len(name) > _LONGEST or _NO_NAME.search(plain):
        raise UsageError("bad-name", found=name)
    if template is None:
        return Wanted(found, None, tables, name)
    if "docx" not in found:
        raise UsageError("template-unused", formats=", ".join(found))
    from hotline_stats.reports.renderers import word_template  # heavy

    return Wanted(found, word_template.read(template), tables, name)
