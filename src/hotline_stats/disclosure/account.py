"""What a published report says of its input: nothing by file, and no name that a person gave."""

import hashlib
from dataclasses import replace

import pandas as pd

from hotline_stats.model.findings import FINDING_COLUMNS, Doubt, FileIntake, Intake
from hotline_stats.model.results import Provenance

_LEFT_OUT = ("intake.", "service.households", "model")
"""Settings that name files, or are about them."""


def intake(found: Intake) -> Intake:
    """The account without rows, findings and files: one that stands for all, with a text where any has one."""
    digest = hashlib.sha256("\n".join(sorted(f.sha256 for f in found.files)).encode()).hexdigest()
    typed = len(found.textless) < len(found.files)
    whole = FileIntake(
        file="",
        sha256=digest,
        bytes=0,
        encoding="",
        delimiter="",
        header_row=0,
        mapping=(("", "content"),) if typed else (),
        unmapped=(),
        rows_in=0,
        rejected=0,
        duplicates=0,
    )
    return Intake(
        files=(whole,),
        kept=0,
        findings=pd.DataFrame([], columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS),
        dedupe=found.dedupe,
        doubt=Doubt(found.doubt.min_margin),
    )


def provenance(found: Provenance) -> Provenance:
    """Settings without those of the input; a taxonomy by its id, and where a value came from without the file's name."""
    settings = []
    for key, value, origin in found.settings:
        if key.startswith(_LEFT_OUT) and key != "model.sha256":
            continue
        told = found.taxonomy_id if key == "taxonomy" else value
        settings.append((key, told, _origin(origin)))
    return replace(found, settings=tuple(settings))


def _origin(origin: str) -> str:
    own = origin == "default" or origin.startswith(("--", "HOTLINE_STATS_"))
    return origin if own else "TOML"
