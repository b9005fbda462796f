"""Labelled tickets: texts that a person has given their types, from a table in a text file."""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hotline_stats.errors import InputError
from hotline_stats.intake import headers
from hotline_stats.model.evaluation import Sample
from hotline_stats.model.types import TypeScheme

PRIMARY = ("primary", "type_primary", "主类型", "问题类型")
SECONDARY = ("secondary", "sec_any", "次类型", "标签")
LABELS = "type_labels"
MARKS = (";", "|", "、", ",")
"""What stands between several types in one cell."""
csv.field_size_limit(1 << 24)


@dataclass(frozen=True)
class Labelled:
    """n tickets. `sample`: the file they are of. `title`, `content`: text, null where a file has no such column. `primary` (int16): index into the
    scheme's ids. `secondary` (int64): bit i set when the reader named type i beside the primary; None when the file has
    no such column. `lines`: of the file, as an editor shows them."""

    sample: Sample
    title: pa.StringArray
    content: pa.StringArray
    primary: NDArray[np.int16]
    secondary: NDArray[np.int64] | None
    lines: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.primary)

    def take(self, rows: NDArray[np.integer]) -> "Labelled":
        at = pa.array(rows)
        second = None if self.secondary is None else self.secondary[rows]
        return Labelled(
            self.sample,
            self.title.take(at),
            self.content.take(at),
            self.primary[rows],
            second,
            self.lines[rows],
        )


def read(path: Path, scheme: TypeScheme, random: bool = False) -> Labelled:
    """A CSV or TSV with columns for the text (title, content or what exports call them) and for the primary type, by id
    or name; a column of secondary types is optional. `random`: whoever labelled them says that they were drawn at random.

    Raises InputError `cannot-read`, `bad-encoding`, `labelled-columns` (no text or no type), `labelled-unknown-type`
    and `header-only`, each with the file, the latter with the line.
    """
    raw = _bytes(path)
    rows = _rows(path, raw)
    names = rows[0][1] if rows else []
    title, content = (
        _columns(names, (c, *headers.resource("headers.toml")[c])) for c in ("title", "content")
    )
    primary = _columns(names, PRIMARY)
    secondary = _columns(names, (*SECONDARY, LABELS) if _by_hand(names) else SECONDARY)
    if not primary or not (title or content):
        raise InputError("labelled-columns", file=path.name, found="、".join(names) or "—")
    body = [(line, cells) for line, cells in rows[1:] if any(c.strip() for c in cells)]
    if not body:
        raise InputError("header-only", file=path.name)
    known = {name: i for i, t in enumerate(scheme.types) for name in (t.id, t.zh, t.en)}
    first = np.array([_types(path, line, _cell(c, primary[:1]), known)[0] for line, c in body], np.int16)
    return Labelled(
        Sample(path.name, hashlib.sha256(raw).hexdigest(), random),
        _texts(body, title),
        _texts(body, content),
        first,
        _masks(path, body, secondary, known, first) if secondary else None,
        np.array([line for line, _ in body], np.int64),
    )


def _by_hand(names: list[str]) -> bool:
    """Whether the types of a table with these headers are all a reader's. In rows that `classify` wrote, the primary
    type is, once it has been looked at, but the labels are the program's."""
    return "type_margin" not in names


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("cannot-read", file=path.name, reason=error.strerror or "OSError") from error


def _rows(path: Path, raw: bytes) -> list[tuple[int, list[str]]]:
    """Line and cells of each row; tabs delimit where the first line has more of them than commas."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputError("binary-file", file=path.name)
    if "\0" in text:
        raise InputError("binary-file", file=path.name)
    first = text.partition("\n")[0]
    tabs = first.count("\t") > first.count(",")
    # Tables between tabs are mostly written without quotes, and a quote in them is one.
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="\t" if tabs else ",",
        quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
    )
    rows, before = [], 0
    for cells in reader:
        rows.append((before + 1, cells))
        before = reader.line_num
    return rows


def _columns(names: list[str], wanted: tuple[str, ...]) -> list[int]:
    """The columns of these names, in the order of `wanted`."""
    plain = [headers.normal(n) for n in names]
    return [plain.index(n) for n in dict.fromkeys(map(headers.normal, wanted)) if n in plain]


def _cell(cells: list[str], at: list[int]) -> str:
    """What stands in the first of the columns that is not blank: rows of several exports in one table have their text
    under the header of their own."""
    return next((text for i in at if i < len(cells) and (text := cells[i].strip())), "")


def _texts(body: list[tuple[int, list[str]]], at: list[int]) -> pa.StringArray:
    return pa.array([_cell(cells, at) or None for _, cells in body], pa.string())


def _types(path: Path, line: int, cell: str, known: dict[str, int], none: str = "—") -> list[int]:
    """The types named in a cell. Without a name the error says `none`; with "" there may be none."""
    for mark in MARKS[1:]:
        cell = cell.replace(mark, MARKS[0])
    names = [n for n in map(str.strip, cell.split(MARKS[0])) if n] or ([none] if none else [])
    for name in names:
        if name not in known:
            raise InputError("labelled-unknown-type", file=path.name, line=line, found=name)
    return [known[n] for n in names]


def _masks(
    path: Path,
    body: list[tuple[int, list[str]]],
    at: list[int],
    known: dict[str, int],
    primary: NDArray[np.int16],
) -> NDArray[np.int64]:
    """The types named beside the primary; `other` is none."""
    named = [set(_types(path, line, _cell(cells, at[:1]), known, "")) for line, cells in body]
    masks = np.array([sum(1 << i for i in types) for types in named], np.int64)
    other = np.int64(1) << max(known.values())
    return masks & ~(np.int64(1) << primary.astype(np.int64)) & ~other
