"""Sentences with choices and places: `[a|b] at {B}` → one sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from hotline_stats.samples.draw import Draw


@dataclass(frozen=True)
class Place:
    """A `{name}` to be filled in."""

    name: str


@dataclass(frozen=True)
class Choice:
    """A `[a|b]`: one of its branches."""

    branches: tuple["Parts", ...]


Parts = tuple["str | Place | Choice", ...]


@cache
def parse(text: str) -> Parts:
    """The parts of a pattern. Choices hold places, but no further choices. Raises ValueError when unclosed."""
    parts: list[str | Place | Choice] = []
    at = 0
    while at < len(text):
        if text[at] in "[{":
            end = text.index("]" if text[at] == "[" else "}", at)
            inner = text[at + 1 : end]
            parts.append(Place(inner) if text[at] == "{" else Choice(tuple(map(parse, inner.split("|")))))
            at = end + 1
        else:
            end = min((i for i in (text.find("[", at), text.find("{", at)) if i >= 0), default=len(text))
            parts.append(text[at:end])
            at = end
    return tuple(parts)


def fill(text: str, draw: Draw, place: Callable[[str], str]) -> str:
    """One sentence of the pattern `text`; `place` gives the words for a `{name}`."""
    return _fill(parse(text), draw, place)


def _fill(parts: Parts, draw: Draw, place: Callable[[str], str]) -> str:
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Place):
            out.append(place(part.name))
        else:
            out.append(_fill(draw.pick(part.branches), draw, place))
    return "".join(out)
