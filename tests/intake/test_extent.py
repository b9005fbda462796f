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
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    refuse_too_large(tmp_path / "a.xls")
    (tmp_path / "b.xlsx").write_bytes(workbook(tmp_path / "c.xlsx", "XFD1048576").read_bytes()[:90])
    refuse_too_large(tmp_path / "b.xlsx")
