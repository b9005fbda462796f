"""Export files with invented tickets, and what intake makes of them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from hotline_stats.intake import Clean, Export, Flaw, clean, open_exports
from hotline_stats.model.findings import severity
from hotline_stats.settings import IntakeSettings

HEADER = ["工单编号", "受理时间", "办结时间", "诉求标题", "内容描述", "综合满意度"]


def row(n: int, **changed: str) -> list[str]:
    """A ticket under HEADER; `changed` by header."""
    plain = [f"GD{n:06d}", f"2024-01-{n % 28 + 1:02d} 08:03:09", "", f"标题{n}", f"内容{n}", "满意"]
    return [changed.get(h, v) for h, v in zip(HEADER, plain, strict=True)]


def csv_text(rows: Sequence[Sequence[str]], **dialect: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def write(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", **dialect: Any) -> Path:
    path.write_bytes(csv_text(rows, **dialect).encode(encoding))
    return path


@dataclass(frozen=True)
class Read:
    """All batches of one export."""

    export: Export
    cells: list[tuple[int, list[str]]]  # (line, cells), in order of line
    parts: list[Clean]

    @property
    def kept(self) -> list[dict[str, Any]]:
        rows = [r for p in self.parts for r in p.tickets.to_pylist()]
        return sorted(rows, key=lambda r: r["row"])

    @property
    def flaws(self) -> list[Flaw]:
        return [f for p in self.parts for f in p.flaws]

    @property
    def found(self) -> list[tuple[int, str, str, str]]:
        """(line, code, header, found) of every finding, sorted."""
        return sorted(
            (int(n), f.code, f.column, v) for f in self.flaws for n, v in zip(f.lines, f.found, strict=True)
        )

    @property
    def codes(self) -> list[tuple[int, str]]:
        return [(n, code) for n, code, _, _ in self.found]


def read(path: Path, **settings: Any) -> Read:
    """Read a file; every row must be either kept or rejected, and stand on a line of its own."""
    (export,) = open_exports([path], IntakeSettings(**settings))
    raws = list(export.batches())
    parts = [clean(raw, export.header) for raw in raws]
    for raw, part in zip(raws, parts, strict=True):
        rejecting = sum(len(f.lines) for f in part.flaws if severity(f.code) == "reject")
        assert raw.cells.num_rows == len(raw.lines) == part.tickets.num_rows + part.rejected
        assert rejecting == part.rejected
        assert len(part.title) == len(part.content) == len(part.kept) == part.tickets.num_rows
        assert np.array_equal(raw.lines[part.kept], part.tickets["row"].to_numpy())
        part.tickets.validate(full=True)
    lined = sorted((int(n), r) for raw in raws for n, r in zip(raw.lines, _rows(raw.cells), strict=True))
    assert len({n for n, _ in lined}) == len(lined)
    return Read(export, lined, parts)


def _rows(cells: pa.RecordBatch) -> list[list[str]]:
    return [list(r) for r in zip(*(c.to_pylist() for c in cells.columns), strict=True)]
