"""From the tables of a taxonomy file to a Source: every value checked, every phrase expanded."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal, cast

from hotline_stats.errors import UsageError
from hotline_stats.model.types import OTHER, Group, ProblemType, TypeScheme
from hotline_stats.taxonomy.phrases import PhraseError, expand
from hotline_stats.taxonomy.source import (
    PLACES,
    REASONS,
    UNTILS,
    Crossing,
    Cue,
    Entry,
    Move,
    Pair,
    Place,
    Preference,
    Quote,
    Rule,
    Scoring,
    Second,
    Source,
    Until,
)
from hotline_stats.taxonomy.table import Table, wrong


def read(file: str, top: Table) -> Source:
    """The checked contents of a parsed taxonomy file. Raises UsageError that names the file and the key."""
    note = top.table("note")
    types = top.tables("types")
    scheme, examples, counter = _scheme(file, top, types)
    words = _words(file, top.table("words", optional=True))
    say = _Phrases(file, words, scheme.ids)
    since, until = top.day("effective_from"), top.day("effective_to")
    if since and until and since > until:
        raise wrong(file, "effective_to", str(until), f"date from {since} on")
    source = Source(
        scheme=scheme,
        note_zh=note.text("zh"),
        note_en=note.text("en"),
        examples=examples,
        counter_examples=counter,
        scoring=_scoring(top.table("scoring")),
        second=_second(top.table("second", optional=True)),
        priority=_priority(file, top, scheme),
        rules=tuple(say.rule(t) for t in top.tables("rules")),
        pairs=tuple(say.pair(t) for t in top.tables("pairs", optional=True)),
        cues=tuple(say.cue(t) for t in top.tables("cues", optional=True)),
        quotes=tuple(say.quote(t) for t in top.tables("quotes", optional=True)),
        preferences=tuple(say.preference(t) for t in top.tables("preferences", optional=True)),
        moves=tuple(say.move(t) for t in top.tables("moves", optional=True)),
        crosswalk=tuple(say.crossing(t) for t in top.tables("crosswalk", optional=True)),
        effective_from=since,
        effective_to=until,
        ignore=say.phrases(top, "ignore", ()),
        whole=say.phrases(top, "whole", ()),
    )
    note.done()
    top.done()
    return source


def _scheme(
    file: str, top: Table, types: list[Table]
) -> tuple[TypeScheme, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    problem_types, examples, counter = [], {}, {}
    for t in types:
        kind = ProblemType(t.text("id"), t.text("zh"), t.text("en"))
        problem_types.append(kind)
        examples[kind.id] = t.texts("examples", ())
        counter[kind.id] = t.texts("counter_examples", ())
        t.done()
    groups = []
    for g in top.tables("groups", optional=True):
        groups.append(
            Group(g.text("id"), g.text("zh"), g.text("en"), g.texts("types"), g.texts("request_types", ()))
        )
        g.done()
        unknown = [x for x in groups[-1].types if x not in examples]
        if unknown:
            raise _unknown_type(file, g.key("types"), unknown[0], examples)
    try:
        scheme = TypeScheme(top.text("id"), top.text("version"), tuple(problem_types), tuple(groups))
    except ValueError:
        ids = [p.id for p in problem_types]
        raise wrong(file, "types", ids, f"unique ids, at most 63, the last {OTHER!r}") from None
    return scheme, examples, counter


def _words(file: str, table: Table) -> dict[str, tuple[str, ...]]:
    """The word lists, in file order; a list may use those above it."""
    words: dict[str, tuple[str, ...]] = {}
    for name in table.names():
        words[name] = _expanded(file, table.key(name), table.texts(name), words)
    return words


def _scoring(table: Table) -> Scoring:
    spans = table.raw("spans")
    good = isinstance(spans, list) and spans and all(isinstance(s, list) and len(s) == 2 for s in spans)
    if not good or not all(isinstance(x, int | float) and x >= 0 for s in spans for x in s):
        raise wrong(table.file, table.key("spans"), spans, "list of [characters, factor]")
    edges = [float(s[0]) for s in spans]
    if edges != sorted(edges):
        raise wrong(table.file, table.key("spans"), spans, "growing numbers of characters")
    scoring = Scoring(
        title=table.number("title"),
        spans=tuple((float(a), float(b)) for a, b in spans),
        primary_min=table.number("primary_min"),
        label_min=table.number("label_min"),
        label_share=table.number("label_share"),
        doubt=table.number("doubt", 0.0),
    )
    table.done()
    return scoring


def _second(table: Table) -> Second:
    second = Second(
        score=table.number("score", 20.0),
        margin=table.number("margin", 0.35),
        other_score=table.number("other_score", 10.0),
        rules=table.number("rules", 3.0),
        floor=table.number("floor", 1.0, low=0.01),
        other=table.number("other", 2.0),
        half=table.number("half", 300.0, low=1.0),
        stay=table.number("stay", 1.5),
        silent=table.number("silent", 8.0),
    )
    table.done()
    return second


def _priority(file: str, top: Table, scheme: TypeScheme) -> tuple[str, ...]:
    found = top.texts("priority", scheme.ids)
    if sorted(found) != sorted(scheme.ids):
        raise wrong(file, "priority", list(found), "every type id once")
    return found


@dataclass(frozen=True)
class _Phrases:
    """Reads the tables that hold phrases, with the word lists and type ids at hand."""

    file: str
    words: dict[str, tuple[str, ...]]
    ids: tuple[str, ...]

    def phrases(self, t: Table, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        return _expanded(self.file, t.key(name), t.texts(name, default), self.words)

    def rule(self, t: Table) -> Rule:
        made = Rule(
            self.type(t, "type"),
            t.number("weight"),
            _entries(self.file, t.key("phrases"), t.texts("phrases"), self.words),
            cast(Place, t.choice("place", PLACES, "any")),
            t.texts("request_types", ()),
            t.flag("weaker"),
        )
        t.done()
        return made

    def pair(self, t: Table) -> Pair:
        made = Pair(
            type=self.type(t, "type"),
            weight=t.number("weight"),
            first=self.phrases(t, "first"),
            then=self.phrases(t, "then"),
            within=t.number("within", 8.0),
            either=t.choice("order", ("forward", "either"), "forward") == "either",
            until=cast(Until, t.choice("until", UNTILS, "sentence")),
            place=cast(Place, t.choice("place", PLACES, "any")),
            requests=t.texts("request_types", ()),
        )
        t.done()
        return made

    def move(self, t: Table) -> Move:
        made = Move(
            of=self.type(t, "from"),
            to=self.type(t, "to") if t.has("to") else "",
            share=t.number("share", 1.0),
            phrases=self.phrases(t, "phrases"),
            place=cast(Place, t.choice("place", PLACES, "any")),
            requests=t.texts("request_types", ()),
        )
        if made.share > 1:
            raise wrong(self.file, t.key("share"), made.share, "number from 0 to 1")
        if made.of == made.to:
            raise wrong(self.file, t.key("to"), made.to, "another type than `from`")
        t.done()
        return made

    def crossing(self, t: Table) -> Crossing:
        named = tuple(tuple(part.strip() for part in c.split("/")) for c in t.texts("categories"))
        if not all(part for path in named for part in path):
            raise wrong(self.file, t.key("categories"), t.values["categories"], 'names, or "upper/lower"')
        made = Crossing(self.type(t, "type"), t.number("weight"), named)
        t.done()
        return made

    def cue(self, t: Table) -> Cue:
        made = Cue(
            reason=t.choice("reason", REASONS, ""),
            side=cast(Literal["before", "after"], t.choice("side", ("before", "after"), "before")),
            within=t.number("within"),
            until=cast(Until, t.choice("until", UNTILS, "clause")),
            factor=t.number("factor", 0.0),
            types=self.types(t, "types"),
            pair_words=t.flag("pair_words"),
            phrases=self.phrases(t, "phrases"),
        )
        t.done()
        return made

    def quote(self, t: Table) -> Quote:
        made = Quote(self.phrases(t, "begin"), self.phrases(t, "end", ()))
        t.done()
        return made

    def preference(self, t: Table) -> Preference:
        made = Preference(self.type(t, "type"), self.types(t, "over"), t.number("ratio", 1.0))
        t.done()
        return made

    def type(self, t: Table, name: str) -> str:
        return self._known(t, name, (t.text(name),))[0]

    def types(self, t: Table, name: str) -> tuple[str, ...]:
        """Type ids; none given means all."""
        return self._known(t, name, t.texts(name, ())) or self.ids

    def _known(self, t: Table, name: str, found: tuple[str, ...]) -> tuple[str, ...]:
        for x in found:
            if x not in self.ids:
                raise _unknown_type(self.file, t.key(name), x, self.ids)
        return found


def _entries(
    file: str, key: str, phrases: tuple[str, ...], words: dict[str, tuple[str, ...]]
) -> tuple[Entry, ...]:
    out = []
    for phrase in phrases:
        try:
            out.append(Entry(phrase, expand(phrase, words)))
        except PhraseError as problem:
            raise UsageError(
                "taxonomy-bad-phrase", file=file, key=key, phrase=phrase, problem=str(problem)
            ) from problem
    return tuple(out)


def _expanded(
    file: str, key: str, phrases: tuple[str, ...], words: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(e.phrases for e in _entries(file, key, phrases, words))))


def _unknown_type(file: str, key: str, found: str, known: Iterable[str]) -> UsageError:
    return UsageError("taxonomy-unknown-type", file=file, key=key, found=found, known=", ".join(known))
