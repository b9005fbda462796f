"""Slips of the accepted time: told from the other dates, never from a clock."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import hotline_stats as hs
from hotline_stats.engines.apart import far_dates


def found(days: list[date]) -> dict[int, str]:
    times = pa.chunked_array([pa.array([datetime(d.year, d.month, d.day) for d in days], pa.timestamp("s"))])
    at, codes = far_dates(times)
    return dict(zip(at.tolist(), codes.tolist(), strict=True))


def ordinary(n: int, first: date = date(2023, 1, 1)) -> list[date]:
    return [first + timedelta(days=i % 730) for i in range(n)]


@pytest.mark.parametrize(
    ("n", "odd", "codes"),
    [
        (40, [date(2042, 1, 5)], ["future-date"]),
        (40, [date(1970, 1, 1)], ["past-date"]),
        (2000, [date(2042, 1, 5), date(2099, 1, 1)], ["future-date", "future-date"]),
        (2000, [date(1970, 1, 1), date(2042, 1, 5)], ["past-date", "future-date"]),
        (40, [date(2042, 1, 5), date(2042, 1, 6)], []),  # two of forty are data
        (28, [date(2042, 1, 5)], []),  # too few tickets to tell
        (730, [date(2025, 12, 31)], []),  # 366 days after the last
        (730, [date(2026, 1, 1)], ["future-date"]),
        (0, [], []),
    ],
)
def test_slips(n: int, odd: list[date], codes: list[str]) -> None:
    days = ordinary(n)
    assert found([*odd, *days]) == dict(enumerate(codes))


def test_two_years_with_a_gap_are_data() -> None:
    assert found([*ordinary(300, date(2019, 1, 1)), *ordinary(300, date(2023, 1, 1))]) == {}


def test_the_order_does_not_matter() -> None:
    days = [*ordinary(100), date(2042, 1, 1), date(1970, 1, 1)]
    order = np.random.default_rng(1).permutation(len(days))
    got = found([days[i] for i in order])
    assert {order[i]: code for i, code in got.items()} == {100: "future-date", 101: "past-date"}
    assert list(got) == sorted(got)


def test_a_slip_is_left_out_and_moves_no_window(tmp_path: Path) -> None:
    lines = [f"T{i},{d} 08:00,停车\n" for i, d in enumerate(ordinary(60))]
    lines.insert(3, "SLIP,2042-01-05 08:00,停车\n")
    path = tmp_path / "a.csv"
    path.write_text("工单编号,受理时间,标题\n" + "".join(lines), encoding="utf-8")
    tickets = hs.load(path)
    assert (tickets.intake.rows_in, tickets.intake.kept, tickets.intake.rejected) == (61, 60, 1)
    (finding,) = tickets.intake.findings.to_dict("records")
    assert (finding["row"], finding["code"], finding["found"]) == (5, "future-date", "")
    assert hs.compare(tickets).windows.period.label.startswith("2023")


def test_an_old_ticket_is_kept_and_told(tmp_path: Path) -> None:
    lines = [f"T{i},{d} 08:00,停车\n" for i, d in enumerate(ordinary(60))]
    path = tmp_path / "a.csv"
    path.write_text("工单编号,受理时间,标题\nOLD,2017-01-05 08:00,停车\n" + "".join(lines), encoding="utf-8")
    intake = hs.check(path)
    assert (intake.rows_in, intake.kept, intake.rejected) == (61, 61, 0)
    assert intake.codes == {"past-date": 1}
