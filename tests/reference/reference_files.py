"""Exports written for tables that are worked out by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path


def export(path: Path, counts: Mapping[str, int]) -> Path:
    """An export with `counts` tickets of 停车难 accepted on each day (ISO)."""
    lines = ["工单编号,受理时间,诉求内容"]
    for day, n in counts.items():
        lines += [f"{path.stem}-{day}-{i},{day} 09:00:00,小区停车位不足停车难" for i in range(n)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def every_day(first: str, last: str, n: int) -> dict[str, int]:
    """`n` tickets on every day."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {(start + timedelta(days=i)).isoformat(): n for i in range((end - start).days + 1)}
