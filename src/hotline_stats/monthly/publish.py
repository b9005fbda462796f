"""One month's report and tables in a folder that appears whole or not at all, and only when something changed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from hotline_stats.errors import NotYetError, PlaceError
from hotline_stats.reports import manifest
from hotline_stats.reports.report import Report

LOCK = ".hotline-stats.lock"


@dataclass(frozen=True)
class Published:
    """`changed` is False when the folder already held the same, whole. `findings_n`: of the input, without remarks
    (severity info)."""

    folder: Path
    changed: bool
    findings_n: int


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Hold OUT for one run. Raises NotYetError `locked`, PlaceError `cannot-write`."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        held = FileLock(out / LOCK)
        held.acquire(blocking=False)
    except Timeout as error:
        raise NotYetError("locked", place=out) from error
    except OSError as error:
        raise PlaceError("cannot-write", place=out, reason=error.strerror or type(error).__name__) from error
    try:
        yield
    finally:
        held.release()


def publish(out: Path, report: Report, findings_n: int) -> Published:
    """Write the report and its tables to OUT/MONTH, unless the same stands there already: same inputs, rows,
    windows, settings and versions, and every file as its manifest says."""
    folder = out / report.results.windows.asked.label
    changed = not (_same(folder, report) and manifest.intact(folder))
    if changed:
        report.write(folder, tables=True)
    return Published(folder, changed, findings_n)


def _same(folder: Path, report: Report) -> bool:
    """Whether the manifest there tells of the same input, settings and versions."""
    try:
        there: dict[str, Any] = json.loads((folder / manifest.NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    made_from = manifest.made_from(report.results, report.intake, report.provenance)
    here: dict[str, Any] = json.loads(json.dumps(made_from))
    return {k: v for k, v in there.items() if k != "outputs"} == here
