"""Selecting tickets by the values of their columns."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.ledger import codes_of
from hotline_stats.errors import UsageError
from hotline_stats.model.columns import RATING_WORDS
from hotline_stats.model.facts import CATEGORICAL, Facts
from hotline_stats.model.names import FLAGS, YES_NO, column_id
from hotline_stats.model.types import TypeScheme

SHOWN_FROM = 3
"""From so many tickets on, a value may be shown in an error."""
SELECTABLE = ("type", "group", "label", *CATEGORICAL, *FLAGS)

Bools = npt.NDArray[np.bool_]


def where(facts: Facts, conditions: Sequence[tuple[str, str]]) -> Facts:
    """The tickets that meet the conditions (column, value); conditions on one column mean any of its values.

    Columns: SELECTABLE, with dashes or underscores, or their Chinese names. `type`, `group` and `label` (any
    type that matched) take an id or a Chinese or English name; flags take true/false, yes/no, 是/否; an empty
    value selects what is missing. Settle the windows before selecting, so that the span of the data stays.

    Raises UsageError `unknown-column`, `unknown-value`.
    """
    wanted: dict[str, Bools] = {}
    for name, value in canonical(facts.types, conditions):
        hit = _mask(facts, name, value)
        wanted[name] = wanted[name] | hit if name in wanted else hit
    if not wanted:
        return facts
    keep = np.logical_and.reduce(list(wanted.values()))
    return replace(facts, frame=facts.frame[keep].reset_index(drop=True))


def canonical(types: TypeScheme, conditions: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The conditions in one form: names of columns, ids of types, groups and ratings, values without blanks
    around them. Raises UsageError `unknown-column`, `unknown-value`."""
    return tuple(
        (name := _column(column), _value(types, name, value.strip())) for column, value in conditions
    )


def _value(types: TypeScheme, column: str, value: str) -> str:
    if column in ("type", "label"):
        return _type_id(types, column, value)
    if column == "group":
        return _group_id(types, value)
    return RATING_WORDS.get(value, value) if column == "satisfaction" else value


def _column(found: str) -> str:
    name = column_id(found)
    if name not in SELECTABLE:
        raise UsageError("unknown-column", found=found, closest=_closest(name, SELECTABLE))
    return name


def _mask(facts: Facts, column: str, value: str) -> Bools:
    if column in FLAGS:
        return _flag_mask(facts, column, value)
    if column == "group":
        return _group_mask(facts, value)
    if column == "label":
        bit = facts.types.bits([value])
        return np.asarray((facts.frame["labels"].to_numpy() & bit) != 0, dtype=np.bool_)
    codes, keys = codes_of(facts, column)
    if value and len(keys) == 1:
        raise UsageError("empty-column", column=column)
    if value not in keys:
        raise UsageError(
            "unknown-value", column=column, found=value, closest=_closest(value, _common(facts, codes, keys))
        )
    last = len(keys) - 1
    return np.asarray(codes == (keys.index(value) if value else last), dtype=np.bool_)


def _common(facts: Facts, codes: npt.NDArray[np.integer], keys: Sequence[str]) -> list[str]:
    """The values that an error may show: those of several tickets. A value of one ticket alone may be a cell that
    slipped in from another column."""
    counts = np.bincount(codes, weights=facts.frame["n"].to_numpy(), minlength=len(keys))
    return [key for key, n in zip(keys[:-1], counts[:-1], strict=True) if n >= SHOWN_FROM]


def _flag_mask(facts: Facts, column: str, value: str) -> Bools:
    flag = facts.frame[column].to_numpy("float64", na_value=np.nan)
    if value == "":
        return np.asarray(np.isnan(flag), dtype=np.bool_)
    if value.lower() not in YES_NO:
        raise UsageError("unknown-value", column=column, found=value, closest="true, false")
    return np.asarray(flag == float(YES_NO[value.lower()]), dtype=np.bool_)


def _group_mask(facts: Facts, value: str) -> Bools:
    group = facts.types.group(value)
    types, type_keys = codes_of(facts, "type")
    hit = np.isin(types, [type_keys.index(t) for t in group.types])
    if group.request_types:
        requests, keys = codes_of(facts, "request_type")
        hit &= np.isin(requests, [i for i, key in enumerate(keys) if key in group.request_types])
    return np.asarray(hit, dtype=np.bool_)


def _group_id(scheme: TypeScheme, value: str) -> str:
    found = next((g.id for g in scheme.groups if value in (g.id, g.zh, g.en)), None)
    if found is None:
        known = [x for g in scheme.groups for x in (g.id, g.zh)]
        raise UsageError("unknown-value", column="group", found=value, closest=_closest(value, known))
    return found


def _type_id(scheme: TypeScheme, column: str, value: str) -> str:
    found = next((t.id for t in scheme.types if value in (t.id, t.zh, t.en)), None)
    if found is None:
        known = [x for t in scheme.types for x in (t.id, t.zh)]
        raise UsageError("unknown-value", column=column, found=value, closest=_closest(value, known))
    return found


def _closest(found: str, known: Iterable[str]) -> str:
    """The known names most like the one found; the first few where none is like it."""
    names = [k for k in known if k]
    return ", ".join(get_close_matches(found, names, n=3, cutoff=0.4) or names[:5]) or "—"
