"""Every file of data/samples/defects, held against expected.toml beside it, which is written by hand."""

import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from make_defects import FOLDER, PERSONAL, files
from openpyxl import load_workbook
from typer.testing import CliRunner

import hotline_stats as hs
from hotline_stats.cli.app import app
from hotline_stats.errors import HotlineStatsError
from hotline_stats.model.findings import FileIntake, severity

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
READ = {name: e for name, e in EXPECTED.items() if "error" not in e}
REFUSED = {name: e for name, e in EXPECTED.items() if "error" in e}
BESIDE = {"expected.toml", "README.md", ".gitattributes"}
COMMANDS = (
    "gb18030", "utf16_without_bom", "broken_byte_in_gb18030", "empty", "headerless", "header_only", "all_rows_void",
    "header_lacks_a_name", "unclosed_quote_in_middle", "ids_running_numbers", "damaged_xlsx", "reminders", "xlsx_simple",
    "personal_columns", "no_accepted_time", "xlsx_cover_sheet_first", "nul_bytes",
)  # fmt: skip


def paths(expected: dict[str, Any]) -> list[Path]:
    return [FOLDER / name for name in expected["files"]]


def findings(expected: dict[str, Any]) -> set[tuple[str, str, int]]:
    """(file, code, line) of every finding."""
    given = expected.get("findings", {})
    if not any(isinstance(part, dict) for part in given.values()):
        given = {expected["files"][0]: given}
    return {
        (file, code, line) for file, codes in given.items() for code, lines in codes.items() for line in lines
    }


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_the_table_and_the_folder_name_the_same_files() -> None:
    named = [name for e in EXPECTED.values() for name in e["files"]]
    there = {p.name for p in FOLDER.iterdir()} - BESIDE
    assert len(named) == len(set(named)) and set(named) == there
    assert len(EXPECTED) >= 60 and all(e["wrong"].isascii() or e["wrong"] for e in EXPECTED.values())
    assert all(name.isascii() for name in there)


def test_the_files_are_those_that_the_script_makes() -> None:
    made = files()
    assert set(made) == {p.name for p in FOLDER.iterdir()} - BESIDE
    for name, content in made.items():
        kept = (FOLDER / name).read_bytes()
        if not content.startswith(b"PK") or name.startswith("damaged"):
            assert kept[:2] == content[:2] and (content.startswith(b"PK") or kept == content), name
        elif kept != content:  # another openpyxl
            assert _cells(kept) == _cells(content), name


def _cells(book: bytes) -> list[tuple[str, list[tuple[Any, ...]]]]:
    return [(s.title, list(s.values)) for s in load_workbook(io.BytesIO(book)).worksheets]


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str) -> None:
    wanted = READ[name]
    got = hs.check(paths(wanted))
    assert _rows(got) == wanted["rows"]
    assert got.rows_in == got.kept + got.rejected + got.duplicates
    assert all(f.rows_in == f.kept + f.rejected + f.duplicates and f.kept >= 0 for f in got.files)
    found = list(zip(got.findings["file"], got.findings["code"], got.findings["row"], strict=True))
    assert set(found) == findings(wanted) and len(found) == len(findings(wanted))
    kinds = [severity(code) for code in got.findings["code"]]
    assert (kinds.count("reject"), kinds.count("duplicate")) == (got.rejected, got.duplicates)
    assert [f.encoding for f in got.files] == listed(wanted["encoding"])
    assert [f.header_row for f in got.files] == listed(wanted["header_row"])
    assert [f.sheet for f in got.files] == listed(wanted.get("sheet", [""] * len(got.files)))
    plain = "" if got.files[0].sheet else ","
    assert {f.delimiter for f in got.files} == {wanted.get("delimiter", plain)}
    _assert_columns(got.files[0], wanted)


def _rows(of: Any) -> dict[str, int]:
    return {"in": of.rows_in, "kept": of.kept, "rejected": of.rejected, "duplicates": of.duplicates}


def _assert_columns(file: FileIntake, wanted: dict[str, Any]) -> None:
    assert wanted.get("mapping", {}).items() <= dict(file.mapping).items()
    if "unmapped_n" in wanted:
        assert len(file.unmapped) == wanted["unmapped_n"]
    else:
        assert list(file.unmapped) == wanted.get("unmapped", [])


@pytest.mark.parametrize("name", [n for n, e in READ.items() if "read" in e])
def test_the_values_of_the_tickets(name: str) -> None:
    tickets = hs.load(paths(READ[name])).typed.sort_by([("file", "ascending"), ("row", "ascending")])
    for column, values in READ[name]["read"].items():
        got = ["" if v is None else v for v in tickets[column].to_pylist()]
        assert [v if isinstance(v, (bool, int, str)) else str(v) for v in got] == values, column


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    wanted = REFUSED[name]
    with pytest.raises(HotlineStatsError) as caught:
        hs.check(paths(wanted))
    error = caught.value
    assert (error.code, error.exit_code) == (wanted["error"], wanted["exit"])
    assert wanted.get("facts", {}).items() <= error.facts.items()
    for lang in ("zh", "en"):
        assert error.message(lang) and error.hint(lang)
        assert not [v for v in PERSONAL if v in error.message(lang) + error.hint(lang)]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_says_the_same(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOTLINE_STATS_LANG", "en")
    wanted = EXPECTED[name]
    said = CliRunner().invoke(app, ["check", *map(str, paths(wanted)), "--format", "json"])
    wrong = any(severity(code) != "info" for _, code, _ in findings(wanted))
    assert said.exit_code == wanted.get("exit", 1 if wrong else 0)
    if "error" in wanted:
        assert not said.stdout and said.stderr.startswith("Error: ") and "\nHint: " in said.stderr
        assert said.stderr.isascii() or any(f in said.stderr for f in wanted["files"])
    else:
        account = json.loads(said.stdout)
        assert {k: account["rows_in" if k == "in" else k] for k in wanted["rows"]} == wanted["rows"]


def test_files_without_a_ticket_can_be_checked_but_not_loaded() -> None:
    (name,) = (n for n, e in READ.items() if not e["rows"]["kept"])
    for use in (hs.load, lambda files: hs.classify(files).read_all(), hs.compare):
        with pytest.raises(HotlineStatsError) as caught:
            use(paths(READ[name]))
        assert (caught.value.code, caught.value.exit_code) == ("no-tickets", 3)
        assert caught.value.facts == {"rows_in": READ[name]["rows"]["in"]}


@pytest.mark.parametrize("name", [n for n, e in READ.items() if e["rows"]["kept"]])
def test_no_person_shows_up(name: str) -> None:
    """In any form of `check`, in the tickets, and in the rows that `classify` writes."""
    tickets = hs.load(paths(READ[name]))
    said = [repr(tickets.intake), json.dumps(tickets.intake.to_dict(), ensure_ascii=False)]
    said += [tickets.intake.findings.to_csv(), tickets.frame.to_csv(), tickets._repr_html_()]
    said.append(hs.classify(paths(READ[name])).read_pandas().to_csv())
    given = b"".join(p.read_bytes() for p in paths(READ[name]))
    assert given.startswith((b"PK", b"\x1f\x8b")) or _anyone(given)
    assert not [v for v in PERSONAL if any(v in text for text in said)]


def _anyone(content: bytes) -> bool:
    """Whether there is a person in the file that could show up."""
    ascii_phones = (v.encode() for v in PERSONAL if v.isascii())
    wide = content.replace(b"\0", b"")
    return any(v in wide for v in ascii_phones) or b"REC_ID,CREATE_TIME" in content


def test_the_hint_for_text_in_utf_16_helps(tmp_path: Path) -> None:
    """Text that is hardly ordinary Chinese is not taken for UTF-16 until somebody says so."""
    path = tmp_path / "a.csv"
    path.write_bytes(f"受理时间,内容\r\n2024-01-05,{'한국' * 200}\r\n".encode("utf-16-le"))
    with pytest.raises(HotlineStatsError) as caught:
        hs.check(path)
    assert caught.value.code == "binary-file"
    assert hs.check(path, settings=hs.config(intake__encoding="utf-16-le")).kept == 1
