"""manifest.json: what went into a report and what came out, so that anyone can check that both are unchanged."""

import hashlib
import json
from pathlib import Path
from typing import Any

from hotline_stats.model.findings import Intake
from hotline_stats.model.outputs import MANIFEST, MANIFEST_SCHEMA
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.renderers.json import audience_dict, intake_dict, provenance_dict

NAME = MANIFEST
SCHEMA = f"{MANIFEST_SCHEMA}1"
_FILE_KEYS = ("file", "sheet", "sha256", "bytes", "encoding", "rows_in", "kept", "rejected", "duplicates")
_ROW_KEYS = ("rows_in", "kept", "rejected", "duplicates")


def made_from(results: Results, intake: Intake, provenance: Provenance) -> dict[str, Any]:
    """What a report is made from: inputs, rows, windows, settings and versions. No clock and no absolute path:
    the same input and settings give the same bytes. For the public nothing by file: one SHA-256 over those of the inputs."""
    account = intake_dict(intake)
    made = {"schema": SCHEMA, **provenance_dict(provenance), "windows": results.windows.to_dict()}
    if results.disclosure is not None:
        return {**made, **audience_dict(results), "inputs_sha256": account["files"][0]["sha256"]}
    return {
        **made,
        "rows": {k: account[k] for k in _ROW_KEYS},
        "inputs": [{k: f[k] for k in _FILE_KEYS} for f in account["files"]],
    }


def manifest(results: Results, intake: Intake, provenance: Provenance, directory: Path) -> dict[str, Any]:
    """The manifest: what a report is made from, and the files that stand in `directory`."""
    return {**made_from(results, intake, provenance), "outputs": outputs(directory)}


def outputs(directory: Path) -> list[dict[str, Any]]:
    """Name (with forward slashes), bytes and SHA-256 of every file in `directory`, sorted, without the manifest."""
    found = {p.relative_to(directory).as_posix(): p for p in directory.rglob("*") if p.is_file()}
    return [
        {"file": name, "bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for name, path in sorted(found.items())
        if name != NAME
    ]


def written_here(directory: Path) -> set[str] | None:
    """The files that an earlier report of ours has in `directory`; None when it holds no manifest of ours."""
    found = _read(directory)
    return None if found is None else {NAME, *(str(f.get("file")) for f in found)}


def intact(directory: Path) -> bool:
    """Whether `directory` holds a report of ours with exactly the files and bytes that its manifest names."""
    found = _read(directory)
    try:
        return found is not None and found == outputs(directory)
    except OSError:
        return False


def _read(directory: Path) -> list[dict[str, Any]] | None:
    """The outputs that a manifest of ours names; None when there is none."""
    try:
        found = json.loads((directory / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if (
        not isinstance(found, dict)
        or found.get("schema") != SCHEMA
        or not isinstance(found.get("outputs"), list)
    ):
        return None
    return [f for f in found["outputs"] if isinstance(f, dict)]
