"""Settings from their sources: defaults < TOML file < environment < flags. Unknown keys are refused."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hotline_stats.errors import UsageError
from hotline_stats.model.disclosure import AUDIENCES
from hotline_stats.settings.values import Settings

FILE = "hotline-stats.toml"
PREFIX = "HOTLINE_STATS_"
NOT_SETTINGS = frozenset({"HOTLINE_STATS_LANG", "HOTLINE_STATS_CONFIG"})
"""Variables that the command line reads itself: the language it speaks and the file of settings."""

_SHARE = (lambda v: 0 <= v <= 1, "0–1")
_COUNT = (lambda v: v >= 0, "0, 1, 2 …")
_RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "taxonomy": (lambda v: bool(v.strip()), "wujiaochang | community_8 | FILE"),
    "model": (lambda _: True, "none | FILE"),
    "report.lang": (lambda v: v in ("zh", "en"), "zh | en"),
    "report.audience": (lambda v: v in AUDIENCES, " | ".join(AUDIENCES)),
    "report.top_n": (lambda v: v >= 1, "1, 2, 3 …"),
    "intake.encoding": (lambda v: v == "" or _is_codec(v), "utf-8 | gb18030 | …"),
    "intake.header_rows": _COUNT,
    "intake.mapping": (lambda v: v == "" or bool(v.strip()), "FILE.toml"),
    "intake.dedupe": (lambda v: v in ("newest", "none"), "newest | none"),
    "intake.key_file": (lambda _: True, "FILE"),
    "intake.link_callers": (lambda _: True, "true | false"),
    "comparison.confidence": (lambda v: 0.5 <= v < 1, "0.5–1"),
    "comparison.min_n": _COUNT,
    "comparison.min_pairs": (lambda v: v >= 2, "2, 3, 4 …"),
    "comparison.fallback_dispersion": (lambda v: 1 <= v < inf, "≥ 1"),
    "classification.min_margin": _SHARE,
    "comparison.year_start": (lambda v: 1 <= v <= 12, "1–12"),
    "service.min_n": (lambda v: v >= 1, "1, 2, 3 …"),
    "service.weights.satisfied": _SHARE,
    "service.weights.mostly_satisfied": _SHARE,
    "service.weights.neutral": _SHARE,
    "service.weights.dissatisfied": _SHARE,
    "service.limits.咨询": _COUNT,
    "service.limits.建议": _COUNT,
    "service.limits.求助": _COUNT,
    "service.limits.投诉": _COUNT,
    "service.complex_limit": _COUNT,
    "service.households": (lambda v: v == "" or bool(v.strip()), "FILE"),
}
_OPEN = {"service.limits.": "service.limits.投诉"}
"""Tables that take further keys, and the key whose rule and kind these have."""


@dataclass(frozen=True)
class Loaded:
    """Settings in force. `origins`: where each key's value came from, "default" where it is not named."""

    settings: Settings
    origins: Mapping[str, str]

    def entries(self) -> tuple[tuple[str, str, str], ...]:
        """(key, value as text, origin) of every setting, sorted by key."""
        return tuple((k, str(v), self.origins.get(k, "default")) for k, v in sorted(_flat(self.settings)))


def load(
    file: Path | None = None,
    environ: Mapping[str, str] = MappingProxyType({}),
    flags: Mapping[str, Any] = MappingProxyType({}),
) -> Loaded:
    """Settings from `file`, `environ` (HOTLINE_STATS_COMPARISON_MIN_N sets comparison.min_n; an empty
    variable is not set) and `flags` (by dotted key; None is not set), each overriding the one before.

    Raises UsageError `bad-config-file`, `unknown-setting`, `bad-setting`.
    """
    known = dict(_flat(Settings()))
    given = (*_from_file(file), *_from_environ(environ, known), *_from_flags(flags))
    return _put(Loaded(Settings(), {}), given, known)


def override(loaded: Loaded, flags: Mapping[str, Any]) -> Loaded:
    """Settings with `flags` put over them, as `load` does."""
    return _put(loaded, tuple(_from_flags(flags)), dict(_flat(Settings())))


def _put(loaded: Loaded, given: Iterable[tuple[str, str, Any]], known: Mapping[str, Any]) -> Loaded:
    """`given`: origin, key and value; of one key the last counts. `known`: the default of every key."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, key, value in given:
        like = _like(key, known)
        if like is None:
            close = get_close_matches(key, known, 1)
            raise UsageError(
                "unknown-setting", origin=origin, key=key, closest=f"{close[0]}? " if close else ""
            )
        values[key] = _checked(origin, key, value, known[like], _RULES.get(like))
        origins[key] = origin
    return Loaded(_with(loaded.settings, values), {**loaded.origins, **origins})


def _like(key: str, known: Mapping[str, Any]) -> str | None:
    """The setting whose rule a key has: itself, or for a further key of an open table another one of it."""
    if key in known:
        return key
    return next((k for table, k in _OPEN.items() if key.startswith(table) and key.count(".") == 2), None)


def _flat(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted key, value) of every leaf."""
    if is_dataclass(value):
        for f in fields(value):
            yield from _flat(getattr(value, f.name), f"{prefix}{f.name}.")
    elif isinstance(value, Mapping):
        for k, v in value.items():
            yield from _flat(v, f"{prefix}{k}.")
    else:
        yield prefix.removesuffix("."), value


def _from_file(file: Path | None) -> Iterator[tuple[str, str, Any]]:
    if file is None:
        return
    try:
        table = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError("bad-config-file", file=file, reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError("bad-config-file", file=file, reason=error) from error
    for key, value in _flat(table):
        yield file.name, key, value


def _from_environ(environ: Mapping[str, str], known: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    keys = {PREFIX + k.replace(".", "_").upper(): k for k in known}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in NOT_SETTINGS and environ[name]:
            yield name, keys.get(name, name.removeprefix(PREFIX).lower()), environ[name]


def _from_flags(flags: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for key, value in flags.items():
        if value is not None:
            yield f"--{key.split('.')[-1].replace('_', '-')}", key, value


def _checked(
    origin: str, key: str, value: Any, default: Any, rule: tuple[Callable[[Any], bool], str] | None
) -> Any:
    """The value in the default's type, within its bounds."""
    fits, expected = rule or (lambda _: True, type(default).__name__)
    try:
        typed = _typed(type(default), value)
        if not fits(typed):
            raise ValueError(value)
    except (ValueError, TypeError, OverflowError, KeyError) as error:
        raise UsageError("bad-setting", origin=origin, key=key, found=value, expected=expected) from error
    return typed


def _typed(kind: type, value: Any) -> Any:
    """A value as `kind`; text may stand for a number, a number not for text, and nothing is rounded."""
    if kind is bool:
        return value if isinstance(value, bool) else {"true": True, "false": False}[str(value).lower()]
    if isinstance(value, bool) or (kind is str and not isinstance(value, str)):
        raise TypeError(value)
    if kind is int and isinstance(value, float) and not value.is_integer():
        raise ValueError(value)
    return kind(value)


def _with(settings: Any, values: Mapping[str, Any]) -> Any:
    """`settings` with the leaves of `values` put in."""
    changed: dict[str, Any] = {}
    for f in fields(settings):
        old = getattr(settings, f.name)
        inner = {k.partition(".")[2]: v for k, v in values.items() if k.partition(".")[0] == f.name}
        if not inner:
            continue
        if is_dataclass(old):
            changed[f.name] = _with(old, inner)
        elif isinstance(old, Mapping):
            changed[f.name] = {**old, **inner}
        else:
            changed[f.name] = inner[""]
    return replace(settings, **changed)


def _is_codec(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True
