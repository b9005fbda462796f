"""From labelled tickets to the model of the second reader, and what it adds to the rules on tickets it has not seen."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotline_stats.errors import InputError, PlaceError
from hotline_stats.messages import Lang
from hotline_stats.model.types import TypeScheme
from hotline_stats.quality.labelled import Labelled
from hotline_stats.taxonomy import Reader, Taxonomy, classify
from hotline_stats.taxonomy.classifier import unquoted
from hotline_stats.taxonomy.grams import BUCKETS, grams
from hotline_stats.taxonomy.reader import TITLE, pack, parse
from hotline_stats.taxonomy.scan import column
from hotline_stats.taxonomy.weigh import weigh

SCHEMA = "hotline-stats/types-learn/1"
LEAST = 10
"""A type needs so many labelled tickets to be learned."""
STRENGTH = 12.0
"""Inverse of the penalty on large weights (C of scikit-learn)."""
ROUNDS = 200
FOLDS = 3


@dataclass(frozen=True, eq=False)
class Learned:
    """`n` tickets; `types`: key, n of each type in the sample, and whether it was learned. `rules_share`, `both_share`:
    tickets typed right by the rules alone and with a model that was made from the other folds, 0–1."""

    reader: Reader
    scheme: TypeScheme
    n: int
    types: tuple[tuple[str, int, bool], ...]
    rules_share: float
    both_share: float

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "n": self.n,
            "folds": FOLDS,
            "rules_share": self.rules_share,
            "both_share": self.both_share,
            "model": {"bytes": len(self.reader.raw), "sha256": self.reader.sha256},
            "types": [
                {"key": t, "name": self.scheme.name(t, lang), "n": n, "learned": done}
                for t, n, done in self.types
            ],
        }

    def __repr__(self) -> str:
        return (
            f"<Learned: {self.n} tickets, rules {self.rules_share:.3f}, with the model {self.both_share:.3f}>"
        )


def learn(labelled: Labelled, taxonomy: Taxonomy) -> Learned:
    """A model from all tickets of the sample, and how it would have done: the sample is cut into FOLDS parts of like
    types, and each is read by a model made from the others.

    Raises InputError `too-few-labelled` when fewer than two types have LEAST tickets, PlaceError `no-extra` without
    scikit-learn.
    """
    reader = fit(labelled, taxonomy)
    counts = np.bincount(labelled.primary, minlength=len(taxonomy.scheme.ids)).tolist()
    alone = classify(taxonomy.alone, labelled.title, labelled.content).primary
    return Learned(
        reader=reader,
        scheme=taxonomy.scheme,
        n=len(labelled),
        types=tuple((t, n, t in reader.types) for t, n in zip(taxonomy.scheme.ids, counts, strict=True)),
        rules_share=float((alone == labelled.primary).mean()),
        both_share=float((_crossed(labelled, taxonomy) == labelled.primary).mean()),
    )


def _crossed(labelled: Labelled, taxonomy: Taxonomy) -> NDArray[np.int16]:
    """The type of each ticket by the rules and a model that has not seen it."""
    order = np.argsort(labelled.primary, kind="stable")
    fold = np.empty(len(labelled), np.int64)
    fold[order] = np.arange(len(labelled)) % FOLDS
    found = np.empty(len(labelled), np.int16)
    for k in range(FOLDS):
        seen, unseen = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        both = replace(taxonomy, reader=fit(labelled.take(seen), taxonomy, LEAST // 2))
        part = labelled.take(unseen)
        found[unseen] = classify(both, part.title, part.content).primary
    return found


def fit(labelled: Labelled, taxonomy: Taxonomy, least: int = LEAST) -> Reader:
    """A multinomial logistic regression with an L2 penalty over the characters and pairs of taxonomy/grams.py, quotations
    left out; types with fewer than `least` tickets are left out too."""
    try:
        from scipy.sparse import csr_array
        from sklearn.linear_model import LogisticRegression
    except ImportError as problem:
        raise PlaceError("no-extra", package="scikit-learn", name="learn") from problem
    ids = taxonomy.scheme.ids
    counts = np.bincount(labelled.primary, minlength=len(ids))
    rows = np.flatnonzero(counts.take(labelled.primary) >= least)
    if (counts >= least).sum() < 2:
        raise InputError("too-few-labelled", file=labelled.sample.file, n=least)
    values, n = csr_array((len(rows), BUCKETS)), np.zeros(len(rows))
    columns = [column(labelled.title, "title"), column(labelled.content, "content")]
    weighed = [weigh(taxonomy.rules, taxonomy.source.scoring, text) for text in columns]
    for text, times in zip(unquoted(columns, weighed), (TITLE, 1), strict=True):
        edges, buckets, _ = grams(text, rows)
        values = values + csr_array((np.full(len(buckets), float(times)), buckets, edges), shape=values.shape)
        n += times * np.diff(edges)
    scaled = csr_array(values.multiply(1 / np.sqrt(np.maximum(n, 1))[:, None]))
    used = np.unique(scaled.indices)
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=1e-3)
    model.fit(scaled[:, used], labelled.primary[rows])
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # told of the second alone, the first being its mirror
        weights, bias = np.concatenate([0 * weights, weights]), np.array([0.0, bias[0]])
    coefficients = np.zeros((BUCKETS, len(model.classes_)))
    coefficients[used] = weights.T
    return parse("", pack(tuple(ids[i] for i in model.classes_), coefficients, bias))
