"""Tables of households: forms that are read, and each way in which one is refused."""

from pathlib import Path

import pytest

from hotline_stats.errors import UsageError
from hotline_stats.intake.households import load


def written(tmp_path: Path, data: str | bytes, name: str = "homes.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "levels"),
    [
        ("小区,户数\n甲苑,1200\n乙苑,\"1,050\"\n", {"estate": {"甲苑": 1200, "乙苑": 1050}}),
        ("community,households\n A  B ,12户\n\n", {"community": {"A B": 12}}),
        ("\ufeff居村,小区,总户数\n甲居委会,,3000\n甲居委会,甲苑,８００\n", {"community": {"甲居委会": 3000}, "estate": {"甲苑": 800}}),
        ("街道,备注,户数\r\n示例街道,x,5\r\n", {"street": {"示例街道": 5}}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_csv(tmp_path: Path, data: str, levels: dict[str, dict[str, int]], encoding: str) -> None:
    if encoding == "gb18030":
        data = data.removeprefix("\ufeff")
    assert load(written(tmp_path, data.encode(encoding))).levels == levels


def test_toml(tmp_path: Path) -> None:
    text = '[estate]\n"甲苑" = 1200\n乙苑 = 30\n[street]\n"示例街道" = 9000\n'.replace("乙苑 =", '"乙苑" =')
    found = load(written(tmp_path, text, "homes.TOML")).levels
    assert found == {"estate": {"甲苑": 1200, "乙苑": 30}, "street": {"示例街道": 9000}}


@pytest.mark.parametrize(
    ("name", "data", "code", "place"),
    [
        ("a.csv", b"", "bad-households-file", None),
        ("a.csv", "小区,户数\n", "bad-households-file", None),
        ("a.csv", "小区,人口\n甲,5\n", "bad-households-file", None),
        ("a.csv", "户数\n5\n", "bad-households-file", None),
        ("a.csv", b"PK\x03\x04\0\0\xff", "bad-households-file", None),
        ("a.csv", b"\xff\xff\xff,\x80\n", "bad-households-file", None),
        ("a.csv", "小区,户数\n甲,-5\n", "bad-households", "2"),
        ("a.csv", "小区,户数\n甲,0\n", "bad-households", "2"),
        ("a.csv", "小区,户数\n甲,3.5\n", "bad-households", "2"),
        ("a.csv", "小区,户数\n甲,很多\n", "bad-households", "2"),
        ("a.csv", "小区,户数\n甲\n", "bad-households", "2"),
        ("a.csv", "小区,户数\n甲,²\n乙,①\n丙,99999999999999999999\n", "bad-households", "4"),
        ("a.csv", "小区,户数\n甲,5\n甲 ,6\n", "bad-households", "3"),
        ("a.csv", "小区,户数\n,5\n", "bad-households", "2"),
        ("a.csv", "小区,户数\n甲,inf\n", "bad-households", "2"),
        ("a.toml", "[estate\n", "bad-households-file", None),
        ("a.toml", '[house]\n"甲" = 1\n', "bad-households-file", None),
        ("a.toml", "estate = 3\n", "bad-households-file", None),
        ("a.toml", '[estate]\n"甲" = true\n', "bad-households", "estate.甲"),
        ("a.toml", '[estate]\n"甲" = -1\n', "bad-households", "estate.甲"),
        ("a.toml", '[estate]\n"甲" = 1.0\n', "bad-households", "estate.甲"),
        ("a.toml", '[estate]\n"甲" = [1]\n', "bad-households", "estate.甲"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, data: str | bytes, code: str, place: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        load(written(tmp_path, data, name))
    assert caught.value.code == code and caught.value.facts["file"] == name
    assert caught.value.facts.get("place") == place
    assert caught.value.message("zh") and caught.value.message("en")


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UsageError) as caught:
            load(path)
        assert caught.value.code == "bad-households-file"
        assert str(tmp_path) not in str(caught.value)
