"""Drivers and the course of counts in four formats, and what the report says of them."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
import report_data as data

from hotline_stats.analysis import drivers, rate_drivers
from hotline_stats.model.course import MONTH_COLUMNS
from hotline_stats.reports import course_tables, driver_tables
from hotline_stats.reports.compose import compose
from hotline_stats.reports.document import Document, Paragraph, Table
from hotline_stats.settings.values import Settings


def table_of(document: Document, table_id: str) -> Table:
    return next(b for b in document.blocks if isinstance(b, Table) and b.id == table_id)


def said(document: Document) -> str:
    return "\n".join(b.text for b in document.blocks if isinstance(b, Paragraph))


def test_csv_holds_every_cell(results):
    rows = list(csv.DictReader(io.StringIO(driver_tables.render(results.drivers, "csv", "zh", None, 3))))
    assert list(rows[0])[:5] == ["type", "type_name", "community", "community_name", "current"]
    assert len(rows) == len(results.drivers.rows)
    whole = sum(float(r["contribution_pp"]) for r in rows)
    assert whole == pytest.approx(results.types.total["change_pct"], abs=1e-9)
    top = csv.DictReader(io.StringIO(driver_tables.render(results.drivers, "csv", "zh", 4, 3)))
    assert len(list(top)) == 4


def test_json_is_that_of_the_result(results):
    assert json.loads(
        driver_tables.render(results.drivers, "json", "en", None, 3)
    ) == results.drivers.to_dict("en")
    rate = results.rate_drivers[0]
    assert json.loads(driver_tables.render(rate, "json", "zh", 2, 3)) == rate.to_dict("zh", 2)
    assert json.loads(course_tables.render(results.course, "json", "zh")) == results.course.to_dict("zh")


def test_the_table_for_people_adds_up(results):
    table = table_of(compose(results, data.intake(), data.provenance(), "zh", 12, drawn=False), "drivers")
    keys = [c.key for c in table.columns]
    *parts, total = table.rows
    assert len(parts) in (13, 14, 15) and total[0] == "合计" and total[1] == ""
    for key in ("baseline", "current", "change", "contribution_pp", "volume_pp", "mix_pp"):
        at = keys.index(key)
        assert sum(r[at] for r in parts) == pytest.approx(total[at], abs=1e-9)
    assert re.fullmatch(r"其余减少的\d+项", str(parts[12][0]))


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_forms_hold_tables_groups_and_notes(results, form, lang):
    text = driver_tables.render(results.drivers, form, lang, None, 3)
    largest = results.drivers.top(1)[0].iloc[0]["community"]
    assert largest in text and ("八类重点问题" if lang == "zh" else "Eight headline problems") in text
    assert not re.search(r"\b(nan|None)\b|\{", text)
    rate = driver_tables.render(results.rate_drivers[0], form, lang, None, 3)
    assert ("满意率" if lang == "zh" else "Satisfaction") in rate.splitlines()[0]
    course = course_tables.render(results.course, form, lang)
    assert "2024-12" in course and not re.search(r"\b(nan|None)\b", course)


def test_course_csv(results):
    rows = list(csv.DictReader(io.StringIO(course_tables.render(results.course, "csv", "zh"))))
    assert tuple(rows[0]) == ("key", "name", *MONTH_COLUMNS[1:])
    year = [r for r in rows if r["key"] == "total" and r["month"].startswith("2024")]
    assert sum(int(r["n"]) for r in year) == results.types.total["current"] == int(year[-1]["sum_12"])


def test_only_clear_cells_are_said_to_fall_or_rise(results):
    """Verdicts set by hand: with none clear nothing is called a fall or a rise."""
    found = results.drivers
    noise = replace(found, rows=found.rows.assign(verdict="within-noise"))
    quiet = compose(replace(results, drivers=noise), data.intake(), data.provenance(), "zh", 12, drawn=False)
    assert "按类型和居村看，单项变化均在正常波动范围内。" in said(quiet)
    assert "按类型和居村看，下降明显的" not in said(quiet)
    first = found.rows.index[0]
    one = noise.rows.copy()
    one.loc[first, "verdict"] = "fall"
    clear = compose(
        replace(results, drivers=replace(noise, rows=one)),
        data.intake(),
        data.provenance(),
        "zh",
        12,
        drawn=False,
    )
    row = found.to_dict("zh")["rows"][0]
    assert f"按类型和居村看，下降明显的有{row['community_name']}的{row['type_name']}（" in said(clear)


def test_the_spread_is_said_of_clear_types_alone(results):
    text = said(compose(results, data.intake(), data.provenance(), "zh", 12, drawn=False))
    verdicts = {r["key"]: r["verdict"] for r in results.types.to_dict("zh")["rows"]}
    for r in results.drivers.to_dict("zh")["concentration"]:
        told = re.search(rf"{r['name']}的(减少|增加)涉及{r['where_n']}个居村", text)
        assert bool(told) == (r["where"] is not None and verdicts[r["key"]] in ("fall", "rise")), r["key"]


def test_mix_and_own_rate_of_clear_changes(results):
    document = compose(results, data.intake(), data.provenance(), "zh", 12, drawn=False)
    table = table_of(document, "mix")
    assert [r[0] for r in table.rows] == ["满意率", "实际解决率", "按时办结率"]
    for row, found in zip(table.rows, results.rate_drivers, strict=True):
        assert row[1] == pytest.approx(row[2] + row[3], abs=1e-9)
        clear = found.total["verdict"] in ("fall", "rise")
        assert (f"{row[0]}变化" in said(document)) == clear


def test_signals_are_said_with_their_base(results):
    text = said(compose(results, data.intake(), data.provenance(), "zh", 12, drawn=False))
    assert "控制限基期：2023-01-01—2023-12-31（12个完整月份）。" in text
    none = replace(results.course, base=None, base_n=0)
    quiet = said(
        compose(replace(results, course=none), data.intake(), data.provenance(), "zh", 12, drawn=False)
    )
    assert "控制限基期" not in quiet


def test_hostile_names_stay_text(hostile):
    found = hostile.drivers
    assert found.by == ("type", "community")
    for form in ("table", "md"):
        text = driver_tables.render(found, form, "zh", None, 200)
        assert "\u202e" not in text and "\x1b" not in text
    rows = list(csv.DictReader(io.StringIO(driver_tables.render(found, "csv", "zh", None, 3))))
    assert not any(r["community"].startswith("=") for r in rows)


def test_one_column_and_no_places():
    facts = data.facts()
    windows = data.results(facts).windows
    found = drivers(facts, windows, ("unit",), Settings().comparison)
    text = driver_tables.render(found, "table", "zh", 0, 3)
    assert "其余" in text and "类型组" not in text
    rate = rate_drivers(facts, windows, "on_time_rate", ("type", "unit"), Settings())
    assert "其余" in driver_tables.render(rate, "md", "zh", 1, 3)
