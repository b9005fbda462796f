"""A labelled sample against what the rules find: where they are right, and their worst mistakes."""

from typing import TypedDict, Unpack

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from hotline_stats.analysis import agreement
from hotline_stats.intake.masking import mask
from hotline_stats.model.evaluation import Evaluation, Mistake, Sample
from hotline_stats.model.types import TypeScheme
from hotline_stats.quality.labelled import Labelled
from hotline_stats.taxonomy import DECIDES, Taxonomy, classify

WORST = 10
EXCERPT = 40
"""Characters of a text shown with a mistake."""


class Besides(TypedDict):
    """What an evaluation holds beside the confusion and its figures."""

    taxonomy_sha256: str
    model_sha256: str | None
    sample: Sample
    labels: tuple[int, int, int] | None
    mistakes: tuple[Mistake, ...]
    read_n: int
    decided_n: int


def evaluate(taxonomy: Taxonomy, labelled: Labelled, confidence: float, worst: int = WORST) -> Evaluation:
    """Classify the texts of a labelled sample and compare. `worst`: so many mistakes are listed, those found with the
    widest margin first."""
    types = taxonomy.scheme
    found = classify(taxonomy, labelled.title, labelled.content, evidence=True)
    matrix = agreement.confusion(labelled.primary, found.primary, len(types.ids))
    wrong = np.flatnonzero(labelled.primary != found.primary)
    wrong = wrong[np.argsort(-found.margin[wrong], kind="stable")][:worst]
    evidence = found.evidence or []
    excerpts = _excerpts(labelled, wrong)
    mistakes = tuple(
        Mistake(
            line=int(labelled.lines[i]),
            true=types.ids[labelled.primary[i]],
            found=types.ids[found.primary[i]],
            margin=float(found.margin[i]),
            evidence=tuple(dict.fromkeys(e[0] for e in evidence[i] if e[1] == types.ids[found.primary[i]])),
            excerpt=text,
        )
        for i, text in zip(wrong.tolist(), excerpts, strict=True)
    )
    return judged(
        types,
        matrix,
        confidence,
        taxonomy_sha256=taxonomy.sha256,
        model_sha256=None if taxonomy.reader is None else taxonomy.reader.sha256,
        sample=labelled.sample,
        labels=None if labelled.secondary is None else _labels(labelled, found.labels, found.primary),
        mistakes=mistakes,
        read_n=int((found.second > 0).sum()),
        decided_n=int((found.second == DECIDES).sum()),
    )


def judged(
    types: TypeScheme, matrix: NDArray[np.int64], confidence: float, **rest: Unpack[Besides]
) -> Evaluation:
    """The evaluation that a confusion of types makes, with its figures and their intervals."""
    return Evaluation(
        types=types,
        confidence=confidence,
        confusion=matrix,
        frame=agreement.by_type(matrix, types.ids, confidence),
        accuracy=agreement.share(int(matrix.diagonal().sum()), int(matrix.sum()), confidence),
        **rest,
    )


def _labels(
    labelled: Labelled, labels: NDArray[np.int64], primary: NDArray[np.int16]
) -> tuple[int, int, int]:
    """Secondary types named, found, and both. A type that the reader took for the primary is none of them."""
    assert labelled.secondary is not None
    first = np.int64(1) << primary.astype(np.int64)
    true_first = np.int64(1) << labelled.primary.astype(np.int64)
    found = labels & ~first & ~true_first
    return tuple(
        int(np.bitwise_count(m).sum()) for m in (labelled.secondary, found, labelled.secondary & found)
    )  # type: ignore[return-value]


def _excerpts(labelled: Labelled, rows: NDArray[np.int64]) -> list[str]:
    """The beginning of each text, on one line, what is personal masked."""
    at = pa.array(rows)
    texts = pc.binary_join_element_wise(
        pc.fill_null(labelled.title.take(at), ""), pc.fill_null(labelled.content.take(at), ""), " "
    )
    shown = pc.utf8_trim_whitespace(pc.replace_substring_regex(mask(texts), r"\s+", " "))
    out: list[str] = pc.utf8_slice_codeunits(shown, 0, EXCERPT).to_pylist()
    return out
