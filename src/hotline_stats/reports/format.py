"""How the cells of a table are written: from a column's kind and a raw value to the text that every format shows."""

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath, PureWindowsPath

from hotline_stats import numbers
from hotline_stats.messages import Lang, text
from hotline_stats.reports.document import Cell, CellKind, Measure, Pair, Tone

NUMERIC: frozenset[CellKind] = frozenset(
    {
        "count",
        "change",
        "change_pct",
        "interval",
        "points_interval",
        "rate",
        "points",
        "hours",
        "hours_change",
        "days",
        "decimal",
        "quotient",
        "pair",
    }
)
"""Kinds whose cells stand to the right."""

_WRITERS: Mapping[CellKind, Callable[[float | None, Lang], str]] = {
    "count": numbers.count,
    "change": lambda x, lang: numbers.count(x, lang, signed=True),
    "change_pct": lambda x, lang: numbers.percent(x, lang, signed=True),
    "rate": lambda x, lang: numbers.percent(x, lang),
    "points": lambda x, lang: numbers.points(x, lang, signed=True),
    "hours": lambda x, lang: numbers.hours(x, lang),
    "hours_change": lambda x, lang: numbers.hours(x, lang, signed=True),
    "decimal": lambda x, lang: numbers.decimal(x, lang),
    "days": lambda x, lang: numbers.days(x, lang),
}


def clean(value: str) -> str:
    """`value` on one line: what `writable` leaves, without spaces at its ends and never two in a row."""
    return " ".join(writable(value).split())


def writable(value: str) -> str:
    """`value` on one line: line breaks, control characters and what no document can hold become spaces; marks that
    turn the direction of writing are left out, since a name that holds one would turn the figures beside it."""
    return "".join(" " if _unwritable(c) else c for c in value if not _turns(c))


def _unwritable(char: str) -> bool:
    """Control characters, line breaks, halves of a character and what Unicode reserves: XML refuses them."""
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or ord(char) & 0xFFFE == 0xFFFE


def _turns(char: str) -> bool:
    return (
        unicodedata.category(char) == "Cf"
        and char in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def unformula(value: str) -> str:
    """`value` as a spreadsheet reads it as text: what would begin a formula gets an apostrophe before it."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def bare(value: str) -> str:
    """A path by its last name, so that no output tells where on a disk its input stood; other text as it is."""
    absolute = PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()
    return PureWindowsPath(value).name or value if absolute else value


def cell_text(cell: Cell, kind: CellKind, lang: Lang) -> str:
    """The text of a cell in a column of `kind`."""
    if isinstance(cell, Measure):
        return cell_text(cell.value, cell.kind, lang)
    if kind == "verdict":
        return numbers.MISSING if cell is None else text("report", f"verdict-{cell}", lang)
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, tuple):
        return _pair(cell, kind, lang)
    return _WRITERS[kind](cell, lang) if kind in _WRITERS else numbers.MISSING


def _pair(cell: Pair, kind: CellKind, lang: Lang) -> str:
    if kind in ("interval", "points_interval"):
        write = numbers.percent if kind == "interval" else numbers.decimal
        low, high = (write(v, lang, signed=True) for v in cell)
        return text("report", "interval", lang, low=low, high=high)
    first, second = (_plain(v, lang) for v in cell)
    return second if cell[0] is None and kind == "quotient" else f"{first} / {second}"


def _plain(value: float | None, lang: Lang) -> str:
    """A count, or with one decimal when it is a weighted sum."""
    whole = value is None or float(value).is_integer()
    return (
        numbers.count(None if value is None else int(value), lang) if whole else numbers.decimal(value, lang)
    )


def kind_of(cell: Cell, kind: CellKind) -> CellKind:
    """The kind by which a cell is written: its own when it has one, else its column's."""
    return cell.kind if isinstance(cell, Measure) else kind


def tone_of(verdict: object) -> Tone:
    """The tone of a verdict code: its direction, `noise` within noise, else `none`."""
    if verdict == "fall":
        return "fall"
    if verdict == "rise":
        return "rise"
    return "noise" if verdict == "within-noise" else "none"
