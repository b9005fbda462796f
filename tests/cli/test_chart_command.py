"""`chart`: one chart alone, the same as the API's, in the format that the file's name ends with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import hotline_stats as hs
from hotline_stats.api.charts import KINDS
from hotline_stats.charts import pdf_bytes, png_bytes
from hotline_stats.charts.output import svg_bytes
from hotline_stats.errors import UsageError

Run = Callable[..., Result]

OF_TICKETS = [k for k in KINDS if k != "confusion"]
HOSTILE = "<script>alert(1)</script> $x^2$ [/x] \u202eRTL\u200f \"&' =1+1"
LABELLED = "title,content,primary\n小区乱停车,外来车辆乱停车占了消防通道,停车难\n违法搭建,楼顶违法搭建阳光房,违法搭建\n"


@pytest.mark.parametrize("kind", OF_TICKETS)
def test_every_chart_is_that_of_the_api(export: Path, run: Run, kind: str) -> None:
    found = run("chart", kind, export, "-o", "a.png", "--lang", "en")
    assert (found.exit_code, found.stdout) == (0, "a.png\n"), found.stderr
    drawn = hs.chart(kind, export, settings=hs.config(report__lang="en"))
    assert Path("a.png").read_bytes() == png_bytes(drawn)
    assert drawn.title in found.stderr
    assert drawn._repr_svg_().startswith("<svg") and drawn.figure.axes == []


@pytest.mark.parametrize(
    ("kind", "options", "asked"),
    [
        ("types", ["--by", "group"], {"by": "group"}),
        ("months", ["--by", "type"], {"by": "type"}),
        ("months", ["--by", "group", "--period", "2024H1"], {"by": "group", "period": "2024H1"}),
        ("heat-map", ["--by", "group", "--period", "2024-05"], {"by": "group", "period": "2024-05"}),
        ("contribution", ["--by", "request-type"], {"by": "request-type"}),
        ("places", ["--by", "unit", "--against", "previous"], {"by": "unit", "against": "previous"}),
        ("funnel", ["--figure", "resolution-rate"], {"figure": "resolution_rate"}),
        ("funnel", ["--by", "community"], {"by": "community"}),
        (
            "months",
            ["--where", "type=停车难", "--period", "2024-05"],
            {"where": {"type": "parking"}, "period": "2024-05"},
        ),
    ],
)
def test_options_reach_the_api(
    export: Path, run: Run, kind: str, options: list[str], asked: dict[str, str]
) -> None:
    found = run("chart", kind, export, "-o", "a.svg", *options)
    assert found.exit_code == 0, found.stderr
    same = hs.chart(kind, hs.load(export), **asked)  # type: ignore[arg-type]
    ours, theirs = Path("a.svg").read_text("utf-8"), svg_bytes(same).decode()
    if "where" in asked:  # a condition prints as it was given
        assert ours.count("<path") == theirs.count("<path") and same.title in found.stderr
    else:
        assert ours == theirs


def test_pdf_and_quiet(export: Path, run: Run) -> None:
    found = run("chart", "services", export, "-o", "图.pdf", "--quiet")
    assert (found.exit_code, found.stderr) == (0, "")
    assert Path("图.pdf").read_bytes() == pdf_bytes(hs.chart("services", export))
    first = Path("图.pdf").read_bytes()
    assert run("chart", "services", export, "-o", "图.pdf").exit_code == 0
    assert Path("图.pdf").read_bytes() == first


def test_confusion_of_a_labelled_sample_and_of_its_evaluation(run: Run) -> None:
    Path("l.csv").write_text(LABELLED, "utf-8")
    assert run("types", "evaluate", "l.csv", "--format", "json", "-o", "e.json").exit_code == 0
    for source in ("l.csv", "e.json"):
        found = run("chart", "confusion", source, "-o", f"{source}.png")
        assert (found.exit_code, found.stdout) == (0, f"{source}.png\n"), found.stderr
    assert Path("l.csv.png").read_bytes() == png_bytes(hs.chart("confusion", hs.evaluate("l.csv")))
    assert run("chart", "confusion", "l.csv", "e.json", "-o", "c.png").exit_code == 2
    assert run("chart", "confusion", "l.csv", "-o", "c.png", "--period", "2024").exit_code == 2
    assert run("chart", "confusion", "none.csv", "-o", "c.png").exit_code == 3
    assert not Path("c.png").exists()


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("pie", [], "types, months, heat-map, contribution, places, services, funnel, control, confusion"),
        ("<script>", [], "no chart <script>"),
        ("services", ["--by", "unit"], "takes no by"),
        ("types", ["--figure", "satisfaction"], "takes no figure"),
        ("types", ["--by", "unit"], "type, group"),
        ("contribution", ["--by", "group"], "request_type"),
        ("places", ["--by", "type"], "community"),
        ("funnel", ["--figure", "handling_median_hours"], "satisfaction"),
        ("funnel", ["--figure", "nothing"], "satisfaction"),
        ("places", ["--by", "estate"], "no values"),
        ("funnel", ["--by", "grid"], "no values"),
        ("types", ["--period", "someday"], "not a period"),
        ("types", ["--where", "type=nothing"], "nothing"),
        ("types", ["--where", "type"], "COLUMN=VALUE"),
    ],
)
def test_wrong_options_end_with_2(export: Path, run: Run, kind: str, options: list[str], said: str) -> None:
    found = run("chart", kind, export, "-o", "a.png", *options)
    assert found.exit_code == 2 and said in found.stderr and found.stdout == "", found.stderr
    assert "Traceback" not in found.stderr and not Path("a.png").exists()


def test_the_output_is_checked_before_anything_is_read(run: Run) -> None:
    for name in ("a.jpg", "a", "-"):
        found = run("chart", "types", "none.csv", "-o", name)
        assert found.exit_code == 2 and ".png .svg .pdf" in found.stderr
    assert run("chart", "types", "none.csv").exit_code == 2
    assert run("chart", "pie", "none.csv", "-o", "a.png").exit_code == 2


def test_an_output_that_cannot_be_written_ends_with_4(export: Path, run: Run) -> None:
    Path("folder.png").mkdir()
    for name in ("none/a.png", "folder.png"):
        found = run("chart", "types", export, "-o", name)
        assert found.exit_code == 4 and found.stdout == "" and "Traceback" not in found.stderr


@pytest.mark.parametrize(
    "raw", [None, b"", b"\x00\x01\x02PK\xff" * 200, "工单编号,受理时间,诉求类型\n".encode(), b"a,b\n1,2\n"]
)
def test_unusable_files_end_with_3(run: Run, raw: bytes | None) -> None:
    if raw is not None:
        Path("x.csv").write_bytes(raw)
    for kind in ("types", "funnel", "control"):
        found = run("chart", kind, "x.csv", "-o", "a.pdf")
        assert found.exit_code == 3 and found.stdout == "" and "Traceback" not in found.stderr
    assert not Path("a.pdf").exists()


def test_too_few_months_or_tickets_for_a_control_chart(export: Path, run: Run) -> None:
    found = run("chart", "control", export, "-o", "a.png", "--period", "2023")
    assert found.exit_code == 3 and "twelve whole months" in found.stderr
    few = run("chart", "control", export, "-o", "a.png", "--where", "type=停车难")
    assert few.exit_code == 3 and "tickets a month" in few.stderr


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_names_in_the_data_are_text(export: Path, run: Run, suffix: str) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    text = export.read_text("gb18030").replace("城管中队", quoted).replace("甲居委会", quoted)
    Path("h.csv").write_text(text, "utf-8")
    for kind in ("places", "funnel"):
        found = run("chart", kind, "h.csv", "-o", f"a{suffix}", "--by", "unit")
        assert found.exit_code == 0, found.stderr
        raw = Path(f"a{suffix}").read_bytes()
        assert b"<script" not in raw and b"JavaScript" not in raw
        assert "\u202e".encode() not in raw


def test_strict_tells_of_bad_rows(export: Path, run: Run) -> None:
    with export.open("ab") as file:
        file.write("T99999,不是日期,,投诉,甲居委会,城管中队,乱停车,乱停车,,,\n".encode("gb18030"))
    assert run("chart", "types", export, "-o", "a.png").exit_code == 0
    assert run("chart", "types", export, "-o", "a.png", "--strict").exit_code == 1


def test_an_evaluation_has_no_tickets_to_draw(export: Path) -> None:
    (export.parent / "l.csv").write_text(LABELLED, "utf-8")
    with pytest.raises(UsageError, match="Evaluation"):
        hs.chart("types", hs.evaluate(export.parent / "l.csv"))
