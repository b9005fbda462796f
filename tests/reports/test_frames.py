"""The tables of the monthly export: same numbers in CSV and Parquet, and those of the results."""

import pandas as pd
import pytest
import report_data as data

from hotline_stats.reports import manifest
from hotline_stats.reports.formats import Wanted
from hotline_stats.reports.frames import frames, save
from hotline_stats.reports.report import Report
from hotline_stats.reports.write import write


def test_tables_hold_every_row(results):
    found = frames(results, "zh")
    assert list(found)[:3] == ["type", "group", "month"] and {
        "series",
        "services",
        "community",
        "drivers",
        "course",
    } <= set(found)
    assert found["type"]["current"].sum() == results.types.total["current"]
    assert list(found["group"]["name"]) == ["八类重点问题", "物业类投诉"]
    assert len(found["series"]) == 12 * (len(data.TYPES) + 3)
    assert found["drivers"]["change"].sum() == results.types.total["change"]
    assert len(found["course"]) == 24 * (len(data.TYPES) + 3)
    assert list(found["services"]["id"])[2] == "satisfaction"


def test_csv_and_parquet_agree(results, tmp_path):
    save(results, "zh", tmp_path)
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {f"{n}.{k}" for n in frames(results, "zh") for k in ("csv", "parquet")}
    for name in ("type", "services", "community"):
        read = pd.read_csv(
            tmp_path / f"{name}.csv", encoding="utf-8-sig", keep_default_na=False, na_values=[""]
        )
        stored = pd.read_parquet(tmp_path / f"{name}.parquet")
        assert list(read.columns) == list(stored.columns)
        assert read["current" if name != "services" else "denominator"].tolist() == (
            stored["current" if name != "services" else "denominator"].tolist()
        )
        assert read["change_pct"].to_numpy(float) == pytest.approx(
            stored["change_pct"].to_numpy(float), nan_ok=True
        )


def test_no_cell_is_a_formula(hostile, tmp_path):
    save(hostile, "zh", tmp_path)
    text = (tmp_path / "community.csv").read_text("utf-8-sig")
    assert "'=cmd|' /C calc'!A0" in text and "\n=cmd" not in text


def test_written_with_the_report_and_named_in_its_manifest(results, plain, tmp_path):
    place = tmp_path / "2024-12"
    parts = (plain["zh"], results, data.intake(), data.provenance())
    write(place, *parts, Wanted(("html",), tables=True))
    assert (place / "tables" / "type.parquet").exists() and manifest.intact(place)
    first = {p: p.read_bytes() for p in place.rglob("*.*")}
    write(place, *parts, Wanted(("html",), tables=True))
    assert {p: p.read_bytes() for p in place.rglob("*.*")} == first
    (place / "tables" / "type.csv").write_bytes(b"changed")
    assert not manifest.intact(place)
    assert not manifest.intact(tmp_path)


def test_the_report_in_the_hand_says_the_same(results, plain):
    report = Report(results, data.intake(), data.provenance(), "zh", 12)
    assert report.to_dict()["types"] == results.types.to_dict("zh")
    assert [b for b in report.document.to_dict()["blocks"] if b["block"] != "figure"] == plain[
        "zh"
    ].to_dict()["blocks"]
    assert len(report.charts()) == len(report.document.figures) == 11
