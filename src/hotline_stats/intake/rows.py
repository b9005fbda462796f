"""Rows that are not tickets: blank, totals, the header again, reminders, void ones, and those without a date."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header, normal
from hotline_stats.intake.values import present, words

Mask = npt.NDArray[np.bool_]


def not_tickets(raw: RawBatch, header: Header, accepted: pa.TimestampArray) -> Iterator[tuple[str, Mask]]:
    """Masks of rows to leave out, by code, each row under its first reason only. `accepted` are the times
    read from the column that dates the tickets."""
    n = raw.cells.num_rows
    free = np.ones(n, bool)
    received = _cells(raw, header, header.received)
    undated = _mask(pc.is_null(accepted))
    empty = _mask(pc.is_null(present(received)))
    for code, mask in (
        *_structural(raw, header, undated, empty),
        ("long-row", _positions(raw, "long-row", n)),
        ("void", _listed(raw, header, "status", "void_status", n)),
        ("reminder", _listed(raw, header, "request_type", "reminder_types", n)),
        ("no-date", empty),
        ("bad-date", undated),
    ):
        hit = mask & free
        if hit.any():
            free &= ~hit
            yield code, hit


def _structural(raw: RawBatch, header: Header, undated: Mask, empty: Mask) -> Iterator[tuple[str, Mask]]:
    """Blank rows, totals and repeated headers: all of them are without a date, so only those are looked at."""
    n = len(undated)
    blank, total, again = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool)
    place = header.columns.index(header.received)
    for i in np.flatnonzero(undated):
        cells = [str(c.as_py()) for c in (column[int(i)] for column in raw.cells.columns)]
        filled = [normal(c) for c in cells if c.strip()]
        blank[i] = not filled
        again[i] = bool(filled) and normal(cells[place]) == normal(header.cells[place])
        total[i] = bool(empty[i]) and any(f.rstrip(":") in words("rows", "totals") for f in filled)
    yield "blank-row", blank
    yield "header-again", again
    yield "total-row", total


def _listed(raw: RawBatch, header: Header, column: str, name: str, n: int) -> Mask:
    """Rows whose value in `column` is one of a list of values.toml."""
    if header.index(column) is None:
        return np.zeros(n, bool)
    coded = pc.dictionary_encode(_cells(raw, header, column))
    known = np.array([normal(v) in words("rows", name) for v in coded.dictionary.to_pylist()], bool)
    return known[coded.indices.to_numpy(zero_copy_only=False)] if n else np.zeros(0, bool)


def _positions(raw: RawBatch, code: str, n: int) -> Mask:
    mask = np.zeros(n, bool)
    mask[[i for i, c in raw.defects if c == code]] = True
    return mask


def _cells(raw: RawBatch, header: Header, column: str) -> pa.StringArray:
    return raw.cells.column(header.columns.index(column))


def _mask(array: pa.BooleanArray) -> Mask:
    out: Mask = array.to_numpy(zero_copy_only=False)
    return out
