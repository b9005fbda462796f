"""report.json: every figure that the other formats show, unrounded, in one versioned object."""

import json
from typing import Any

from hotline_stats.messages import Lang
from hotline_stats.model.disclosure import MARK
from hotline_stats.model.findings import Intake
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.format import bare

SCHEMA = "hotline-stats/report/1"


def report_dict(results: Results, intake: Intake, provenance: Provenance, lang: Lang) -> dict[str, Any]:
    """The figures of a report as plain values.

    `types` and each of `by` are objects of schema hotline-stats/compare/1; ratios without a value are None.
    """
    windows = results.windows
    notes = [*windows.notes, *results.types.notes, *results.services.notes, *results.series.notes]
    for comparison in results.by.values():
        notes += comparison.notes
    return {
        "schema": SCHEMA,
        **audience_dict(results),
        "lang": lang,
        **windows.to_dict(),
        "covered": windows.covered,
        "types": results.types.to_dict(lang),
        "by": {by: comparison.to_dict(lang) for by, comparison in results.by.items()},
        "series": results.series.to_dict(),
        "contributions": results.contributions.to_dict(lang),
        "drivers": results.drivers and results.drivers.to_dict(lang),
        "rate_drivers": [r.to_dict(lang) for r in results.rate_drivers],
        "course": results.course and results.course.to_dict(lang),
        "services": results.services.to_dict(),
        "units": results.units and results.units.to_dict(lang),
        "intake": None if results.disclosure else intake_dict(intake),
        "provenance": provenance_dict(provenance),
        "notes": list(dict.fromkeys(note.text(lang) for note in notes)),
    }


def audience_dict(results: Results) -> dict[str, Any]:
    """For whom the figures are, where they are for the public; `suppressed.below`: counts above zero and below it are
    null, and so are those that would tell them."""
    if results.disclosure is None:
        return {}
    return {"audience": "public", "suppressed": {"below": results.disclosure.below, "mark": MARK}}


def intake_dict(intake: Intake) -> dict[str, Any]:
    """The account of the rows, files by their bare names."""
    account = intake.to_dict()
    return {**account, "files": [{**f, "file": bare(f["file"])} for f in account["files"]]}


def provenance_dict(provenance: Provenance) -> dict[str, Any]:
    """What the figures were made with, as plain values."""
    meant = {"effective_from": provenance.taxonomy_from, "effective_to": provenance.taxonomy_to}
    return {
        "program_version": provenance.program_version,
        "taxonomy": {
            "id": provenance.taxonomy_id,
            "version": provenance.taxonomy_version,
            "sha256": provenance.taxonomy_sha256,
            **{key: day for key, day in meant.items() if day},
        },
        "settings": [{"key": k, "value": bare(v), "origin": bare(o)} for k, v, o in provenance.settings],
    }


def dumps(obj: object) -> str:
    """JSON as this program writes it: indented, Chinese as it is, no nan, keys in the order given."""
    return json.dumps(obj, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
