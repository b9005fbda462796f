"""Compiled rules say what the source says, phrase by phrase."""

from collections import defaultdict

import numpy as np
import pytest
from taxonomy_small import SMALL, small

from hotline_stats.taxonomy import Taxonomy, load, names, parse
from hotline_stats.taxonomy.phrases import expand, spelled, spellings
from hotline_stats.taxonomy.rules import CUE, END, IGNORE, PART, PLACE_BITS, SCORED
from hotline_stats.taxonomy.source import Source

Meaning = tuple[int, int, tuple[str, ...]]
"""Type or move, places, request types."""
TWICE = """
[[rules]]
type = "garbage"
weight = 9
phrases = ["KTV", "噪音", "垃圾"]
request_types = ["投诉"]
[[rules]]
type = "garbage"
weight = 1
phrases = ["垃圾"]
[[rules]]
type = "noise"
weight = 7
phrases = ["噪音", "吵"]
[[moves]]
from = "noise"
to = "garbage"
phrases = ["噪音", "装修"]
place = "title"
[[pairs]]
type = "garbage"
weight = 2
first = ["响"]
then = ["车", "停"]
"""


def bare() -> str:
    """The small taxonomy with nothing but one rule without phrases."""
    return SMALL[SMALL.index("id =") : SMALL.index("[words]")] + (
        '[[rules]]\ntype = "noise"\nweight = 4\nphrases = []\n'
    )


TAXONOMIES = {
    **{name: lambda name=name: load(name) for name in names()},
    "small": small,
    "twice": lambda: parse("twice.toml", (SMALL + TWICE).encode()),
    "bare": lambda: parse("bare.toml", bare().encode()),
}


class LongWay:
    """One phrase after the other, with dictionaries."""

    def __init__(self, source: Source) -> None:
        self.kind: dict[str, int] = {}
        self.said: dict[str, dict[Meaning, float]] = defaultdict(dict)
        self.sets: dict[tuple[str, ...], int] = {}
        ids = source.scheme.ids
        for rule in source.rules:
            for text in self.add(rule.phrases, SCORED):
                self.say(text, (ids.index(rule.type), PLACE_BITS[rule.place], rule.requests), rule.weight)
        for k, move in enumerate(source.moves):
            for text in self.add(move.phrases, SCORED):
                self.say(text, (len(ids) + k, PLACE_BITS[move.place], move.requests), 1.0)
        self.cues = [self.add(c.phrases, CUE) for c in source.cues]
        self.quotes = [(self.add(q.begin, CUE), self.add(q.end, END)) for q in source.quotes]
        pairs = [(self.add(p.first, PART), self.add(p.then, PART)) for p in source.pairs]
        self.add(source.ignore, IGNORE)
        self.add(source.whole, PART)
        self.pairs = [
            tuple(self.sets.setdefault(tuple(words), len(self.sets)) for words in pair) for pair in pairs
        ]

    def add(self, phrases: tuple[str, ...], kind: int) -> list[str]:
        texts = list(dict.fromkeys(s for p in phrases for s in spellings(p)))
        for text in texts:
            self.kind[text] = self.kind.get(text, 0) | kind
        return texts

    def say(self, text: str, meaning: Meaning, weight: float) -> None:
        self.said[text][meaning] = max(weight, self.said[text].get(meaning, 0.0))


def meant(taxonomy: Taxonomy, pattern: int) -> list[tuple[Meaning, float]]:
    rules = taxonomy.rules
    return [
        (
            (
                int(rules.speaks_type[k]),
                int(rules.speaks_place[k]),
                ((), *rules.requests)[rules.speaks_request[k]],
            ),
            float(rules.speaks_weight[k]),
        )
        for k in range(rules.start[pattern], rules.start[pattern + 1])
    ]


@pytest.mark.parametrize("name", TAXONOMIES)
def test_as_one_phrase_after_the_other(name: str) -> None:
    taxonomy = TAXONOMIES[name]()
    rules, ids = taxonomy.rules, taxonomy.scheme.ids
    long = LongWay(taxonomy.source)
    assert rules.texts == tuple(long.kind)
    assert rules.kind.tolist() == list(long.kind.values()) + [SCORED] * len(rules.pairs)
    assert [meant(taxonomy, p) for p in range(len(rules.texts))] == [
        list(long.said[t].items()) for t in rules.texts
    ]
    assert [meant(taxonomy, p.pattern) for p in rules.pairs] == [
        [((ids.index(p.type), PLACE_BITS[p.place], p.requests), p.weight)] for p in taxonomy.source.pairs
    ]
    covers = [
        PLACE_BITS["any"] if kind & (IGNORE | CUE) else int(np.bitwise_or.reduce([0, *(m[1] for m in said)]))
        for kind, said in zip(long.kind.values(), (long.said[t] for t in long.kind), strict=True)
    ]
    assert rules.covers.tolist() == covers + [PLACE_BITS[p.place] for p in taxonomy.source.pairs]
    assert [(p.first, p.then) for p in rules.pairs] == long.pairs
    assert words(taxonomy) == [set(s) for s in long.sets]
    assert [which(taxonomy, c.member) for c in rules.cues] == list(map(set, long.cues))
    assert [(which(taxonomy, q.begin), which(taxonomy, q.end)) for q in rules.quotes] == [
        (set(begin), set(end)) for begin, end in long.quotes
    ]


def words(taxonomy: Taxonomy) -> list[set[str]]:
    """The words of each set; the sets of a word ascend."""
    rules = taxonomy.rules
    found: list[set[str]] = [set() for _ in range(rules.n_sets)]
    for text, begin, end in zip(rules.texts, rules.word_start[:-1], rules.word_start[1:], strict=True):
        mine = rules.word_set[begin:end].tolist()
        assert mine == sorted(mine)
        for number in mine:
            found[number].add(text)
    return found


def which(taxonomy: Taxonomy, member: np.ndarray) -> set[str]:
    return {taxonomy.rules.texts[i] for i in np.flatnonzero(member)}


def test_a_word_list_is_its_alternatives_written_out() -> None:
    lists = {"car": ("车", "汽车"), "none": ()}
    for phrase in ("<car>", "(<car>|人|)停<car>", "<none>停", "(<none>停|<car>)<car>(了(<car>|)|)"):
        written = phrase.replace("<car>", "(车|汽车)").replace("<none>", "()")
        assert expand(phrase, lists) == expand(written, {})


def test_all_spellings_of_several() -> None:
    assert spelled(["噪音", "K歌", "噪音", "k歌"]) == ("噪音", *spellings("K歌"))
    assert spelled([]) == ()
