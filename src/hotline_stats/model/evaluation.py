"""How well types were found: found against true, by type."""

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme

SCHEMA = "hotline-stats/evaluation/1"
MACRO_MIN = 5
"""Types with fewer true tickets do not count for macro-F1: their figures are mostly chance."""
COLUMNS = (
    "key", "true_n", "found_n", "right_n", "precision", "precision_low", "precision_high",
    "recall", "recall_low", "recall_high", "f1",
)  # fmt: skip


@dataclass(frozen=True)
class Mistake:
    """A ticket of another type than found. `line`: of the labelled file; `excerpt`: the beginning of its text, masked;
    `evidence`: the phrases that decided; `margin`: 0–1."""

    line: int
    true: str
    found: str
    margin: float
    evidence: tuple[str, ...]
    excerpt: str


@dataclass(frozen=True)
class Sample:
    """The labelled tickets: the name of their file and its SHA-256. `random`: whoever labelled them declares that they
    were drawn at random from the tickets to be counted; nothing else can tell."""

    file: str
    sha256: str
    random: bool = False


@dataclass(frozen=True, eq=False)
class Evaluation:
    """`confusion`: true × found types, tickets, in the order of types.ids. `labels`: (true, found, right) numbers of
    secondary types, None where the reader named none. `read_n`: tickets that the second reader was
    asked about; `decided_n`: those whose type is another for it. `model_sha256`: of the second reader, None for the
    rules alone."""

    types: TypeScheme
    taxonomy_sha256: str
    model_sha256: str | None
    sample: Sample
    confidence: float
    confusion: NDArray[np.int64]
    frame: pd.DataFrame
    accuracy: tuple[float, float, float]
    labels: tuple[int, int, int] | None
    mistakes: tuple[Mistake, ...]
    read_n: int
    decided_n: int

    def __post_init__(self) -> None:
        k = len(self.types.ids)
        if self.confusion.shape != (k, k) or tuple(self.frame.columns) != COLUMNS or len(self.frame) != k:
            raise ValueError("an evaluation has one row and one column a type")

    @property
    def true_n(self) -> NDArray[np.int64]:
        """Labelled tickets of each type."""
        out: NDArray[np.int64] = self.confusion.sum(axis=1)
        return out

    @property
    def n(self) -> int:
        return int(self.confusion.sum())

    @property
    def macro_f1(self) -> float | None:
        """Mean F1 of the types with at least MACRO_MIN true tickets."""
        counted = self.frame.loc[self.frame["true_n"] >= MACRO_MIN, "f1"]
        return float(counted.mean()) if len(counted) else None

    @property
    def micro_f1(self) -> float:
        """Of primary types, one a ticket: the same as the accuracy."""
        return self.accuracy[0]

    def to_pandas(self) -> pd.DataFrame:
        return self.frame.copy()

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        value, low, high = self.accuracy
        rows = self.frame.astype(object).where(self.frame.notna(), None).to_dict("records")
        return {
            "schema": SCHEMA,
            "sample": {
                "file": self.sample.file,
                "sha256": self.sample.sha256,
                "random": self.sample.random,
                "n": self.n,
            },
            "taxonomy": {
                "id": self.types.id,
                "version": self.types.version,
                "sha256": self.taxonomy_sha256,
            },
            "model": None if self.model_sha256 is None else {"sha256": self.model_sha256},
            "n": self.n,
            "confidence": self.confidence,
            "interval": "score (Wilson 1927)",
            "accuracy": {"value": value, "low": low, "high": high},
            "macro_f1": self.macro_f1,
            "micro_f1": self.micro_f1,
            "read_n": self.read_n,
            "decided_n": self.decided_n,
            "labels": None
            if self.labels is None
            else dict(zip(("true_n", "found_n", "right_n"), self.labels, strict=True)),
            "types": [{**r, "name": self.types.name(r["key"], lang)} for r in rows],
            "confusion": self.confusion.tolist(),
            "mistakes": [{**m.__dict__, "evidence": list(m.evidence)} for m in self.mistakes],
        }

    def __repr__(self) -> str:
        macro = "—" if self.macro_f1 is None else f"{self.macro_f1:.3f}"
        return f"<Evaluation: {self.n} tickets, accuracy {self.accuracy[0]:.3f}, macro-F1 {macro}>"

    def _repr_html_(self) -> str:
        table: str = self.frame.to_html(index=False, float_format="{:.3f}".format, na_rep="")
        return f"<p>{escape(repr(self)[1:-1])}</p>{table}"
