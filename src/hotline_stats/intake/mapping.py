"""A mapping file: what the headers, dates, values and names of an export mean, said by a person and checked."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hotline_stats.errors import UsageError
from hotline_stats.intake import dates
from hotline_stats.intake.headers import aliases, normal, whole
from hotline_stats.intake.reading import PLAIN, Reading, Times
from hotline_stats.intake.values import normal_value
from hotline_stats.model.columns import BY_NAME, COLUMNS, RATINGS
from hotline_stats.settings import IntakeSettings

LEAVE_OUT = ("", "ignore")
ALL = "all"
TIMES = tuple(c.name for c in COLUMNS if c.kind == "time")
NAMES = ("district", "street", "station", "grid", "community", "estate", "unit", "channel")
"""Columns of place and unit names, which [aliases] and [known] are about."""
_MISSING = "未评价"
_FLAGS = {"true": "是", "false": "否", "none": _MISSING}
_RATINGS = {**dict(zip(RATINGS, ("满意", "基本满意", "一般", "不满意"), strict=True)), "none": _MISSING}
_STATUS = {"void": "作废"}
_TABLES = ("columns", "dates", "values", "aliases", "known")
_KEYS = ("only", "timezone", "stamps", *_TABLES)


def of(settings: IntakeSettings) -> Reading:
    """What the mapping file of the settings says; nothing where there is none."""
    return load(Path(settings.mapping)) if settings.mapping else PLAIN


def load(path: Path) -> Reading:
    """Read and check a mapping file.

    Raises UsageError `bad-mapping-file`, `mapping-unknown-key`, `mapping-wrong-value`, each with file and key.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("bad-mapping-file", file=path.name, reason=reason) from error
    return parse(path.name, data)


@lru_cache(maxsize=8)
def parse(file: str, data: bytes) -> Reading:
    """As `load`, from the bytes of a file with this name."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError("bad-mapping-file", file=file, reason=error) from error
    return _File(file, table).reading(hashlib.sha256(data).hexdigest())


class _File:
    """The tables of a mapping file, checked while they are read."""

    def __init__(self, name: str, table: Mapping[str, Any]) -> None:
        self.name, self.table = name, table

    def wrong(self, key: str, found: object, expected: str) -> UsageError:
        return UsageError("mapping-wrong-value", file=self.name, key=key, found=found, expected=expected)

    def reading(self, sha256: str) -> Reading:
        for key in self.table:
            self._one_of(key, _KEYS)
        for key in _TABLES:
            if not isinstance(self.table.get(key, {}), dict):
                raise self.wrong(key, self.table[key], f"[{key}]")
        only = self.table.get("only", False)
        if not isinstance(only, bool):
            raise self.wrong("only", only, "true | false")
        return Reading(
            self._columns(), only, self._times(), self._words(), self._known(), dict(self.table), sha256
        )

    def _one_of(self, key: str, known: tuple[str, ...], within: str = "") -> None:
        if key not in known:
            close = get_close_matches(key, known, 1)
            raise UsageError(
                "mapping-unknown-key",
                file=self.name,
                key=f"{within}{key}",
                known=f"→ {close[0]} ?" if close else " ".join(known),
            )

    def _columns(self) -> Mapping[str, str]:
        out: dict[str, str] = {}
        for header, column in self.table.get("columns", {}).items():
            key = f'columns."{header}"'
            if column not in (*LEAVE_OUT, *BY_NAME):
                close = get_close_matches(str(column), BY_NAME, 1)
                raise self.wrong(key, column, close[0] if close else " ".join(("ignore", *BY_NAME)))
            meant = "" if column in LEAVE_OUT else str(column)
            personal = any(c == "person" for c, _ in aliases().get(normal(header), ()))
            if personal and meant not in ("", "person"):
                raise self.wrong(key, column, "person | ignore")
            if out.setdefault(whole(header), meant) != meant:
                raise self.wrong(key, column, out[whole(header)] or "ignore")
        return out

    def _zone(self, key: str) -> str:
        zone = self.table.get(key, "")
        expected = "IANA: Asia/Shanghai, America/New_York, UTC …"
        if not isinstance(zone, str):
            raise self.wrong(key, zone, expected)
        try:
            if zone:
                ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise self.wrong(key, zone, expected) from error
        return zone

    def _times(self) -> Mapping[str, Times]:
        zone, stamps = self._zone("timezone"), self._zone("stamps")
        if stamps and not zone:
            raise self.wrong("stamps", stamps, "timezone = …")
        given = self.table.get("dates", {})
        for column in given:
            self._one_of(column, (ALL, *TIMES), "dates.")
        forms = {column: self._forms(f"dates.{column}", written) for column, written in given.items()}
        plain: tuple[tuple[str, ...], bool] = ((), True)
        read = {column: Times(*forms.get(column, forms.get(ALL, plain)), zone, stamps) for column in TIMES}
        return {column: how for column, how in read.items() if how != Times()}

    def _forms(self, key: str, written: object) -> tuple[tuple[str, ...], bool]:
        """The patterns of formats, and whether the forms that need no name may stand beside them."""
        texts = [written] if isinstance(written, str) else written
        if not isinstance(texts, list) or not texts:
            raise self.wrong(key, written, '["%m/%d/%Y %H:%M"]')
        patterns = []
        for text in texts:
            try:
                patterns.append(dates.form(text))
            except (ValueError, AttributeError, TypeError) as error:
                raise self.wrong(key, text, "%Y %y %m %b %B %d %H %I %M %S %f %p %z %a") from error
        return tuple(patterns), not any(dates.day_after_year(text) for text in texts)

    def _words(self) -> Mapping[str, Mapping[str, str]]:
        out: dict[str, dict[str, str]] = {}
        for within, known in (("values", _WITH_VALUES), ("aliases", NAMES)):
            for column, words in self.table.get(within, {}).items():
                self._one_of(column, known, f"{within}.")
                place = f"{within}.{column}"
                if not isinstance(words, dict):
                    raise self.wrong(place, words, f"[{place}]")
                for value, word in self._pairs(place, words, _reader(column)):
                    if out.setdefault(column, {}).setdefault(normal_value(value), word) != word:
                        raise self.wrong(f'{place}."{value}"', word, out[column][normal_value(value)])
        return out

    def _pairs(
        self, place: str, words: Mapping[str, object], read: Callable[[str], str | None]
    ) -> Iterator[tuple[str, str]]:
        for value, meant in words.items():
            text = {True: "true", False: "false"}.get(meant) if isinstance(meant, bool) else meant
            word = read(text) if isinstance(text, str) else None
            if word is None:
                raise self.wrong(f'{place}."{value}"', meant, _expected(place.partition(".")[2]))
            yield value, word

    def _known(self) -> Mapping[str, frozenset[str]]:
        out = {}
        for column, entry in self.table.get("known", {}).items():
            self._one_of(column, NAMES, "known.")
            names = entry.get("names") if isinstance(entry, dict) and set(entry) == {"names"} else None
            if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
                raise self.wrong(f"known.{column}", entry, 'names = ["…"]')
            out[column] = frozenset(normal_value(n) for n in names)
        return out


_WITH_VALUES = tuple(c.name for c in COLUMNS if c.kind in ("category", "flag", "rating", "number"))


def _reader(column: str) -> Callable[[str], str | None]:
    """Gives the word that intake knows for what a mapping file says of a value; None for what it may not say."""
    kind = BY_NAME[column].kind
    if kind in ("flag", "number"):
        return lambda meant: _FLAGS.get(meant or "none")
    if kind == "rating":
        return lambda meant: _RATINGS.get(meant or "none")
    if column == "status":
        return lambda meant: _STATUS.get(meant, meant)
    return lambda meant: "" if meant == "none" else meant


def _expected(column: str) -> str:
    kind = BY_NAME[column].kind
    if kind in ("flag", "number"):
        return " | ".join(_FLAGS)
    return " | ".join(_RATINGS) if kind == "rating" else '"…"'
