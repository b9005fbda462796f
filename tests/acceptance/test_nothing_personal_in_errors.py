"""Files that are not as they should be: what is said about them names files, rows and columns, never the cells."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from acceptance_program import Said, once, programs
from acceptance_samples import EXPORTS, raw_files
from personal_values import silent

Rows = Sequence[Sequence[str]]
Runs = dict[tuple[str, str], Said]
ENCODINGS = ("utf-8", "gb18030")
SHIFTS = ("header-lacks-title", "cell-lost", "comma-unquoted", "headers-in-another-order")
DEFECTS = ("wrong-encoding", "broken-bytes", "nul", "open-quote", "no-accepted-time", "json")


def written(path: Path, rows: Rows, encoding: str = "gb18030") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def said_of(runs: dict[tuple[str, str], tuple[object, ...]], cwd: Path) -> Runs:
    return dict(zip(runs, programs(*runs.values(), cwd=cwd), strict=True))


def table() -> tuple[list[str], list[list[str]]]:
    """The header and some hundred rows of one export: 诉求标题, 诉求内容, 联系人, 联系电话, 诉求地址, 街镇 …"""
    file = raw_files()[3]
    return list(file.header), [list(row) for _, row in file.rows[:400]]


# No header


@pytest.fixture(scope="module")
def headless(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return once(tmp_path_factory, "headless", said_of_headless)


def said_of_headless(here: Path) -> Runs:
    runs: dict[tuple[str, str], tuple[object, ...]] = {}
    for encoding in ENCODINGS:
        path = written(here / f"{encoding}.csv", table()[1], encoding)
        runs |= {(encoding, c): (c, path) for c in ("report", "check", "classify", "compare")}
        runs[encoding, "export"] = ("export", path, "--month", "2024-12", "--out", here / "out")
    return said_of(runs, here)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", ["report", "check", "classify", "compare", "export"])
def test_a_file_without_a_header(command: str, encoding: str, headless: Runs) -> None:
    """The first row of such a file is a ticket: the error must not quote it as a header that is not known."""
    said = headless[encoding, command]
    assert said.code == 3 and said.stderr, said.text
    silent(said, command)


# Cells that are not under their headers


def shifted(way: str) -> Rows:
    header, rows = table()
    at = header.index("诉求内容")
    if way == "header-lacks-title":
        return [[h for h in header if h != "诉求标题"], *rows]
    if way == "cell-lost":
        return [header, *(r[: at - 1] + r[at:] for r in rows)]
    if way == "comma-unquoted":
        return [header, *([*r[:at], "", *r[at:]] for r in rows)]
    under = {"先行联系": "联系电话", "满意度": "联系人", "办结时间": "诉求地址", "结案评判": "诉求标题"}
    names = under | {old: new for new, old in under.items()}
    return [[names.get(h, h) for h in header], *rows]


@pytest.fixture(scope="module")
def shifts(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return once(tmp_path_factory, "shifts", said_of_shifts)


def said_of_shifts(here: Path) -> Runs:
    runs: dict[tuple[str, str], tuple[object, ...]] = {}
    for way in SHIFTS:
        path = written(here / f"{way}.csv", shifted(way))
        runs |= {(way, form): ("check", path, "--format", form) for form in ("table", "csv", "json")}
        runs[way, "compare"] = ("compare", path)
    return said_of(runs, here)


@pytest.mark.parametrize("way", SHIFTS)
@pytest.mark.parametrize("output", ["table", "csv", "json", "compare"])
def test_columns_that_are_shifted(output: str, way: str, shifts: Runs) -> None:
    """Names, phones, addresses and titles under the headers of flags, times and ratings.

    `check --format csv` has the bytes of findings.csv.
    """
    said = shifts[way, output]
    assert said.code in (0, 1, 3) and "Traceback" not in said.text, said.text
    silent(said, output)


# Files that cannot be read, or only in part


def broken(defect: str) -> bytes:
    file = raw_files()[0]
    lines = (EXPORTS / file.name).read_bytes().split(b"\r\n")[:400]
    match defect:
        case "broken-bytes":
            lines[200] += b"\xff\xff"
        case "nul":
            lines[200] += b"\x00"
        case "open-quote":
            lines[200] += b',"'
        case "no-accepted-time":
            lines = [line.replace("受理时间".encode("gb18030"), b"when") for line in lines]
        case "json":
            rows = [dict(zip(file.header, row, strict=True)) for _, row in file.rows[:50]]
            lines = [json.dumps(rows, ensure_ascii=False).encode()]
    return b"\r\n".join(lines)


@pytest.fixture(scope="module")
def defects(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return once(tmp_path_factory, "defects", said_of_defects)


def said_of_defects(here: Path) -> Runs:
    runs: dict[tuple[str, str], tuple[object, ...]] = {}
    for defect in DEFECTS:
        path = here / f"{defect}.csv"
        path.write_bytes(broken(defect))
        more = ("--encoding", "utf-8") if defect == "wrong-encoding" else ()
        runs[defect, "check"] = ("check", path, *more)
    return said_of(runs, here)


@pytest.mark.parametrize("defect", DEFECTS)
def test_files_that_are_broken(defect: str, defects: Runs) -> None:
    said = defects[defect, "check"]
    assert said.code in (1, 3) and "Traceback" not in said.text, said.text
    silent(said, defect)


SHIFTED = """工单编号,受理时间,诉求内容,联系人,联系电话,街镇,居村,办结时间,重复工单号
A0,2024-01-05 08:00,楼道堆物要求清理,李某某,15400005678,示例街道,甲居委会,2024-01-06 09:00,
A1,2024-01-05 08:00,楼道堆物,要求清理,张某某,15400001234,示例街道,甲居委会,,
"""


def test_a_row_with_a_comma_too_many_puts_nobody_into_a_place(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(SHIFTED, encoding="utf-8")
    runs = (
        *(("compare", path, "--by", by) for by in ("street", "community")),
        ("report", path, "--out", tmp_path / "r"),
    )
    for said in programs(*runs, cwd=tmp_path):
        assert "15400001234" not in said.text and "张某某" not in said.text
    assert "15400001234" not in (tmp_path / "r" / "report.json").read_text("utf-8")
