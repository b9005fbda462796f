"""Whether an evaluation may adjust a comparison: what it must be of, and what must not have been asked."""

from pathlib import Path

from hotline_stats import quality
from hotline_stats.analysis.adjust import MIN_LABELLED
from hotline_stats.errors import InputError, UsageError
from hotline_stats.model import names
from hotline_stats.model.evaluation import Evaluation
from hotline_stats.model.results import Where
from hotline_stats.model.types import TypeScheme
from hotline_stats.taxonomy import Taxonomy


def usable(adjust: Evaluation | str | Path, taxonomy: Taxonomy, counted: TypeScheme) -> Evaluation:
    """The evaluation, read if it is a file, when its errors are those of the types `counted`.

    Raises InputError `adjust-other-taxonomy`, `adjust-other-model`, `adjust-not-random`, `adjust-too-few`, and what
    `load_evaluation` raises; UsageError `adjust-filed` for a taxonomy that also goes by request type or category, which
    labelled tickets do not have.
    """
    found = adjust if isinstance(adjust, Evaluation) else quality.load_evaluation(Path(adjust))
    file = found.sample.file
    mine, theirs = (
        _called(s, sha) for s, sha in ((counted, taxonomy.sha256), (found.types, found.taxonomy_sha256))
    )
    if mine != theirs or found.types.ids != counted.ids or counted.ids != taxonomy.scheme.ids:
        raise InputError("adjust-other-taxonomy", file=file, found=theirs, used=mine)
    model = None if taxonomy.reader is None else taxonomy.reader.sha256
    if model != found.model_sha256:
        told = [sha[:12] if sha else "—" for sha in (found.model_sha256, model)]
        raise InputError("adjust-other-model", file=file, model=told[0], used=told[1])
    if taxonomy.rules.requests or taxonomy.source.crosswalk:
        raise UsageError("adjust-filed", name=taxonomy.scheme.id)
    if not found.sample.random:
        raise InputError("adjust-not-random", file=file)
    if found.n < MIN_LABELLED:
        raise InputError("adjust-too-few", file=file, n=found.n, least=MIN_LABELLED)
    return found


def askable(by: str, where: Where) -> None:
    """Raises UsageError `adjust-by` for anything but types and groups, `adjust-where` for tickets that were selected by
    their type: those wrongly found to be of another are not among them."""
    if by not in ("type", "group"):
        raise UsageError("adjust-by", found=by)
    for column, _ in where:
        if names.column_id(column) in ("type", "group", "label"):
            raise UsageError("adjust-where", column=column)


def _called(scheme: TypeScheme, sha256: str) -> str:
    return f"{scheme.id} {scheme.version} ({sha256[:12]})"
