"""Report, compare and types with a taxonomy that is not the usual one: by its name, by a setting, from a file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from hotline_stats.taxonomy import load

Run = Callable[..., Result]


def test_report(run: Run, export: Path, tmp_path: Path) -> None:
    done = run("report", export, "--taxonomy", "community_8", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    said = report["provenance"]["taxonomy"]
    assert (said["id"], said["version"]) == ("community_8", "1.0")
    assert (said["effective_from"], said["effective_to"]) == ("2023-01-01", "2026-12-31")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "八类问题" in page and "停车难" in page and "环境卫生" not in page


@pytest.mark.parametrize("how", ["option", "setting", "file"])
def test_compare(run: Run, export: Path, how: str) -> None:
    """4 parking tickets a month in 2023 and 3 in 2024; 2 and 1 of illegal construction; 1 and 1 other."""
    options: list[object] = ["--taxonomy", "community_8"]
    if how == "setting":
        Path("hotline-stats.toml").write_text('taxonomy = "community_8"\n', "utf-8")
        options = []
    elif how == "file":
        Path("own.toml").write_bytes(load("community_8").raw)
        options = ["--taxonomy", "own.toml"]
    done = run("compare", export, "--by", "type", "--format", "json", *options)
    rows = json.loads(done.stdout)["rows"]
    found = {r["key"]: (r["baseline"], r["current"]) for r in rows if r["baseline"] or r["current"]}
    assert found == {"parking": (48, 36), "illegal_construction": (24, 12), "other": (12, 12)}


def test_types(run: Run) -> None:
    shown = json.loads(run("types", "show", "--taxonomy", "community_8", "--format", "json").stdout)
    assert [t["id"] for t in shown["types"]] == list(load("community_8").scheme.ids)
    assert run("types", "lint", "--taxonomy", "community_8").exit_code == 0
