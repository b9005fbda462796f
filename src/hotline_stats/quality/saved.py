"""An evaluation read back from its JSON. Figures are made again from the confusion, so that they belong to it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotline_stats.errors import InputError
from hotline_stats.model.evaluation import SCHEMA, Evaluation, Mistake, Sample
from hotline_stats.model.types import ProblemType, TypeScheme
from hotline_stats.quality.evaluate import judged

_MOST = 10**9
"""More labelled tickets than anyone has: what is above is damage."""


def load(path: Path) -> Evaluation:
    """What `types evaluate --format json` wrote. Its types are called as they were written, in one language, and it
    knows of no groups.

    Raises InputError `cannot-read`, `evaluation-not-read`.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError("cannot-read", file=path.name, reason=error.strerror or "OSError") from error
    try:
        return _evaluation(json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("evaluation-not-read", file=path.name, schema=SCHEMA) from error


def _no_number(text: str) -> float:
    raise ValueError(text)


def _evaluation(said: dict[str, Any]) -> Evaluation:
    if said["schema"] != SCHEMA:
        raise ValueError(said["schema"])
    taxonomy, sample, model, labels = (said[k] for k in ("taxonomy", "sample", "model", "labels"))
    types = tuple(ProblemType(*(_text(t[k]) for k in ("key", "name", "name"))) for t in said["types"])
    scheme = TypeScheme(_text(taxonomy["id"]), _text(taxonomy["version"]), types, ())
    matrix = _matrix(said["confusion"], len(types))
    if not int(matrix.sum()) or int(matrix.sum()) != _count(sample["n"]):
        raise ValueError("n")
    confidence = float(said["confidence"])
    if not 0.5 <= confidence < 1 or not isinstance(sample["random"], bool):
        raise ValueError("sample")
    return judged(
        scheme,
        matrix,
        confidence,
        taxonomy_sha256=_text(taxonomy["sha256"]),
        model_sha256=None if model is None else _text(model["sha256"]),
        sample=Sample(_text(sample["file"]), _text(sample["sha256"]), sample["random"]),
        labels=None if labels is None else tuple(_count(labels[k]) for k in ("true_n", "found_n", "right_n")),  # type: ignore[arg-type]
        mistakes=tuple(_mistake(m, scheme) for m in said["mistakes"]),
        read_n=_count(said["read_n"]),
        decided_n=_count(said["decided_n"]),
    )


def _matrix(rows: list[list[int]], k: int) -> NDArray[np.int64]:
    out = np.array([[_count(x) for x in row] for row in rows], np.int64)
    if out.shape != (k, k):
        raise ValueError("confusion")
    return out


def _mistake(said: dict[str, Any], scheme: TypeScheme) -> Mistake:
    true, found = (_text(said[k]) for k in ("true", "found"))
    if not {true, found} <= set(scheme.ids):
        raise ValueError("mistakes")
    evidence = tuple(_text(e) for e in said["evidence"])
    return Mistake(_count(said["line"]), true, found, float(said["margin"]), evidence, _text(said["excerpt"]))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
