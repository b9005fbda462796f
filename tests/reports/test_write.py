"""The report directory: complete, the same bytes every time, written whole or not at all."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import report_data as data

from hotline_stats.errors import PlaceError
from hotline_stats.reports import write as writing
from hotline_stats.reports.document import Figure
from hotline_stats.reports.formats import Wanted
from hotline_stats.reports.write import write


@pytest.fixture(scope="module")
def parts(document, results):
    """With one chart only, since drawing is what takes time."""
    blocks = tuple(b for b in document.blocks if not isinstance(b, Figure) or b.number == 1)
    return replace(document, blocks=blocks), results, data.intake(), data.provenance()


@pytest.fixture(scope="module")
def place(tmp_path_factory, document, parts):
    directory = tmp_path_factory.mktemp("out") / "2024年报告"
    write(directory, document, *parts[1:])
    return directory


def content(directory: Path) -> dict[str, bytes]:
    return {p.relative_to(directory).as_posix(): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


def test_what_is_written(place, document):
    names = set(content(place))
    charts = {f"charts/{f.chart.id}.{kind}" for f in document.figures for kind in ("png", "svg")}
    assert len(charts) == 2 * len(document.figures)
    formats = {"report.html", "report.docx", "report.xlsx", "report.json"}
    assert names == {*formats, "findings.csv", "manifest.json", *charts}
    assert [p.name for p in place.parent.iterdir()] == [place.name]


def test_manifest_accounts_for_all(place):
    found = json.loads((place / "manifest.json").read_text("utf-8"))
    assert found["schema"] == "hotline-stats/manifest/1"
    written = content(place)
    assert {o["file"] for o in found["outputs"]} == set(written) - {"manifest.json"}
    for output in found["outputs"]:
        assert output["sha256"] == hashlib.sha256(written[output["file"]]).hexdigest()
        assert output["bytes"] == len(written[output["file"]])
    assert found["inputs"][0]["sha256"] == "ab" * 32
    assert found["rows"] == {"rows_in": 12010, "kept": 12000, "rejected": 3, "duplicates": 7}
    assert found["windows"]["period"]["label"] == "2024"
    assert found["settings"][2] == {"key": "top_n", "value": "12", "origin": "--top"}


def test_same_bytes_again_in_place_of_the_old(place, document, parts):
    before = content(place)
    paths = write(place, document, *parts[1:])
    assert content(place) == before
    assert {p.relative_to(place).as_posix() for p in paths} == set(before)
    assert [p.name for p in place.parent.iterdir()] == [place.name]


def test_no_absolute_path_anywhere(tmp_path, parts):
    document, results, _, provenance = parts
    write(tmp_path / "r", document, results, data.intake(file="/home/li/工单.csv"), provenance)
    for name in ("manifest.json", "report.json", "findings.csv"):
        assert b"/home" not in (tmp_path / "r" / name).read_bytes()


def test_an_empty_directory_is_taken(tmp_path, parts):
    (tmp_path / "r").mkdir()
    write(tmp_path / "r", *parts)
    assert (tmp_path / "r" / "report.html").exists()


def test_parents_are_made(tmp_path, parts):
    write(tmp_path / "a" / "b" / "r", *parts)
    assert (tmp_path / "a" / "b" / "r" / "manifest.json").exists()


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json"])
def test_a_directory_of_somebody_else_is_left(tmp_path, parts, name):
    (tmp_path / name).write_text('{"schema": "other/1", "outputs": []}', encoding="utf-8")
    with pytest.raises(PlaceError) as caught:
        write(tmp_path, *parts)
    assert caught.value.code == "output-not-ours"
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_file_of_somebody_else_in_our_directory_is_not_lost(tmp_path, parts):
    write(tmp_path / "r", *parts)
    (tmp_path / "r" / "批注.docx").write_bytes(b"mine")
    with pytest.raises(PlaceError) as caught:
        write(tmp_path / "r", *parts)
    assert caught.value.code == "output-has-others" and "批注.docx" in str(caught.value)
    assert (tmp_path / "r" / "批注.docx").read_bytes() == b"mine"


@pytest.mark.parametrize("litter", ["~$report.xlsx", ".~lock.report.docx#", "Thumbs.db"])
def test_what_an_open_program_leaves_is_no_hindrance(tmp_path, parts, litter):
    write(tmp_path / "r", *parts)
    (tmp_path / "r" / litter).write_bytes(b"")
    assert write(tmp_path / "r", *parts)


def test_a_file_stands_in_the_way(tmp_path, parts):
    (tmp_path / "r").write_text("x", encoding="utf-8")
    with pytest.raises(PlaceError) as caught:
        write(tmp_path / "r", *parts)
    assert caught.value.code == "output-not-ours"


def test_a_parent_that_is_a_file_cannot_be_written_to(tmp_path, parts):
    (tmp_path / "f").write_text("x", encoding="utf-8")
    with pytest.raises(PlaceError) as caught:
        write(tmp_path / "f" / "r", *parts)
    assert caught.value.code == "cannot-write"
    assert "f" in caught.value.message("zh")


def test_only_the_formats_wanted(tmp_path, parts):
    write(tmp_path / "r", *parts, Wanted(("json", "md"), tables=True))
    names = set(content(tmp_path / "r"))
    assert {n for n in names if n.startswith("report.")} == {"report.json", "report.md"}
    assert any(n.startswith("tables/") for n in names)
    write(tmp_path / "r", *parts, Wanted(("html",)))
    assert {n for n in content(tmp_path / "r") if n.startswith(("report.", "tables"))} == {"report.html"}


@pytest.mark.parametrize("step", ["save", "word", "rename"])
def test_a_failure_leaves_the_old_report_and_no_litter(tmp_path, parts, monkeypatch, step):
    place = tmp_path / "r"
    write(place, *parts)
    before = content(place)

    def fails(*_):
        raise OSError(28, "No space left on device")

    if step == "save":
        monkeypatch.setattr(writing, "save", fails)
    elif step == "word":
        monkeypatch.setattr("hotline_stats.reports.renderers.word.word", fails)
    else:
        real = Path.rename
        monkeypatch.setattr(Path, "rename", lambda p, t: fails() if p.suffix == ".new" else real(p, t))
    with pytest.raises(PlaceError) as caught:
        write(place, *parts)
    assert caught.value.code == "cannot-write" and caught.value.facts["reason"] == "No space left on device"
    assert content(place) == before
    assert [p.name for p in tmp_path.iterdir()] == ["r"]
