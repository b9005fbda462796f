"""Writing classified rows as CSV, JSON lines or Parquet, batch by batch."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from hotline_stats.errors import PlaceError, UsageError

FORMULA = r"^([=+@\t\r]|-[^0-9.\-])"


def write(batches: pa.RecordBatchReader, form: str, output: Path | None) -> None:
    """Write to a file, or to standard output for none and "-". A file appears whole or not at all, and nothing
    is written before the first batch is there.

    Raises UsageError `parquet-needs-file`, PlaceError `cannot-write`.
    """
    to_stdout = output is None or str(output) == "-"
    if form == "parquet" and to_stdout:
        raise UsageError("parquet-needs-file")
    first = next(iter(batches), None)
    rows = batches if first is None else chain([first], batches)
    with _target(None if to_stdout else output) as sink:
        if form == "parquet":
            with pq.ParquetWriter(sink, batches.schema) as writer:
                for batch in rows:
                    writer.write_batch(batch)
        elif form == "csv":
            if not to_stdout:
                sink.write(b"\xef\xbb\xbf")  # Excel takes a CSV file for UTF-8 only with this mark
            with pacsv.CSVWriter(sink, batches.schema) as writer:
                for batch in rows:
                    writer.write_batch(_harmless(batch))
        else:
            for batch in rows:
                lines = batch.to_pandas().to_json(orient="records", lines=True, force_ascii=False)
                sink.write(lines.encode())


@contextmanager
def _target(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise PlaceError("cannot-write", place=path, reason=error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Cells that a spreadsheet would take for formulas get an apostrophe before them."""
    columns = [
        pc.replace_substring_regex(c, FORMULA, r"'\1") if pa.types.is_string(c.type) else c
        for c in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)
