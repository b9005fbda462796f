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
    """The exports meant by `paths`, in order. Raises InputError for the first that cannot be used."""
    return tuple(_open(path, settings) for path in sources.expand(paths))


def _open(path: Path, settings: IntakeSettings) -> Export:
    try:
        seen = encoding.survey(path)
    except OSError as error:
        raise InputError(
            "cannot-read", file=path.name, reason=error.strerror or type(error).__name__
        ) from error
    if not seen.size:
        raise InputError("empty-file", file=path.name)
    if kind := workbook.kind(seen.head):
        sheet = workbook.open_sheet(path, settings)
        return Export(
            path.name, seen.sha256, seen.size, kind, "", sheet.name, sheet.header_row, sheet.header,
            partial(workbook.batches, sheet),
        )  # fmt: skip
    found = delimited.layout(path, seen, settings)
    return Export(
        path.name, seen.sha256, seen.size, found.encoding, found.delimiter, "", found.header_row, found.header,
        partial(delimited.batches, path, found),
    )  # fmt: skip
