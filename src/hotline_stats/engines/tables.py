"""Typed tickets → Facts, and the frame for people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.model.columns import RATINGS
from hotline_stats.model.facts import CATEGORICAL, FACT_COLUMNS, Facts, SourceSpan
from hotline_stats.model.findings import Intake
from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy import labels_text

FLAGS = ("contacted", "resolved", "on_time", "repeat")
SOURCES = tuple("category_1" if name == "category" else name for name in CATEGORICAL)
_WEEK_SECONDS = 7 * 86400
NEEDED = ("accepted_at", "closed_at", "due_at", "type", "labels", *SOURCES, *FLAGS)
"""The columns of typed tickets that Facts are made of; SOURCES those of CATEGORICAL."""


@dataclass(frozen=True, repr=False)
class Counted:
    """`facts`: what every figure is computed from. `intake`: the account of the files read."""

    facts: Facts
    intake: Intake

    def __len__(self) -> int:
        return self.facts.n

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} from {len(self.intake.files)} files>"


@dataclass(frozen=True, repr=False)
class Tickets(Counted):
    """Tickets for people, one row each, repeats settled.

    `typed`: the kernel's output (engines.local.Read). `frame` is made when it is first asked for.
    """

    typed: pa.Table

    @cached_property
    def frame(self) -> pd.DataFrame:
        """ticket_id, the canonical columns that the files have (times datetime64[s], flags boolean, the rest
        category), type_primary (category), type_labels (ids joined by "|", primary first), type_margin (0–1).
        """
        return frame(self.typed, self.facts.types)

    def to_pandas(self) -> pd.DataFrame:
        return self.frame

    def _repr_html_(self) -> str:
        return f"<p>{len(self)} tickets</p>" + self.frame.head(10).to_html(index=False, na_rep="")


def sources(tickets: pa.Table, intake: Intake) -> tuple[SourceSpan, ...]:
    """What each file spans, of those with tickets; `tickets` has the columns file, in ascending order, and
    accepted_at."""
    files, out = tickets["file"].to_numpy(), []
    present, starts = np.unique(files, return_index=True)
    for i, start, end in zip(present, starts, [*starts[1:], len(files)], strict=True):
        seconds = pc.cast(tickets["accepted_at"].slice(start, end - start), pa.int64()).to_numpy()
        n, off = len(seconds), len(seconds) // 100
        parted = np.partition(seconds, (off, n - 1 - off))
        low, high = (int(parted[at]) for at in (off, n - 1 - off))
        near = _WEEK_SECONDS + (high - low) // 20
        first, last = int(seconds.min()), int(seconds.max())
        ends = (first if low - first <= near else low, last if last - high <= near else high)
        days = [date(1970, 1, 1) + timedelta(seconds=end) for end in ends]
        out.append(SourceSpan(intake.files[i].file, days[0], days[1], n))
    return tuple(out)


def facts(tickets: pa.Table, types: TypeScheme, spans: tuple[SourceSpan, ...] = ()) -> Facts:
    """Facts of typed tickets, one row a ticket (n = 1). `spans`: see `sources`."""
    columns = {
        "accepted": _days(tickets, "accepted_at"),
        "closed": _days(tickets, "closed_at"),
        "due": _days(tickets, "due_at"),
        "type": _coded(tickets["type"].to_numpy(), types.ids),
        "labels": tickets["labels"].to_numpy(),
        **{name: _categorical(tickets, column) for name, column in zip(CATEGORICAL, SOURCES, strict=True)},
        **{name: _flag(tickets, name) for name in FLAGS},
        "handling_hours": _hours(tickets),
        "n": np.ones(tickets.num_rows, np.int64),
    }
    columns["satisfaction"] = columns["satisfaction"].set_categories(list(RATINGS))
    ordered = {name: columns[name] for name in FACT_COLUMNS}
    return Facts(pd.DataFrame(ordered, copy=False), types, spans)


def frame(tickets: pa.Table, types: TypeScheme) -> pd.DataFrame:
    """The frame of Tickets; a column that no file has is left out."""
    out: dict[str, object] = {}
    for field in tickets.schema:
        name = field.name
        if (
            name in ("type", "labels", "margin", "second", "file", "row")
            or tickets[name].null_count == tickets.num_rows
        ):
            continue
        if pa.types.is_dictionary(field.type):
            out[name] = _categorical(tickets, name)
        elif pa.types.is_boolean(field.type):
            out[name] = _flag(tickets, name)
        elif pa.types.is_timestamp(field.type):
            out[name] = _times(tickets, name)
        else:
            out[name] = tickets[name].to_pandas()
    primary, masks = tickets["type"].to_numpy(), tickets["labels"].to_numpy()
    out["type_primary"] = _coded(primary, types.ids)
    out["type_labels"] = labels_text(types, primary, masks).to_pandas()
    out["type_margin"] = tickets["margin"].to_numpy()
    return pd.DataFrame(out)


def _days(tickets: pa.Table, name: str) -> npt.NDArray[np.datetime64]:
    return _filled(lambda times: pc.floor_temporal(times, unit="day"), "datetime64[s]", tickets[name])


def _hours(tickets: pa.Table) -> npt.NDArray[np.float64]:
    """Hours from accepted to closed. A closing date without a time of day can lie before the accepted time of
    the same day."""

    def hours(accepted: pa.Array, closed: pa.Array) -> pa.Array:
        seconds = pc.cast(pc.subtract(closed, accepted), pa.int64())
        return pc.divide(pc.cast(pc.max_element_wise(seconds, 0, skip_nulls=False), pa.float64()), 3600.0)

    return _filled(hours, "float64", tickets["accepted_at"], tickets["closed_at"])


def _filled(make: Callable[..., pa.Array], dtype: str, *columns: pa.ChunkedArray) -> npt.NDArray[Any]:
    """What `make` gives for each chunk, in one array: what it needs on the way is as small as a chunk."""
    out, start = np.empty(len(columns[0]), dtype), 0
    for chunks in zip(*(c.chunks for c in columns), strict=True):
        end = start + len(chunks[0])
        out[start:end] = make(*chunks).to_numpy(zero_copy_only=False)
        start = end
    return out


def _times(tickets: pa.Table, name: str) -> npt.NDArray[np.datetime64]:
    times: npt.NDArray[np.datetime64] = tickets[name].to_numpy()
    return times


def _coded(codes: npt.NDArray[np.integer], categories: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(categories)))


def _categorical(tickets: pa.Table, name: str) -> "pd.Categorical[str]":
    column = tickets[name].combine_chunks()
    codes = column.indices.fill_null(-1).to_numpy()
    values = column.dictionary.to_pylist()
    order = sorted(range(len(values)), key=values.__getitem__)
    rank = np.full(len(values) + 1, -1, np.int64)
    rank[order] = np.arange(len(values))
    return _coded(rank[codes], [values[i] for i in order])


def _flag(tickets: pa.Table, name: str) -> pd.Series:
    flags: pd.Series = tickets[name].to_pandas(types_mapper={pa.bool_(): pd.BooleanDtype()}.get)
    return flags
