"""Which row is the header, and which canonical column each of its cells means."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hotline_stats.errors import InputError

RECEIVED = ("accepted_at", "created_at")
"""The columns that date a ticket: the first that a file has is used for all of its rows."""


@cache
def resource(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("hotline_stats") / "resources" / name).read_text("utf-8"))


def normal(header: str) -> str:
    """A header or value as it is compared: width, case, white space, a mark at its ends (*受理时间, 备注：) and a
    remark in brackets do not matter."""
    text = unicodedata.normalize("NFKC", header).replace("\ufeff", "").casefold()
    text = "".join(text.split())
    text = text.strip("*:") or text
    head, bracket, _ = text.partition("(")
    return head if bracket and head else text


@cache
def aliases() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Normal header → the (canonical column, rank among its aliases) that it may mean."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for column, names in resource("headers.toml").items():
        for rank, name in enumerate(names):
            out[normal(name)] = (*out.get(normal(name), ()), (column, rank))
    return out


@dataclass(frozen=True)
class Header:
    """A header row: its cells and, for each, the canonical column ("" when its meaning is not known)."""

    cells: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def mapping(self) -> tuple[tuple[str, str], ...]:
        return tuple((h, c) for h, c in zip(self.cells, self.columns, strict=True) if c)

    @property
    def unmapped(self) -> tuple[str, ...]:
        return tuple(h for h, c in zip(self.cells, self.columns, strict=True) if not c and h)

    def index(self, column: str) -> int | None:
        return self.columns.index(column) if column in self.columns else None

    @property
    def received(self) -> str:
        """The column that dates the tickets of this file."""
        return next(c for c in RECEIVED if c in self.columns)


def known(cells: Sequence[str]) -> int:
    """How many cells of a row are headers that we know."""
    return sum(normal(c) in aliases() for c in cells)


def dated(cells: Sequence[str]) -> bool:
    """Whether a row has a header for the time that a ticket was received."""
    return any(c in RECEIVED for cell in cells for c, _ in aliases().get(normal(cell), ()))


def find(rows: Sequence[Sequence[str]]) -> int | None:
    """The position of the header among the first rows: the one with most known headers, which must include
    a received time; the first of equals."""
    scores = [known(r) if dated(r) else 0 for r in rows]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def missing(file: str, rows: Sequence[Sequence[str]]) -> InputError:
    """The error for rows without a header. It shows the known headers of the row that has most of them, and
    nothing else: another cell may be a ticket's."""
    best = max(rows, key=known, default=())
    shown = "、".join(" ".join(c.split()) for c in best if normal(c) in aliases())
    return InputError(
        "no-header",
        file=file,
        rows=len(rows),
        expected=resource("headers.toml")["accepted_at"][0],
        found=shown or "—",
    )


def read(cells: Sequence[str], sample: Sequence[Sequence[str]]) -> Header:
    """The meaning of a header row; `sample` are some rows under it.

    When several headers mean one column, the one listed first among the aliases is used. A header with two
    meanings (工单类别) takes urgency when its values are degrees of urgency, else the other meaning.
    """
    trimmed = tuple(" ".join(c.split()) for c in cells)
    wanted = [_meaning(i, c, sample) for i, c in enumerate(trimmed)]
    columns = [""] * len(trimmed)
    for column in {c for c, _ in wanted if c}:
        rivals = [(rank, i) for i, (c, rank) in enumerate(wanted) if c == column]
        if column in ("person", "address"):
            for _, i in rivals:
                columns[i] = column
        else:
            columns[min(rivals)[1]] = column
    return Header(trimmed, tuple(columns))


def _meaning(i: int, cell: str, sample: Sequence[Sequence[str]]) -> tuple[str, int]:
    meanings = aliases().get(normal(cell), ())
    if len(meanings) < 2:
        return meanings[0] if meanings else ("", 0)
    values = {normal(r[i]) for r in sample if i < len(r)} - {"", "-", "none"}
    degrees = {normal(w) for w in resource("values.toml")["urgency"]["words"]}
    urgent = bool(values) and values <= degrees
    return next(m for m in meanings if (m[0] == "urgency") == urgent)
