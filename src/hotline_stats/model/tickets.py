"""Typed tickets: the columns that the kernel gives."""

from functools import cache

import pyarrow as pa

TIME = pa.timestamp("s")
CATEGORY = pa.dictionary(pa.int32(), pa.string())
CLEAN_FIELDS: tuple[tuple[str, pa.DataType], ...] = (
    ("ticket_id", pa.string()),
    ("accepted_at", TIME),
    ("due_at", TIME),
    ("closed_at", TIME),
    ("updated_at", TIME),
    ("request_type", CATEGORY),
    ("urgency", CATEGORY),
    *((f"category_{i}", CATEGORY) for i in range(1, 6)),
    *(
        (c, CATEGORY)
        for c in ("district", "street", "station", "grid", "community", "estate", "unit", "channel")
    ),
    ("contacted", pa.bool_()),
    ("resolved", pa.bool_()),
    ("on_time", pa.bool_()),
    ("satisfaction", CATEGORY),
    ("verified", CATEGORY),
    ("repeat", pa.bool_()),
    ("caller", pa.string()),  # keyed hash of the caller's number; null unless asked for
    ("row", pa.int64()),  # line of the file
)
"""The columns of a ticket after intake: no text, no person."""
REMINDER_SCHEMA = pa.schema(
    [("ticket_id", pa.string()), ("refers_to", pa.string()), ("accepted_at", TIME), ("row", pa.int64())]
)
"""Rows that only remind of another ticket: their own id, the ticket meant, when, and the line of the file."""
TYPED_FIELDS = (
    *CLEAN_FIELDS,
    ("type", pa.int16()),  # position in TypeScheme.types
    ("labels", pa.int64()),
    ("margin", pa.float32()),
    ("second", pa.uint8()),  # what the second reader did: position in taxonomy.SECOND
    ("file", pa.int16()),  # position in Intake.files
)
CLEAN_SCHEMA = pa.schema(CLEAN_FIELDS)
TYPED_SCHEMA = pa.schema(TYPED_FIELDS)


def nulls(kind: pa.DataType, n: int) -> pa.Array:
    """Nulls that share their memory: of columns that a file does not have, one is enough for all batches."""
    return _nulls(kind, max(1 << 14, 1 << (n - 1).bit_length())).slice(0, n)


@cache
def _nulls(kind: pa.DataType, n: int) -> pa.Array:
    return pa.nulls(n, kind)
