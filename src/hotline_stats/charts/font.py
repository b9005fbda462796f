"""The chart font: one file of the installed font package, its measures, and text it can draw."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from hotline_stats.errors import PlaceError

PACKAGE, FILE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"

_EM = 100.0
_UNKNOWN = "□"
_TOKEN = re.compile(r"[A-Za-z0-9.,%:/+−▼▲▽△'’\-]+|\s+|.")
_CLOSING = "，。、；：！？）》”’】％…·,.;:!?)"
_OPENING = "（《“‘【("


@cache
def font_file() -> Path:
    """Noto Sans SC as a file. Raises PlaceError `chart-font-missing` (fact `package`)."""
    try:
        with as_file(files(PACKAGE) / FILE) as path:
            found = path
    except ModuleNotFoundError as error:
        raise PlaceError("chart-font-missing", package=PACKAGE) from error
    if not found.is_file():
        raise PlaceError("chart-font-missing", package=PACKAGE)
    return found


@cache
def properties(size: float) -> FontProperties:
    """The font at `size` points; matplotlib reads it by file, so nothing global is registered."""
    return FontProperties(fname=str(font_file()), size=size)


@cache
def _face() -> FT2Font:
    face = FT2Font(str(font_file()))
    face.set_size(_EM, 72)
    return face


@cache
def _known() -> frozenset[int]:
    return frozenset(_face().get_charmap())


def one_line(text: str) -> str:
    """`text` on one line and fit for XML: line breaks and control characters as spaces, unassigned code points
    as □, invisible marks (direction overrides among them) left out."""
    return "".join(_shown(c) for c in text).strip()


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind == "Cf" else _UNKNOWN if kind in ("Cs", "Cn") else character


def drawable(text: str) -> str:
    """`one_line(text)` in the signs of the font. A letter that it lacks is a □, since a name without it would be
    another name; other signs that it lacks, such as emoji, are left out, unless nothing else is there."""
    line = one_line(text)
    drawn = "".join(c if ord(c) in _known() else _UNKNOWN if _spells(c) else "" for c in line)
    return drawn if drawn.strip() or not line else _UNKNOWN


def _spells(character: str) -> bool:
    """Whether a name would be another one without this character: letters, numbers, private signs."""
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co")


@cache
def _advance(character: str) -> float:
    return float(_face().load_char(ord(character)).linearHoriAdvance) / 65536 / _EM


def width(text: str, size: float) -> float:
    """Width of `text` in points, without kerning (which only narrows it)."""
    return size * sum(_advance(c) for c in drawable(text))


def widest(texts: Sequence[str], size: float) -> float:
    return max((width(t, size) for t in texts), default=0.0)


def wrap(text: str, size: float, room: float, lines: int = 99) -> list[str]:
    """`text` as lines no wider than `room` points. Latin words and numbers stay whole where they can, a
    line does not begin with closing punctuation; what is left after `lines` lines becomes …"""
    out, line = [], ""
    for token in _tokens(drawable(text), size, room):
        if line and width(line + token.rstrip(), size) > room:
            out.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    out.append(line.rstrip())
    if len(out) <= lines:
        return out
    last = out[lines - 1]
    while last and width(last + "…", size) > room:
        last = last[:-1]
    return [*out[: lines - 1], last + "…"]


def _tokens(text: str, size: float, room: float) -> list[str]:
    out: list[str] = []
    for token in _TOKEN.findall(text):
        joins = out and (token[0] in _CLOSING or out[-1][-1] in _OPENING)
        if joins and width(out[-1] + token, size) <= room:
            out[-1] += token
        elif width(token, size) > room:
            out.extend(token)
        else:
            out.append(token)
    return out
