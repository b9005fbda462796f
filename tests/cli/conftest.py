"""A small invented export of two years, and a way to run the program inside the test's process."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hotline_stats.cli.app import app

HEAD = "工单编号,受理时间,办结时间,诉求类型,居村,承办单位,标题,内容描述,联系人,联系电话,满意度\n"
TEXTS = {
    "parking": ("小区乱停车", "外来车辆乱停车占了消防通道，要求处理"),
    "illegal_construction": ("违法搭建", "顶楼住户违法搭建阳光房，要求拆除"),
    "other": ("咨询社保", "咨询社保卡办理需要什么材料"),
}


def rows(day: date, n: int, kind: str, first: int) -> list[str]:
    title, content = TEXTS[kind]
    return [
        f"T{first + i:05d},{day} 08:{i % 60:02d}:00,{day + timedelta(days=2)} 10:00:00,投诉,甲居委会,城管中队,"
        f"{title},{content}第{first + i}次,张某某,1990000{first + i:04d},满意\n"
        for i in range(n)
    ]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """2023 and 2024, each month 4 parking tickets (3 in 2024), 2 of illegal construction (1 in 2024), 1 other."""
    lines, first = [], 1
    for year, counts in ((2023, (4, 2, 1)), (2024, (3, 1, 1))):
        for month in range(1, 13):
            day = date(year, month, 31 if month == 12 else month)
            for kind, n in zip(("parking", "illegal_construction", "other"), counts, strict=True):
                lines += rows(day, n, kind, first)
                first += n
    path = tmp_path / "export.csv"
    path.write_text(HEAD + "".join(lines), encoding="gb18030")
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the program in an empty folder, in English."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOTLINE_STATS_LANG", "en")

    def call(*arguments: object, **options: object) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], **options)  # type: ignore[arg-type]

    return call
