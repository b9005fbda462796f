"""Rows that are not tickets: blank, totals, the header again, reminders, void ones, and those without a date."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.headers import Header, normal
from hotline_stats.intake.reminders import opens_as_reminder
from hotline_stats.intake.values import present, words

Mask = npt.NDArray[np.bool_]


def not_tickets(raw: RawBatch, header: Header, accepted: pa.TimestampArray) -> Iterator[tuple[str, Mask]]:
    """Masks of rows to leave out, by code, each row under its first reason only. `accepted` are the times
    read from the column that dates the tickets."""
    n = raw.cells.num_rows
    free = np.ones(n, bool)
    undated = empty = _mask(pc.is_null(accepted))
    structural: Iterable[tuple[str, Mask]] = ()
    if undated.any():
        structural = _structural(raw, header, undated)
        empty = _mask(pc.is_null(present(raw.cells.column(header.columns.index(header.received)))))
    for code, mask in (
        *structural,
        ("long-row", _positions(raw, "long-row", n)),
        ("void", _listed(raw, header, "status", "void_status")),
        ("reminder", _listed(raw, header, "request_type", "reminder_types") | opens_as_reminder(raw, header)),
        ("no-date", empty),
        ("bad-date", undated),
    ):
        hit = mask & free
        if hit.any():
            free &= ~hit
            yield code, hit


def _structural(raw: RawBatch, header: Header, undated: Mask) -> Iterator[tuple[str, Mask]]:
    """Blank rows, totals and repeated headers: all of them are without a date, so only those are looked at."""
    at = np.flatnonzero(undated)
    rows = raw.cells.take(pa.array(at))
    received = header.columns.index(header.received)
    blank, total, again = np.ones(len(at), bool), np.zeros(len(at), bool), np.zeros(len(at), bool)
    for i, column in enumerate(rows.columns):
        bare = pc.replace_substring_regex(column, r"[\s\x{3000}:：]+", "")
        blank &= _mask(pc.equal(bare, ""))
        total |= _mask(pc.is_in(bare, pa.array(sorted(words("rows", "totals")))))
        if i == received:
            again = _mapped(column, {normal(header.cells[i])})
    for code, mask in (("blank-row", blank), ("header-again", again), ("total-row", total)):
        out = np.zeros(len(undated), bool)
        out[at[mask]] = True
        yield code, out


def _listed(raw: RawBatch, header: Header, column: str, name: str) -> Mask:
    """Rows whose value in `column` is one of a list of values.toml."""
    at = header.index(column)
    return (
        np.zeros(len(raw.lines), bool) if at is None else _mapped(raw.cells.column(at), words("rows", name))
    )


def _mapped(column: pa.StringArray, wanted: Collection[str]) -> Mask:
    """Rows whose value, in normal form, is one of those wanted."""
    coded = pc.dictionary_encode(column)
    known = np.array([normal(v) in wanted for v in coded.dictionary.to_pylist()], bool)
    out: Mask = known[coded.indices.to_numpy()]
    return out


def _positions(raw: RawBatch, code: str, n: int) -> Mask:
    mask = np.zeros(n, bool)
    mask[[i for i, c in raw.defects if c == code]] = True
    return mask


def _mask(array: pa.BooleanArray) -> Mask:
    out: Mask = array.to_numpy(zero_copy_only=False)
    return out
