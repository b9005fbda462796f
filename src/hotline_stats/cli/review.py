"""Classified rows of which some are in doubt: all of them written, those set aside, and what is said of them."""

from pathlib import Path

import pyarrow as pa

from hotline_stats import numbers
from hotline_stats.cli.language import say
from hotline_stats.cli.rows import write
from hotline_stats.engines.review import Review
from hotline_stats.messages import speech
from hotline_stats.model.types import TypeScheme


def write_reviewed(
    classified: pa.RecordBatchReader, form: str, output: Path | None, aside: Path | None
) -> Review:
    """Write all rows to `output`, then the doubtful ones to `aside` where one is named.

    Raises UsageError `review-needs-margin`, and what `write` raises.
    """
    found = Review(classified)
    write(found.batches, form, output)
    if aside is not None:
        write(found.rows().to_reader(), form, aside)
    return found


def told(found: Review, scheme: TypeScheme, min_margin: float) -> str:
    """How many rows are in doubt, in all and by type."""
    lang = speech()
    n, all_ = (numbers.count(x, lang) for x in (sum(k for _, k in found.types()), found.n))
    head = say(
        f"In doubt (margin below {min_margin:g}): {n} of {all_} rows",
        f"待核（领先幅度低于 {min_margin:g}）：{all_} 行中 {n} 行",
    )
    types = [f"{scheme.name(t, lang)} {numbers.count(k, lang)}" for t, k in found.types()]
    return head + (say(": ", "：") + say(", ", "、").join(types) if types else "")
