"""Repeat callers by a keyed hash: what is the same number, what the key does, and where it lies."""

import csv
import hashlib
import hmac
import os
import stat
import sys
from pathlib import Path

import pyarrow as pa
import pytest

import hotline_stats as hs
from hotline_stats.errors import PlaceError
from hotline_stats.intake import callers as room

SECRET = bytes(range(32))


def hashed(*cells: str | None, secret: bytes = SECRET) -> list[str | None]:
    return list(room.callers([pa.array(list(cells), pa.string())], secret, len(cells)).to_pylist())


def test_the_hash_is_hmac_of_the_bare_number() -> None:
    wanted = hmac.new(SECRET, b"13800001111", hashlib.sha256).hexdigest()[:16]
    assert hashed("138-0000-1111") == [wanted]


@pytest.mark.parametrize(
    "spelt",
    [
        "13800001111", " 138 0000 1111", "138-0000-1111", "138—0000—1111", "+86 13800001111", "86-13800001111", "0086 138 0000 1111",
        "013800001111", "１３８００００１１１１", "13800001111.0", "手机：13800001111（儿子）", "13800001111/55550000", "=\"13800001111\"",
    ],
)  # fmt: skip
def test_one_number_in_all_spellings(spelt: str) -> None:
    assert hashed(spelt) == hashed("13800001111") != [None]


@pytest.mark.parametrize(
    "spelt", ["021-55550000", "(021)55550000", "021 5555 0000", "02155550000", "（０２１）５５５５００００"]
)
def test_one_landline_in_all_spellings(spelt: str) -> None:
    assert hashed(spelt) == hashed("02155550000") != [None]


@pytest.mark.parametrize(
    "cell", ["", "保密", "-", "无", "None", "1.38E+10", "12345", "110", "310101199001011234", "张女士", "女", "00000000000", None]
)  # fmt: skip
def test_what_is_no_number_is_nobody(cell: str | None) -> None:
    assert hashed(cell) == [None]


def test_numbers_and_keys_differ() -> None:
    assert len(set(hashed("13800001111", "13800001112", "55550000", "02155550000"))) == 4
    assert hashed("13800001111") != hashed("13800001111", secret=bytes(32))


def test_the_first_number_of_a_row() -> None:
    names, phones = pa.array(["张女士", "15900002222", None]), pa.array(["13800001111", "13800001111", "x"])
    assert room.callers([names, phones], SECRET, 3).to_pylist() == [
        *hashed("13800001111", "15900002222"),
        None,
    ]
    assert room.callers([], SECRET, 2).to_pylist() == [None, None]


def test_the_key_is_made_once_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "new" / "caller.key"
    first = room.key(file)
    assert len(first) == 32 and room.key(file) == first
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert room.key(tmp_path / "other.key") != first


def test_without_a_file_it_lies_in_the_configuration_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "user_config_path", lambda *_, **__: tmp_path / "config")
    made = room.key()
    assert (tmp_path / "config" / "caller.key").read_text().strip() == made.hex()


@pytest.mark.parametrize("text", ["", "zz", "00ff", "张三13800001111"])
def test_a_file_that_is_no_key(tmp_path: Path, text: str) -> None:
    file = tmp_path / "k.key"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlaceError) as error:
        room.key(file)
    assert error.value.code == "bad-key-file" and "13800001111" not in str(error.value)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    rows = [
        ["工单编号", "受理时间", "标题", "联系人", "联系电话"],
        ["T1", "2024-01-05", "乱停车", "张三", "13800001111"],
        ["T2", "2024-01-06", "乱停车", "张三", "+86 138 0000 1111"],
        ["T3", "2024-01-07", "乱停车", "李四", "保密"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_only_when_asked(export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "caller.key"
    linked = hs.load(export, link_callers=True, key_file=key).frame["caller"]
    assert linked[0] == linked[1] and len(linked[0]) == 16 and linked.isna().to_list() == [False, False, True]
    rows = hs.classify(export, link_callers=True, key_file=key).read_pandas()
    assert list(rows["caller"][:2]) == list(linked[:2]) and "联系电话" not in rows
    by_setting = hs.config(intake__link_callers="true", intake__key_file=str(key))
    assert list(hs.load(export, settings=by_setting).frame["caller"][:2]) == list(linked[:2])

    def nothing(*_: object) -> None:
        raise AssertionError("callers were computed without being asked for")

    monkeypatch.setattr(room, "key", nothing)
    monkeypatch.setattr(sys.modules["hotline_stats.intake.clean"], "callers", nothing)
    assert "caller" not in hs.load(export).frame and "caller" not in hs.classify(export).read_pandas()


def test_reports_know_neither_hash_nor_key(export: Path, tmp_path: Path) -> None:
    key = tmp_path / "secret.key"
    settings = hs.config(intake__link_callers=True, intake__key_file=str(key))
    tickets = hs.load(export, settings=settings)
    hs.report(tickets, settings=settings).write(tmp_path / "out")
    mark = str(tickets.frame["caller"][0])
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            said = path.read_bytes()
            assert all(
                s.encode() not in said for s in (mark, key.read_text().strip(), "secret.key", "key_file")
            )
