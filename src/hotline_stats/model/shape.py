"""Frames of results as plain rows, with names, and as a notebook shows them."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.types import TypeScheme

if TYPE_CHECKING:
    from hotline_stats.model.results import Where, Windows


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [plain(r) for r in frame.to_dict("records")]


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A frame's row with Python numbers, missing values as None."""
    return {str(k): _plain_value(v) for k, v in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, float) and value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with counts of which some are suppressed (None) as Int64, or Float64 for means, with <NA>."""
    kinds = {}
    for column in ("current", "baseline", "change"):
        if column in frame and frame[column].dtype == object:
            whole = all(float(v).is_integer() for v in frame[column] if v is not None)
            kinds[column] = "Int64" if whole else "Float64"
    return frame.astype(kinds)


def named(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {"key": row["key"], "name": name, **row}


def with_names(frame: pd.DataFrame, by: str, types: TypeScheme, lang: Lang) -> pd.DataFrame:
    frame.insert(1, "name", [names.value(types, by, k, lang) for k in frame["key"]])
    return frame


def html(
    windows: "Windows", where: "Where", types: TypeScheme | None, frame: pd.DataFrame, lang: Lang
) -> str:
    """The windows, what was selected, and a frame, as a notebook shows them."""
    code = "windows" if windows.covered else "windows-uncovered"
    head = names.say(code, lang, period=windows.period, baseline=names.baseline(windows.baselines, lang))
    said = " ".join(s for s in (head, names.conditions(where, types, lang)) if s)
    body: str = frame.to_html(index=False, float_format="{:.1f}".format, na_rep="")
    return f"<p>{escape(said)}</p>{body}"
