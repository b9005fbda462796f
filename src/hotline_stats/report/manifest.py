"""manifest.json: what went into a report and what came out, so that anyone can check that both are unchanged."""

import hashlib
import json
from pathlib import Path
from typing import Any

from hotline_stats.model.findings import Intake
from hotline_stats.model.results import Provenance, Results
from hotline_stats.report.renderers.json import intake_dict, provenance_dict

NAME = "manifest.json"
SCHEMA = "hotline-stats/manifest/1"
_FILE_KEYS = ("file", "sheet", "sha256", "bytes", "encoding", "rows_in", "kept", "rejected", "duplicates")
_ROW_KEYS = ("rows_in", "kept", "rejected", "duplicates")


def manifest(results: Results, intake: Intake, provenance: Provenance, directory: Path) -> dict[str, Any]:
    """The manifest of the files that stand in `directory`. No clock and no absolute path: the same input and
    settings give the same bytes."""
    account = intake_dict(intake)
    return {
        "schema": SCHEMA,
        **provenance_dict(provenance),
        "windows": results.windows.to_dict(),
        "rows": {k: account[k] for k in _ROW_KEYS},
        "inputs": [{k: f[k] for k in _FILE_KEYS} for f in account["files"]],
        "outputs": outputs(directory),
    }


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
    try:
        found = json.loads((directory / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not str(found.get("schema", "")).startswith("hotline-stats/manifest/"):
        return None
    listed = found.get("outputs")
    names = [f.get("file") for f in listed if isinstance(f, dict)] if isinstance(listed, list) else []
    return {NAME, *(str(n) for n in names)}
