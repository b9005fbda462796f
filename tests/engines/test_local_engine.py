"""The local engine: every row accounted for, whatever the batches; and the Facts it makes."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import hotline_stats as hs
from hotline_stats.errors import InputError
from hotline_stats.intake import delimited

HEAD = [
    "工单编号",
    "受理时间",
    "处理截止时间",
    "办结时间",
    "诉求类型",
    "居村",
    "标题",
    "内容描述",
    "先行联系",
    "满意度",
]


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def ticket(number: int, accepted: str, closed: str = "", due: str = "", rated: str = "满意") -> list[str]:
    return [
        f"T{number}",
        accepted,
        due,
        closed,
        "投诉",
        "甲居委会",
        "乱停车",
        f"小区乱停车，第{number}次",
        "是",
        rated,
    ]


def test_later_row_of_a_ticket_wins(tmp_path: Path) -> None:
    first = write(
        tmp_path / "a.csv",
        [
            ticket(1, "2024-01-01 08:00", "", rated=""),
            ticket(2, "2024-01-02 08:00", "2024-01-05 08:00", rated="一般"),
            ticket(3, "2024-01-03 08:00"),
        ],
    )
    second = write(
        tmp_path / "b.csv",
        [
            ticket(1, "2024-01-01 08:00", "2024-01-04 08:00", rated="满意"),  # closed now: newer than open
            ticket(2, "2024-01-02 08:00", "2024-01-03 08:00", rated="不满意"),  # closed earlier: older
            ticket(3, "2024-01-03 08:00", rated="基本满意"),  # both open: the later file
        ],
    )
    tickets = hs.load([first, second])
    found = tickets.frame.set_index("ticket_id")["satisfaction"].astype(str).to_dict()
    assert found == {"T1": "satisfied", "T2": "neutral", "T3": "mostly_satisfied"}
    assert [(f.rows_in, f.kept, f.duplicates) for f in tickets.intake.files] == [(3, 1, 2), (3, 2, 1)]
    assert tickets.intake.rows_in == tickets.intake.kept + tickets.intake.duplicates == 6
    older = tickets.intake.findings
    assert list(older["code"]) == ["duplicate-ticket"] * 3
    assert list(zip(older["file"], older["row"], strict=True)) == [("a.csv", 2), ("a.csv", 4), ("b.csv", 3)]


def test_tickets_that_differ_only_in_their_id_are_different(tmp_path: Path) -> None:
    rows = [["T1", *ticket(0, "2024-01-01")[1:]], ["T2", *ticket(0, "2024-01-01")[1:]]]
    assert hs.load(write(tmp_path / "a.csv", rows)).intake.duplicates == 0


def test_rows_without_an_id_are_all_counted(tmp_path: Path) -> None:
    rows = [
        ["", *ticket(0, "2024-01-01")[1:]],
        ["-", *ticket(0, "2024-01-01")[1:]],
        ["2.024E+13", *ticket(0, "2024-01-02")[1:]],
    ]
    intake = hs.load(write(tmp_path / "a.csv", rows)).intake
    assert (intake.kept, intake.duplicates) == (3, 0)
    assert intake.codes == {"damaged-id": 1, "no-id": 2}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_batches_change_nothing(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ticket(
            i % 400, f"2024-{i % 400 % 12 + 1:02d}-{i % 400 % 28 + 1:02d} 08:00", f"2025-01-{i % 9 + 1:02d}"
        )
        for i in range(600)
    ]
    rows[37][1] = "2024-02-30"
    rows[111] = ["合计", "600", *[""] * 8]
    rows[250][7] = "两行\n文字，乱停车"
    path = write(tmp_path / "a.csv", rows, encoding)
    whole = hs.load(path)
    monkeypatch.setattr(delimited, "BLOCKS", (3000, 1 << 20))
    parts = hs.load(path)
    pd.testing.assert_frame_equal(whole.facts.frame, parts.facts.frame)
    pd.testing.assert_frame_equal(whole.frame, parts.frame)
    pd.testing.assert_frame_equal(whole.intake.findings, parts.intake.findings)
    assert whole.intake.rows_in == 600 == whole.intake.kept + whole.intake.rejected + whole.intake.duplicates
    assert whole.intake.rejected == 2


def test_order_of_files_changes_only_ties(tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", [ticket(i, f"2024-01-{i:02d}", "2024-02-01") for i in range(1, 20)])
    two = write(tmp_path / "b.csv", [ticket(i, f"2024-01-{i:02d}", "2024-02-02") for i in range(10, 29)])
    forth, back = hs.load([one, two]), hs.load([two, one])
    key = "ticket_id"
    a, b = (t.frame.sort_values(key, ignore_index=True) for t in (forth, back))
    pd.testing.assert_frame_equal(a, b)


def test_facts(tmp_path: Path) -> None:
    rows = [
        ticket(1, "2024-01-01 08:00", "2024-01-02 20:00", due="2024-01-02"),  # due all of that day
        ticket(2, "2024-01-01 08:00", "2024-01-03 00:00", due="2024-01-02"),
        ticket(3, "2024-01-01 08:00", "2024-01-02 09:00", due="2024-01-02 08:59"),
        ticket(4, "2024-01-01 08:00", "", due="2024-01-02"),  # open
        ticket(5, "2024-01-01 08:00", "2024-01-01", due="2024-01-02"),  # closed that day, hour unknown
        ticket(6, "2024-01-02 08:00", "2024-01-01 08:00", due="2024-01-02"),  # closed before accepted
    ]
    tickets = hs.load(write(tmp_path / "a.csv", rows))
    facts = tickets.facts.frame
    assert facts["on_time"].to_list()[:3] == [True, False, False]
    assert facts["on_time"].isna().to_list() == [False, False, False, True, False, True]
    assert facts["handling_hours"].to_list()[:3] == [36.0, 40.0, 25.0]
    assert np.isnan(facts["handling_hours"][3]) and facts["handling_hours"][4] == 0.0
    assert np.isnan(facts["handling_hours"][5])
    assert tickets.intake.codes == {"closed-before-accepted": 1}
    assert set(facts["type"]) == {"parking"}
    assert (facts["labels"] & (1 << tickets.facts.types.ids.index("parking")) > 0).all()
    assert not {"title", "content", "标题", "内容描述"} & set(tickets.frame.columns)


def test_header_only_file_among_others(tmp_path: Path) -> None:
    good, empty = write(tmp_path / "a.csv", [ticket(1, "2024-01-01")]), write(tmp_path / "b.csv", [])
    with pytest.raises(InputError) as error:
        hs.load([good, empty])
    assert error.value.code == "header-only" and "b.csv" in str(error.value)


def test_progress_tells_every_row(tmp_path: Path) -> None:
    told: list[int] = []
    hs.load(write(tmp_path / "a.csv", [ticket(i, "2024-01-01") for i in range(50)]), progress=told.append)
    assert sum(told) == 50


def test_sources_agree(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [ticket(i, f"202{3 + i % 2}-01-{i % 28 + 1:02d}") for i in range(60)])
    tickets = hs.load(path)
    expected = hs.compare(path).to_dict()
    assert hs.compare(tickets).to_dict() == hs.compare(tickets.facts).to_dict() == expected
    assert hs.compare(tmp_path).to_dict() == hs.compare(str(tmp_path / "*.csv")).to_dict() == expected


def test_a_repeat_on_another_day_is_told(tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", [ticket(1, "2024-01-05"), ticket(2, "2024-01-05")])
    two = write(tmp_path / "b.csv", [ticket(1, "2024-01-05"), ticket(2, "2024-01-09")])
    intake = hs.load([one, two]).intake
    assert intake.codes == {"duplicate-other-day": 1, "duplicate-ticket": 1}
    assert (intake.kept, intake.duplicates) == (2, 2)


def test_running_numbers_are_no_ids(tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"{m}.csv", [ticket(i, f"2024-{m:02d}-{i % 28 + 1:02d}") for i in range(30)])
        for m in (1, 2)
    ]
    with pytest.raises(InputError) as error:
        hs.load(files)
    assert error.value.code == "ids-repeat" and "30" in str(error.value)
