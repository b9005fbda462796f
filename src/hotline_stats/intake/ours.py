"""Files that this program wrote: they are no exports, though some look like one."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from hotline_stats.errors import InputError
from hotline_stats.model.findings import FINDING_COLUMNS
from hotline_stats.model.outputs import CLASSIFIED, MANIFEST, MANIFEST_SCHEMA

_DEPTH = 2
"""A report keeps its tables and charts one folder down."""


def in_report(path: Path) -> bool:
    """Whether a file stands in the folder of a report of ours."""
    return any(is_report(folder) for folder in path.absolute().parents[:_DEPTH])


def is_report(folder: Path) -> bool:
    """Whether a folder holds a manifest of ours."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and str(found.get("schema", "")).startswith(MANIFEST_SCHEMA)


def refuse(file: str, rows: Iterable[Sequence[str]]) -> None:
    """Raise InputError `own-output` when one of the first rows is a header of ours: findings, or the rows that
    `classify` writes. The latter have no text: read again, all of their tickets would be of type other."""
    for row in rows:
        cells = [c.replace("\ufeff", "").strip() for c in row]
        if set(FINDING_COLUMNS) <= set(cells) or set(CLASSIFIED) <= set(cells):
            raise InputError("own-output", file=file)
