"""The second reader: a linear model over characters and pairs of them, for tickets that the rules leave in doubt.

z = bias + scale · Σ weights[bucket] / √n over the n characters and pairs of title and content, those of the title
counting TITLE times; exp(z) / Σ exp(z) is how likely each type is. Weights are whole numbers, so that the sums are the same on every
machine. `quality.learn` makes a model from labelled tickets.
"""

import hashlib
import io
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from hotline_stats.errors import UsageError
from hotline_stats.taxonomy.grams import BUCKETS, Letters, grams
from hotline_stats.taxonomy.rules import Ints

TITLE = 3
SHOWN = 5
"""So many pairs of characters are told as what weighed most; single ones would tell nobody anything."""
_RESOURCES = files("hotline_stats") / "resources" / "models"
_SHAPES = {"types": 1, "weights": 2, "scale": 1, "bias": 1}
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reader:
    """`weights` (int8): buckets × types; `scale`, `bias` (float64): by type. `sha256`: of the file's bytes."""

    file: str
    raw: bytes = field(repr=False)
    types: tuple[str, ...]
    weights: NDArray[np.int8] = field(repr=False)
    scale: Floats = field(repr=False)
    bias: Floats = field(repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reader) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.sha256)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def _by_type(self) -> NDArray[np.int8]:
        return np.ascontiguousarray(self.weights.T)

    def read(self, texts: list[Letters], rows: Ints) -> Floats:
        """The logarithm of how likely each type is, for some rows of a block of titles and contents: rows × types."""
        sums, n = np.zeros((len(rows), len(self.types)), np.int64), np.zeros(len(rows))
        for text in texts:
            times = TITLE if text.place == "title" else 1
            edges, buckets, _ = grams(text, rows)
            sums += times * self._sums(edges, buckets)
            n += times * np.diff(edges)
        z = self.bias + self.scale * sums / np.sqrt(np.maximum(n, 1))[:, None]
        z -= z.max(axis=1, keepdims=True)
        logarithms: Floats = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return logarithms

    def _sums(self, edges: Ints, buckets: NDArray[np.int32]) -> Ints:
        """The weights of each row's buckets added up: rows × types. One type at a time: its weights fit the cache."""
        out = np.empty((len(edges) - 1, len(self.types)), np.int64)
        running = np.zeros(len(buckets) + 1, np.int64)
        for type_, weights in enumerate(self._by_type):
            np.cumsum(weights.take(buckets), out=running[1:])
            out[:, type_] = np.diff(running.take(edges))
        return out

    def evidence(self, texts: list[Letters], row: int, type_: int) -> list[tuple[str, str, int, float]]:
        """The pairs of a row that speak most for a type, against the mean of all types: their characters, the place,
        the character where each first stands, and what all of them add to z; the weightiest first."""
        found: dict[str, tuple[str, int, float]] = {}
        parts = [grams(text, np.array([row])) for text in texts]
        weight = self.scale * self.weights.astype(np.float64)
        speaks = weight[:, type_] - weight.mean(axis=1)
        total = sum(
            (TITLE if c.place == "title" else 1) * len(b) for c, (_, b, _) in zip(texts, parts, strict=True)
        )
        for text, (_, buckets, at) in zip(texts, parts, strict=True):
            first = text.firsts[row]
            times = TITLE if text.place == "title" else 1
            pairs = at % 2 == 1
            for bucket, i in zip(buckets[pairs].tolist(), (at[pairs] // 2).tolist(), strict=True):
                pair = "".join(map(chr, text.codes[i : i + 2]))
                place, begin, sum_ = found.get(pair, (text.place, int(i - first), 0.0))
                found[pair] = place, begin, sum_ + times * float(speaks[bucket]) / total**0.5
        best = sorted(((p, *v) for p, v in found.items() if v[2] > 0), key=lambda x: (-x[3], x[0]))
        return best[:SHOWN]

    def __repr__(self) -> str:
        return f"<Reader of {len(self.types)} types, {self.sha256[:12]}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return parse, (self.file, self.raw)


def pack(types: tuple[str, ...], coefficients: Floats, bias: Floats) -> bytes:
    """The bytes of a model file. `coefficients`: buckets × types."""
    scale = np.maximum(np.abs(coefficients).max(axis=0), 1e-12) / 127
    weights = np.rint(coefficients / scale).astype(np.int8)
    out = io.BytesIO()
    np.savez_compressed(out, types=np.array(types), weights=weights, scale=scale, bias=bias)
    return out.getvalue()


def parse(file: str, raw: bytes) -> Reader:
    """The model in `raw`. Raises UsageError `model-not-read`."""
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
            values = {name: arrays[name] for name in _SHAPES}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as problem:
        raise UsageError("model-not-read", file=file) from problem
    k = len(values["types"])
    good = all(values[name].ndim == n for name, n in _SHAPES.items()) and values["weights"].dtype == np.int8
    if (
        not good
        or values["weights"].shape != (BUCKETS, k)
        or len(values["scale"]) != k
        or len(values["bias"]) != k
    ):
        raise UsageError("model-not-read", file=file)
    types = tuple(str(t) for t in values.pop("types"))
    return Reader(file, raw, types, **values)


def built_in(name: str) -> Reader | None:
    """The model that belongs to a built-in taxonomy, if it has one."""
    path = _RESOURCES / f"{name}.npz"
    return parse(f"{name}.npz", path.read_bytes()) if path.is_file() else None


def load(path: str) -> Reader:
    """A model from a file. Raises UsageError `model-not-found`, `model-not-read`."""
    try:
        raw = Path(path).read_bytes()
    except OSError as problem:
        raise UsageError("model-not-found", file=path) from problem
    return parse(path, raw)
