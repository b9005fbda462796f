"""report.json: its schema, that it adds up, and how it is written."""

import json
import math

import pytest
import report_data as data

from hotline_stats.reports.renderers.json import dumps, report_dict


def _values(value):
    if isinstance(value, dict):
        for v in value.values():
            yield from _values(v)
    elif isinstance(value, list):
        for v in value:
            yield from _values(v)
    else:
        yield value


def test_schema_and_keys(results):
    figures = report_dict(results, data.intake(), data.provenance(), "zh")
    assert list(figures) == [
        "schema", "lang", "asked", "period", "baseline", "complete", "data", "covered", "types", "by", "series",
        "contributions", "drivers", "rate_drivers", "course", "services", "units", "intake", "provenance", "notes",
    ]  # fmt: skip
    assert figures["schema"] == "hotline-stats/report/1"
    assert figures["types"]["schema"] == "hotline-stats/compare/1"
    assert {"request_type", "channel", "month", "station", "community", "unit"} <= set(figures["by"])


def test_written_as_plain_json(results):
    text = dumps(report_dict(results, data.intake(), data.provenance(), "zh"))
    assert text.endswith("}\n") and "\\u" not in text
    read = json.loads(text)
    assert dumps(read) == text
    assert all(not isinstance(v, float) or math.isfinite(v) for v in _values(read))


def test_figures_add_up(results):
    figures = report_dict(results, data.intake(), data.provenance(), "zh")
    total = figures["types"]["total"]
    for comparison in (figures["types"], *figures["by"].values()):
        for key in ("current", "baseline", "change"):
            assert sum(r[key] for r in comparison["rows"]) == total[key], comparison["by"]
    assert sum(r["contribution_pp"] for r in figures["contributions"]["rows"]) == pytest.approx(
        total["change_pct"]
    )
    assert sum(m["current"] for m in figures["series"]["total"]) == total["current"]
    rows = figures["intake"]
    assert rows["rows_in"] == rows["kept"] + rows["rejected"] + rows["duplicates"]


def test_no_nan_is_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"x": float("nan")})
