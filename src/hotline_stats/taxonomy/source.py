"""What a taxonomy file says: types, groups, rules and cues, phrases expanded, nothing compiled."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

from hotline_stats.model.types import TypeScheme

Place = Literal["any", "title", "content"]
Until = Literal["clause", "sentence", "text"]
PLACES = ("any", "title", "content")
UNTILS = ("clause", "sentence", "text")
REASONS = ("negated", "solved", "background", "aside", "request")


@dataclass(frozen=True)
class Entry:
    """A phrase as the file has it, and the plain phrases that it stands for."""

    text: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """Phrases that speak for a type; with `requests`, only in tickets of these request types. `weaker`: they may weigh
    less than shorter ones inside them."""

    type: str
    weight: float
    entries: tuple[Entry, ...]
    place: Place
    requests: tuple[str, ...]
    weaker: bool

    @property
    def phrases(self) -> tuple[str, ...]:
        """All plain phrases, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(e.phrases for e in self.entries)))


@dataclass(frozen=True)
class Pair:
    """Two words that speak for a type when the second follows within `within` characters
    (`either`: or goes before), nothing of `until` between them."""

    type: str
    weight: float
    first: tuple[str, ...]
    then: tuple[str, ...]
    within: float
    either: bool
    until: Until
    place: Place
    requests: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """Where one of the phrases stands, `share` of what was found for the type `of` counts for `to` instead; or
    for none, when `to` is empty: the phrases exclude it."""

    of: str
    to: str
    share: float
    phrases: tuple[str, ...]
    place: Place
    requests: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.of}→{self.to}"


@dataclass(frozen=True)
class Crossing:
    """Categories of the source that speak for a type: each a name of a level, or several from the upper to the
    lower ("市容/违法建筑")."""

    type: str
    weight: float
    categories: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Cue:
    """Words that change what a phrase near them weighs: `factor` times. `side` is where the cue stands.
    With `pair_words`, pairs do not take a word near the cue."""

    reason: str
    side: Literal["before", "after"]
    within: float
    until: Until
    factor: float
    types: tuple[str, ...]
    pair_words: bool
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """What stands between one of `begin` and the next of `end`, or the end of the text, is quoted."""

    begin: tuple[str, ...]
    end: tuple[str, ...]


@dataclass(frozen=True)
class Preference:
    """`type` goes before each of `over` when its score is at least `ratio` times theirs."""

    type: str
    over: tuple[str, ...]
    ratio: float


@dataclass(frozen=True)
class Scoring:
    """`title`: factor of a match in the title. `spans`: (characters from the start of the content, factor),
    the last for the rest. `primary_min`: below it a type is not primary. `label_min`, `label_share`: a label
    needs this score and this share of the primary's. `doubt`: what the last type, `other`, has against the others
    from the start, times ln(1 + characters of the content / 100): in a long text something matches by chance."""

    title: float
    spans: tuple[tuple[float, float], ...]
    primary_min: float
    label_min: float
    label_share: float
    doubt: float


@dataclass(frozen=True)
class Second:
    """When the rules are not sure and the second reader is asked: below `score`, or below `margin`; `other` by its
    rules is sure from `other_score` on. `rules`, `floor`, `other`, `half`, `stay`, `silent`:
    see second.together."""

    score: float
    margin: float
    other_score: float
    rules: float
    floor: float
    other: float
    half: float
    stay: float
    silent: float


@dataclass(frozen=True)
class Source:
    """Everything one taxonomy file says."""

    scheme: TypeScheme
    note_zh: str
    note_en: str
    examples: dict[str, tuple[str, ...]]
    counter_examples: dict[str, tuple[str, ...]]
    scoring: Scoring
    second: Second
    priority: tuple[str, ...]
    rules: tuple[Rule, ...]
    pairs: tuple[Pair, ...]
    cues: tuple[Cue, ...]
    quotes: tuple[Quote, ...]
    preferences: tuple[Preference, ...]
    moves: tuple[Move, ...]
    crosswalk: tuple[Crossing, ...]
    effective_from: date | None
    effective_to: date | None
    ignore: tuple[str, ...]
    whole: tuple[str, ...]
