"""No name, phone, address, title or content of the sample tickets stands in anything that the program puts out.

Charts as PNG hold no text to search; the same charts as SVG, with their descriptions, are searched.
"""

import csv
import html
import io
import json
from pathlib import Path

import pytest
from acceptance_program import Made, program, programs
from acceptance_samples import EXPORTS, raw_files
from personal_values import leaks, needles, readable, silent

BY = (
    "type", "group", "category", "month", "district", "street", "station", "grid", "community", "estate", "unit",
    "request-type", "channel",
)  # fmt: skip
FORMS = ("table", "json", "csv", "md")


def searched(directory: Path) -> list[str]:
    """Assert that no file of a folder tells; the names of the files read."""
    files = [p for p in sorted(directory.rglob("*")) if p.is_file() and p.suffix != ".png"]
    for path in files:
        assert not leaks(readable(path)), path.name
    return [p.relative_to(directory).as_posix() for p in files]


# The search itself


@pytest.mark.parametrize("kind", ["name", "phone", "address", "title", "content"])
def test_the_search_would_find_one_of_each(kind: str) -> None:
    value = next(v for v, k in needles().items() if k == kind and len(v) > 2)
    cell = io.StringIO()
    csv.writer(cell).writerow([f'a "quoted" line\n{value}', value])
    for text in (
        value,
        html.escape(f"<p>{value}</p>"),
        json.dumps({"found": f"x\n{value}"}, ensure_ascii=False),
        cell.getvalue(),
    ):
        assert (kind, value) in leaks(text)
    assert not leaks("12345热线工单同比分析报告")


def test_the_search_would_find_every_ticket() -> None:
    """Whatever part of a content were quoted, from start, middle or end: it is searched for."""
    file = raw_files()[1]
    for content in file.cells("content"):
        assert len(content) < 12 or leaks(content)


# What the program puts out


def test_report(made: Made) -> None:
    files = searched(made.directory)
    assert {"report.html", "report.json", "findings.csv", "manifest.json"} < set(files)
    assert sum(f.startswith("charts/") and f.endswith(".svg") for f in files) >= 5
    silent(made.said, "report")


def test_compare_by_everything(tmp_path: Path) -> None:
    runs = [("compare", EXPORTS, "--by", by, "--format", FORMS[i % 4]) for i, by in enumerate(BY)]
    for by, said in zip(BY, programs(*runs, cwd=tmp_path), strict=True):
        assert said.code == 0 and said.stdout, (by, said.text)
        silent(said, by)


def test_check_in_every_form(tmp_path: Path) -> None:
    forms = ("table", "csv", "json")
    for form, said in zip(
        forms, programs(*(("check", EXPORTS, "--format", f) for f in forms), cwd=tmp_path), strict=True
    ):
        assert said.code == 1 and said.stdout, (form, said.text)
        silent(said, form)


def test_classify_in_every_form(tmp_path: Path) -> None:
    places = {form: tmp_path / f"typed.{form}" for form in ("csv", "jsonl", "parquet")}
    runs = [("classify", EXPORTS, "--format", form, "-o", place) for form, place in places.items()]
    for (form, place), said in zip(places.items(), programs(*runs, cwd=tmp_path), strict=True):
        assert said.code == 0, said.text
        silent(said, form)
        text = readable(place)
        assert "type_primary" in text and raw_files()[0].cells("ticket_id")[0] in text
        assert not leaks(text), form


def test_evidence_is_words_of_the_rules_not_what_stands_between_them(tmp_path: Path) -> None:
    """A rule of two words that stand near each other must not quote the person between them."""
    path = tmp_path / "export.csv"
    path.write_text(
        "工单编号,受理时间,标题,内容描述\n"
        "A1,2024-01-05 08:03:09,情况反映,装修，业主赵某某15400001234说噪声扰民\n"
        "A2,2024-01-05 08:03:09,情况反映,垃圾堆成山，找张女士15400005678要求清运\n",
        encoding="utf-8",
    )
    (said,) = programs(("classify", path, "--format", "jsonl"), cwd=tmp_path)
    rows = [json.loads(line) for line in said.stdout.decode("utf-8").splitlines()]
    assert [r["type_primary"] for r in rows] == ["noise", "sanitation"]
    assert all(r["type_evidence"] for r in rows)
    for value in ("赵某某", "15400001234", "业主", "张女士", "15400005678"):
        assert value not in said.text


def test_export(tmp_path: Path) -> None:
    said = program("export", EXPORTS, "--month", "2024-12", "--out", tmp_path / "monthly", cwd=tmp_path)
    assert said.code == 0, said.text
    silent(said, "export")
    files = searched(tmp_path / "monthly")
    assert {"2024-12/tables/estate.csv", "2024-12/tables/estate.parquet", "2024-12/report.json"} < set(files)
