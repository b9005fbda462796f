"""Delimited text: its delimiter and header, then its rows as a stream of batches."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from hotline_stats.errors import InputError
from hotline_stats.intake import encoding, headers, mapping, ours
from hotline_stats.intake.batch import RawBatch, of_cells, with_broken
from hotline_stats.intake.encoding import Survey
from hotline_stats.intake.headers import Header
from hotline_stats.intake.lines import Clock, Lines, line_ends
from hotline_stats.intake.reading import Reading
from hotline_stats.intake.unclosed import refuse_rows_inside
from hotline_stats.settings import IntakeSettings

BLOCKS = (1 << 21, 1 << 28)
"""Bytes read at once; the second is tried when a row is longer than the first."""
BEYOND = 3
"""Where most rows have more cells than the header, so many rows with a value beyond it show that it lacks a name."""
DELIMITERS = (",", "\t", ";")
_END = "\0"
"""Added as a last row: when it is not read as one, a quote before it was never closed."""
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml")


@dataclass(frozen=True)
class Layout:
    """Where the table is. `before`: the text up to and with the header; `line`: after the header; `width`:
    cells of most rows (a delimiter may end each of them). `lossy`: bytes that are not of the encoding, which a
    person named, are replaced."""

    encoding: str
    delimiter: str
    header: Header
    header_row: int
    before: str
    line: int
    width: int
    quotes: bool
    lossy: bool


class _RowTooLong(Exception):  # noqa: N818 — not an error yet: a larger block may hold the row
    """A row is longer than a block."""


def layout(path: Path, seen: Survey, settings: IntakeSettings) -> Layout:
    """Find encoding, delimiter and header. Raises InputError `empty-file`, `binary-file`, `bad-encoding`,
    `bad-workbook` (a web page without a table), `no-header`."""
    if seen.head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise InputError("bad-workbook", file=path.name, reason="HTML / XML")  # without a table
    code = encoding.decide(path, seen, settings.encoding)
    lossy = bool(settings.encoding) and not (seen.utf8 and code.startswith("utf-8"))
    text = encoding.head_text(path, seen, code, lossy)
    if not text.strip():
        raise InputError("empty-file", file=path.name)
    found = [_Leading.of(text, d, settings.header_rows + 50, seen.size <= encoding.HEAD) for d in DELIMITERS]
    reading = mapping.of(settings)
    best = max(found, key=lambda f: f.score(settings.header_rows, reading))
    above = best.rows[: settings.header_rows + 1]
    ours.refuse(path.name, above)
    at = headers.find(above, reading)
    if at is None:
        raise headers.missing(path.name, above, reading)
    first, last = best.lines[at]
    header = headers.read(best.rows[at], best.rows[at + 1 :], reading)
    before = "".join(islice(io.StringIO(text, newline=""), last))
    usual = Counter(len(r) for r in best.rows[at + 1 :] if r).most_common(1)
    width = max(len(header.cells), usual[0][0] if usual else 0)
    return Layout(code, best.delimiter, header, first, before, last + 1, width, seen.quotes, lossy)


def batches(path: Path, layout: Layout) -> Iterator[RawBatch]:
    """The rows under the header; those with an unusual number of cells in batches of their own, after the
    batch that they stand in. Raises InputError `bad-encoding`, `unclosed-quote`, `header-short`."""
    done, beyond = 0, list[int]()
    for block in BLOCKS:
        clock = Clock(layout.line)
        try:
            for step in _steps(path, layout, block, clock):
                fresh = step[0].after(done)
                beyond += [int(fresh.lines[i]) for i, code in fresh.defects if code == "long-row"]
                if len(beyond) >= BEYOND:
                    raise _header_short(path, layout, beyond[0])
                yield from (rows for raw in step if (rows := raw.after(done)).lines.size)
                done = clock.line - 1
            return
        except _RowTooLong:
            continue
    raise InputError("unclosed-quote", file=path.name, line=clock.line)


def _header_short(path: Path, layout: Layout, line: int) -> InputError:
    return InputError(
        "header-short", file=path.name, line=line, width=layout.width, header=len(layout.header.cells)
    )


def _steps(path: Path, layout: Layout, block: int, clock: Clock) -> Iterator[list[RawBatch]]:
    """Batches, each followed by the rows set aside that stand before or in it."""
    aside: list[pacsv.InvalidRow] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        aside.append(row)
        return "skip"

    ended, nothing = False, np.zeros(0, np.int64)
    try:
        for cells in _cells(path, layout, block, set_aside):
            inner, where = line_ends(cells) if layout.quotes else (np.zeros(cells.num_rows, np.int64), ())
            places, others = clock.place(inner, aside)
            unusual, aside[:] = aside[: len(others)], aside[len(others) :]
            ended = cells.num_rows > 0 and cells.column(0)[-1].as_py() == _END
            n = cells.num_rows - ended
            step = [
                of_cells(cells.slice(0, n), places[:n], len(layout.header.cells), layout.width),
                *_unusual(unusual, others, layout),
            ]
            refuse_rows_inside(path, layout.header, layout.delimiter, step[0], (inner[:n], where))
            for raw in step[1:]:
                refuse_rows_inside(path, layout.header, layout.delimiter, raw, line_ends(raw.cells))
            yield [with_broken(raw) for raw in step] if layout.lossy else step
    except pa.ArrowInvalid as error:
        clock.place(nothing, aside)
        raise _RowTooLong from error
    if not ended:
        clock.place(nothing, aside)
        raise InputError("unclosed-quote", file=path.name, line=clock.last)


def _cells(path: Path, layout: Layout, block: int, set_aside: Callable[..., str]) -> Iterator[pa.RecordBatch]:
    names = [str(i) for i in range(layout.width)]
    return iter(
        pacsv.open_csv(
            _Source(path, layout),
            pacsv.ReadOptions(column_names=names, block_size=block, use_threads=False),
            pacsv.ParseOptions(
                delimiter=layout.delimiter,
                newlines_in_values=layout.quotes,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            _as_text(names),
        )
    )


def _as_text(names: Sequence[str]) -> pacsv.ConvertOptions:
    types = dict.fromkeys(names, pa.string())
    return pacsv.ConvertOptions(column_types=types, strings_can_be_null=False, check_utf8=False)


def _unusual(rows: Sequence[pacsv.InvalidRow], lines: Lines, layout: Layout) -> Iterator[RawBatch]:
    """Rows set aside, a batch for each number of cells."""
    by_width: dict[int, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        by_width[row.actual_columns].append(i)
    for width, at in by_width.items():
        names = [str(i) for i in range(width)]
        text = "\n".join(rows[i].text for i in at).encode()
        table = pacsv.read_csv(
            pa.BufferReader(text),
            pacsv.ReadOptions(column_names=names, block_size=len(text) + 1, use_threads=False),
            pacsv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True, ignore_empty_lines=False),
            _as_text(names),
        )
        cells = pa.RecordBatch.from_arrays([c.combine_chunks() for c in table.columns], names=names)
        yield of_cells(cells, lines[at], len(layout.header.cells), layout.width)


class _Source:
    """The text under the header as UTF-8, with the end row, for Arrow to read."""

    closed = False

    def __init__(self, path: Path, layout: Layout) -> None:
        self.chunks = self._chunks(path, layout)
        self.rest = b""

    def read(self, size: int) -> bytes:
        parts, ready = [self.rest], len(self.rest)
        while ready < size and (chunk := next(self.chunks, b"")):
            parts.append(chunk)
            ready += len(chunk)
        data = b"".join(filter(None, parts))
        self.rest = data[size:]
        return data[:size]

    def close(self) -> None:
        self.chunks.close()
        self.closed = True

    @staticmethod
    def _chunks(path: Path, layout: Layout) -> Generator[bytes, None, None]:
        last = b"\n"
        text = encoding.utf8_chunks(path, layout.encoding, layout.before, layout.lossy)
        for chunk in filter(None, encoding.without_marks(text)):
            yield chunk
            last = chunk[-1:]
        gap = "" if last in b"\r\n" else "\n"
        yield f"{gap}{_END}{layout.delimiter * (layout.width - 1)}\n".encode()


@dataclass(frozen=True)
class _Leading:
    """The first rows of a text under one delimiter, each with its first and last line (from 1)."""

    delimiter: str
    rows: list[list[str]]
    lines: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str, delimiter: str, limit: int, whole: bool) -> "_Leading":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows, lines, before = [], [], 0
        try:
            for row in islice(reader, limit):
                rows.append(row)
                lines.append((before + 1, reader.line_num))
                before = reader.line_num
        except csv.Error:
            whole = (
                True  # a cell too long for the csv module: the rows before it are enough to find the header
            )
        end = len(rows) if whole or len(rows) == limit else -1
        return cls(delimiter, rows[:end], lines[:end])

    def score(self, header_rows: int, reading: Reading) -> int:
        rows = (r for r in self.rows[: header_rows + 1] if headers.dated(r, reading))
        return max((headers.known(r, reading) for r in rows), default=0)
