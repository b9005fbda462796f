"""Rows as CSV: machine headers, numbers unrounded, no cell a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hotline_stats.reports.format import unformula


def csv_text(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """A head of `columns` and a line a record; an empty cell where a value is None."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record[c]) for c in columns] for record in records)
    return out.getvalue()


def _cell(value: Any) -> object:
    if isinstance(value, str):
        return unformula(value)
    return "" if value is None else repr(value) if isinstance(value, float) else value
