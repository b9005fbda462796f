"""Categories that stand in one cell, and what is no such cell."""

from pathlib import Path

import pytest
from intake_files import read, write


def levels(tmp_path: Path, cells: list[str], **more: str) -> list[tuple[str | None, ...]]:
    """category_1 … category_5 of rows with these cells under 问题分类; `more`: further columns."""
    rows = [["受理时间", "问题分类", *more], *(["2024-01-05", c, *more.values()] for c in cells)]
    got = read(write(tmp_path / "a.csv", rows))
    return [tuple(r[f"category_{i}"] for i in range(1, 6)) for r in got.kept]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("物业->收费", ("物业", "收费")),
        ("物业 -> 服务 -> 收费", ("物业", "服务", "收费")),
        ("物业>收费", ("物业", "收费")),
        ("物业＞收费", ("物业", "收费")),
        ("物业》收费", ("物业", "收费")),
        ("物业→收费", ("物业", "收费")),
        ("a->b->c->d->e->f", ("a", "b", "c", "d", "e->f")),
        ("物业", ("物业",)),
        ("", (None,)),
        ("违反《物业管理条例》收费", ("违反《物业管理条例》收费",)),
        ("噪音>60分贝", ("噪音>60分贝",)),
        ("物业->", ("物业->",)),
        ("物业/收费", ("物业/收费",)),
        ("市政-道路", ("市政-道路",)),
    ],
)
def test_cells(tmp_path: Path, cell: str, expected: tuple[str | None, ...]) -> None:
    found = levels(tmp_path, [cell, "甲->乙"])
    assert found == [(*expected, *[None] * (5 - len(expected))), ("甲", "乙", None, None, None)]


def test_a_column_without_levels_stays_as_it_is(tmp_path: Path) -> None:
    assert levels(tmp_path, ["物业", "噪音>60分贝"]) == [("物业", *[None] * 4), ("噪音>60分贝", *[None] * 4)]


def test_nothing_is_split_beside_a_column_of_the_second_level(tmp_path: Path) -> None:
    assert levels(tmp_path, ["甲->乙"], 二级分类="丙") == [("甲->乙", "丙", None, None, None)]
