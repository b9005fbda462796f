"""Sheets that reach too far are refused before they are read; others are not touched."""

import zipfile
from pathlib import Path

import pytest

from hotline_stats.errors import InputError
from hotline_stats.intake import extent
from hotline_stats.intake.extent import refuse_too_large


def workbook(path: Path, *references: str, quote: str = '"') -> Path:
    cells = "".join(f"<row r={quote}1{quote}><c r={quote}{r}{quote}/></row>" for r in references)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
        book.writestr("xl/worksheets/sheet2.xml", f"<worksheet>{cells}</worksheet>")
    return path


@pytest.mark.parametrize(
    ("references", "reach"),
    [
        (["A1", "XFD1048576"], (1_048_576, 16_384)),
        (["AAA80000", "B2"], (80_000, 703)),
        (["A99999999999"], (99_999_999_999, 26)),
        (["DDDDDDDDDDDDDDDDDD1"], (1, 0)),
        (["AW1048576"], (1_048_576, 49)),
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("chunk", [50, 1 << 22])
def test_too_far(
    tmp_path: Path,
    references: list[str],
    reach: tuple[int, int],
    quote: str,
    chunk: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extent, "_CHUNK", chunk)
    with pytest.raises(InputError) as caught:
        refuse_too_large(workbook(tmp_path / "a.xlsx", *references, quote=quote))
    assert (caught.value.code, caught.value.facts["file"]) == ("sheet-too-large", "a.xlsx")
    if len(references[0]) < 13:
        assert (caught.value.facts["rows"], caught.value.facts["columns"]) == reach


@pytest.mark.parametrize("references", [["A1"], ["AU1048576"], ["AAA60000"], ["XFD3000", "A3000"], []])
def test_not_too_far(tmp_path: Path, references: list[str]) -> None:
    refuse_too_large(workbook(tmp_path / "a.xlsx", *references))


def test_what_is_no_workbook_is_left_to_its_reader(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(workbook(tmp_path / "c.xlsx", "XFD1048576").read_bytes()[:90])
    refuse_too_large(tmp_path / "b.xlsx")


def test_a_damaged_workbook_of_97_is_refused_at_once(tmp_path: Path) -> None:
    """Bytes put into its directory or its cells made the reader of workbooks ask for all memory there is."""
    given = (Path(__file__).parents[2] / "data/samples/defects/legacy_workbook.xls").read_bytes()
    refuse_too_large(_saved(tmp_path, given))
    at = (
        given.index(b"\x03\x02\x0e\x00") if b"\x03\x02\x0e\x00" in given else given.index(b"\xfd\x00\x0a\x00")
    )
    far = given[: at + 6] + b"\x00\xf0" + given[at + 8 :]
    for damaged in (given[:1975] + b"2024-03-02" * 20 + given[1975:], far, given[:700]):
        with pytest.raises(InputError) as error:
            refuse_too_large(_saved(tmp_path, damaged))
        assert error.value.code == "bad-workbook"


def _saved(folder: Path, data: bytes) -> Path:
    path = folder / "a.xls"
    path.write_bytes(data)
    return path
