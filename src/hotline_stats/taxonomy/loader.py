"""A taxonomy by name or path: read, checked, compiled, and kept."""

import hashlib
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hotline_stats.errors import UsageError
from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy import reader as readers
from hotline_stats.taxonomy import where
from hotline_stats.taxonomy.compiling import compile_rules
from hotline_stats.taxonomy.reader import Reader
from hotline_stats.taxonomy.reading import read
from hotline_stats.taxonomy.rules import Rules
from hotline_stats.taxonomy.source import Source
from hotline_stats.taxonomy.table import Table

NO_MODEL = "none"
_RESOURCES = files("hotline_stats") / "resources" / "taxonomies"


@dataclass(frozen=True)
class Taxonomy:
    """Types, groups and the rules that find them. `sha256`: of the file's bytes; `file`: where it was read. `reader`:
    the second reader, asked where the rules are in doubt; None = the rules alone.

    Equal when the bytes and the models are; it may be pickled (it is compiled again where it arrives).
    """

    file: str = field(compare=False)
    sha256: str
    raw: bytes = field(repr=False, compare=False)
    source: Source = field(repr=False, compare=False)
    rules: Rules = field(repr=False, compare=False)
    reader: Reader | None = None

    @property
    def scheme(self) -> TypeScheme:
        return self.source.scheme

    @property
    def alone(self) -> "Taxonomy":
        """The rules without the second reader, for whoever looks at the rules."""
        return replace(self, reader=None)

    def speaks(self, type_: int) -> str:
        """What a type of the rules is called: its id, or the name of a move."""
        n = len(self.scheme.ids)
        return self.scheme.ids[type_] if type_ < n else self.source.moves[type_ - n].name

    def note(self, lang: Lang) -> str:
        """What a reader of its figures must know about its types and groups."""
        return self.source.note_zh if lang == "zh" else self.source.note_en

    def __reduce__(self) -> tuple[Any, ...]:
        return parse, (self.file, self.raw, self.reader)

    def __repr__(self) -> str:
        return f"<Taxonomy {self.scheme.id} {self.scheme.version}: {len(self.scheme.types)} types>"


def names() -> tuple[str, ...]:
    """The built-in taxonomies."""
    return tuple(
        sorted(f.name.removesuffix(".toml") for f in _RESOURCES.iterdir() if f.name.endswith(".toml"))
    )


def load(name_or_path: str, model: str = "") -> Taxonomy:
    """A built-in taxonomy by its name, or one in a file (a path with a separator or the ending .toml). `model`: the
    file of its second reader, NO_MODEL for the rules alone; "" is the one that a built-in taxonomy has.

    Raises UsageError: `taxonomy-not-found`, `taxonomy-not-toml`, `taxonomy-missing-key`,
    `taxonomy-unknown-key`, `taxonomy-wrong-value`, `taxonomy-unknown-type`, `taxonomy-bad-phrase`,
    `taxonomy-clash`; each names the file with the line, and the key where there is one. `model-not-found`,
    `model-not-read`, `model-other-types` for a model.
    """
    if not (name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path):
        known = _built_in(name_or_path)
    else:
        try:
            raw = Path(name_or_path).read_bytes()
        except OSError as problem:
            raise _not_found(name_or_path) from problem
        known = parse(name_or_path, raw)
    if model == "":
        return known
    if model == NO_MODEL:
        return known.alone
    reader = readers.load(model)
    strange = set(reader.types) - set(known.scheme.ids)
    if strange:
        raise UsageError("model-other-types", file=model, found=", ".join(sorted(strange)))
    return replace(known, reader=reader)


@cache
def _built_in(name: str) -> Taxonomy:
    if name not in names():
        raise _not_found(name)
    raw = (_RESOURCES / f"{name}.toml").read_bytes()
    return parse(f"{name}.toml", raw, readers.built_in(name))


def parse(file: str, raw: bytes, reader: Reader | None = None) -> Taxonomy:
    """The taxonomy in `raw`, the bytes of a TOML file; `file` is what errors call it."""
    try:
        text = raw.decode("utf-8-sig")
        top = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UsageError("taxonomy-not-toml", file=file, problem=str(problem)) from problem
    try:
        source = read(file, Table(file, "", top))
        rules = compile_rules(file, source)
    except UsageError as problem:
        at = where.line(text, str(problem.facts.get("key", "ignore")), str(problem.facts.get("phrase", "")))
        if at is not None:
            problem.facts["file"] = f"{file}:{at}"
        raise
    return Taxonomy(file, hashlib.sha256(raw).hexdigest(), raw, source, rules, reader)


def _not_found(name: str) -> UsageError:
    return UsageError("taxonomy-not-found", name=name, known=", ".join(names()))
