"""Repeats that stay when asked, update times, and reminders counted with the tickets they mean."""

import csv
from pathlib import Path

import pytest

import hotline_stats as hs
from hotline_stats.errors import UsageError
from hotline_stats.model.tickets import CLEAN_SCHEMA

HEAD = [
    "工单编号",
    "受理时间",
    "办结时间",
    "更新时间",
    "工单类型",
    "标题",
    "内容描述",
    "满意度",
    "重复工单号",
]


def row(number: str, **changed: str) -> list[str]:
    plain = dict.fromkeys(HEAD, "") | {
        "工单编号": number, "受理时间": "2024-01-05 08:00", "工单类型": "投诉", "标题": "乱停车", "内容描述": "小区乱停车",
    }  # fmt: skip
    return [(plain | changed)[h] for h in HEAD]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def rated(path: Path) -> list[str]:
    return hs.load(path).frame["satisfaction"].astype(str).to_list()


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        # closed, updated of each row; which row counts
        (("2024-01-06", ""), ("2024-01-07", ""), "second"),
        (("2024-01-07", ""), ("2024-01-06", ""), "first"),
        (("2024-01-06", "2024-01-10"), ("2024-01-07", "2024-01-08"), "first"),
        (("2024-01-06", "2024-01-08"), ("2024-01-07", ""), "first"),
        (("2024-01-09", "2024-01-06"), ("2024-01-07", "2024-01-08"), "first"),
        (("2024-01-07", ""), ("", "2024-01-09"), "second"),  # opened again
        (("", "2024-01-06"), ("", ""), "first"),
        (("", ""), ("", ""), "second"),
        (("2024-01-07", "2024-01-06"), ("2024-01-06", "2024-01-07"), "second"),
    ],
)
def test_the_row_closed_or_updated_last_counts(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str], counts: str
) -> None:
    rows = [
        row("T1", 办结时间=c, 更新时间=u, 满意度=rating)
        for (c, u), rating in ((first, "满意"), (second, "不满意"))
    ]
    assert rated(write(tmp_path / "a.csv", rows)) == [
        {"first": "satisfied", "second": "dissatisfied"}[counts]
    ]


def test_repeats_stay_when_asked_and_are_told(tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", [row("T1"), row("T2"), row("")])
    two = write(tmp_path / "b.csv", [row("T1", 办结时间="2024-01-06"), row("T1"), row("催", 工单类型="催单")])
    settled = hs.load([one, two]).intake
    kept = hs.load([one, two], settings=hs.config(intake__dedupe="none"))
    assert (settled.raw, settled.net, settled.kept, settled.duplicates) == (5, 3, 3, 2)
    intake = kept.intake
    assert (intake.raw, intake.net, intake.kept, intake.duplicates, intake.rejected) == (5, 5, 5, 0, 1)
    assert intake.rows_in == intake.kept + intake.rejected + intake.duplicates == 6
    assert int(kept.facts.frame["n"].sum()) == len(kept.frame) == 5
    found = intake.findings.query("code == 'repeat-kept'")
    assert list(zip(found["file"], found["row"], strict=True)) == [("a.csv", 2), ("b.csv", 3)]
    said = intake.to_dict()
    assert (said["raw"], said["net"], said["dedupe"]) == (5, 5, "none")


def test_a_wrong_wish_is_refused() -> None:
    with pytest.raises(UsageError):
        hs.config(intake__dedupe="oldest")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_says_which_rule_it_used(tmp_path: Path, lang: str) -> None:
    rows = [row(f"T{i % 20}", 受理时间=f"202{3 + i % 2}-01-{i % 28 + 1:02d}") for i in range(20)]
    path = write(tmp_path / "a.csv", [*rows, rows[0], row("C1", 工单类型="催单", 重复工单号="T3")])
    pages = {}
    for dedupe in ("newest", "none"):
        settings = hs.config(intake__dedupe=dedupe, report__lang=lang)
        report = hs.report(path, settings=settings)
        report.write(tmp_path / dedupe)
        pages[dedupe] = (tmp_path / dedupe / "report.html").read_text("utf-8")
        intake = report.to_dict()["intake"]
        assert (intake["reminders"], intake["reminded_tickets"], intake["raw"]) == (1, 1, 21)
    words = {
        "zh": (
            ("去重前21件，去重后20件。", "最新的一条为准"),
            ("21件中有1件是同一工单的旧记录", "未去重，同一工单的多条"),
        ),
        "en": (
            ("settled: 21; after: 20.", "the one closed or updated last counts"),
            ("1 of the 21 rows", "each row of a ticket counts"),
        ),
    }[lang]
    for dedupe, said in zip(("newest", "none"), words, strict=True):
        assert all(w in pages[dedupe] for w in said), dedupe
    assert not any(w in pages["newest"] for w in words[1])


def test_reminders_count_with_their_tickets(tmp_path: Path) -> None:
    one = write(
        tmp_path / "a.csv",
        [
            row("T1"),
            row("T2"),
            row("T3", 重复工单号="T1", 内容描述="又乱停车，催办多次"),  # a ticket that names another
            row("C1", 工单类型="催单", 重复工单号="T1"),
            row("C2", 重复工单号="T1", 标题="【催单】乱停车"),
            row("C3", 重复工单号='="T4"', 内容描述=" 补充诉求：还有电动车"),  # in the other file
            row("T2", 工单类型="催办"),  # the ticket's own id
            row("T5", 标题="催单没有人理"),  # names no ticket: a ticket
        ],
    )
    two = write(
        tmp_path / "b.csv",
        [
            row("T4"),
            row("T4"),
            row("C1", 工单类型="催单", 重复工单号="T1"),  # the same reminder in another export
            row("C4", 工单类型="补充件", 重复工单号="X9"),
            row("C5", 工单类型="催单"),
        ],
    )
    tickets = hs.load([one, two])
    counts = tickets.frame.set_index("ticket_id")["reminders_n"].to_dict()
    assert counts == {"T1": 2, "T2": 1, "T3": 0, "T4": 1, "T5": 0}
    intake = tickets.intake
    assert intake.codes["reminder"] == 7 and intake.rejected == 7
    orphans = intake.findings.query("code == 'reminder-orphan'")
    assert list(zip(orphans["file"], orphans["row"], strict=True)) == [("b.csv", 5), ("b.csv", 6)]
    assert intake.reminders == 6 and intake.kept == 5


def test_reminders_without_columns_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("受理时间,工单类型\n2024-01-05,投诉\n2024-01-06,催单\n", encoding="utf-8")
    tickets = hs.load(path)
    assert tickets.intake.codes == {"no-text-column": 1, "reminder": 1, "reminder-orphan": 1}
    assert list(tickets.frame["reminders_n"]) == [0]


def test_classify_writes_every_row_unless_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [row("T1"), row("T2"), row("T1", 办结时间="2024-01-06")])
    assert list(hs.classify(path).read_pandas()["ticket_id"]) == ["T1", "T2", "T1"]
    settled = hs.classify(path, settings=hs.config(intake__dedupe="newest")).read_pandas()
    assert list(zip(settled["ticket_id"], settled["办结时间"], strict=True)) == [
        ("T2", ""),
        ("T1", "2024-01-06"),
    ]


def test_update_times_are_a_column(tmp_path: Path) -> None:
    frame = hs.load(write(tmp_path / "a.csv", [row("T1", 更新时间="2024年1月6日")])).frame
    assert str(frame["updated_at"][0]) == "2024-01-06 00:00:00"
    assert {"updated_at", "caller"} <= set(CLEAN_SCHEMA.names) and "caller" not in frame
