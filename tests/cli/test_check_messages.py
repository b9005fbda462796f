"""What `check` says of common defects, word for word, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

DEFECTS = Path(__file__).parents[2] / "data" / "samples" / "defects"
REFUSED = {
    "broken_byte_in_gb18030.csv": (
        "错误: broken_byte_in_gb18030.csv：自第 4 行起，共 1 行有不属于 utf-8 / gb18030 编码的字节（第 4 行）。\n"
        "提示: 请重新导出；若只是个别字损坏，用 --encoding 指明编码即可读取，这些字显示为 �，所在各行会列出。\n",
        "Error: broken_byte_in_gb18030.csv: from line 4 on, 1 lines hold bytes that are not utf-8 / gb18030 (lines 4).\n"
        "Hint: Export it again. If a few characters are damaged, name the encoding with --encoding: they are read as � "
        "and their rows listed.\n",
    ),
    "unclosed_quote_in_middle.csv": (
        "错误: unclosed_quote_in_middle.csv：第 3 行有未闭合的引号，其后的行无法分辨。\n"
        "提示: 请重新导出，或补上该行的引号。\n",
        "Error: unclosed_quote_in_middle.csv: a quote opened at line 3 is never closed; the rows after it cannot be "
        "told apart.\nHint: Export the file again, or close the quote on that line.\n",
    ),
    "header_lacks_a_name.csv": (
        "错误: header_lacks_a_name.csv：表头只有 7 格，各行却有 8 格，且多出的格里有内容（如第 2 行），列已错位。\n"
        "提示: 请补全表头后再读取。\n",
        "Error: header_lacks_a_name.csv: the header has 7 cells, the rows have 8, and what is beyond the header is not "
        "blank (as in line 2): columns are shifted.\nHint: Complete the header, then read the file again.\n",
    ),
    "no_accepted_time.csv": (
        "错误: no_accepted_time.csv：前 5 行里没有工单的表头，须有“受理时间”或同义的一列。认得出的列：工单编号、办结时间、"
        "诉求类型、内容描述、联系人、联系电话、满意度。\n"
        "提示: 请确认这是工单导出文件，各格以逗号、制表符或分号分隔，且有表头；若用的是别的表头，请用 --mapping 说明各列含义（见 docs/mapping.md）。\n",
        "Error: no_accepted_time.csv: no header of tickets in the first 5 rows: it must have a column like 受理时间. "
        "Known columns found: 工单编号、办结时间、诉求类型、内容描述、联系人、联系电话、满意度.\n"
        "Hint: Make sure that this is an export of tickets with its header, its cells parted by commas, tabs or "
        "semicolons. If its headers are others, say with --mapping what they mean (docs/mapping.md).\n",
    ),
    "nul_bytes.csv": (
        "错误: nul_bytes.csv：不是文本表格，也不是 Excel 工作簿。\n"
        "提示: 请导出为 CSV 或 .xlsx；如是 UTF-16 文本，请加 --encoding utf-16-le。\n",
        "Error: nul_bytes.csv: neither a text table nor an Excel workbook.\n"
        "Hint: Export it as CSV or .xlsx; for text in UTF-16 add --encoding utf-16-le.\n",
    ),
    "empty.csv": (
        "错误: empty.csv：文件是空的。\n提示: 请重新导出。\n",
        "Error: empty.csv: the file is empty.\nHint: Export it again.\n",
    ),
    "header_only.csv": (
        "错误: header_only.csv：只有表头，没有工单。\n提示: 请检查导出条件。\n",
        "Error: header_only.csv: a header and no tickets.\nHint: Check what was exported.\n",
    ),
}
"""File → what is said in Chinese and in English."""
FOUND = {
    "dates_day_first.csv": (
        (
            "读入 4 行 = 采用 1 + 未采用 3 + 重复 0",
            "bad-date  不采用     3  受理时间无法识别（须为年月日顺序）",
        ),
        (
            "4 rows in = 1 kept + 3 rejected + 0 duplicates",
            "bad-date  reject       3  accepted time not understood (year, month, day is expected)",
        ),
    ),
    "reminders.csv": (
        (
            "表头在第 1 行",
            "reminder         不采用     3  催单或补充件，指向另一工单，不另计件",
            "reminder-orphan  提醒       3  催单或补充件所指的工单不在所读文件中",
        ),
        (
            "header in row 1",
            "reminder         reject       3  a reminder that refers to another ticket; not counted as a ticket",
            "reminder-orphan  warning      3  a reminder whose ticket is not in the files read",
        ),
    ),
    "ids_scientific.csv": (
        ("合计：读入 4 行", "damaged-id  提醒     3  工单编号已成科学计数法，编号丢失，无法查重"),
        (
            "In all: 4 rows in",
            "damaged-id  warning      3  the ticket id is in scientific notation and lost; repeats cannot be seen",
        ),
    ),
    "xlsx_title_rows.xlsx": (
        ("工作表“工单”，表头在第 3 行", "total-row  不采用     1  合计行，不是工单"),
        ("sheet 工单, header in row 3", "total-row  reject       1  a row of totals, not a ticket"),
    ),
    "all_rows_void.csv": (
        ("识别的列：工单编号 → ticket_id、受理时间 → accepted_at", "void  不采用     3  作废或退单"),
        (
            "columns: 工单编号 → ticket_id, 受理时间 → accepted_at",
            "void     reject       3  void or returned",
        ),
    ),
}
LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("file", REFUSED)
@pytest.mark.parametrize("at", [0, 1], ids=LANGUAGES)
def test_a_file_that_is_refused(
    file: str, at: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTLINE_STATS_LANG", LANGUAGES[at])
    said = run("check", DEFECTS / file)
    assert (said.exit_code, said.stdout, said.stderr) == (3, "", REFUSED[file][at])


@pytest.mark.parametrize("file", FOUND)
@pytest.mark.parametrize("at", [0, 1], ids=LANGUAGES)
def test_rows_that_are_wrong(file: str, at: int, run: Callable[..., Result]) -> None:
    said = run("check", DEFECTS / file, "--lang", LANGUAGES[at])
    assert said.exit_code == (3 if file == "all_rows_void.csv" else 1)
    for words in FOUND[file][at]:
        assert words in said.stdout
