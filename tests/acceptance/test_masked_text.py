"""`classify --keep-text` writes texts, and in them no number, name or door of the sample tickets."""

import csv
import io
import re
from pathlib import Path

from acceptance_program import programs
from acceptance_samples import EXPORTS, NAMES, raw_files

import hotline_stats as hs

TEXTS = ("标题", "内容描述", "诉求标题", "诉求内容")


def test_texts_are_there_and_nobody_is_in_them(tmp_path: Path) -> None:
    plain, masked = programs(("classify", EXPORTS), ("classify", EXPORTS, "--keep-text"), cwd=tmp_path)
    assert plain.code == masked.code == 0
    rows = list(csv.DictReader(io.StringIO(masked.stdout.decode("utf-8-sig"), newline="")))
    texts = "\n".join(r[t] for r in rows for t in TEXTS)
    assert len(texts) > 500_000 and not set(TEXTS) & set(
        plain.stdout.decode("utf-8-sig").splitlines()[0].split('","')
    )
    assert not re.search(r"1[3-9]\d{9}", texts) and texts.count("[电话]") > 100
    assert not re.search(r"\d号\d{3,4}室", texts)
    names = {n for f in raw_files() for n in f.under(NAMES)}
    assert not [
        n for n in names if re.fullmatch(r"[\u4e00-\u9fff]{1,3}(先生|女士|阿姨|某某?)", n) and n in texts
    ]
    phones = [h for h in rows[0] if h in ("联系电话", "来电号码", "联系人", "来电人", "诉求地址", "发生地址")]
    assert phones == []
    assert "标题" not in masked.stderr.decode("utf-8") and "标题" in plain.stderr.decode("utf-8")


def test_the_program_writes_what_the_api_gives(tmp_path: Path) -> None:
    (said,) = programs(("classify", EXPORTS, "--keep-text", "--format", "jsonl"), cwd=tmp_path)
    frame = hs.classify(EXPORTS, keep_text=True).read_pandas()
    assert said.stdout.decode("utf-8") == frame.to_json(orient="records", lines=True, force_ascii=False)


def test_the_text_of_a_row_whose_cells_may_be_shifted_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "工单编号,受理时间,标题,内容描述,联系人,联系电话\n"
        "A1,2024-01-05,乱停车,小区乱停车,张三,15400001234\n"
        "A2,2024-01-05,乱停车,赵六七,15400001234\n",
        encoding="utf-8",
    )
    rows = hs.classify(path, keep_text=True).read_pandas()
    assert list(rows["内容描述"]) == ["小区乱停车", ""] and list(rows["标题"]) == ["乱停车", ""]
