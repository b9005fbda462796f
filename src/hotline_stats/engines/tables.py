"""Typed tickets → Facts, and the frame for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from hotline_stats.model.columns import RATINGS
from hotline_stats.model.facts import CATEGORICAL, FACT_COLUMNS, Facts
from hotline_stats.model.findings import Intake
from hotline_stats.model.tickets import CATEGORY
from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy import labels_text


@dataclass(frozen=True)
class Tickets:
    """Tickets for people, one row each, repeats settled.

    `typed`: the kernel's output (TYPED_SCHEMA). `facts`: what every figure is computed from. `intake`: the
    account of the files read. `frame` is made when it is first asked for.
    """

    typed: pa.Table
    facts: Facts
    intake: Intake

    @cached_property
    def frame(self) -> pd.DataFrame:
        """ticket_id, the canonical columns that the files have (times datetime64[s], flags boolean, the rest
        category), type_primary (category), type_labels (ids joined by "|", primary first), type_margin (0–1).
        """
        return frame(self.typed, self.facts.types)

    def to_pandas(self) -> pd.DataFrame:
        return self.frame

    def __len__(self) -> int:
        return int(self.typed.num_rows)

    def __repr__(self) -> str:
        return f"<Tickets: {len(self)} from {len(self.intake.files)} files>"

    def _repr_html_(self) -> str:
        return f"<p>{len(self)} tickets</p>" + self.frame.head(10).to_html(index=False, na_rep="")


def facts(tickets: pa.Table, types: TypeScheme) -> Facts:
    """Facts of typed tickets, one row a ticket (n = 1)."""
    accepted, closed = _times(tickets, "accepted_at"), _times(tickets, "closed_at")
    hours = (closed - accepted) / np.timedelta64(1, "h")
    source = {name: "category_1" if name == "category" else name for name in CATEGORICAL}
    columns = {
        "accepted": accepted.astype("datetime64[D]").astype("datetime64[s]"),
        "closed": closed.astype("datetime64[D]").astype("datetime64[s]"),
        "type": _coded(tickets["type"].to_numpy(), types.ids),
        "labels": tickets["labels"].to_numpy(),
        **{name: _categorical(tickets, column) for name, column in source.items()},
        **{name: _flag(tickets, name) for name in ("contacted", "resolved", "on_time", "repeat")},
        # A closing date without a time of day can lie before the accepted time of the same day.
        "handling_hours": np.maximum(hours, 0.0),
        "n": np.ones(tickets.num_rows, np.int64),
    }
    columns["satisfaction"] = columns["satisfaction"].set_categories(list(RATINGS))
    return Facts(pd.DataFrame(columns)[list(FACT_COLUMNS)], types)


def frame(tickets: pa.Table, types: TypeScheme) -> pd.DataFrame:
    """The frame of model.tickets.Tickets; a column that no file has is left out."""
    out: dict[str, object] = {}
    for field in tickets.schema:
        name = field.name
        if (
            name in ("type", "labels", "margin", "file", "row")
            or tickets[name].null_count == tickets.num_rows
        ):
            continue
        if field.type == CATEGORY:
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
