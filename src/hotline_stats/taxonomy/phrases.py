"""What a phrase of a rule file stands for: word lists, alternatives, and ways of writing its letters."""

import re
from collections.abc import Mapping

MAX_EXPANSION = 5000
_WORD = re.compile(r"<([^<>]*)>")
_LITERAL = re.compile(r"[^()|]+")
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
    text = _WORD.sub(lambda m: _words(m[1], words), phrase)
    found, end = _alternatives(text, 0, inside=False)
    if end != len(text) or "<" in text or ">" in text:
        raise PhraseError("brackets do not pair")
    plain = dict.fromkeys(found)
    if "" in plain:
        raise PhraseError("can be empty")
    return tuple(plain)


def spellings(phrase: str) -> tuple[str, ...]:
    """The ways `phrase` may be written: as it stands, its Latin letters small, capital, and all full-width."""
    if not _NARROW.search(phrase):
        return (phrase,)
    narrow = (phrase, phrase.lower(), phrase.upper())
    return tuple(dict.fromkeys((*narrow, *(p.translate(_WIDE) for p in narrow))))


def _words(name: str, words: Mapping[str, tuple[str, ...]]) -> str:
    if name not in words:
        raise PhraseError(f"no word list {name!r}")
    return "(" + "|".join(words[name]) + ")"


def _alternatives(text: str, at: int, *, inside: bool) -> tuple[list[str], int]:
    """What stands from `at` to the closing bracket (or the end), and where that is."""
    done: list[str] = []
    current = [""]
    while at < len(text) and text[at] != ")":
        if text[at] == "(":
            tails, at = _alternatives(text, at + 1, inside=True)
            if at == len(text):
                raise PhraseError("brackets do not pair")
            at += 1
        elif text[at] == "|":
            if not inside:
                raise PhraseError("| stands outside brackets")
            done, current, tails = done + current, [""], [""]
            at += 1
        else:
            literal = _LITERAL.match(text, at)
            assert literal
            tails, at = [literal[0]], literal.end()
        if len(current) * len(tails) + len(done) > MAX_EXPANSION:
            raise PhraseError(f"stands for more than {MAX_EXPANSION} phrases")
        current = [a + b for a in current for b in tails]
    return done + current, at
