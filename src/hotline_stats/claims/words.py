"""The words of resources/claims.toml, as one pattern that reads a text from left to right."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from hotline_stats.model.types import TypeScheme

Kind = str
"""direction, to (a direction with 到), multiple, hedge, after, from, into, compare, compared, sum, part, share, term,
fill, same, total, whole, rate, name."""


@dataclass(frozen=True)
class Word:
    kind: Kind
    value: str


@cache
def resource() -> Mapping[str, Any]:
    return tomllib.loads((files("hotline_stats") / "resources" / "claims.toml").read_text("utf-8"))


@cache
def tolerance(hedge: str) -> tuple[Fraction, Fraction]:
    """(points, share) that a hedged number may be off."""
    entry = resource()["tolerance"][hedge]
    return Fraction(str(entry["points"])), Fraction(str(entry["share"]))


@cache
def lexicon(
    scheme: TypeScheme | None = None, figures: tuple[tuple[str, str], ...] = ()
) -> Mapping[str, Word]:
    """What each word means, by its lower-case text. `figures`: (name, id) of service figures."""
    found = resource()
    out: dict[str, Word] = {}
    for word in found["plain"]["whole"]:
        out[word] = Word("text", word)
    for kind in ("fill", "same", "total"):
        out |= {w: Word(kind, w) for w in found["plain"][kind]}
    out |= {w: Word("rate", w) for w in found["rate"]["words"]}
    for name, way in found["hedge"].items():
        out |= {w: Word("hedge", name) for w in way}
    for kind, words in found["mark"].items():
        if kind != "becomes":
            out |= {w: Word("into" if kind == "to" else kind, w) for w in words}
    out |= {w: Word("multiple", ratio) for w, ratio in found["multiple"].items()}
    for name, way in found["direction"].items():
        if name != "sign_ok":
            out |= {w: Word("direction", name) for w in way}
    for verb in (*found["direction"]["fall"], *found["direction"]["rise"]):
        way = out[verb].value
        for suffix in found["mark"]["becomes"]:
            if "\u4e00" <= verb[0] <= "\u9fff" and not verb.endswith(("幅", "率", "速")):
                out |= {verb + between + suffix: Word("to", way) for between in ("", "了")}
    out |= {w: Word("term", name) for name, way in found["term"].items() for w in way}
    return {w.lower(): v for w, v in (out | _names(scheme, figures)).items()}


def _names(scheme: TypeScheme | None, figures: Sequence[tuple[str, str]]) -> dict[str, Word]:
    """The names of types, groups and figures, as the taxonomy has them."""
    out = {name: Word("figure", key) for name, key in figures}
    if scheme is not None:
        out |= {name: Word("type", t.id) for t in scheme.types if t.id != "other" for name in (t.zh, t.en)}
        out |= {name: Word("group", g.id) for g in scheme.groups for name in (g.zh, g.en)}
    return out


def alternation(words: Sequence[str]) -> str:
    """A pattern of fixed words, the longest first; words of Latin letters stand alone."""
    return "|".join(_whole(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def _whole(word: str) -> str:
    pattern = re.escape(word)
    before = r"(?<![a-z])" if "a" <= word[0] <= "z" else ""
    after = r"(?![a-z])" if "a" <= word[-1] <= "z" else ""
    return before + pattern + after
