"""One comparison in four formats."""

import csv
import io
import json

import pytest
import report_data as data
from rich.cells import cell_len

from hotline_stats.reports.tables import CSV_COLUMNS, render


def test_csv_holds_the_unrounded_rows_and_no_total(results):
    text = render(results.types, "csv", "zh")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.endswith("\n") and "\r" not in text
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [r["key"] for r in rows] == list(results.types.types.ids)
    assert sum(int(r["current"]) for r in rows) == results.types.total["current"]
    first = results.types.row("illegal_construction")
    assert rows[0]["name"] == "违法搭建"
    assert float(rows[0]["change_pct"]) == first["change_pct"] == pytest.approx(-33.6)
    assert float(rows[0]["low_pct"]) == first["low_pct"]


def test_a_ratio_without_value_is_an_empty_cell():
    frame = data.facts().frame
    now = data.results(data.typed(frame[frame["accepted"] >= "2024-01-01"].reset_index(drop=True)))
    row = next(csv.DictReader(io.StringIO(render(now.types, "csv", "zh"))))
    assert row["change_pct"] == row["low_pct"] == "" and row["status"] == "incomplete"
    lines = render(now.types, "md", "zh").splitlines()
    assert lines[2] == "| 问题类型 | 2024年 | 占比 |"
    assert lines[4] == "| 违法搭建 | 332 | 6.1% |"  # 332 of 5,434


def test_json_is_that_of_the_result(results):
    assert json.loads(render(results.types, "json", "en")) == results.types.to_dict("en")


def test_text_is_aligned_in_terminal_columns(results):
    lines = render(results.types, "table", "zh").splitlines()
    assert lines[0] == "2024-01-01—2024-12-31，对比2023-01-01—2023-12-31"
    head = next(i for i, line in enumerate(lines) if line.startswith("问题类型"))
    rules = [i for i, line in enumerate(lines) if i > head and set(line) == {"-"}][:2]
    body = [line for line in lines[rules[0] + 1 : rules[1] + 2] if set(line) != {"-"}]
    assert len(body) == len(data.TYPES) + 1
    end = cell_len(lines[head][: lines[head].index("2024年") + len("2024年")])
    for line, value in zip(body, [*(t[4] for t in data.TYPES), 5434], strict=True):
        before = ""
        for char in line:
            if cell_len(before) == end:
                break
            before += char
        assert before.endswith(f"{value:,}"), line
    assert not any(line.endswith(" ") for line in lines)
    assert any(line.startswith("注：") for line in lines)


def test_groups_stand_apart(results):
    text = render(results.types, "table", "en")
    table, groups = text.split("\n\n")[1:3]
    assert "Eight headline problems" not in table and "Eight headline problems" in groups
    assert "Total" in table and "Total" not in groups


def test_markdown(results):
    lines = render(results.types, "md", "zh").splitlines()
    assert lines[2] == "| 问题类型 | 2023年 | 2024年 | 增减 | 增减幅度 | 判断 | 变化区间 |"
    assert lines[3] == "| --- | ---: | ---: | ---: | ---: | --- | ---: |"
    assert lines[4].startswith("| 违法搭建 | 500 | 332 | −168 | −33.6% | 下降 | ")


def test_a_selection_is_named_once_and_by_names(results):
    from dataclasses import replace

    where = (("type", "parking"), ("request-type", "投诉"))
    line = render(replace(results.types, where=where), "table", "zh").splitlines()[0]
    assert line == "2024-01-01—2024-12-31，对比2023-01-01—2023-12-31（只计问题类型＝停车难、诉求类型＝投诉）"


def test_english_rows_of_request_types(results):
    names = [r["name"] for r in csv.DictReader(io.StringIO(render(results.by["request_type"], "csv", "en")))]
    assert names == ["complaint (投诉)", "request for help (求助)", "enquiry (咨询)"]
