"""An export as it stands: what kind of file it is, where its header is, and its rows as batches of text."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hotline_stats.errors import InputError
from hotline_stats.intake import delimited, encoding, sources, workbook
from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header
from hotline_stats.settings import IntakeSettings


@dataclass(frozen=True)
class Export:
    """One table of tickets: a text file, or the sheet of a workbook that has them.

    `batches()` reads the rows from the start, each time it is called.
    """

    file: str
    sha256: str
    bytes: int
    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    header: Header
    batches: Callable[[], Iterator[RawBatch]]


def open_exports(paths: Iterable[str | Path], settings: IntakeSettings) -> tuple[Export, ...]:
    """The exports meant by `paths`, in order; a workbook gives one for each sheet of tickets. Raises InputError
    for the first that cannot be used."""
    return tuple(export for path in sources.expand(paths) for export in _open(path, settings))


def _open(path: Path, settings: IntakeSettings) -> Iterator[Export]:
    try:
        seen = encoding.survey(path)
    except OSError as error:
        raise InputError(
            "cannot-read", file=path.name, reason=error.strerror or type(error).__name__
        ) from error
    if not seen.size:
        raise InputError("empty-file", file=path.name)
    file = (path.name, seen.sha256, seen.size)
    if kind := workbook.kind(seen.head):
        for sheet in workbook.open_sheets(path, settings):
            rows = partial(workbook.batches, sheet)
            yield Export(*file, kind, "", sheet.name, sheet.header_row, sheet.header, rows)
    else:
        found = delimited.layout(path, seen, settings)
        rows = partial(delimited.batches, path, found)
        yield Export(*file, found.encoding, found.delimiter, "", found.header_row, found.header, rows)
