"""The data behind the samples: places, types, files and sentences, read from resources/samples."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Estate:
    """A 小区 and where it lies. `drift`: share of tickets in the second year against the first."""

    name: str
    road: str
    lane: int
    kind: str
    weight: float
    community: str
    grid: str
    station: str
    drift: float


@dataclass(frozen=True)
class Kind:
    """What types.toml says about one problem type; see there."""

    id: str
    counts: tuple[int, int]
    complaints: tuple[int, int] | None
    shares: tuple[int, ...]
    season: tuple[int, ...]
    affinity: dict[str, float]
    units: tuple[str, ...]
    category: tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class ExportFile:
    """How one export is written; see files.toml. `pulled`: when it left the system."""

    name: str
    start: date
    end: date
    pulled: datetime
    encoding: str
    newline: str
    above: tuple[str, ...]
    total: bool
    forms: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


@cache
def table(name: str) -> dict[str, Any]:
    """The contents of resources/samples/NAME.toml."""
    path = files("hotline_stats") / "resources" / "samples" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


@cache
def estates() -> tuple[Estate, ...]:
    return tuple(
        Estate(
            **estate, **{k: community[k] for k in ("grid", "station", "drift")}, community=community["name"]
        )
        for community in table("places")["communities"]
        for estate in community["estates"]
    )


@cache
def kinds() -> tuple[Kind, ...]:
    types = table("types")
    return tuple(_kind(key, entry, types) for key, entry in types.items() if isinstance(entry, dict))


def _kind(key: str, entry: dict[str, Any], types: dict[str, Any]) -> Kind:
    (a, b), (c, d) = entry["category"]
    first, second = entry["counts"]
    complaints = entry.get("complaints")
    return Kind(
        key,
        (first, second),
        None if complaints is None else (complaints[0], complaints[1]),
        tuple(entry.get("shares", types["default_shares"])),
        tuple(entry["season"]),
        {"old": entry["old"], "new": entry["new"], "mixed": 1.0},
        tuple(entry["units"]),
        ((a, b), (c, d)),
    )


@cache
def exports() -> tuple[ExportFile, ...]:
    return tuple(ExportFile(**{k: _frozen(v) for k, v in entry.items()}) for entry in table("files")["files"])


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value
