"""The verbs about problem types: why a ticket gets its type, how well the rules do, what they lack."""

from pathlib import Path
from typing import TYPE_CHECKING

from hotline_stats import pipeline, quality
from hotline_stats import taxonomy as types_room
from hotline_stats.api.asked import Files, in_force, paths
from hotline_stats.engines.local import Progress
from hotline_stats.messages import Lang
from hotline_stats.model.evaluation import Evaluation
from hotline_stats.model.types import TypeScheme
from hotline_stats.settings import Loaded
from hotline_stats.taxonomy import Explanation

if TYPE_CHECKING:
    from hotline_stats.charts import Chart


def explain(
    content: str,
    title: str = "",
    *,
    request_type: str | None = None,
    category: str = "",
    settings: Loaded | None = None,
) -> Explanation:
    """Why a ticket with this text gets its type: every phrase that counted, and those disregarded.

    `category`: the source's own, levels from the top joined by "/"."""
    levels = tuple(part.strip() for part in category.split("/")) if category else ()
    return types_room.explain(
        pipeline.taxonomy(in_force(settings)), title or None, content, request_type, levels
    )


def evaluate(
    labelled: str | Path, *, random: bool = False, settings: Loaded | None = None, worst: int = 10
) -> Evaluation:
    """The types found in a labelled sample against those that a reader gave: precision, recall and F1 by type with
    score intervals, the confusion of types, and the `worst` mistakes.

    `labelled`: a CSV or TSV with title, content, primary (id or name of a type) and, if known, secondary. Figures hold
    for tickets like those of the sample: for an office's own, label a random sample of them. `random` declares that it
    is one, and is kept with the figures; `compare` adjusts counts by such a sample only.
    """
    loaded = in_force(settings)
    taxonomy = pipeline.taxonomy(loaded)
    sample = quality.read(Path(labelled), taxonomy.scheme, random)
    return quality.evaluate(taxonomy, sample, loaded.settings.comparison.confidence, worst)


def load_evaluation(file: str | Path) -> Evaluation:
    """An evaluation read back from the JSON that `types evaluate --format json -o FILE` wrote (Evaluation.to_dict).

    Raises InputError `cannot-read`, `evaluation-not-read`.
    """
    return quality.load_evaluation(Path(file))


def learn(labelled: str | Path, *, settings: Loaded | None = None) -> quality.Learned:
    """A model for the second reader, made from a labelled sample (see `evaluate`); `.reader.raw` are the bytes of its
    file, which the setting `model` names. Needs scikit-learn (extra `learn`)."""
    taxonomy = pipeline.taxonomy(in_force(settings))
    return quality.learn(quality.read(Path(labelled), taxonomy.scheme), taxonomy)


def lint(*, settings: Loaded | None = None) -> tuple[types_room.Oddity, ...]:
    """What is odd in the taxonomy in use: examples that fail, phrases that never count or say two things."""
    return types_room.lint(pipeline.taxonomy(in_force(settings)))


def coverage(
    files: Files, *, top: int = 30, settings: Loaded | None = None, progress: Progress | None = None
) -> quality.Coverage:
    """How many tickets of exports get a type, and the `top` pieces of text that those without one share."""
    exports, taxonomy = pipeline.open_files(paths(files), in_force(settings))
    return quality.coverage(exports, taxonomy.alone, top, progress)


def suggest(
    files: Files, *, top: int = 40, settings: Loaded | None = None, progress: Progress | None = None
) -> quality.Suggestions:
    """Phrases that would give a type to tickets of exports that have none or whose type is in doubt."""
    exports, taxonomy = pipeline.open_files(paths(files), in_force(settings))
    return quality.suggest(exports, taxonomy.alone, top, progress)


def types_diff(
    old: str, new: str, files: Files, *, settings: Loaded | None = None, progress: Progress | None = None
) -> quality.TypesDiff:
    """Which tickets of exports, and which year-over-year figures by type, change from one taxonomy (name or file) to
    another."""
    loaded = in_force(settings)
    exports, _ = pipeline.open_files(paths(files), loaded)
    model = loaded.settings.model
    before, after = (types_room.load(name, model) for name in (old, new))
    return quality.diff(exports, before, after, loaded.settings, progress)


def confusion_chart(found: Evaluation, lang: Lang = "zh") -> "Chart":
    """Which types are taken for which, as a chart."""
    from hotline_stats.charts import confusion  # heavy

    return confusion(found, lang)


def types(*, settings: Loaded | None = None) -> TypeScheme:
    """The problem types and groups of the taxonomy in use."""
    return pipeline.taxonomy(in_force(settings)).scheme


def taxonomy_text(*, settings: Loaded | None = None) -> str:
    """The file of the taxonomy in use as it stands, to be copied and changed."""
    return pipeline.taxonomy(in_force(settings)).raw.decode("utf-8-sig")
