"""What a phrase of a rule file stands for: word lists, alternatives, and ways of writing its letters."""

import re
from collections.abc import Iterable, Mapping, Sequence

MAX_EXPANSION = 5000
_SPECIAL = re.compile(r"[()|<>]")
_PART = re.compile(r"<[^<>]*>|[^()|<>]+|[()|<>]")
_NARROW = re.compile(r"[!-~]")
_WIDE = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


def expand(phrase: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All plain phrases that `phrase` stands for, in order, each once.

    `<name>` stands for any word of the list `name`, `(a|b|)` for any of its alternatives, the empty one too;
    brackets may hold brackets: "(敲|砸)(了|掉(了|)|)<wall>". Raises PhraseError for an unknown list, brackets
    that do not pair, an empty result, or more than MAX_EXPANSION phrases.
    """
    if phrase and not _SPECIAL.search(phrase):
        return (phrase,)
    parts = [_words(p[1:-1], words) if p[0] == "<" and len(p) > 1 else p for p in _PART.findall(phrase)]
    found, end = _alternatives(parts, 0, inside=False)
    if end != len(parts):
        raise PhraseError("brackets do not pair")
    plain = tuple(dict.fromkeys(found))
    if "" in plain:
        raise PhraseError("can be empty")
    return plain


def spellings(phrase: str) -> tuple[str, ...]:
    """The ways `phrase` may be written: as it stands, its Latin letters small, capital, and all full-width."""
    if not _NARROW.search(phrase):
        return (phrase,)
    narrow = (phrase, phrase.lower(), phrase.upper())
    return tuple(dict.fromkeys((*narrow, *(p.translate(_WIDE) for p in narrow))))


def spelled(phrases: Iterable[str]) -> tuple[str, ...]:
    """All ways to write some phrases, each once."""
    plain = tuple(dict.fromkeys(phrases))
    if not _NARROW.search("".join(plain)):
        return plain
    return tuple(dict.fromkeys(s for p in plain for s in (spellings(p) if _NARROW.search(p) else (p,))))


def _words(name: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if name not in words:
        raise PhraseError(f"no word list {name!r}")
    return words[name] or ("",)


def _alternatives(parts: Sequence[str | tuple[str, ...]], at: int, *, inside: bool) -> tuple[list[str], int]:
    """What stands from `at` to the closing bracket (or the end), and where that is. A tuple: any of its words."""
    done: list[str] = []
    current = [""]
    while at < len(parts) and parts[at] != ")":
        part = parts[at]
        tails: Sequence[str] = (part,) if isinstance(part, str) else part
        if part == "(":
            tails, at = _alternatives(parts, at + 1, inside=True)
        if at == len(parts) or part in ("<", ">"):
            raise PhraseError("brackets do not pair")
        at += 1
        if part == "|":
            if not inside:
                raise PhraseError("| stands outside brackets")
            done, current, tails = done + current, [""], [""]
        if len(current) * len(tails) + len(done) > MAX_EXPANSION:
            raise PhraseError(f"stands for more than {MAX_EXPANSION} phrases")
        current = [a + b for a in current for b in tails]
    return done + current, at
