"""A labelled sample written by hand, and exports to look at."""

from pathlib import Path

import pytest

LABELLED = """title,content,primary,secondary
,楼道里堆满了纸箱，影响通行,corridor_clutter,
油烟扰民,饭店油烟直排，熏得没法开窗,餐饮油烟,noise
,小区里乱停车，车位不够,停车难,
咨询,请问社保卡怎么补办,other,
,树下有人下棋很吵,sanitation,uncivil;noise
"""


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.csv"
    path.write_text(LABELLED, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def exports() -> Path:
    return Path(__file__).parents[2] / "data" / "samples" / "exports"
