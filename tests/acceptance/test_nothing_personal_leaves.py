"""No name, phone, address, title or content of the sample tickets stands in anything that the program puts out.

Charts as PNG hold no text to search; the same charts as SVG, with their descriptions, are searched.
"""

import csv
import html
import io
import json
from pathlib import Path

import pytest
from acceptance_program import Made, Said, program, programs
from acceptance_samples import EXPORTS, RawFile, raw_files
from personal_values import leaks, needles, readable

BY = (
    "type", "group", "category", "month", "district", "street", "station", "grid", "community", "estate", "unit",
    "request-type", "channel",
)  # fmt: skip
FORMS = ("table", "json", "csv", "md")


def silent(said: Said, what: str) -> None:
    for stream in (said.stdout, said.stderr):
        assert not leaks(stream.decode("utf-8")), what


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


def test_export(tmp_path: Path) -> None:
    said = program("export", EXPORTS, "--month", "2024-12", "--out", tmp_path / "monthly", cwd=tmp_path)
    assert said.code == 0, said.text
    silent(said, "export")
    files = searched(tmp_path / "monthly")
    assert {"2024-12/tables/estate.csv", "2024-12/tables/estate.parquet", "2024-12/report.json"} < set(files)


# Errors and findings about files that are not as they should be


def written(path: Path, rows: list[list[str]], encoding: str = "gb18030") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def some_rows(file: RawFile) -> list[list[str]]:
    return [list(row) for _, row in file.rows[:400]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_without_a_header(encoding: str, tmp_path: Path) -> None:
    """The first row of such a file is a ticket: the error must not quote it as a header that is not known."""
    path = written(tmp_path / "export.csv", some_rows(raw_files()[3]), encoding)
    runs: list[tuple[object, ...]] = [(c, path) for c in ("report", "check", "classify", "compare")]
    runs.append(("export", path, "--month", "2024-12", "--out", tmp_path / "out"))
    for run, said in zip(runs, programs(*runs, cwd=tmp_path), strict=True):
        assert said.code == 3 and said.stderr, said.text
        silent(said, str(run[0]))


def shifted(header: list[str], rows: list[list[str]], way: str) -> list[list[str]]:
    """The same table, its cells no longer under their headers."""
    at = header.index("联系人")
    if way == "header-lacks-title":
        return [[h for h in header if h != "诉求标题"], *rows]
    if way == "cell-lost":
        return [header, *(r[: at - 2] + r[at - 1 :] for r in rows)]
    if way == "comma-unquoted":
        return [header, *([*r[: at - 1], "", *r[at - 1 :]] for r in rows)]
    under = {"先行联系": "联系电话", "满意度": "联系人", "办结时间": "诉求地址", "结案评判": "诉求标题"}
    names = dict(under) | {old: new for new, old in under.items()}
    return [[names.get(h, h) for h in header], *rows]


@pytest.mark.parametrize(
    "way", ["header-lacks-title", "cell-lost", "comma-unquoted", "headers-in-another-order"]
)
def test_columns_that_are_shifted(way: str, tmp_path: Path) -> None:
    """Names, phones and addresses under the headers of flags, times and ratings: what is said about such rows,
    on the terminal and in findings.csv, names the row and column, never the cell."""
    file = raw_files()[3]
    path = written(tmp_path / "export.csv", shifted(list(file.header), some_rows(file), way))
    runs: list[tuple[object, ...]] = [("check", path, "--format", f) for f in ("table", "csv", "json")]
    runs.append(("report", path, "--out", tmp_path / "report"))
    said = programs(*runs, cwd=tmp_path)
    for run, spoken in zip(runs, said, strict=True):
        assert spoken.code in (0, 1, 3), spoken.text
        silent(spoken, str(run[-1]))
    findings = tmp_path / "report" / "findings.csv"
    assert not findings.exists() or not leaks(readable(findings))
