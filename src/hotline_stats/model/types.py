"""Problem types and groups of types, as everything after classification knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hotline_stats.messages import Lang

OTHER = "other"
MAX_TYPES = 63
"""Labels travel as bits of a signed 64-bit integer."""


@dataclass(frozen=True)
class ProblemType:
    """One problem type (问题类型)."""

    id: str
    zh: str
    en: str

    def name(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Group:
    """A named set of types. A group counts distinct tickets whose primary type is in `types`;
    with `request_types`, only tickets of these request types (诉求类型)."""

    id: str
    zh: str
    en: str
    types: tuple[str, ...]
    request_types: tuple[str, ...] = ()

    def name(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class TypeScheme:
    """The types and groups of one taxonomy version, in report order; the last type is `other`."""

    id: str
    version: str
    types: tuple[ProblemType, ...]
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        ids = self.ids
        if len(set(ids)) != len(ids) or ids[-1] != OTHER or len(ids) > MAX_TYPES:
            raise ValueError(f"type ids must be unique, end with {OTHER!r} and be at most {MAX_TYPES}: {ids}")
        unknown = {t for g in self.groups for t in g.types} - set(ids)
        if unknown:
            raise ValueError(f"groups name unknown types: {sorted(unknown)}")

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(t.id for t in self.types)

    def bits(self, types: Sequence[str]) -> int:
        """The label mask of `types`: bit i is set when ids[i] is among them."""
        return sum(1 << self.ids.index(t) for t in types)

    def group(self, group_id: str) -> Group:
        return next(g for g in self.groups if g.id == group_id)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "schema": "hotline-stats/types/1",
            "taxonomy": self.id,
            "version": self.version,
            "types": [{"id": t.id, "name": t.name(lang)} for t in self.types],
            "groups": [
                {
                    "id": g.id,
                    "name": g.name(lang),
                    "types": list(g.types),
                    "request_types": list(g.request_types),
                }
                for g in self.groups
            ],
        }

    def name(self, key: str, lang: Lang) -> str:
        """The name of a type or group id; a key that is neither names itself."""
        known: tuple[ProblemType | Group, ...] = (*self.types, *self.groups)
        return next((x.name(lang) for x in known if x.id == key), key)

    def __repr__(self) -> str:
        return f"<TypeScheme {self.id} {self.version}: {len(self.types)} types, {len(self.groups)} groups>"
