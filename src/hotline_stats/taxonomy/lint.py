"""What is odd in a taxonomy file: examples that fail, phrases that never count, phrases that say two things."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from hotline_stats.taxonomy import where
from hotline_stats.taxonomy.classifier import classify
from hotline_stats.taxonomy.loader import Taxonomy
from hotline_stats.taxonomy.rules import PLACE_BITS, SCORED, Ints
from hotline_stats.taxonomy.scan import column, scan
from hotline_stats.taxonomy.source import Entry, Rule

CODES = (
    "example-fails",
    "counter-example-fails",
    "no-examples",
    "repeated-phrase",
    "weaker-longer",
    "two-types",
    "moves-itself",
)
"""In order of weight; `two-types` alone is a remark, since one phrase may well speak for two types."""


@dataclass(frozen=True)
class Oddity:
    """`key`: the table of the file, such as "rules[3]" or "types[2]"; `line`: where it stands, from 1. `facts`: what the
    message names."""

    code: str
    key: str
    facts: tuple[tuple[str, str], ...]
    line: int | None = None

    @property
    def wrong(self) -> bool:
        return self.code != "two-types"


def lint(taxonomy: Taxonomy) -> tuple[Oddity, ...]:
    """All oddities, by code, then in the order of the file.

    example-fails: an example whose primary type is another. counter-example-fails: a counter-example of the type.
    no-examples: a type other than `other` without examples or counter-examples. repeated-phrase: everything that an
    entry stands for is said elsewhere for the type, with no less weight: it could go and nothing would change. (One
    alternative of several that is said elsewhere does no harm, the heaviest counts.) weaker-longer: a longer phrase of
    the same type and place hides it and weighs less, in a rule that does not say `weaker`. two-types: it speaks for
    several. moves-itself: a phrase of a move speaks for the type that is moved.
    """
    found = [*_examples(taxonomy.alone), *_repeated(taxonomy), *_both(taxonomy), *_weaker(taxonomy)]
    text = taxonomy.raw.decode("utf-8-sig")
    placed = [replace(o, line=where.line(text, o.key, dict(o.facts).get("phrase", ""))) for o in found]
    return tuple(sorted(placed, key=lambda o: (CODES.index(o.code), o.line or 0)))


def _examples(taxonomy: Taxonomy) -> Iterator[Oddity]:
    ids, source = taxonomy.scheme.ids, taxonomy.source
    for i, kind in enumerate(ids):
        good, bad = source.examples[kind], source.counter_examples[kind]
        key = f"types[{i + 1}]"
        if kind != ids[-1] and not (good and bad):
            yield Oddity("no-examples", key, (("type", kind),))
        for texts, code in ((good, "example-fails"), (bad, "counter-example-fails")):
            found = classify(taxonomy, pa.nulls(len(texts), pa.string()), pa.array(texts, pa.string()))
            for text, primary in zip(texts, found.primary.tolist(), strict=True):
                if (primary == i) != (code == "example-fails"):
                    facts = (("type", kind), ("found", ids[primary]), ("text", text))
                    yield Oddity(code, key, facts)


def _repeated(taxonomy: Taxonomy) -> Iterator[Oddity]:
    """Entries that say nothing that others do not say."""
    said: dict[tuple[str, str], list[tuple[int, int, Rule]]] = defaultdict(list)
    rules = taxonomy.source.rules
    for i, rule in enumerate(rules, 1):
        for k, entry in enumerate(rule.entries):
            for phrase in entry.phrases:
                said[rule.type, phrase].append((i, k, rule))
    for i, rule in enumerate(rules, 1):
        for k, entry in enumerate(rule.entries):
            others = [_elsewhere(said[rule.type, phrase], (i, k, rule)) for phrase in entry.phrases]
            if all(others):
                named = ", ".join(dict.fromkeys(f"rules[{n}]" for n in others))
                facts = (("phrase", entry.text), ("type", rule.type), ("other", named))
                yield Oddity("repeated-phrase", f"rules[{i}]", facts)


def _elsewhere(said: list[tuple[int, int, Rule]], here: tuple[int, int, Rule]) -> int:
    """The number of a rule that says the phrase wherever `here` does and with no less weight; 0: there is none."""
    i, k, mine = here
    for j, n, rule in said:
        heavier = (rule.weight, -j, -n) > (mine.weight, -i, -k)
        wider = not rule.requests or (mine.requests and set(mine.requests) <= set(rule.requests))
        if heavier and wider and PLACE_BITS[mine.place] & ~PLACE_BITS[rule.place] == 0:
            return j
    return 0


def _both(taxonomy: Taxonomy) -> Iterator[Oddity]:
    """Phrases in rules of several types, and in a rule and a move from its type."""
    said: dict[str, dict[str, tuple[int, Entry]]] = defaultdict(dict)
    for i, rule in enumerate(taxonomy.source.rules, 1):
        for entry in rule.entries:
            for phrase in entry.phrases:
                said[phrase].setdefault(rule.type, (i, entry))
    for phrase, types in said.items():
        if len(types) > 1:
            first = next(iter(types.values()))[0]
            yield Oddity(
                "two-types", f"rules[{first}]", (("phrase", phrase), ("types", ", ".join(sorted(types))))
            )
    for move in taxonomy.source.moves:
        for phrase in move.phrases:
            if move.of in said[phrase]:
                key = f"rules[{said[phrase][move.of][0]}]"
                yield Oddity("moves-itself", key, (("phrase", phrase), ("type", move.of)))


def _inside(taxonomy: Taxonomy) -> tuple[Ints, Ints]:
    """Numbers of the patterns, and of the shorter ones that lie inside each."""
    texts = taxonomy.rules.texts
    found = scan(taxonomy.rules, column(pa.array(texts, pa.string()), "content"))
    outer, inner = found.row.astype(np.int64), found.pattern.astype(np.int64)
    shorter = outer != inner
    return outer[shorter], inner[shorter]


def _weaker(taxonomy: Taxonomy) -> Iterator[Oddity]:
    """Of phrases that lie in each other the longest counts, also when it weighs less."""
    rules = taxonomy.rules
    entries = {
        p: (i, e.text)
        for i, rule in enumerate(taxonomy.source.rules, 1)
        for e in rule.entries
        for p in e.phrases
        if not rule.weaker
    }
    meant = {p for rule in taxonomy.source.rules if rule.weaker for p in rule.phrases}
    outer, inner = _inside(taxonomy)
    both = (rules.kind[outer] & rules.kind[inner] & SCORED) != 0
    hidden: dict[tuple[int, str, str], list[tuple[str, str]]] = defaultdict(list)
    for a, b in zip(outer[both].tolist(), inner[both].tolist(), strict=True):
        longer, shorter = rules.texts[a], rules.texts[b]
        mine, theirs = _weights(taxonomy, a), _weights(taxonomy, b)
        less = {
            kind for kind, place in mine.keys() & theirs.keys() if mine[kind, place] < theirs[kind, place]
        }
        if longer in entries and longer not in meant:
            rule, entry = entries[longer]
            for kind in less:
                hidden[rule, entry, kind].append((longer, shorter))
    for (rule, entry, kind), found in hidden.items():
        n, (longer, shorter) = str(len({a for a, _ in found})), found[0]
        facts = (("phrase", entry), ("longer", longer), ("n", n), ("shorter", shorter), ("type", kind))
        yield Oddity("weaker-longer", f"rules[{rule}]", facts)


def _weights(taxonomy: Taxonomy, pattern: int) -> dict[tuple[str, int], float]:
    """What a pattern weighs by type and place (its bit)."""
    rules = taxonomy.rules
    out: dict[tuple[str, int], float] = {}
    for k in range(rules.start[pattern], rules.start[pattern + 1]):
        name = taxonomy.speaks(int(rules.speaks_type[k]))
        for bit in (PLACE_BITS["title"], PLACE_BITS["content"]):
            if rules.speaks_place[k] & bit:
                out[name, bit] = max(out.get((name, bit), 0.0), float(rules.speaks_weight[k]))
    return out
