"""Paths as people give them."""

import io
import os
import threading
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from hotline_stats.engines.rows import ADDED
from hotline_stats.errors import InputError
from hotline_stats.intake import open_exports, sources
from hotline_stats.intake.sources import expand
from hotline_stats.model.findings import FINDING_COLUMNS, Intake
from hotline_stats.model.outputs import CLASSIFIED
from hotline_stats.reports.write import findings_csv
from hotline_stats.settings import IntakeSettings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.csv", "a.XLSX", "~$a.xlsx", ".c.csv", "note.md"):
        (tmp_path / name).write_text("受理时间,标题\n2024-01-05,x\n", "utf-8")
    (tmp_path / "sub.csv").mkdir()
    return tmp_path


def names(*paths: object) -> list[str]:
    return [p.name for p in expand(map(str, paths))]


def test_a_folder_means_its_exports_sorted(folder: Path) -> None:
    assert names(folder) == ["a.XLSX", "b.csv"]


def test_a_folder_means_its_archives_too(folder: Path) -> None:
    for name in ("c.csv.gz", "d.zip", "e.tar.gz", "f.pdf.gz", "g.html", "~$h.zip"):
        (folder / name).touch()
    assert names(folder) == ["a.XLSX", "b.csv", "c.csv.gz", "d.zip"]
    assert names(folder / "*.html") == ["g.html"]


def report_folder(place: Path) -> Path:
    (place / "tables").mkdir(parents=True)
    (place / "manifest.json").write_text('{"schema": "hotline-stats/manifest/1", "outputs": []}', "utf-8")
    for name in ("findings.csv", "tables/type.csv"):
        (place / name).write_text("受理时间,标题\n2024-01-05,x\n", "utf-8")
    return place


def test_a_report_of_ours_is_no_folder_of_exports(folder: Path) -> None:
    ours = report_folder(folder / "report")
    with pytest.raises(InputError) as caught:
        expand([ours])
    assert caught.value.code == "own-output"
    with pytest.raises(InputError) as caught:
        expand([folder / "*" / "*.csv"])
    assert caught.value.code == "no-files"
    (folder / "other").mkdir()
    (folder / "other" / "c.csv").touch()
    assert names(folder / "*" / "*.csv") == ["c.csv"]


def test_a_manifest_of_somebody_else_changes_nothing(folder: Path) -> None:
    for text in ('{"schema": "theirs"}', "[]", "{", ""):
        (folder / "manifest.json").write_text(text, "utf-8")
        assert names(folder) == ["a.XLSX", "b.csv"]


def test_what_the_program_wrote_is_no_export(tmp_path: Path) -> None:
    findings = findings_csv(
        Intake((), 0, pd.DataFrame(columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS))
    )
    typed = ",".join(["受理时间", *(name for name, _ in ADDED)]).encode()
    assert set(CLASSIFIED) < {name for name, _ in ADDED}
    for content in (findings, typed, b"\xef\xbb\xbf" + typed):
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(InputError) as caught:
            open_exports([tmp_path / "a.csv"], IntakeSettings())
        assert (caught.value.code, caught.value.facts) == ("own-output", {"file": "a.csv"})


def test_a_pattern_means_the_files_that_match(folder: Path) -> None:
    assert names(folder / "*.csv") == ["b.csv"]
    assert names(folder / "*.[xX]*") == ["a.XLSX"]  # and not what Excel keeps beside an open workbook
    (folder / "x[1].csv").touch()
    assert names(folder / "x[1].csv") == ["x[1].csv"]


def test_no_file_is_meant_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert names("note.md", "b.csv", folder / "b.csv", "./b.csv", folder) == ["note.md", "b.csv", "a.XLSX"]


def test_what_is_not_there_is_an_error(folder: Path) -> None:
    for given, code in [("no.csv", "no-such-file"), ("*.tsv", "no-files"), ("sub.csv", "no-files")]:
        with pytest.raises(InputError) as caught:
            expand([folder / given])
        assert caught.value.code == code


def test_a_file_that_cannot_be_opened_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hotline_stats.intake.encoding.survey", refuse)
    with pytest.raises(InputError) as caught:
        open_exports([folder / "b.csv"], IntakeSettings())
    assert (caught.value.code, caught.value.facts) == (
        "cannot-read",
        {"file": "b.csv", "reason": "Permission denied"},
    )


def test_standard_input_is_a_file_named_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sources.sys, "stdin", SimpleNamespace(buffer=io.BytesIO("受理时间\n2024-01-05\n".encode()))
    )
    (export,) = open_exports(["-", "-"], IntakeSettings())
    assert export.file == "stdin" and sum(b.cells.num_rows for b in export.batches()) == 1
    with pytest.raises(InputError) as caught:
        expand(["-"])
    assert caught.value.code == "no-stdin"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    content = "受理时间\n2024-01-05\n".encode()
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(content,))
    writer.start()
    (export,) = open_exports([tmp_path / "pipe"], IntakeSettings())
    writer.join()
    assert (export.file, export.bytes) == ("pipe", len(content))
    assert sum(b.cells.num_rows for b in export.batches()) == 1
