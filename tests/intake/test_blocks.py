"""What is said of exports depends neither on how many bytes are read at once nor on the order of the files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HEADER, csv_text, row, write

import hotline_stats as hs
from hotline_stats.errors import InputError
from hotline_stats.intake import delimited, encoding

QUIET = settings(
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@contextmanager
def blocks(block: int, chunk: int = 1 << 22) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCKS", (block, 1 << 22))
        patch.setattr(encoding, "CHUNK", chunk)
        survey = encoding.survey
        patch.setattr(encoding, "survey", lambda path: _whole(survey, path))
        yield


def _whole(survey: Any, path: Path) -> encoding.Survey:
    """The survey fetches the head of a file from its first chunk: here that chunk is the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "CHUNK", 1 << 22)
        seen: encoding.Survey = survey(path)
        return seen


def said(paths: Sequence[Path]) -> Any:
    try:
        found = hs.check(list(paths))
    except InputError as error:
        return error.code, error.facts
    return found.to_dict(), found.findings.to_dict("list")


def test_the_first_row_that_is_too_long_is_named_whatever_the_block(tmp_path: Path) -> None:
    short = [[h for h in HEADER if h != "诉求标题"], *(row(i) for i in range(1, 30))]
    path = write(tmp_path / "a.csv", short)
    for block in (120, 300, 1000, 1 << 22):
        with blocks(block):
            assert said([path]) == (
                "header-short",
                {"file": "a.csv", "line": 2, "width": 6, "header": 5},
            )


@pytest.mark.parametrize("code", ["gb18030", "utf-8-sig"])
def test_a_line_end_cut_by_a_chunk_is_one_line_end(tmp_path: Path, code: str) -> None:
    text = csv_text([HEADER, *(row(i) for i in range(1, 30))]).encode(code)
    (tmp_path / "a.csv").write_bytes(text + b"\xff,2024-01-05\r\n")
    for chunk in (8, 12, 36, 100, 1 << 22):
        with blocks(1 << 22, chunk):
            what, facts = said([tmp_path / "a.csv"])
            assert (what, facts["line"]) == ("bad-encoding", 31), chunk


def test_a_mark_at_the_start_of_a_cell_stays(tmp_path: Path) -> None:
    rows = [["小区", "受理时间"], ["\ufeff甲", "2024-01-05"], ["\ufeff乙"], ["丙", "2024-01-06"]]
    (export,) = hs.load(write(tmp_path / "a.csv", rows)).intake.files
    assert export.kept == 2
    tickets = hs.load(tmp_path / "a.csv").typed
    assert tickets["estate"].to_pylist() == ["\ufeff甲", "丙"]


CELL = st.sampled_from(
    ["", "满意", "还行", "合计", "2024-01-05", "2024/1/6 8:03", "一\n二", "x,y", '"', "-", "催单", "9"]
)
ID = st.sampled_from(["A1", "A2", "A3", "A4", "", "2.02E+13"])
TABLE = st.lists(st.tuples(ID, st.lists(CELL, min_size=0, max_size=7)), min_size=1, max_size=15)


def table(at: int, given_rows: Sequence[tuple[str, list[str]]]) -> list[list[str]]:
    """Rows under HEADER. No two rows of all files are closed at once, so that the order of files settles
    nothing; a row of its own cells may be too short, too long or no ticket."""
    out = [HEADER, row(at + 1, 工单编号=f"B{at}", 综合满意度="满意")]
    for n, (ticket_id, cells) in enumerate(given_rows):
        closed = f"2024-02-{at + 1:02d} 08:{n:02d}:00"
        out.append([ticket_id, "2024-01-05", closed, *cells] if n % 3 else [ticket_id, *cells])
    return out


@QUIET
@given(
    tables=st.lists(TABLE, min_size=1, max_size=3),
    code=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    block=st.integers(40, 2000),
    chunk=st.integers(8, 500),
)
def test_blocks_of_any_size_give_the_same_account(
    tmp_path: Path, tables: list[Any], code: str, block: int, chunk: int
) -> None:
    paths = [write(tmp_path / f"{i}.csv", table(i, t), code) for i, t in enumerate(tables)]
    whole = said(paths)
    with blocks(block, chunk):
        assert said(paths) == whole


@QUIET
@given(tables=st.lists(TABLE, min_size=2, max_size=4), order=st.randoms(use_true_random=False))
def test_the_order_of_files_settles_nothing_where_closing_times_do(
    tmp_path: Path, tables: list[Any], order: Any
) -> None:
    """Open rows of one ticket would be settled by the order of the files: here no two of them share an id."""
    closed = [
        [(i if n % 3 else f"{i}-{f}-{n}", c) for n, (i, c) in enumerate(t)] for f, t in enumerate(tables)
    ]
    paths = [write(tmp_path / f"{i}.csv", table(i, t)) for i, t in enumerate(closed)]
    mixed = list(paths)
    order.shuffle(mixed)
    assert _unordered(said(paths)) == _unordered(said(mixed))


def _unordered(what: Any) -> Any:
    account, found = what
    if isinstance(account, str):
        return account
    files = sorted(account.pop("files"), key=lambda f: f["file"])
    return account, files, sorted(zip(*found.values(), strict=True))
