"""A paragraph as tokens: numbers, periods, words of the lexicon, punctuation, and the text between."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from hotline_stats.claims import numerals
from hotline_stats.claims import when as periods
from hotline_stats.claims.figure import PART, PERCENT, POINTS, TIMES, Figure
from hotline_stats.claims.words import Word, alternation, lexicon, resource
from hotline_stats.model.types import TypeScheme

_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F) if chr(c) not in "，；！？：（）［］｛｝～")
_NARROW = "".join(chr(ord(c) - 0xFEE0) for c in _WIDE)
_FORMS = str.maketrans(_WIDE + "\u3000\xa0\u2009\u202f﹪٪", _NARROW + "    %%")
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3})")
LONGEST = 15
"""A number of more digits is an id or a telephone number."""
SENTENCE, CLAUSE, OPEN, CLOSE, LIST = "。！？；;!?.\n", "，,：:", "（([【", "）)]】", "、/"
_CN = f"[{numerals.CHARACTERS}]"
_FACTOR = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}


@dataclass(frozen=True)
class Token:
    """`kind`: number, period, one of words.Kind, text, or sentence, clause, open, close, list, space. `value`: of a
    word, `said`: the word itself."""

    kind: str
    start: int
    end: int
    value: str = ""
    figure: Figure | None = None
    when: periods.When | None = None
    said: str = ""


def plain(text: str) -> str:
    """The text with full-width digits, letters and signs as ASCII, in lower case, character for character."""
    text = _WIDE_COMMA.sub(",", text).translate(_FORMS)
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def tokens(text: str, scheme: TypeScheme | None, figures: tuple[tuple[str, str], ...] = ()) -> list[Token]:
    """All of a paragraph, in order; positions are those of the text given."""
    return list(_joined(_found(plain(text), lexicon(scheme, figures), _pattern(scheme, figures))))


def _found(text: str, known: Mapping[str, Word], pattern: re.Pattern[str]) -> Iterator[Token]:
    at = 0
    for m in pattern.finditer(text):
        if m.start() > at:
            yield Token("text", at, m.start(), text[at : m.start()])
        at = m.end()
        yield _token(m, known)
    if at < len(text):
        yield Token("text", at, len(text), text[at:])


def _token(m: re.Match[str], known: Mapping[str, Word]) -> Token:
    start, end, said, kind = m.start(), m.end(), m[0], str(m.lastgroup)
    if kind == "period":
        return Token("period", start, end, said, when=periods.of(m.groupdict()))
    if kind in ("digits", "chinese"):
        figure = _digits(m) if kind == "digits" else _chinese(m)
        return (
            Token("text", start, end, said) if figure is None else Token("number", start, end, said, figure)
        )
    if kind == "word":
        word = known[said]
        return Token(word.kind, start, end, said if word.kind == "text" else word.value, said=said)
    if kind == "mark":
        names = ((SENTENCE, "sentence"), (CLAUSE, "clause"), (OPEN, "open"), (CLOSE, "close"), (LIST, "list"))
        return Token(next((name for marks, name in names if said in marks), "space"), start, end, said)
    return Token("text", start, end, said)


def _joined(found: Iterator[Token]) -> Iterator[Token]:
    """Texts side by side as one; spaces dropped."""
    held: Token | None = None
    for token in found:
        if token.kind == "space":
            continue
        if token.kind == "text" and held is not None:
            held = replace(held, end=token.end, value=held.value + token.value)
            continue
        if held is not None:
            yield held
        held = token if token.kind == "text" else None
        if held is None:
            yield token
    if held is not None:
        yield held


@cache
def _units() -> Mapping[str, str]:
    unit = resource()["unit"]
    out = {w: w for w in (*unit["other"], *unit["ticket"])}
    out |= dict.fromkeys(unit["points"], POINTS) | dict.fromkeys(unit["percent"], PERCENT)
    out |= dict.fromkeys(unit["times"], TIMES) | dict.fromkeys(unit["tenths"], "成")
    return out | dict.fromkeys(unit["not_counted"], "")


@cache
def tickets() -> frozenset[str]:
    """Units that count tickets; all are one unit."""
    return frozenset(resource()["unit"]["ticket"])


@cache
def _pattern(scheme: TypeScheme | None, figures: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Every repetition is bounded or takes each character once, so that the time is linear in the text."""
    after = resource()["after"]
    hedges = alternation([w for k in ("about", "least", "most") for w in after[k]])
    more, units = alternation(after["more"]), alternation(list(_units()))
    tail = rf"(?:\s?(?P<N_unit>{units}))?(?P<N_late>有余|多(?!\s?\d))?(?P<N_after>{hedges})?"
    d_tail, c_tail = tail.replace("<N_", "<d_"), tail.replace("<N_", "<c_")
    counted = alternation(["件次", "件", "宗", "起", "倍", "个百分点", "百分点"])
    # How a percentage or points go on from one number to another: a range.
    until = (
        r"(?:\s?%?\s?[-~–—～]\s?(?P<signed>[-−+])?(?P<upper>\d{1,6}(?:\.\d{1,6})?)(?=\s?(?:%|个百分点|成)))?"
    )
    number = rf"""(?P<digits>(?P<ordinal>第)?(?:(?<![0-9a-z%月年季度日])(?P<sign>[-−+])\s?(?=\d))?(?P<of100>百分之)?
(?P<whole>\d{{1,3}}(?:,\d{{3}})+(?![\d])|\d+)(?P<fraction>\.\d+)?{until}(?P<factor>十万|百万|千万|[百千万亿](?!分))?(?P<more>{more})?{d_tail})"""
    chinese = rf"""(?P<chinese>百分之(?P<c100>{_CN}{{1,12}})(?P<a100>{hedges})?|(?P<below>[二两三四五六七八九十])分之(?P<above>[一二三四五六七八九])(?P<afr>{hedges})?
|(?P<halved>一半|半数)(?P<ahalf>{hedges})?|(?P<tenth>[一二两三四五六七八九])成(?P<tenth2>[一二三四五六七八九半](?!成))?(?P<late10>多|有余)?(?P<a10>{hedges})?
|(?P<cn>{_CN}{{1,24}})(?P<cmore>{more})?(?=(?:{counted})){c_tail})"""
    known = lexicon(scheme, figures)
    words = rf"(?P<word>{alternation(list(known))})"
    marks = rf"(?P<mark>[{re.escape(SENTENCE + CLAUSE + OPEN + CLOSE + LIST)}]|\s)"
    period = rf"(?P<period>{periods.PATTERN})"
    time = r"(?P<time>\d{1,2}:\d\d(?::\d\d)?)"
    return re.compile("|".join((time, period, number, chinese, words, marks)), re.VERBOSE)


def _digits(m: re.Match[str]) -> Figure | None:
    whole = m["whole"].replace(",", "")
    part = (m["fraction"] or "")[1:]
    if m["ordinal"] or len(whole) + len(part) > LONGEST:
        return None
    if m["upper"] and (m["sign"] or m["signed"]):
        return None  # an interval: −25.6%～−8.4%
    unit = _units()[m["d_unit"]] if m["d_unit"] else ""
    if m["d_unit"] and not unit:
        return None
    factor = _FACTOR[m["factor"]] if m["factor"] else 1
    unit = PERCENT if m["of100"] else unit
    value, step = Fraction(int(whole + part), 10 ** len(part)), Fraction(1, 10 ** len(part))
    if unit == "成":
        factor, unit = 10, PERCENT
    upper = Fraction(m["upper"]) if m["upper"] else None
    hedge = "more" if m["more"] or m["d_late"] else _after(m["d_after"])
    sign = 0 if not m["sign"] else 1 if m["sign"] == "+" else -1
    rounded = unit == TIMES and not part
    scaled = factor > 1 and unit != PERCENT
    return Figure(value * factor, step * factor, unit, hedge, sign, rounded, upper, scaled)


def _chinese(m: re.Match[str]) -> Figure | None:
    if m["c100"]:
        found = numerals.value(m["c100"])
        if found is None:
            return None
        return Figure(found[0], Fraction(1, 10 ** found[1]), PERCENT, _after(m["a100"]))
    if m["below"]:
        number = Fraction(
            numerals.DIGITS[m["above"]], 10 if m["below"] == "十" else numerals.DIGITS[m["below"]]
        )
        return Figure(number, number, PART, _after(m["afr"]), round=True)
    if m["halved"]:
        return Figure(Fraction(1, 2), Fraction(1, 2), PART, _after(m["ahalf"]), round=True)
    if m["tenth"]:
        rest = m["tenth2"]
        more = Fraction(0) if not rest else Fraction(5) if rest == "半" else Fraction(numerals.DIGITS[rest])
        hedge = "more" if m["late10"] else _after(m["a10"])
        step = Fraction(1) if rest else Fraction(10)
        return Figure(10 * Fraction(numerals.DIGITS[m["tenth"]]) + more, step, PERCENT, hedge, round=not rest)
    return _counted(m)


def _counted(m: re.Match[str]) -> Figure | None:
    found = numerals.value(m["cn"])
    unit = _units().get(m["c_unit"] or "", "")
    if found is None or (unit == "起" and found[0] < 2):
        return None
    hedge = "more" if m["cmore"] or m["c_late"] else _after(m["c_after"])
    return Figure(found[0], Fraction(1, 10 ** found[1]), unit, hedge, round=unit == TIMES)


def _after(word: str | None) -> str:
    after: Mapping[str, list[str]] = resource()["after"]
    return next((k for k, words in after.items() if word in words), "")
