"""The monthly job: a complete month, whole or not at all, nothing when nothing changed."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

import hotline_stats as hs
from hotline_stats.errors import NotYetError, UsageError
from hotline_stats.model.period import Period
from hotline_stats.monthly import month


def write_export(path: Path, last: date, per_day: int = 2) -> Path:
    lines = ["工单编号,受理时间,诉求类型,居村,标题,内容描述"]
    days = [date(2023, 10, 1) + timedelta(days=i) for i in range((last - date(2023, 10, 1)).days + 1)]
    for d, day in enumerate(days):
        for i in range(per_day):
            lines.append(f"T{d:04d}{i},{day} 09:0{i}:00,投诉,甲居委会,乱停车,小区里乱停车，第{d}天{i}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_export(tmp_path / "export.csv", date(2024, 12, 31))


@pytest.fixture(scope="module")
def november(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an export and, in `out`, the month made of it."""
    here = tmp_path_factory.mktemp("november")
    hs.export(write_export(here / "export.csv", date(2024, 12, 31)), "2024-11", here / "out")
    return here


@pytest.fixture
def published(november: Path, tmp_path: Path) -> Path:
    """The month as it stands after a first run."""
    shutil.copytree(november / "out", tmp_path / "out")
    return tmp_path / "out" / "2024-11"


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.read_bytes())
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_publishes_a_month(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = hs.export(export, "2024-11", out)
    assert done.changed and done.folder == out / "2024-11"
    report = json.loads((done.folder / "report.json").read_text("utf-8"))
    assert report["period"] == {"label": "2024-11", "start": "2024-11-01", "end": "2024-11-30"}
    assert report["baseline"]["label"] == "2023-11"
    assert report["types"]["total"]["current"] == report["types"]["total"]["baseline"] == 60
    manifest = json.loads((done.folder / "manifest.json").read_text("utf-8"))
    listed = {f["file"] for f in manifest["outputs"]}
    assert listed | {"manifest.json"} == set(state(done.folder))
    assert {p.name for p in out.iterdir()} <= {"2024-11", ".hotline-stats.lock"}


def test_tables_say_what_the_report_says(published: Path) -> None:
    folder = published
    names = {p.stem for p in (folder / "tables").iterdir()}
    assert {"type", "group", "month", "community", "services"} <= names
    report = json.loads((folder / "report.json").read_text("utf-8"))
    for name in names:
        raw = (folder / "tables" / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        from_csv = pd.read_csv(folder / "tables" / f"{name}.csv", keep_default_na=False, dtype=str)
        from_parquet = pd.read_parquet(folder / "tables" / f"{name}.parquet")
        assert list(from_csv.columns) == list(from_parquet.columns) and len(from_csv) == len(from_parquet)
    types = pd.read_parquet(folder / "tables" / "type.parquet")
    assert list(types["current"]) == [r["current"] for r in report["types"]["rows"]]
    assert list(types["key"]) == [r["key"] for r in report["types"]["rows"]]


def test_does_nothing_when_nothing_changed(export: Path, published: Path) -> None:
    before = state(published)
    again = hs.export(export, "2024-11", published.parent)
    assert not again.changed
    assert state(again.folder) == before


def test_publishes_again_when_the_input_changed(export: Path, published: Path) -> None:
    out = published.parent
    write_export(export, date(2024, 12, 31), per_day=3)
    done = hs.export(export, "2024-11", out)
    assert done.changed
    assert json.loads((done.folder / "report.json").read_text("utf-8"))["types"]["total"]["current"] == 90
    assert {p.name for p in out.iterdir()} <= {"2024-11", ".hotline-stats.lock"}


@pytest.mark.parametrize("setting", [{"report__lang": "en"}, {"comparison__min_n": 5}])
def test_publishes_again_when_a_setting_changed(
    setting: dict[str, object], export: Path, published: Path
) -> None:
    assert hs.export(export, "2024-11", published.parent, settings=hs.config(**setting)).changed


@pytest.mark.parametrize("harm", ["delete", "edit", "manifest"])
def test_mends_what_was_damaged(harm: str, export: Path, published: Path) -> None:
    folder, out = published, published.parent
    good = {k: v for k, (_, v) in state(folder).items()}
    if harm == "delete":
        (folder / "report.html").unlink()
    elif harm == "edit":
        (folder / "report.json").write_text("{}", encoding="utf-8")
    else:
        (folder / "manifest.json").write_text('{"schema": "hotline-stats/manifest/1"}', encoding="utf-8")
        with pytest.raises(Exception, match="not a report"):
            hs.export(export, "2024-11", out)  # what stands there is no longer known to be ours
        return
    assert hs.export(export, "2024-11", out).changed
    assert {k: v for k, (_, v) in state(folder).items()} == good


def test_refuses_an_incomplete_month(tmp_path: Path) -> None:
    export = write_export(tmp_path / "export.csv", date(2024, 11, 29))
    with pytest.raises(NotYetError) as error:
        hs.export(export, "2024-11", tmp_path / "out")
    assert error.value.code == "month-incomplete" and error.value.exit_code == 5
    assert "2024-11-29" in str(error.value)
    assert not (tmp_path / "out" / "2024-11").exists()


def test_two_runs_at_once(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".hotline-stats.lock"), pytest.raises(NotYetError) as error:
        hs.export(export, "2024-11", out)
    assert error.value.code == "locked"


def test_a_failure_leaves_the_last_month_as_it_was(
    export: Path, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, before = published.parent, state(published)
    write_export(export, date(2024, 12, 31), per_day=3)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pandas.DataFrame.to_parquet", full)
    with pytest.raises(Exception, match="No space left"):
        hs.export(export, "2024-11", out)
    assert state(out / "2024-11") == before
    assert {p.name for p in out.iterdir()} <= {"2024-11", ".hotline-stats.lock"}


def test_month() -> None:
    november = Period(date(2024, 11, 1), date(2024, 11, 30))
    assert month("2024-11") == november
    assert month("last", date(2024, 12, 1)) == month("last", date(2024, 12, 31)) == november
    assert month("last", date(2025, 1, 15)) == Period(date(2024, 12, 1), date(2024, 12, 31))
    for wrong in ("2024", "2024Q1", "2024-11-05", "2024-13", "", "next"):
        with pytest.raises(UsageError) as error:
            month(wrong)
        assert error.value.code == "bad-month"
