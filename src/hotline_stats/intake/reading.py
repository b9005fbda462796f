"""What a mapping file says about exports: plain data that every part of intake may ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Times:
    """How the times of a column are read. `forms`: patterns (see dates.form) tried first, in this order;
    `builtin`: whether the forms that nobody needs to name are tried after them. `zone`: the IANA zone whose days
    are counted, "" for China time; `stamps`: the zone of times without an offset, "" for the same as `zone`."""

    forms: tuple[str, ...] = ()
    builtin: bool = True
    zone: str = ""
    stamps: str = ""


@dataclass(frozen=True)
class Reading:
    """`columns`: header (normal form) → canonical column ("" to leave out), in the order of the file. `only`:
    whether the aliases of headers.toml are out of use. `times`: by canonical column. `words`: by canonical
    column, value (normal form) → the word that counts. `known`: by canonical column, the names (normal form)
    that may stand there. `source`: the tables of the file as they stand."""

    columns: Mapping[str, str] = field(default_factory=dict)
    only: bool = False
    times: Mapping[str, Times] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    source: Mapping[str, object] = field(default_factory=dict)
    sha256: str = ""

    def times_of(self, column: str) -> Times:
        return self.times.get(column, PLAIN_TIMES)


PLAIN_TIMES = Times()
PLAIN = Reading()
