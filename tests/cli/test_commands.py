"""Each command says what the API says."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

import hotline_stats as hs

Run = Callable[..., Result]


@pytest.mark.parametrize("by", ["type", "group", "month", "community", "unit", "request-type"])
def test_compare_json_is_the_api(by: str, run: Run, export: Path) -> None:
    done = run("compare", export, "--by", by, "--format", "json", "--quiet")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(json.dumps(hs.compare(export, by).to_dict("zh")))


def test_compare_counts(run: Run, export: Path) -> None:
    found = json.loads(run("compare", export, "--format", "json").stdout)
    assert found["schema"] == "hotline-stats/compare/1"
    assert set(found) == {"schema", "period", "baseline", "by", "where", "rows", "total", "groups", "notes"}
    assert found["period"] == {"label": "2024", "start": "2024-01-01", "end": "2024-12-31"} or found["notes"]
    rows = {r["key"]: r for r in found["rows"]}
    assert (rows["parking"]["baseline"], rows["parking"]["current"]) == (4 * 12, 3 * 12)
    assert rows["parking"]["change_pct"] == pytest.approx(-25.0)
    assert (rows["illegal_construction"]["baseline"], rows["illegal_construction"]["current"]) == (24, 12)
    assert (found["total"]["baseline"], found["total"]["current"]) == (7 * 12, 5 * 12)
    assert set(rows["parking"]) == {
        "key", "name", "current", "baseline", "change", "change_pct", "low_pct", "high_pct", "p", "calendar_pct",
        "status", "verdict",
    }  # fmt: skip


def test_compare_csv_file_opens_in_excel(run: Run, export: Path) -> None:
    assert run("compare", export, "--format", "csv", "-o", "table.csv").exit_code == 0
    raw = Path("table.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert {r["key"]: r["current"] for r in rows}["parking"] == "36"


def test_compare_where_and_period(run: Run, export: Path) -> None:
    arguments = ("compare", export, "--format", "json", "--period", "2024Q1", "--where", "type=停车难")
    found = json.loads(run(*arguments).stdout)
    assert (found["total"]["baseline"], found["total"]["current"]) == (12, 9)
    assert found["where"] == [{"column": "type", "value": "parking"}]


def test_compare_from_standard_input(run: Run, export: Path) -> None:
    done = run("compare", "-", "--format", "json", input=export.read_bytes())
    assert json.loads(done.stdout)["total"]["current"] == 60


def test_report_json_is_the_api(run: Run, export: Path) -> None:
    done = run("report", export, "--out", "out", "--lang", "en")
    assert done.exit_code == 0, done.output
    made = json.loads(Path("out/report.json").read_text("utf-8"))
    api = hs.report(export, settings=hs.config(report__lang="en")).to_dict()
    api["provenance"] = made["provenance"]  # the origin of `lang` differs: an option here, a value there
    assert made == json.loads(json.dumps(api))
    assert made["intake"]["rows_in"] == 144 == made["intake"]["kept"]
    names = {p.relative_to("out").as_posix() for p in Path("out").rglob("*") if p.is_file()}
    assert {"report.html", "report.json", "manifest.json", "findings.csv"} <= names
    assert {n.rpartition(".")[2] for n in names if n.startswith("charts/")} == {"png", "svg"}


def test_report_is_the_same_bytes_again(run: Run, export: Path) -> None:
    for place in ("a", "b"):
        assert run("report", export, "--out", place, "--quiet").exit_code == 0
    ours = {p.relative_to("a"): p.read_bytes() for p in Path("a").rglob("*") if p.is_file()}
    again = {p.relative_to("b"): p.read_bytes() for p in Path("b").rglob("*") if p.is_file()}
    assert ours == again


def test_classify(run: Run, export: Path) -> None:
    done = run("classify", export, "--quiet")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 144
    assert list(rows[0])[-5:] == ["ticket_id", "type_primary", "type_labels", "type_evidence", "type_margin"]
    assert rows[0]["type_primary"] == "parking" and rows[0]["type_labels"].startswith("parking")
    assert rows[0]["type_evidence"] and 0 <= float(rows[0]["type_margin"]) <= 1
    assert not {"标题", "内容描述", "联系人", "联系电话"} & set(rows[0])
    assert "1990000" not in done.stdout and "张某某" not in done.stdout


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_classify_forms_agree(form: str, run: Run, export: Path) -> None:
    assert run("classify", export, "--format", form, "-o", "typed").exit_code == 0
    read = {"csv": pd.read_csv, "jsonl": lambda p: pd.read_json(p, lines=True), "parquet": pd.read_parquet}[
        form
    ]
    frame = read("typed")
    expected = hs.classify(export).read_pandas()
    assert list(frame["type_primary"]) == list(expected["type_primary"])
    assert list(frame["type_labels"]) == list(expected["type_labels"])


def test_classify_writes_no_formula(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        "工单编号,受理时间,承办单位,内容描述\n=1+1,2024-01-05,@SUM(A1),停车\n-5,2024-01-05,-cmd,停车\n",
        encoding="utf-8",
    )
    rows = list(csv.reader(io.StringIO(run("classify", file).stdout)))
    for cell in (c for row in rows[1:] for c in row):
        assert not cell.startswith(("=", "@", "+")) and cell != "-cmd"


def test_explain(run: Run) -> None:
    text = "顶楼住户违法搭建阳光房，要求拆除"
    found = json.loads(run("explain", text, "--format", "json").stdout)
    assert found["primary"] == "illegal_construction" == hs.explain(text).primary
    assert "违法搭建" in run("explain", text).stdout
    assert run("explain", "你好").exit_code == 0


def test_check_json(run: Run, export: Path) -> None:
    found = json.loads(run("check", export, "--format", "json").stdout)
    assert found["files"][0]["encoding"] == "gb18030"
    assert found["files"][0]["mapping"]["受理时间"] == "accepted_at"
    assert found["rows_in"] == found["kept"] + found["rejected"] + found["duplicates"] == 144


def test_types_show(run: Run) -> None:
    found = json.loads(run("types", "show", "--format", "json").stdout)
    assert len(found["types"]) == 18 and found["types"][-1]["id"] == "other"
    groups = {g["id"]: g for g in found["groups"]}
    assert set(groups) == {"headline", "property", "focus_2025", "community_8"}
    assert len(groups["headline"]["types"]) == 8
    assert groups["property"]["request_types"] == ["投诉"]
    assert "违法搭建" in run("types", "show").stdout


def test_config_show(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_STATS_COMPARISON_MIN_N", "20")
    Path("hotline-stats.toml").write_text("[comparison]\nmin_n = 5\nconfidence = 0.9\n", encoding="utf-8")
    found = {e["key"]: e for e in json.loads(run("config", "show", "--format", "json").stdout)}
    assert found["comparison.min_n"] == {
        "key": "comparison.min_n", "value": "20", "origin": "HOTLINE_STATS_COMPARISON_MIN_N",
    }  # fmt: skip
    assert found["comparison.confidence"]["origin"] == "hotline-stats.toml"
    assert found["report.lang"]["origin"] == "default"


def test_version(run: Run) -> None:
    assert run("version").stdout == f"hotline-stats {hs.__version__}\n"


def test_classify_writes_no_cell_that_is_not_what_its_column_is_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        "工单编号,受理时间,办结时间,先行联系,满意度,重复次数,内容描述\n"
        "1,2024-01-05,15400001234,张某某,15400001234,李女士,停车\n"
        "2,2024-01-05,2024-01-06,是,满意,2,停车\n",
        encoding="utf-8",
    )
    one, two = csv.DictReader(io.StringIO(run("classify", file).stdout))
    assert [one[c] for c in ("办结时间", "先行联系", "满意度", "重复次数")] == [""] * 4
    assert [two[c] for c in ("办结时间", "先行联系", "满意度", "重复次数")] == [
        "2024-01-06",
        "是",
        "满意",
        "2",
    ]


def test_report_files_have_the_name_asked_for(run: Run, export: Path) -> None:
    done = run("report", export, "--out", "out", "--format", "json,md", "--name", "同比{period}", "--quiet")
    assert done.exit_code == 0, done.output
    names = {p.name for p in Path("out").iterdir() if p.suffix in (".json", ".md")}
    assert names == {"同比2024.json", "同比2024.md", "manifest.json"}
    again = run("report", export, "--out", "out", "--format", "json", "--quiet")
    assert again.exit_code == 0 and not Path("out/同比2024.md").exists()
    refused = run("report", export, "--out", "out", "--name", "a/b")
    assert refused.exit_code == 2 and "a/b" in refused.output
