"""What is odd in a taxonomy file: examples that fail, phrases that never count, phrases that say two things."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from hotline_stats.taxonomy.classifier import classify
from hotline_stats.taxonomy.loader import Taxonomy
from hotline_stats.taxonomy.rules import SCORED
from hotline_stats.taxonomy.scan import column, scan

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
    """`key`: the table of the file, such as "rules[3]" or "types[2]". `facts`: what the message names."""

    code: str
    key: str
    facts: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> bool:
        return self.code != "two-types"


def lint(taxonomy: Taxonomy) -> tuple[Oddity, ...]:
    """All oddities, by code, then in the order of the file.

    example-fails: an example whose primary type is another. counter-example-fails: a counter-example of the type.
    no-examples: a type other than `other` without examples or counter-examples. repeated-phrase: a lighter rule of the same type and place has it too.
    weaker-longer: a longer phrase of the same type hides it and weighs less. two-types: it speaks for several.
    moves-itself: a phrase of a move speaks for the type that is moved.
    """
    found = [*_examples(taxonomy.alone), *_repeated(taxonomy), *_weaker(taxonomy)]
    return tuple(sorted(found, key=lambda o: CODES.index(o.code)))


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
    """One phrase in several rules, or in a rule and a move from its type."""
    said: dict[str, list[tuple[int, str, float, str]]] = defaultdict(list)
    for i, rule in enumerate(taxonomy.source.rules, 1):
        for phrase in rule.phrases:
            said[phrase].append((i, rule.type, rule.weight, f"{rule.place} {rule.requests}"))
    moves = {p: m for m in taxonomy.source.moves for p in m.phrases}
    for phrase, rules in said.items():
        if phrase in moves and moves[phrase].of in {t for _, t, *_ in rules}:
            key = f"rules[{rules[0][0]}]"
            yield Oddity("moves-itself", key, (("phrase", phrase), ("type", moves[phrase].of)))
        if len(rules) < 2:
            continue
        types = sorted({t for _, t, *_ in rules})
        if len(types) > 1:
            yield Oddity(
                "two-types", f"rules[{rules[0][0]}]", (("phrase", phrase), ("types", ", ".join(types)))
            )
        best: dict[tuple[str, str], float] = {}
        for _, t, weight, place in rules:
            best[t, place] = max(weight, best.get((t, place), 0.0))
        for at, t, weight, place in rules:
            others = [
                i for i, u, w, p in rules if i != at and (u, p) == (t, place) and (w, -i) > (weight, -at)
            ]
            if others:
                facts = (("phrase", phrase), ("type", t), ("other", f"rules[{others[0]}]"))
                yield Oddity("repeated-phrase", f"rules[{at}]", facts)


def _inside(taxonomy: Taxonomy) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the patterns, and of the shorter ones that lie inside each."""
    texts = taxonomy.rules.texts
    found = scan(taxonomy.rules, column(pa.array(texts, pa.string()), "content"))
    outer, inner = found.row.astype(np.int64), found.pattern.astype(np.int64)
    shorter = outer != inner
    return outer[shorter], inner[shorter]


def _weaker(taxonomy: Taxonomy) -> Iterator[Oddity]:
    """Of phrases that lie in each other the longest counts, also when it weighs less."""
    rules = taxonomy.rules
    where = {p: i for i, r in enumerate(taxonomy.source.rules, 1) for p in r.phrases}
    outer, inner = _inside(taxonomy)
    both = (rules.kind[outer] & rules.kind[inner] & SCORED) != 0
    hidden: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for a, b in zip(outer[both].tolist(), inner[both].tolist(), strict=True):
        mine, theirs = _weights(taxonomy, a), _weights(taxonomy, b)
        for kind in mine.keys() & theirs.keys():
            if mine[kind] < theirs[kind] and rules.texts[a] in where:
                hidden[where[rules.texts[a]], rules.texts[b], kind].append(rules.texts[a])
    for (rule, shorter, kind), longer in hidden.items():
        n = str(len(set(longer)))
        facts = (("phrase", longer[0]), ("n", n), ("shorter", shorter), ("type", kind))
        yield Oddity("weaker-longer", f"rules[{rule}]", facts)


def _weights(taxonomy: Taxonomy, pattern: int) -> dict[str, float]:
    rules = taxonomy.rules
    said = range(rules.start[pattern], rules.start[pattern + 1])
    out: dict[str, float] = {}
    for k in said:
        name = taxonomy.speaks(int(rules.speaks_type[k]))
        out[name] = max(out.get(name, 0.0), float(rules.speaks_weight[k]))
    return out
