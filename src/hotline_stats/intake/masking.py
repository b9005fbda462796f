"""Ticket text without what is personal in it: each number, name and door gives way to the kind of thing it was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hotline_stats.intake.headers import resource

KEPT = "\ufdd0"
"""Stands before a number that stays; no character of any text. Taken away at the end."""
PASSES = 20
"""How often a text is looked at again after a change: a number can stand right after another."""
_BEYOND_HAN = r"\x00-\x{4dff}\x{a000}-\x{10ffff}"
_PLACE = re.compile(r"<([A-Z]+)>")


@dataclass(frozen=True)
class Rule:
    """`find` in RE2 syntax, and what is put in its place."""

    name: str
    find: str
    put: str


@dataclass(frozen=True)
class Group:
    """Rules that run in order on the texts in which one of them finds something. A rule that keeps a number is
    no reason; its mark in the text is."""

    rules: tuple[Rule, ...]

    @cached_property
    def gate(self) -> str:
        return "|".join([*(f"(?:{rule.find})" for rule in self.rules if KEPT not in rule.put), KEPT])


def mask(text: pa.StringArray) -> pa.StringArray:
    """The texts with phones, numbers of cards and papers, plates, accounts, e-mail addresses, names, birth dates
    and doors replaced by their kind: `[电话]`, `[证件号]`, `[卡号]`, `[号码]`, `[车牌]`, `[账号]`, `[邮箱]`,
    `[姓名]`, `[出生日期]`, `[门牌]`, `[楼号]`, `[室号]`. Nulls stay null.

    Rules see patterns, not meaning: a name without a word such as 联系人 or 女士 beside it stays. To mask a text
    twice changes nothing more.
    """
    out = _once(text)
    for _ in range(PASSES):
        again = pc.fill_null(pc.not_equal(out, text), False)
        if not again.true_count:
            break
        text, part = out, out.filter(again)
        out = pc.replace_with_mask(out, again, _once(part))
    return out


def _once(text: pa.StringArray) -> pa.StringArray:
    for group in groups():
        hit = pc.fill_null(pc.match_substring_regex(text, group.gate), False)
        if hit.true_count:  # to look is several times as fast as to replace
            text = pc.replace_with_mask(text, hit, _applied(text.filter(hit), group))
    return text


def _applied(text: pa.StringArray, group: Group) -> pa.StringArray:
    text = pc.replace_substring(text, KEPT, "")
    for rule in group.rules:
        text = pc.replace_substring_regex(text, rule.find, rule.put)
    return pc.replace_substring(text, KEPT, "")


@cache
def groups() -> tuple[Group, ...]:
    """The rules of masking.toml, ready for use."""
    given = resource("masking.toml")
    parts = _parts(given)
    return tuple(
        Group(
            tuple(
                Rule(r["name"], _filled(r["find"], parts), _filled(r["put"], parts)) for r in group["rules"]
            )
        )
        for group in given["groups"]
    )


def _parts(given: Mapping[str, Any]) -> Mapping[str, str]:
    """The entries of [classes], and the parts made of [names]."""
    names = given["names"]
    single, words, han = names["single"], names["words"], given["classes"]["H"]
    usual = [c for c in single if c not in names["begins_words"]]
    wary = "|".join(f"{c}[^{words[c]}{_BEYOND_HAN}]{han}??" for c in usual if c in words)
    plain = "".join(c for c in usual if c not in words)
    return {
        **given["classes"],
        "KEPT": KEPT,
        "SURNAME": f"(?:{names['compound']}|[{single}])",
        "PLAIN": f"(?:{names['compound']}|[{''.join(c for c in single if c not in names['ends_words'])}])",
        "FULL": f"(?:(?:{names['compound']}){han}{{1,2}}?|[{plain}]{han}{{1,2}}?|{wary})",
    }


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its `<PARTS>`, which may hold others; words with bars between them stay together."""
    while (filled := _PLACE.sub(lambda m: _grouped(parts[m[1]]), pattern)) != pattern:
        pattern = filled
    return pattern


def _grouped(part: str) -> str:
    return f"(?:{part})" if "|" in part and not part.startswith("(") else part
