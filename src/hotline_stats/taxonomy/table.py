"""A TOML table read key by key: says which file and key is wrong, and refuses keys nobody asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from hotline_stats.errors import UsageError


def wrong(file: str, key: str, found: object, expected: str) -> UsageError:
    """The error of a value that does not fit."""
    return UsageError("taxonomy-wrong-value", file=file, key=key, found=_short(found), expected=expected)


def _short(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass
class Table:
    """One table of the file at `path` (such as "rules[3]."); `done` must be called when all is read."""

    file: str
    path: str
    values: Mapping[str, Any]
    read: set[str] = field(default_factory=set)

    def key(self, name: str) -> str:
        return f"{self.path}{name}"

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str | None = None) -> str:
        value = self._take(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise wrong(self.file, self.key(name), value, "text")
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise wrong(self.file, self.key(name), value, " | ".join(allowed))
        return value

    def number(self, name: str, default: float | None = None, *, low: float = 0.0) -> float:
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value < 1e6:
            raise wrong(self.file, self.key(name), value, f"number >= {low:g}")
        return float(value)

    def flag(self, name: str) -> bool:
        """True or False; False when not given."""
        value = self._take(name, False)
        if not isinstance(value, bool):
            raise wrong(self.file, self.key(name), value, "true | false")
        return value

    def day(self, name: str) -> date | None:
        """A date; None when not given."""
        self.read.add(name)
        value = self.values.get(name)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise wrong(self.file, self.key(name), value, "date such as 2024-01-01")
        return value

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self._take(name, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v.strip() for v in value):
            raise wrong(self.file, self.key(name), value, "list of texts, none empty")
        return tuple(value)

    def table(self, name: str, *, optional: bool = False) -> "Table":
        value = self._take(name, {} if optional else None)
        if not isinstance(value, dict):
            raise wrong(self.file, self.key(name), value, "table")
        return Table(self.file, f"{self.path}{name}.", value)

    def tables(self, name: str, *, optional: bool = False) -> list["Table"]:
        value = self._take(name, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise wrong(self.file, self.key(name), value, "list of tables")
        return [Table(self.file, f"{self.path}{name}[{i}].", v) for i, v in enumerate(value, 1)]

    def raw(self, name: str) -> Any:
        """The value as it stands, for the caller to check."""
        return self._take(name, None)

    def names(self) -> Iterable[str]:
        return self.values.keys()

    def done(self) -> None:
        """Raises UsageError `taxonomy-unknown-key` when the table holds more than was read."""
        unread = [name for name in self.values if name not in self.read]
        if unread:
            raise UsageError("taxonomy-unknown-key", file=self.file, key=self.key(unread[0]))

    def _take(self, name: str, default: Any) -> Any:
        self.read.add(name)
        if name in self.values:
            return self.values[name]
        if default is None:
            for meant in get_close_matches(name, [n for n in self.values if n not in self.read], 1, 0.8):
                raise UsageError("taxonomy-unknown-key", file=self.file, key=self.key(meant))
            raise UsageError("taxonomy-missing-key", file=self.file, key=self.key(name))
        return default
