"""Delimited text: its encoding, delimiter and header, then its rows as a stream of batches."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv

from hotline_stats.errors import InputError
from hotline_stats.intake import headers
from hotline_stats.intake.batch import RawBatch, of_rows
from hotline_stats.intake.headers import Header
from hotline_stats.settings import IntakeSettings

HEAD = 1 << 18
BLOCK = 1 << 22
DELIMITERS = (",", "\t", ";")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class Layout:
    """Where the table is in the file. `start`: byte after the header; `line`: line after the header."""

    encoding: str
    delimiter: str
    header: Header
    header_row: int
    start: int
    line: int
    odd_quotes: bool


@dataclass(frozen=True)
class Survey:
    """One pass over the bytes of a file."""

    sha256: str
    size: int
    head: bytes
    utf8: bool
    odd_quotes: bool


def survey(path: Path) -> Survey:
    """Hash a file and find out strictly whether all of it is UTF-8."""
    digest, size, head, utf8, quotes, rest = hashlib.sha256(), 0, b"", True, 0, b""
    with path.open("rb") as file:
        while chunk := file.read(BLOCK):
            digest.update(chunk)
            head = head or chunk[:HEAD]
            size += len(chunk)
            quotes += chunk.count(b'"')
            if utf8:
                rest += chunk
                cut = _whole_characters(rest)
                utf8 = _valid_utf8(rest[:cut])
                rest = rest[cut:]
    return Survey(digest.hexdigest(), size, head, utf8 and not rest, quotes % 2 == 1)


def layout(path: Path, seen: Survey, settings: IntakeSettings) -> Layout:
    """Find encoding, delimiter and header. Raises InputError `empty-file`, `binary-file`, `bad-encoding`,
    `no-header`."""
    encoding = settings.encoding or _encoding(seen)
    if not seen.head.strip():
        raise InputError("empty-file", file=path.name)
    if b"\0" in seen.head and not encoding.startswith("utf-16"):
        raise InputError("binary-file", file=path.name)
    text = _head_text(path, seen, encoding)
    if not text.strip():
        raise InputError("empty-file", file=path.name)
    found = [_Leading.of(text, d, settings.header_rows + 50) for d in DELIMITERS]
    best = max(found, key=lambda f: f.score(settings.header_rows))
    at = headers.find(best.rows[: settings.header_rows + 1])
    if at is None:
        raise InputError(
            "no-header",
            file=path.name,
            rows=settings.header_rows + 1,
            expected="受理时间",
            found=_first_cells(best.rows),
        )
    first, last = best.lines[at]
    header = headers.read(best.rows[at], best.rows[at + 1 :])
    start = _byte_offset(seen.head, text, last, encoding)
    return Layout(encoding, best.delimiter, header, first, start, last + 1, seen.odd_quotes)


def batches(path: Path, layout: Layout) -> Iterator[RawBatch]:
    """The rows under the header. Raises InputError `bad-encoding`, `unclosed-quote`."""
    width = len(layout.header.cells)
    odd: list[tuple[int, str]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip"

    names = [str(i) for i in range(width)]
    clock = _Lines(layout.line)
    last: RawBatch | None = None
    with _stream(path, layout) as source:
        try:
            reader = pacsv.open_csv(
                source,
                pacsv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=False),
                pacsv.ParseOptions(
                    delimiter=layout.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep,
                ),
                pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
            )
            for cells in reader:
                if cells.num_rows:
                    last = RawBatch(cells, clock.of(cells, odd))
                    yield last
        except UnicodeDecodeError as error:
            raise _bad_encoding(path, layout.encoding) from error
        except pa.ArrowInvalid as error:
            if "Empty CSV file" in str(error):
                return
            raise InputError("unclosed-quote", file=path.name, line=clock.next_line) from error
    if layout.odd_quotes and last is not None and _spans_lines(last):
        raise InputError("unclosed-quote", file=path.name, line=int(last.lines[-1]))
    if odd:
        clock.of(None, odd)
        if any(text.count('"') % 2 for _, text in odd[-1:]):
            raise InputError("unclosed-quote", file=path.name, line=clock.odd_lines[-1])
        rows = [_cells(text, layout.delimiter) for _, text in odd]
        yield of_rows(rows, clock.odd_lines, width)


@dataclass(frozen=True)
class _Leading:
    """The first rows of a text under one delimiter, each with its first and last line (from 1)."""

    delimiter: str
    rows: list[list[str]]
    lines: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str, delimiter: str, limit: int) -> "_Leading":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows, lines, before = [], [], 0
        try:
            for row in islice(reader, limit):
                rows.append(row)
                lines.append((before + 1, reader.line_num))
                before = reader.line_num
        except csv.Error:
            pass  # a cell too long for the csv module: what came before it is enough to find the header
        return cls(delimiter, rows, lines)

    def score(self, header_rows: int) -> int:
        return max((headers.known(r) for r in self.rows[: header_rows + 1] if headers.dated(r)), default=0)


class _Lines:
    """Counts on which line each row begins, over batches: cells may hold line ends, and rows that the reader
    set aside stand between the others."""

    def __init__(self, line: int) -> None:
        self.next_line = line
        self.next_record = 1
        self.done = 0
        self.odd_lines: list[int] = []

    def of(self, cells: pa.RecordBatch | None, odd: list[tuple[int, str]]) -> npt.NDArray[np.int64]:
        """The line of each row of a batch; notes those of the odd rows before and among them."""
        n = 0 if cells is None else cells.num_rows
        height = np.ones(n, np.int64) if cells is None else 1 + _line_ends(cells)
        waiting = odd[self.done :]
        if not waiting:
            self.next_record += n
            lines = self.next_line + np.concatenate([[0], np.cumsum(height)[:-1]]) if n else height
            self.next_line += int(height.sum())
            return lines
        lines = np.empty(n, np.int64)
        at = 0
        for number, text in waiting:
            ahead = number - self.next_record
            if ahead > n - at:
                break
            self._place(lines, height, at, at + ahead)
            at += ahead
            self.odd_lines.append(self.next_line)
            self.next_line += 1 + text.count("\n")
            self.next_record += 1
            self.done += 1
        self._place(lines, height, at, n)
        return lines

    def _place(self, lines: npt.NDArray[np.int64], height: npt.NDArray[np.int64], a: int, b: int) -> None:
        if b > a:
            lines[a:b] = self.next_line + np.concatenate([[0], np.cumsum(height[a:b])[:-1]])
            self.next_line += int(height[a:b].sum())
            self.next_record += b - a


def _line_ends(cells: pa.RecordBatch) -> npt.NDArray[np.int64]:
    """Line ends inside the cells of each row."""
    out = np.zeros(cells.num_rows, np.int64)
    for column in cells.columns:
        _, offsets, data = column.buffers()
        if data is None:
            continue
        bounds = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
        ends = np.flatnonzero(np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]] == 10) + bounds[0]
        if len(ends):
            out += np.bincount(np.searchsorted(bounds, ends, side="right") - 1, minlength=len(out))
    return out


def _spans_lines(batch: RawBatch) -> bool:
    return any("\n" in str(v) for v in batch.cells.slice(batch.cells.num_rows - 1).to_pylist()[0].values())


def _cells(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _stream(path: Path, layout: Layout) -> pa.NativeFile:
    file = pa.OSFile(str(path))
    file.seek(layout.start)
    if layout.encoding in ("utf-8", "utf-8-sig"):
        return file
    return pa.transcoding_input_stream(file, layout.encoding, "utf-8")


def _encoding(seen: Survey) -> str:
    """By byte order mark, else UTF-8 when all of it is valid, else GB18030 (of which GBK is a part)."""
    for bom, name in _BOMS:
        if seen.head.startswith(bom):
            return name
    return "utf-8" if seen.utf8 else "gb18030"


def _head_text(path: Path, seen: Survey, encoding: str) -> str:
    head = seen.head.removeprefix(next((b for b, name in _BOMS if name == encoding), b""))
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        return codecs.getincrementaldecoder(plain)().decode(head, final=seen.size <= HEAD)
    except UnicodeDecodeError as error:
        raise _bad_encoding(path, plain) from error


def _bad_encoding(path: Path, encoding: str) -> InputError:
    """The error with the line of the first byte that `encoding` cannot read."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        for raw in file:
            try:
                decoder.decode(raw)
            except UnicodeDecodeError:
                break
            line += 1
    return InputError("bad-encoding", file=path.name, encoding=encoding, line=line)


def _byte_offset(head: bytes, text: str, lines: int, encoding: str) -> int:
    """Where line `lines` (from 1) ends. The bytes of line ends are never part of another character, except
    in UTF-16, whose text is encoded again."""
    if encoding.startswith("utf-16"):
        shown = "".join(islice(io.StringIO(text, newline=""), lines))
        return 2 + len(shown.encode(encoding))
    end = next(islice(_LINE_END.finditer(head), lines - 1, None), None)
    return end.end() if end else len(head)


def _whole_characters(data: bytes) -> int:
    """How many bytes end with a whole UTF-8 character (a broken end is left for the next chunk)."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            need = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) if back >= need else len(data) - back
        if byte < 0x80:
            return len(data)
    return len(data)


def _valid_utf8(data: bytes) -> bool:
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64).tobytes())
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _first_cells(rows: list[list[str]]) -> str:
    """The first row that reads like a header, as a hint. Rows with digits may be tickets and are not shown."""
    for row in rows[:5]:
        if len(row) > 1 and not any(ch.isdigit() for cell in row for ch in cell):
            return "、".join(c.strip()[:12] for c in row[:8])
    return "—"
