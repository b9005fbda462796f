"""One batch of rows as they stand → tickets with canonical columns, their text aside, and findings."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake import dates, values
from hotline_stats.intake.batch import RawBatch
from hotline_stats.intake.callers import callers
from hotline_stats.intake.headers import Header
from hotline_stats.intake.reading import PLAIN, Reading
from hotline_stats.intake.reminders import bare_ids, reminders
from hotline_stats.intake.rows import Mask, not_tickets
from hotline_stats.intake.shapes import names, shapes
from hotline_stats.model.columns import BY_NAME
from hotline_stats.model.tickets import CLEAN_FIELDS, CLEAN_SCHEMA, nulls

DAMAGED_ID = r"^\d(\.\d+)?[Ee]\+?\d+$"
CODE = r"^\s*[0-9](\.0+)?\s*$"


@dataclass(frozen=True)
class Flaw:
    """One kind of finding in one batch: the lines, the header of the column ("" = the row), what was found."""

    code: str
    column: str
    lines: npt.NDArray[np.int64]
    found: tuple[str, ...]


@dataclass(frozen=True)
class Clean:
    """`tickets`: CLEAN_SCHEMA. `title`, `content`: text of the same rows as it stands, null without such a
    column. `kept`: position in the raw batch of each. `reminders`: REMINDER_SCHEMA, the rejected rows that remind
    of a ticket. Rows in = rows of `tickets` + `rejected`."""

    tickets: pa.RecordBatch
    title: pa.StringArray
    content: pa.StringArray
    kept: npt.NDArray[np.int64]
    rejected: int
    flaws: tuple[Flaw, ...]
    reminders: pa.RecordBatch


def clean(raw: RawBatch, header: Header, secret: bytes | None = None) -> Clean:
    """Read a batch: drop what is no ticket, read values, put aside what is personal.

    Columns that the file does not have are null. Nothing is guessed: what is not understood is missing, with
    a finding. With a `secret`, `caller` is the keyed hash of the caller's number; without, nothing about callers
    is computed.
    """
    raw = _translated(raw, header)
    received = _column(raw, header, header.received)
    accepted = dates.parse(values.present(received), header.reading.times_of(header.received))
    flaws: list[Flaw] = []
    keep = np.ones(raw.cells.num_rows, bool)
    reminding = np.zeros(raw.cells.num_rows, bool)
    for code, mask in not_tickets(raw, header, accepted):
        keep &= ~mask
        reminding |= mask & (code == "reminder")
        shown = shapes(received, mask) if code == "bad-date" else ("",) * int(mask.sum())
        column = header.cells[header.columns.index(header.received)] if "date" in code else ""
        flaws.append(Flaw(code, column, raw.lines[mask], shown))
    reader = _Reader(raw, header, keep, flaws)
    for code in ("short-row", "broken-bytes"):
        reader.note(code, "", _defects(raw, code)[keep])
    tickets = reader.tickets(accepted, secret)
    return Clean(
        tickets,
        reader.text("title"),
        reader.text("content"),
        np.flatnonzero(keep),
        int((~keep).sum()),
        tuple(flaws),
        reminders(raw, header, reminding, accepted),
    )


def understood(column: str, cell: pa.StringArray, reading: Reading = PLAIN) -> pa.BooleanArray:
    """Which cells of a canonical column hold what the column is for. In a column of times, flags, ratings or
    counts anything else may have slipped in from a personal column; in the others nothing can be told."""
    kind = BY_NAME[column].kind
    if kind == "time":
        given = values.present(cell)
        return pc.or_(pc.is_null(given), pc.is_valid(dates.parse(given, reading.times_of(column))))
    if column in reading.words:
        cell = values.translated(cell, reading.words[column])
    if kind == "flag":
        return pc.invert(values.flag(cell, column)[1])
    if kind == "rating":
        return pc.invert(values.rating(cell)[1])
    if kind == "number":
        return pc.invert(values.positive(cell)[1])
    return pa.repeat(True, len(cell))


class _Reader:
    """Reads the columns of the rows kept, and notes what it could not read."""

    def __init__(self, raw: RawBatch, header: Header, keep: Mask, flaws: list[Flaw]) -> None:
        self.header, self.flaws = header, flaws
        everything = bool(keep.all())
        self.cells = raw.cells if everything else raw.cells.filter(pa.array(keep))
        self.lines = raw.lines[keep]
        self.keep = keep
        self.n = len(self.lines)

    def note(self, code: str, column: str, mask: Mask, shown: tuple[str, ...] | None = None) -> None:
        if mask.any():
            title = self.header.cells[self.header.columns.index(column)] if column else ""
            self.flaws.append(Flaw(code, title, self.lines[mask], shown or ("",) * int(mask.sum())))

    def cell(self, column: str) -> pa.StringArray | None:
        at = self.header.index(column)
        return None if at is None else self.cells.column(at)

    def text(self, column: str) -> pa.StringArray:
        cell = self.cell(column)
        return pa.nulls(self.n, pa.string()) if cell is None else cell

    def tickets(self, accepted: pa.TimestampArray, secret: bytes | None) -> pa.RecordBatch:
        out = {name: nulls(kind, self.n) for name, kind in CLEAN_FIELDS}
        out["row"] = pa.array(self.lines)
        out["accepted_at"] = accepted.filter(pa.array(self.keep))
        out["ticket_id"] = self.ticket_id()
        for name, kind in CLEAN_FIELDS:
            cell = self.cell(name)
            if cell is not None and kind == values.CATEGORY and name != "satisfaction":
                out[name] = values.category(cell)
        out |= self.levels()
        for name in self.header.reading.known:
            self.unknown_names(name, out[name])
        for name in ("due_at", "closed_at", "updated_at"):
            out[name] = self.time(name)
        for name in ("contacted", "resolved", "on_time"):
            out[name] = self.listed(name)
        out["satisfaction"] = self.listed("satisfaction")
        for name, code in (("closed_at", "closed-before-accepted"), ("due_at", "due-before-accepted")):
            out[name] = self.after_accepted(name, code, out[name], out["accepted_at"])
        if self.cell("on_time") is None:
            out["on_time"] = _on_time(out["closed_at"], out["due_at"])
        out["repeat"] = self.repeat()
        if secret is not None:
            persons = [self.cells.column(i) for i, c in enumerate(self.header.columns) if c == "person"]
            out["caller"] = callers(persons, secret, self.n)
        return pa.RecordBatch.from_arrays([out[f.name] for f in CLEAN_SCHEMA], schema=CLEAN_SCHEMA)

    def ticket_id(self) -> pa.StringArray:
        cell = self.cell("ticket_id")
        if cell is None:
            return pa.nulls(self.n, pa.string())
        ids = bare_ids(cell)
        self.note("no-id", "ticket_id", _numpy(pc.is_null(ids)))
        if not values.holds(ids, b"eE"):
            return ids
        damaged = pc.fill_null(pc.match_substring_regex(ids, DAMAGED_ID), False)
        self.note("damaged-id", "ticket_id", _numpy(damaged))
        return pc.if_else(damaged, pa.scalar(None, pa.string()), ids)

    def time(self, column: str) -> pa.TimestampArray:
        cell = self.cell(column)
        if cell is None:
            return pa.nulls(self.n, dates.SECONDS)
        given = values.present(cell)
        times = dates.parse(given, self.header.reading.times_of(column))
        if times.null_count > given.null_count:
            bad = _numpy(pc.and_(pc.is_valid(given), pc.is_null(times)))
            self.note("bad-time", column, bad, shapes(cell, bad))
        return times

    def listed(self, column: str) -> pa.Array:
        """A column whose words are listed in values.toml."""
        cell = self.cell(column)
        if cell is None:
            return pa.nulls(self.n, values.CATEGORY if column == "satisfaction" else pa.bool_())
        if column == "satisfaction":
            read, unknown = values.rating(cell)
        elif column == "repeats":
            read, unknown = values.positive(cell)
        else:
            read, unknown = values.flag(cell, column)
        mask = _numpy(unknown)
        if not mask.any():
            return read
        if column == "satisfaction":
            code = mask & _numpy(pc.match_substring_regex(cell, CODE))
            self.note("rating-code", column, code, tuple(cell.filter(pa.array(code)).to_pylist()))
            mask &= ~code
        self.note("unknown-value", column, mask, shapes(cell, mask))
        return read

    def levels(self) -> dict[str, pa.Array]:
        """The columns of categories where one column holds all levels (A->B->C); else none."""
        given = [c for c in self.header.columns if c.startswith("category_")]
        cell = self.cell("category_1")
        found = values.levels(cell) if cell is not None and given == ["category_1"] else None
        return {f"category_{i}": level for i, level in enumerate(found or (), 1)}

    def unknown_names(self, column: str, found: pa.DictionaryArray) -> None:
        """Note the names that are not among those that the mapping file lists."""
        if self.cell(column) is None:
            return
        known = self.header.reading.known[column]
        strange = np.array([values.normal_value(v) not in known for v in found.dictionary.to_pylist()], bool)
        codes = pc.fill_null(found.indices, -1).to_numpy(zero_copy_only=False)
        mask = np.append(strange, False)[codes]
        self.note("unknown-name", column, mask, names(pc.cast(found, pa.string()), mask))

    def after_accepted(
        self, column: str, code: str, closed: pa.TimestampArray, accepted: pa.TimestampArray
    ) -> pa.TimestampArray:
        """Closing or due times, null where they lie before the accepted time. A date without a time of day
        is before it only when the day is."""
        if not pc.any(pc.less(closed, accepted)).as_py():
            return closed
        day = pc.floor_temporal(closed, unit="day")
        bare = pc.equal(day, closed)
        start = pc.if_else(bare, pc.floor_temporal(accepted, unit="day"), accepted)
        before = pc.fill_null(pc.less(closed, start), False)
        self.note(code, column, _numpy(before))
        return pc.if_else(before, pa.scalar(None, dates.SECONDS), closed)

    def repeat(self) -> pa.BooleanArray:
        """Whether the ticket says of itself that it repeats another; null where the file does not tell."""
        other, times = self.cell("repeat_of"), self.cell("repeats")
        named = None if other is None else pc.is_valid(values.present(other))
        counted = None if times is None else self.listed("repeats")
        if named is None:
            return pa.nulls(self.n, pa.bool_()) if counted is None else counted
        return named if counted is None else pc.or_(named, pc.fill_null(counted, False))


def _defects(raw: RawBatch, code: str) -> Mask:
    """The rows with a defect."""
    mask = np.zeros(len(raw.lines), bool)
    mask[[i for i, c in raw.defects if c == code]] = True
    return mask


def _on_time(closed: pa.TimestampArray, due: pa.TimestampArray) -> pa.BooleanArray:
    """Closed by the due time; a due date without a time of day lasts until that day ends."""
    day = pc.floor_temporal(due, unit="day")
    end = pc.if_else(pc.equal(day, due), pc.add(due, pa.scalar(np.timedelta64(86399, "s"))), due)
    return pc.less_equal(closed, end)


def _translated(raw: RawBatch, header: Header) -> RawBatch:
    """The batch with the words of the mapping file put in."""
    cells = raw.cells
    for column, words in header.reading.words.items():
        at = header.index(column)
        if at is not None:
            cells = cells.set_column(at, str(at), values.translated(cells.column(at), words))
    return raw if cells is raw.cells else replace(raw, cells=cells)


def _column(raw: RawBatch, header: Header, column: str) -> pa.StringArray:
    return raw.cells.column(header.columns.index(column))


def _numpy(array: pa.BooleanArray) -> Mask:
    out: Mask = array.to_numpy(zero_copy_only=False)
    return out
