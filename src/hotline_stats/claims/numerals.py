"""Chinese numerals, as exact fractions: 一千一百零二, 十九点四, 两."""

import re
from fractions import Fraction

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHARACTERS = "".join((*DIGITS, *_UNITS, *_LARGE, "点半"))
LONGEST = 24
"""No numeral that a person writes has more characters."""
_WELL_FORMED = re.compile(rf"[{''.join((*DIGITS, *_UNITS, *_LARGE))}]+(?:点[{''.join(DIGITS)}]+)?半?")


def value(text: str) -> tuple[Fraction, int] | None:
    """The number and how many decimals it shows; None for what is no numeral. 半 counts as a half (两成半)."""
    if len(text) > LONGEST or not _WELL_FORMED.fullmatch(text):
        return None
    whole, _, part = text.removesuffix("半").partition("点")
    number = _digits(whole) if len(whole) > 1 and set(whole) <= set(DIGITS) else _whole(whole)
    if number is None:
        return None
    if part:
        number += Fraction(_digits(part), 10 ** len(part))
    half = text.endswith("半")
    return number + Fraction(int(half), 2), 1 if half else len(part)


def _digits(text: str) -> Fraction:
    """二〇二四: digit by digit."""
    return Fraction(int("".join(str(DIGITS[c]) for c in text)))


def _whole(text: str) -> Fraction | None:
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in DIGITS:
            if digit:
                return None  # two digits side by side, such as 三五
            digit = DIGITS[c]
        elif c in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            section += digit or 0
            if not section:
                return None
            total = (total + section) * _LARGE[c] if c == "亿" else total + section * _LARGE[c]
            section, digit = 0, None
    return Fraction(total + section + (digit or 0))
