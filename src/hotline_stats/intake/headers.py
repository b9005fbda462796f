"""Which row is the header, and which canonical column each of its cells means."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hotline_stats.errors import InputError
from hotline_stats.intake.reading import PLAIN, Reading

RECEIVED = ("accepted_at", "created_at")
"""The columns that date a ticket: the first that a file has is used for all of its rows."""
FEWEST = 4
"""Cells of a row of names."""
_NAME = re.compile(r"[a-z][a-z_ ./()-]{0,39}[0-9]?")


@cache
def resource(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("hotline_stats") / "resources" / name).read_text("utf-8"))


def normal(header: str) -> str:
    """A header or value as it is compared: width, case, white space, a mark at its ends (*受理时间, 备注：) and a
    remark in brackets do not matter."""
    text = whole(header)
    head, bracket, _ = text.partition("(")
    return head if bracket and head else text


def whole(header: str) -> str:
    """As `normal`, with its remark: a mapping file names a header as it stands."""
    text = unicodedata.normalize("NFKC", header).replace("\ufeff", "").casefold()
    text = "".join(text.split())
    return text.strip("*:") or text


@cache
def aliases() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Normal header → the (canonical column, rank among its aliases) that it may mean."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for column, names in resource("headers.toml").items():
        for rank, name in enumerate(names):
            out[normal(name)] = (*out.get(normal(name), ()), (column, rank))
    return out


def meanings(cell: str, reading: Reading = PLAIN) -> tuple[tuple[str, int], ...]:
    """The (canonical column, rank) that a header may mean: what the mapping file says of it, else its aliases.
    Headers that a mapping file names come first, in its order; a column "" is to be left out."""
    name = whole(cell)
    if name in reading.columns:
        return ((reading.columns[name], list(reading.columns).index(name) - len(reading.columns)),)
    return () if reading.only else aliases().get(normal(cell), ())


@dataclass(frozen=True)
class Header:
    """A header row: its cells and, for each, the canonical column ("" when its meaning is not known).
    `reading`: what a mapping file says about the columns."""

    cells: tuple[str, ...]
    columns: tuple[str, ...]
    reading: Reading = PLAIN

    @property
    def mapping(self) -> tuple[tuple[str, str], ...]:
        return tuple((h, c) for h, c in zip(self.cells, self.columns, strict=True) if c)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headers of no known meaning; those that a mapping file leaves out are not among them."""
        return tuple(
            h
            for h, c in zip(self.cells, self.columns, strict=True)
            if not c and h and self.reading.columns.get(whole(h)) != ""
        )

    @property
    def absent(self) -> tuple[str, ...]:
        """Headers that the mapping file gives a meaning, and that are not here."""
        given = self.reading.source.get("columns", {})
        here = {whole(h) for h in self.cells}
        named = given if isinstance(given, Mapping) else {}
        return tuple(h for h in named if self.reading.columns[whole(h)] and whole(h) not in here)

    def index(self, column: str) -> int | None:
        return self.columns.index(column) if column in self.columns else None

    @property
    def received(self) -> str:
        """The column that dates the tickets of this file."""
        return next(c for c in RECEIVED if c in self.columns)


def known(cells: Sequence[str], reading: Reading = PLAIN) -> int:
    """How many cells of a row are headers that we know."""
    return sum(bool(meanings(c, reading)) for c in cells)


def dated(cells: Sequence[str], reading: Reading = PLAIN) -> bool:
    """Whether a row has a header for the time that a ticket was received."""
    return any(c in RECEIVED for cell in cells for c, _ in meanings(cell, reading))


def find(rows: Sequence[Sequence[str]], reading: Reading = PLAIN) -> int | None:
    """The position of the header among the first rows: the one with most known headers, which must include
    a received time; the first of equals."""
    scores = [known(r, reading) if dated(r, reading) else 0 for r in rows]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def missing(file: str, rows: Sequence[Sequence[str]], reading: Reading = PLAIN) -> InputError:
    """The error for rows without a header. It shows a row that is nothing but names of columns (open_dt, case
    status), else the known headers of the row that has most of them, and nothing else: another cell may be a
    ticket's."""
    named = [row for row in rows if _named(row)]
    best = max(named or rows, key=lambda row: known(row, reading), default=())
    shown = "、".join(" ".join(c.split()) for c in best if named or meanings(c, reading))
    return InputError(
        "no-header",
        file=file,
        rows=len(rows),
        expected=resource("headers.toml")["accepted_at"][0],
        found=shown or "—",
    )


def _named(row: Sequence[str]) -> bool:
    """Whether all cells of a row are names in Latin letters, each another one: no ticket has such a row, since
    it has a date."""
    names = {c.strip().casefold() for c in row}
    return FEWEST <= len(row) == len(names) and all(_NAME.fullmatch(name) for name in names)


def read(cells: Sequence[str], sample: Sequence[Sequence[str]], reading: Reading = PLAIN) -> Header:
    """The meaning of a header row; `sample` are some rows under it.

    What the mapping file says of a header holds. When several headers mean one column, the one named first in
    the mapping file is used, else the one listed first among the aliases, else the one further left. A header
    with two meanings (工单类别) takes urgency when its values are degrees of urgency, else the other meaning.
    """
    trimmed = tuple(" ".join(c.split()) for c in cells)
    wanted = [_meaning(i, c, sample, reading) for i, c in enumerate(trimmed)]
    columns = [""] * len(trimmed)
    for column in {c for c, _ in wanted if c}:
        rivals = [(rank, i) for i, (c, rank) in enumerate(wanted) if c == column]
        if column in ("person", "address"):
            for _, i in rivals:
                columns[i] = column
        else:
            columns[min(rivals)[1]] = column
    return Header(trimmed, tuple(columns), reading)


def _meaning(i: int, cell: str, sample: Sequence[Sequence[str]], reading: Reading) -> tuple[str, int]:
    found = meanings(cell, reading)
    if len(found) < 2:
        return found[0] if found else ("", 0)
    values = {normal(r[i]) for r in sample if i < len(r)} - {"", "-", "none"}
    degrees = {normal(w) for w in resource("values.toml")["urgency"]["words"]}
    urgent = bool(values) and values <= degrees
    return next(m for m in found if (m[0] == "urgency") == urgent)
