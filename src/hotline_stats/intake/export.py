"""An export as it stands: what kind of file it is, where its header is, and its rows as batches of text."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.errors import InputError
from hotline_stats.intake import archives, delimited, encoding, headers, sources, webpage, workbook
from hotline_stats.intake.archives import File
from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.clean import Flaw
from hotline_stats.intake.headers import Header
from hotline_stats.settings import IntakeSettings

_NOTES = (".txt", ".html", ".htm")
"""In an archive, a file with one of these suffixes and without a header of tickets is taken for a note."""


@dataclass(frozen=True)
class Export:
    """One table of tickets: a text file, a sheet of a workbook or a table of a web page that has them.

    `batches()` reads the rows from the start, each time it is called. `notes`: findings on the whole file.
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
    notes: tuple[Flaw, ...] = ()


def open_exports(paths: Iterable[str | Path], settings: IntakeSettings) -> tuple[Export, ...]:
    """The exports meant by `paths`, in order; a workbook gives one for each sheet of tickets, an archive one for
    each export inside. Raises InputError for the first that cannot be used."""
    return tuple(export for path in sources.expand(paths) for export in _open(path, settings))


def _open(path: Path, settings: IntakeSettings) -> tuple[Export, ...]:
    try:
        packed = archives.kind(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not packed:
        return _tables(File(path.name, path), settings)
    found = archives.unpack(path, packed, sources.SUFFIXES)
    return _members(path, found.files, list(found.others), settings)


def _members(
    path: Path, files: tuple[File, ...], others: list[str], settings: IntakeSettings
) -> tuple[Export, ...]:
    """The exports of an archive. Each file left out is a finding, by its suffix: the name of an attachment may be
    that of a person."""
    exports: list[Export] = []
    notes: list[InputError] = []
    for file in files:
        try:
            exports += _tables(file, settings)
        except InputError as error:
            if error.code != "no-header" or PurePosixPath(file.name).suffix.lower() not in _NOTES:
                raise
            notes.append(error)
            others.append(file.name.removeprefix(f"{path.name}/"))
    if not exports:
        raise notes[0]
    if others:
        kinds = sorted(f"*{PurePosixPath(name).suffix.lower()}" for name in others)
        flaw = _about_file("member-left-out", kinds)
        exports[0] = replace(exports[0], notes=(*exports[0].notes, flaw))
    return tuple(exports)


def _tables(file: File, settings: IntakeSettings) -> tuple[Export, ...]:
    """The exports in one file that is no archive."""
    path = file.path
    with _named(file):
        try:
            seen = encoding.survey(path)
        except OSError as error:
            raise _unreadable(path, error) from error
        if not seen.size:
            raise InputError("empty-file", file=path.name)
        about = (file.name, file.sha256 or seen.sha256, file.size or seen.size)
        if kind := workbook.kind(seen.head):
            sheets, skipped = workbook.open_sheets(path, settings)
        elif webpage.is_page(seen.head):
            kind, sheets, skipped = webpage.open_tables(path, seen, settings)
        else:
            found = delimited.layout(path, seen, settings)
            rows = partial(_rows, file, found.header, partial(delimited.batches, path, found))
            return (
                Export(*about, found.encoding, found.delimiter, "", found.header_row, found.header, rows),
            )
    notes = (_about_file("sheet-left-out", skipped),) if skipped else ()
    return tuple(
        Export(
            *(*about, kind, "", sheet.name, sheet.header_row, sheet.header),
            batches=partial(_rows, file, sheet.header, sheet.batches),
            notes=() if i else notes,
        )
        for i, sheet in enumerate(sheets)
    )


def _about_file(code: str, found: Iterable[str]) -> Flaw:
    """A finding on the file as a whole: row 0."""
    shown = tuple(" ".join(f.split()) for f in found)
    return Flaw(code, "", np.zeros(len(shown), np.int64), shown)


def _rows(file: File, header: Header, batches: Callable[[], Iterator[RawBatch]]) -> Iterator[RawBatch]:
    names = pa.array(sorted({*headers.aliases(), *header.cells, *header.reading.columns}))
    with _named(file):
        for raw in batches():
            _refuse_other_header(file, header, raw, names)
            yield raw


def _refuse_other_header(file: File, header: Header, raw: RawBatch, names: pa.StringArray) -> None:
    """A joined file may go on with another header, in another order: the rows under it would be misread. `names`:
    of columns, of which one then stands where a time should."""
    reading = header.reading
    column = raw.cells.column(header.columns.index(header.received))
    suspect = pc.is_in(pc.utf8_trim_whitespace(column), names).to_numpy(zero_copy_only=False)
    for i in np.flatnonzero(suspect):
        cells = [str(c[int(i)].as_py()) for c in raw.cells.columns]
        plain = list(map(headers.normal, cells))
        named = {p for p, cell in zip(plain, cells, strict=True) if headers.meanings(cell, reading)}
        if len(named) < 2 or plain == list(map(headers.normal, header.cells)):
            continue
        if headers.read(cells, [], reading).columns != header.columns:
            raise InputError("header-changes", file=file.path.name, line=int(raw.lines[i]))


@contextmanager
def _named(file: File) -> Iterator[None]:
    """Errors name the file as a person knows it, not the temporary one."""
    try:
        yield
    except InputError as error:
        if error.facts.get("file") == file.path.name:
            error.facts["file"] = file.name
        raise


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError("cannot-read", file=path.name, reason=error.strerror or type(error).__name__)
