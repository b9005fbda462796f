"""What a finding may show of a cell: its shape, since something personal may have slipped into any column."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.headers import resource

LONGEST = 24
_PERSONAL = re.compile(r"\d(?:[\s-]?\d){6}|@")


def shapes(cells: pa.StringArray, mask: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """The shape of each masked cell."""
    coded = pc.dictionary_encode(cells.filter(pa.array(mask)))
    distinct = [shape(v) for v in coded.dictionary.to_pylist()]
    return tuple(distinct[i] for i in coded.indices.to_pylist())


def names(cells: pa.StringArray, mask: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """Each masked name of a place or unit, cut where it is long; one with a number as long as a telephone's or
    with the marks of an address of mail by its shape."""
    coded = pc.dictionary_encode(cells.filter(pa.array(mask)))
    distinct = [shape(v) if _PERSONAL.search(v) else _cut(v) for v in coded.dictionary.to_pylist()]
    return tuple(distinct[i] for i in coded.indices.to_pylist())


def _cut(value: str) -> str:
    plain = " ".join(value.split())
    return plain[:LONGEST] + "…" if len(plain) > LONGEST else plain


def shape(value: str) -> str:
    """A value with its digits as 9, letters as a and characters as 字. Signs, words of time after a digit and
    words of the office (those of ratings and flags in values.toml) stay."""
    plain = " ".join(value.split())
    shown = "".join(m[0] if m.lastgroup else _sign(m[0]) for m in _kept().finditer(plain[:LONGEST]))
    return shown + "…" if len(plain) > LONGEST else shown


def _sign(char: str) -> str:
    if char.isdigit():
        return "9"
    if char.isalnum():
        return "a" if char.isascii() else "字"
    return char


@cache
def _kept() -> re.Pattern[str]:
    listed = resource("values.toml")
    office = {
        w for w in (*_leaves(listed["ratings"]), *_leaves(listed["flags"])) if len(w) > 1 and not w.isascii()
    }
    longest_first = "|".join(sorted(map(re.escape, office), key=len, reverse=True))
    return re.compile(rf"(?P<kept>{longest_first}|(?<=\d)[年月日号时点分秒]|上午|下午)|.", re.DOTALL)


def _leaves(entry: Mapping[str, Any]) -> Iterator[str]:
    for value in entry.values():
        yield from _leaves(value) if isinstance(value, Mapping) else value
