"""What was found when the claims of a draft were checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal, get_args

import pandas as pd

from hotline_stats import numbers
from hotline_stats.messages import Lang, text
from hotline_stats.model import names
from hotline_stats.model.types import TypeScheme

SCHEMA = "hotline-stats/verify/1"
Ruling = Literal["holds", "fails", "cannot-check"]
Test = Literal["arithmetic", "wording", "term", "numbers"]
Unit = Literal["pct", "pp", "n", "times"]
Fact = tuple[str, "str | Amount"]
_PLAIN = ("direction", "close")
"""Reasons that another one of the same claim says better."""
COLUMNS = ("paragraph", "start", "end", "text", "verdict", "tests", "found", "expected", "explanation")


@dataclass(frozen=True)
class Amount:
    """A change or a number: percent (0–100), percentage points, a count or a multiple. `digits` are shown. `change`:
    whether its sign is a direction."""

    value: float
    unit: Unit
    digits: int = 1
    change: bool = True

    def text(self, lang: Lang) -> str:
        """`−19.4%`, `+7.5个百分点`, `−266`, `2.1倍`; what is no change has no plus sign."""
        if self.unit == "n":
            return numbers.count(round(self.value), lang, signed=self.change)
        if self.unit == "times":
            return numbers.times(self.value, lang, digits=self.digits)
        write = numbers.percent if self.unit == "pct" else numbers.points
        return write(self.value, lang, signed=self.change, digits=self.digits)

    def to_dict(self) -> dict[str, Any]:
        return {"value": self.value, "unit": self.unit}


@dataclass(frozen=True)
class Tested:
    """One test of a claim. `reason`: a code of messages/claims.toml, its `facts`; `found`: what the draft says,
    `expected`: what it should be, None where nothing is to be written; `write`: codes and facts of what would be right
    to write."""

    test: Test
    verdict: Ruling
    reason: str
    found: Amount | None = None
    expected: Amount | None = None
    facts: tuple[Fact, ...] = ()
    write: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()

    def text(self, lang: Lang, types: TypeScheme | None = None) -> str:
        """Why, in words; `types` name the populations."""
        facts: dict[str, str] = {
            k: v.text(lang) if isinstance(v, Amount) else _named(v, lang, types) for k, v in self.facts
        }
        if self.expected is not None:
            facts["expected"] = self.expected.text(lang)
        if self.found is not None:
            facts["found"] = self.found.text(lang)
        said = text("claims", self.reason, lang, **facts)
        if self.write:
            said += text(
                "claims",
                "write",
                lang,
                words=text("claims", "or", lang).join(_phrase(w, lang) for w in self.write),
            )
        if self.matches:
            whose = text("claims", "list", lang).join(
                _named(f"population:{key}", lang, types) for key in self.matches
            )
            said += text("claims", "matches", lang, whose=whose)
        return said

    def to_dict(self, lang: Lang = "zh", types: TypeScheme | None = None) -> dict[str, Any]:
        return {
            "test": self.test,
            "verdict": self.verdict,
            "reason": self.reason,
            "found": None if self.found is None else self.found.to_dict(),
            "expected": None if self.expected is None else self.expected.to_dict(),
            "matches": list(self.matches),
            "text": self.text(lang, types),
        }


def _named(fact: str, lang: Lang, types: TypeScheme | None) -> str:
    """A fact `@code` is a word of messages/claims.toml, `population:id` a type, a group or all tickets, `figure:id` a
    service figure."""
    kind, _, key = fact.partition(":")
    if kind == "population":
        return (
            text("claims", "all-tickets", lang) if key == "total" else names.value(types, "type", key, lang)
        )
    if kind == "figure":
        return names.figure(key, lang)
    return text("claims", fact[1:], lang) if fact.startswith("@") else fact


def _phrase(phrase: str, lang: Lang) -> str:
    """`pct:-19.444:1` → 下降19.4%, `near:-20` → 下降近20%."""
    kind, value, *digits = phrase.split(":")
    x, n = float(value), int(digits[0]) if digits else 1
    if kind == "pct":
        return numbers.fall_or_rise(x, lang, digits=n)
    if kind == "pp":
        return numbers.fall_or_rise_points(x, lang, digits=n)
    if kind in ("near", "over"):
        return text(
            "claims",
            f"{kind}-{'fall' if x < 0 else 'rise'}",
            lang,
            number=numbers.percent(abs(x), lang, digits=0),
        )
    if kind == "times":
        return numbers.times(x, lang, digits=n)
    return numbers.count(round(x), lang)


@dataclass(frozen=True)
class Claim:
    """A claim of the draft. `paragraph` counts from 1 (lines of a text, paragraphs of a document); `start`, `end`: its
    characters in the paragraph, from 0, end not included; `text`: these characters, the user's own words."""

    paragraph: int
    start: int
    end: int
    text: str
    tests: tuple[Tested, ...]

    def __post_init__(self) -> None:
        if not self.tests or not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            raise ValueError("a claim has a place in its paragraph and at least one test")

    @property
    def verdict(self) -> Ruling:
        """fails when a test fails; else holds when the exports say so, or when every test of the draft alone holds."""
        if any(t.verdict == "fails" for t in self.tests):
            return "fails"
        alone = [t.verdict == "holds" for t in self.tests if t.test != "numbers"]
        shown = any(t.test == "numbers" and t.verdict == "holds" for t in self.tests)
        return "holds" if shown or (alone and all(alone)) else "cannot-check"

    @property
    def decisive(self) -> Tested:
        """The test that the verdict comes from, the arithmetic first."""
        told = [t for t in self.tests if t.verdict == self.verdict]
        return next((t for t in told if t.expected is not None), told[0])

    def explanation(self, lang: Lang, types: TypeScheme | None = None) -> str:
        """Why, in words; what goes without saying is left out."""
        told = [t for t in self.tests if t.verdict == self.verdict and t.reason not in _PLAIN] or [
            self.decisive
        ]
        told += [
            t for t in self.tests if t.test == "numbers" and t.verdict == "cannot-check" and t not in told
        ]
        return text("claims", "and", lang).join(dict.fromkeys(t.text(lang, types) for t in told))

    def to_dict(self, lang: Lang = "zh", types: TypeScheme | None = None) -> dict[str, Any]:
        return {
            "paragraph": self.paragraph,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "verdict": self.verdict,
            "tests": [t.to_dict(lang, types) for t in self.tests],
        }


@dataclass(frozen=True)
class Verification:
    """The claims of a draft in order. `draft`: the name of its file, "" for a text; `unit`: what `paragraph` counts;
    `data`: whether the numbers were compared with exports; `notes`: codes of messages/claims.toml, with a number;
    `types`: by which populations are named."""

    claims: tuple[Claim, ...]
    draft: str = ""
    unit: Literal["line", "paragraph"] = "line"
    data: bool = False
    notes: tuple[tuple[str, int], ...] = ()
    types: TypeScheme | None = None

    def count(self, verdict: Ruling) -> int:
        return sum(c.verdict == verdict for c in self.claims)

    @property
    def counts(self) -> Mapping[Ruling, int]:
        return {r: self.count(r) for r in get_args(Ruling)}

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """One row a claim: COLUMNS; `tests` are the codes of what was tested, `found` and `expected` numbers (0–100 for
        a percentage), <NA> for none."""
        rows = [
            (
                c.paragraph,
                c.start,
                c.end,
                c.text,
                c.verdict,
                "|".join(f"{t.test}:{t.verdict}" for t in c.tests),
                c.decisive.found.value if c.decisive.found else None,
                c.decisive.expected.value if c.decisive.expected else None,
                c.explanation(lang, self.types),
            )
            for c in self.claims
        ]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        return frame.astype({"found": "Float64", "expected": "Float64"})

    def remarks(self, lang: Lang) -> tuple[str, ...]:
        return tuple(text("claims", code, lang, n=n) for code, n in self.notes)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "draft": self.draft,
            "unit": self.unit,
            "data": self.data,
            "counts": {k.replace("-", "_"): v for k, v in self.counts.items()},
            "claims": [c.to_dict(lang, self.types) for c in self.claims],
            "notes": list(self.remarks(lang)),
        }

    def __repr__(self) -> str:
        n = self.counts
        return f"<Verification: {len(self.claims)} claims, {n['holds']} hold, {n['fails']} fail, {n['cannot-check']} cannot be checked>"

    def _repr_html_(self) -> str:
        table: str = self.to_pandas().to_html(index=False, na_rep="")
        return f"<p>{escape(repr(self)[1:-1])}</p>{table}"
