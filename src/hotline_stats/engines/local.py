"""The local engine: the kernel over the batches of all exports, on threads, in bounded memory."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.engines import kernel, reminders
from hotline_stats.engines.apart import far_dates
from hotline_stats.engines.gather import Gathering
from hotline_stats.errors import InputError
from hotline_stats.intake import Export, Flaw, older_rows, on_another_day
from hotline_stats.model.findings import FINDING_COLUMNS, FileIntake, Intake
from hotline_stats.model.tickets import REMINDER_SCHEMA
from hotline_stats.taxonomy import DECIDES, Taxonomy

Progress = Callable[[int], None]
CLASHES = 10
"""From so many repeated ids with another accepted day on, the ids are looked at with suspicion."""
RELEASE = 16
"""After so many batches Arrow gives back what it keeps for later: it keeps several times what it uses."""
T = TypeVar("T")


@dataclass(frozen=True)
class Read:
    """`tickets`: TYPED_SCHEMA (codes of texts may be narrower) and `reminders_n` (int64), one row a ticket, repeats settled unless they were to be
    kept. `intake`: the account of every row."""

    tickets: pa.Table
    intake: Intake


def read(
    exports: Sequence[Export],
    taxonomy: Taxonomy,
    progress: Progress | None = None,
    *,
    dedupe: str = "newest",
    secret: bytes | None = None,
    none_kept: bool = False,
) -> Read:
    """Read and type all exports. `progress` is told the number of rows after each batch. `dedupe`: "newest" keeps
    the newest row of a ticket, "none" all of them. `secret`: the key of the caller hash, where it is asked for.

    Raises InputError `header-only` when a file has no row, `no-tickets` when none was kept (unless `none_kept`
    is allowed: who asks what is wrong is told), `ids-repeat` when what stands as ticket id is none.
    """
    gathered, parts = Gathering(), [list[_Part]() for _ in exports]
    for file, done in _typed(exports, taxonomy, secret):
        gathered.add(done.tickets)
        parts[file].append(_Part(done.rows_in, done.rejected, done.flaws, done.reminders))
        if progress is not None:
            progress(done.rows_in)
    for export, batches in zip(exports, parts, strict=True):
        if not sum(b.rows_in for b in batches):
            raise InputError("header-only", file=export.file)
    rows_in = sum(b.rows_in for p in parts for b in p)
    if not none_kept and rows_in == sum(b.rejected for p in parts for b in p):
        raise InputError("no-tickets", rows_in=rows_in)
    slips, apart = _slips(gathered)
    repeats = _settle(gathered, dedupe)
    tickets = gathered.table()
    asked = _reminder_rows(parts)
    found = reminders.count(tickets["ticket_id"], asked, settle=dedupe != "none")
    orphans = asked.select(["file", "row"]).take(pa.array(found.orphans))
    orphans = orphans.append_column("code", pa.repeat("reminder-orphan", len(found.orphans)))
    intake = _account(exports, parts, (slips, repeats, orphans, apart), tickets.num_rows)
    intake = replace(intake, dedupe=dedupe, reminders=found.total, reminded=found.tickets)
    second = tickets["second"].to_numpy()
    intake = replace(intake, read=int((second > 0).sum()), decided=int((second == DECIDES).sum()))
    return Read(tickets.append_column("reminders_n", pa.array(found.counts)), intake)


@dataclass(frozen=True)
class _Part:
    """What is kept of a batch beside its tickets."""

    rows_in: int
    rejected: int
    flaws: tuple[Flaw, ...]
    reminders: pa.RecordBatch


def _slips(gathered: Gathering) -> tuple[pa.Table, pa.Table]:
    """File, row and code of the tickets whose accepted time is far ahead of all others, which are let go, and of
    those far behind, which may be old and stay."""
    tickets = gathered.columns("accepted_at", "file", "row")
    at, codes = far_dates(tickets["accepted_at"])
    found = tickets.select(["file", "row"]).take(pa.array(at))
    found = found.append_column("code", pa.array(codes, pa.string()))
    keep = np.ones(tickets.num_rows, bool)
    ahead = codes == "future-date"
    keep[at[ahead]] = False
    del tickets
    gathered.keep(keep)
    return found.filter(pa.array(ahead)), found.filter(pa.array(~ahead))


def _reminder_rows(parts: Sequence[Sequence[_Part]]) -> pa.Table:
    """REMINDER_SCHEMA of all files, and `file`."""
    files = [(i, b.reminders) for i, batches in enumerate(parts) for b in batches]
    rows = pa.Table.from_batches([b for _, b in files], schema=REMINDER_SCHEMA)
    numbers = [np.full(b.num_rows, i, np.int16) for i, b in files]
    return rows.append_column("file", pa.array(np.concatenate(numbers)))


def _settle(gathered: Gathering, dedupe: str) -> pa.Table:
    """Let go of the repeated rows, and tell of them: file, row and the code of their finding. With `dedupe`
    "none" they stay, being tickets too.

    Repeats of one ticket share their accepted day. Where most do not, the column holds no ticket ids but, say,
    running numbers that begin anew in every file, and to settle by them would lose tickets.
    """
    tickets = gathered.columns("ticket_id", "accepted_at", "closed_at", "updated_at", "file", "row")
    older, newer = older_rows(tickets)
    other_day = on_another_day(tickets, older, newer)
    if dedupe != "none" and other_day.sum() >= CLASHES and 2 * other_day.sum() > len(older):
        raise InputError("ids-repeat", n=int(other_day.sum()), total=len(older))
    keep = np.ones(tickets.num_rows, bool)
    keep[older] = dedupe == "none"
    codes = np.where(other_day, "duplicate-other-day", "duplicate-ticket")
    if dedupe == "none":
        codes = np.full(len(older), "repeat-kept")
    found = tickets.select(["file", "row"]).take(pa.array(older))
    del tickets
    gathered.keep(keep)
    return found.append_column("code", pa.array(codes, pa.string()))


def _typed(
    exports: Sequence[Export], taxonomy: Taxonomy, secret: bytes | None
) -> Iterator[tuple[int, kernel.Typed]]:
    jobs = (
        (lambda raw=raw, i=i, header=export.header: (i, kernel.run(raw, header, i, taxonomy, secret)))
        for i, export in enumerate(exports)
        for raw in export.batches()
    )
    return in_order(jobs)


def in_order(jobs: Iterable[Callable[[], T]]) -> Iterator[T]:
    """The results of `jobs` in their order, made on all cores; only a few wait at a time."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[T]] = deque()
        for n, job in enumerate(jobs):
            if n % RELEASE == 0:
                pa.default_memory_pool().release_unused()
            waiting.append(pool.submit(job))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _account(
    exports: Sequence[Export],
    parts: Sequence[Sequence[_Part]],
    settled: tuple[pa.Table, pa.Table, pa.Table, pa.Table],
    kept: int,
) -> Intake:
    """`settled`: the slips, the repeats, the reminders of no ticket and the tickets of long ago, which are told
    when all rows are read."""
    slips, repeats, *_ = settled
    older = repeats.filter(pc.starts_with(repeats["code"], "duplicate"))
    rejected, duplicates = (np.bincount(t["file"].to_numpy(), minlength=len(exports)) for t in (slips, older))
    files = tuple(
        FileIntake(
            file=e.file,
            sha256=e.sha256,
            bytes=e.bytes,
            encoding=e.encoding,
            delimiter=e.delimiter,
            header_row=e.header_row,
            mapping=e.header.mapping,
            unmapped=e.header.unmapped,
            rows_in=sum(b.rows_in for b in batches),
            rejected=sum(b.rejected for b in batches) + int(rejected[i]),
            duplicates=int(duplicates[i]),
            sheet=e.sheet,
            absent=e.header.absent,
        )
        for i, (e, batches) in enumerate(zip(exports, parts, strict=True))
    )
    return Intake(files, kept, _findings(exports, parts, settled))


def _findings(
    exports: Sequence[Export], parts: Sequence[Sequence[_Part]], settled: Iterable[pa.Table]
) -> pd.DataFrame:
    """All findings, in order of file, row and code."""
    flaws: list[tuple[int, Flaw]] = [
        (i, f) for i, batches in enumerate(parts) for b in batches for f in b.flaws
    ]
    for i, export in enumerate(exports):
        if not {"title", "content"} & set(export.header.columns):
            flaws.append((i, Flaw("no-text-column", "", np.array([export.header_row]), ("",))))
        flaws += [(i, f) for f in export.notes]
    for rows in settled:
        for (i, code), part in rows.to_pandas().groupby(["file", "code"]):
            flaws.append((i, Flaw(code, "", part["row"].to_numpy(), ("",) * len(part))))
    if not flaws:
        return pd.DataFrame(columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS)
    frame = pd.DataFrame(
        {
            "file_no": np.concatenate([np.full(len(f.lines), i) for i, f in flaws]),
            "row": np.concatenate([f.lines for _, f in flaws]),
            "column": [f.column for _, f in flaws for _ in f.lines],
            "code": [f.code for _, f in flaws for _ in f.lines],
            "found": [v for _, f in flaws for v in f.found],
        }
    )
    frame = frame.sort_values(["file_no", "row", "code", "column"], kind="stable", ignore_index=True)
    names = np.array([e.file for e in exports], dtype=object)
    frame.insert(0, "file", names[frame.pop("file_no").to_numpy()])
    return frame.astype(FINDING_COLUMNS)
