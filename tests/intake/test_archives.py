"""Archives: what is inside is read as if it stood beside, or refused by one error."""

import gzip
import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HEADER, csv_text, read, row
from openpyxl import Workbook

from hotline_stats.errors import InputError
from hotline_stats.intake import Export, archives, open_exports
from hotline_stats.settings import IntakeSettings

ROWS = [HEADER, *(row(i) for i in range(1, 6))]
TEXT = csv_text(ROWS).encode("gb18030")


def pack(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def exports(path: Path) -> tuple[Export, ...]:
    return open_exports([path], IntakeSettings())


def error(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        for export in exports(path):
            list(export.batches())
    assert caught.value.message("zh") and caught.value.hint("en")
    return caught.value


def ids(export: Export) -> list[str]:
    return [v for b in export.batches() for v in b.cells.column(0).to_pylist()]


def workbook(*names: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(HEADER)
    for name in names:
        book.active.append([name, "2024-01-05"])
    book.save(out)
    return out.getvalue()


def test_a_gz_is_read_like_the_file_inside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]))  # two members are one text
    got = read(path)
    assert [cells for _, cells in got.cells] == ROWS[1:]
    assert (got.export.file, got.export.encoding) == ("a.csv.gz", "gb18030")
    given = path.read_bytes()
    assert (got.export.bytes, got.export.sha256) == (len(given), hashlib.sha256(given).hexdigest())


def test_a_workbook_in_a_gz(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx.gz").write_bytes(gzip.compress(workbook("1", "2")))
    (export,) = exports(tmp_path / "a.xlsx.gz")
    assert (export.file, export.encoding, ids(export)) == ("a.xlsx.gz", "xlsx", ["1", "2"])


def test_each_export_of_a_zip_is_an_export(tmp_path: Path) -> None:
    utf8 = csv_text([HEADER, row(9)]).encode()
    path = pack(
        tmp_path / "2024.zip",
        {"月/2月.xlsx": workbook("7"), "月/1月.csv": TEXT, "a.csv": utf8, "月/": b""},
    )
    found = exports(path)
    assert [(e.file, e.encoding) for e in found] == [
        ("2024.zip/a.csv", "utf-8"),
        ("2024.zip/月/1月.csv", "gb18030"),
        ("2024.zip/月/2月.xlsx", "xlsx"),
    ]
    assert [ids(e) for e in found] == [["GD000009"], [r[0] for r in ROWS[1:]], ["7"]]
    assert (found[1].sha256, found[1].bytes) == (hashlib.sha256(TEXT).hexdigest(), len(TEXT))
    assert [n.code for e in found for n in e.notes] == []


def test_what_a_system_left_is_ignored_and_the_rest_told(tmp_path: Path) -> None:
    members = {
        "__MACOSX/._a.csv": b"\0\1",
        ".hidden.csv": b"x",
        "月/~$b.xlsx": b"x",
        "Thumbs.db": b"x",
        "说明.txt": "本压缩包含一月工单。".encode("gb18030"),
        "某君的照片.PNG": b"\x89PNG",
        "a.csv": TEXT,
    }
    (export,) = exports(pack(tmp_path / "a.zip", members))
    assert [(n.code, n.found, n.lines.tolist()) for n in export.notes] == [
        ("member-left-out", ("*.png", "*.txt"), [0, 0])
    ]


def test_a_csv_without_a_header_is_an_error_and_not_left_out(tmp_path: Path) -> None:
    bad = error(pack(tmp_path / "a.zip", {"a.csv": TEXT, "b.csv": b"x,y\n1,2\n"}))
    assert (bad.code, bad.facts["file"]) == ("no-header", "a.zip/b.csv")


def test_errors_name_the_member(tmp_path: Path) -> None:
    damaged = csv_text(ROWS).replace("内容3", '"内容3').encode()
    bad = error(pack(tmp_path / "a.zip", {"x/b.csv": damaged}))
    assert (bad.code, bad.facts["file"], bad.facts["line"]) == ("unclosed-quote", "a.zip/x/b.csv", 4)
    assert error(pack(tmp_path / "b.zip", {"b.csv": b""})).facts["file"] == "b.zip/b.csv"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_do_not_say_their_encoding(tmp_path: Path, encoding: str) -> None:
    """Windows in Chinese writes GBK, some Unix tools UTF-8, both without the flag for UTF-8."""
    raw = "一月/工单.csv".encode(encoding)
    path = pack(tmp_path / "a.zip", {"x" * len(raw): TEXT})
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    (export,) = exports(path)
    assert export.file == "a.zip/一月/工单.csv"


def test_unpacked_files_are_removed_with_their_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives.tempfile, "tempdir", str(tmp_path))
    path = pack(tmp_path / "a.zip", {"a.csv": TEXT})
    (export,) = exports(path)
    assert ids(export) == ids(export)  # can be read again
    assert len(list(tmp_path.glob("hotline-stats-*"))) == 1
    del export
    assert not list(tmp_path.glob("hotline-stats-*"))


def encrypted(path: Path) -> Path:
    content = bytearray(pack(path, {"a.csv": TEXT}).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    path.write_bytes(content)
    return path


def test_archives_that_are_refused(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.zip", {"a.csv": TEXT}).read_bytes()
    cases = {
        "archive-encrypted": encrypted(tmp_path / "e.zip"),
        "archive-empty": pack(tmp_path / "n.zip", {"a.pdf": b"%PDF", "__MACOSX/a.csv": b""}),
        "nested-archive": pack(tmp_path / "z.zip", {"b.csv": TEXT, "inner.zip": inner}),
    }
    assert {code: error(path).code for code, path in cases.items()} == {code: code for code in cases}
    hidden = pack(tmp_path / "h.zip", {"inner.csv": inner})
    assert (error(hidden).code, error(hidden).facts["member"]) == ("nested-archive", "h.zip/inner.csv")
    (tmp_path / "z.gz").write_bytes(gzip.compress(inner))
    assert error(tmp_path / "z.gz").code == "nested-archive"
    pack(tmp_path / "void.zip", {})
    assert error(tmp_path / "void.zip").code == "archive-empty"


@pytest.mark.parametrize(
    ("magic", "kind"),
    [(b"Rar!\x1a\x07\x01\x00", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"BZh91AY&", "bzip2")],
)
def test_other_archives_are_named(tmp_path: Path, magic: bytes, kind: str) -> None:
    (tmp_path / "a.csv").write_bytes(magic + b"\0" * 50)
    assert (error(tmp_path / "a.csv").code, error(tmp_path / "a.csv").facts["kind"]) == (
        "other-archive",
        kind,
    )


@pytest.mark.parametrize("suffix", ["zip", "gz"])
def test_a_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "FREE", 1 << 20)
    monkeypatch.setattr(archives.tempfile, "tempdir", str(tmp_path))
    content = b"0" * (40 << 20)
    path = tmp_path / f"a.csv.{suffix}"
    if suffix == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        pack(path, {"a.csv": content})
    limit = 300 * path.stat().st_size
    assert limit < len(content)
    written: list[int] = []
    take = archives._Allowance.take
    monkeypatch.setattr(archives._Allowance, "take", lambda self, n: (written.append(n), take(self, n))[1])
    assert error(path).code == "archive-too-large"
    assert sum(written) <= limit + archives.CHUNK and max(written) <= archives.CHUNK
    assert not list(tmp_path.glob("hotline-stats-*"))


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBERS", 2)
    path = pack(tmp_path / "a.zip", {f"{i}.csv": TEXT for i in range(3)})
    assert error(path).code == "archive-too-large"


def test_an_unknown_way_of_packing(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.csv": TEXT})
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", content, content.index(mark) + at, 9)  # deflate64, of Windows for large files
    path.write_bytes(content)
    assert error(path).code == "bad-archive"


QUIET = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUIET
@given(suffix=st.sampled_from(["zip", "gz"]), data=st.data())
def test_a_damaged_archive_is_an_input_error_or_the_same_text(
    tmp_path: Path, suffix: str, data: st.DataObject
) -> None:
    path = tmp_path / f"a.csv.{suffix}"
    if suffix == "gz":
        path.write_bytes(gzip.compress(TEXT, mtime=0))
    else:
        pack(path, {"a.csv": TEXT})
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        for export in exports(path):
            if export.header.cells == tuple(HEADER):
                assert ids(export) == [r[0] for r in ROWS[1:]]
    except InputError as bad:
        assert bad.message("zh") and bad.message("en")
