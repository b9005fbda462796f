"""The samples' report for the public: what is in its files, and that its JSON does not tell any small count."""

import json
import re
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from acceptance_program import Made, once, program
from acceptance_samples import EXPORTS
from personal_values import readable

sys.path.append(str(Path(__file__).parents[1] / "disclosure"))
from published import Groups, no_ties, reader, secrets

from hotline_stats.taxonomy import load

WINDOWS = ("current", "baseline")
ALL = ("--format", "html,json,docx,xlsx,md")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Made:
    def make(here: Path) -> Made:
        place = here / "report"
        return Made(place, program("report", EXPORTS, "--audience", "public", *ALL, "--out", place, cwd=here))

    done = once(tmp_path_factory, "public", make)
    assert done.said.code == 0, done.said.text
    return done


def contents(path: Path) -> list[bytes]:
    """The bytes of a file and, of a Word or Excel file, of everything in it."""
    if path.suffix not in (".docx", ".xlsx"):
        return [path.read_bytes()]
    with ZipFile(path) as held:
        return [path.read_bytes(), *(held.read(name) for name in held.namelist())]


def said(made: Made) -> dict[str, Any]:
    return dict(json.loads((made.directory / "report.json").read_text("utf-8")))


def groups() -> Groups:
    return {g.id: (g.types, g.request_types) for g in load("wujiaochang").scheme.groups}


def test_nothing_names_an_estate_a_unit_or_a_file(made: Made, public: Made) -> None:
    inside = said(made)["by"]
    names = [r["key"] for by in ("estate", "unit", "grid", "station") for r in inside[by]["rows"] if r["key"]]
    names += [p.stem for p in Path(EXPORTS).rglob("*") if p.is_file()]
    assert len(names) > 90
    files = [p for p in sorted(public.directory.rglob("*")) if p.is_file()]
    assert {p.suffix for p in files} == {".html", ".json", ".png", ".svg", ".docx", ".xlsx", ".md"}
    for path in files:
        for raw in contents(path):
            assert [n for n in names if n.encode("utf-8") in raw] == [], path.name
        if path.suffix != ".png":
            text = readable(path)
            assert [n for n in names if n in text] == [], path.name
    assert [n for n in names if n in public.said.text] == []
    assert not (public.directory / "findings.csv").exists()
    charts = {p.stem for p in (public.directory / "charts").iterdir()}
    assert "places-community" in charts
    assert not [c for c in charts if c.startswith(("places-estate", "places-unit", "funnel"))]


def test_no_small_count_can_be_told_from_the_json(made: Made, public: Made) -> None:
    """For every count from 1 to 4: counts that fit all that is published with it at 1 or less, and at 5 or more.

    Linear programs of the tests' own. A solution for one cell serves for all others that it happens to prove.
    """
    inside, outside = said(made), said(public)
    no_ties(outside)
    proven = 0
    for window in WINDOWS:
        known = reader(outside, window, groups())
        hidden = known.program()
        small = [n for n in secrets(inside, window, groups()) if n in known.counts]
        assert all(known.counts[n] is None for n in small)
        for name in small:
            low, high = hidden.interval(name, whole=False)
            assert low <= 1 and high >= 5, (window, name, low, high)
        proven += len(small)
    assert proven > 250


def test_charts_are_drawn_from_what_is_published(made: Made, public: Made) -> None:
    """The words of the heat map have a mark for each count of the period that is hidden, and no small number."""
    inside, outside = said(made), said(public)
    drawn = (public.directory / "charts" / "heat-map.svg").read_text("utf-8")
    words = re.findall(r"<desc[^>]*>(.*?)</desc>", drawn, re.DOTALL)[0]
    types = [r["key"] for r in inside["types"]["rows"]]
    hidden = sum(m["current"] is None for t in types for m in outside["series"][t])
    assert hidden > 20 and words.count("月*件") == hidden
    assert not re.search(r"月[1-4]件", words)
    before = (made.directory / "charts" / "heat-map.svg").read_text("utf-8")
    assert re.search(r"月[1-4]件", before)


def test_the_report_says_what_is_left_out(public: Made) -> None:
    text = (public.directory / "report.html").read_text("utf-8")
    assert "本报告供公开" in text and "公开口径" in text
    outside = said(public)
    assert outside["audience"] == "public" and outside["suppressed"] == {"below": 5, "mark": "*"}
    assert outside["intake"] is None and outside["rate_drivers"] == []
    assert np.all(
        [f["denominator"] is None and f["numerator"] is None for f in outside["services"]["figures"]]
    )
    assert all(
        float(f["current"]).is_integer() for f in outside["services"]["figures"] if f["current"] is not None
    )
    manifest = json.loads((public.directory / "manifest.json").read_text("utf-8"))
    assert "inputs" not in manifest and "rows" not in manifest and len(manifest["inputs_sha256"]) == 64
