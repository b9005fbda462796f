"""The page, read again: sound, self-contained, accessible, and its numbers those of report.json."""

import base64
import hashlib
import re
from itertools import pairwise

import page
import pytest
import report_data as data

from hotline_stats import numbers
from hotline_stats.reports.renderers.html import html
from hotline_stats.reports.renderers.json import report_dict


@pytest.fixture(scope="module")
def source(document):
    return html(document)


@pytest.fixture(scope="module")
def read(source):
    return page.read(source)


def test_tags_are_closed_and_ids_unique(read):
    assert read.problems == []
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_nothing_from_outside_and_one_script_of_our_own(read, source):
    assert read.of("script") == [{}] and not read.of("link") and not read.of("iframe")
    script = source.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in source
    for tag, attributes in read.tags:
        assert not any(k.startswith("on") for k in attributes), tag
        for name in ("src", "href", "xlink:href", "action", "srcset"):
            assert attributes.get(name, "#").startswith("#"), (tag, attributes)
    assert not re.search(r"@import|url\((?!#)", source)


def test_language_landmarks_and_headings(read):
    assert read.of("html")[0]["lang"] == "zh-CN"
    assert len(read.of("main")) == len(read.of("header")) == len(read.of("h1")) == 1
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    targets = {a["id"] for _, a in read.tags if "id" in a}
    assert {a["href"][1:] for a in read.of("a")} <= targets


def test_tables_have_captions_and_scopes(read, document):
    assert len(read.captions) == len(read.of("table")) == 16
    assert read.captions[0] == "表1　八类重点问题两期比较"
    assert {a["scope"] for a in read.of("th")} == {"col", "row"}
    assert all(
        "tabindex" in a and a["role"] == "region" for a in read.of("div") if a.get("class") == "scroll"
    )
    assert len(read.of("figure")) == len(document.figures)
    assert all(a.get("role") == "img" and a.get("aria-labelledby") for a in read.of("svg"))


def test_every_count_of_the_types_is_that_of_the_json(read, results):
    figures = report_dict(results, data.intake(), data.provenance(), "zh")["types"]
    by_name = {r["name"]: r for r in (*figures["rows"], *figures["groups"], figures["total"])}
    seen = 0
    for table in ("table-headline", "table-types", "table-property"):
        head, *rows = read.tables[table]
        assert head[1:5] == ["2023年", "2024年", "增减", "增减幅度"]
        for name, *cells in rows:
            row = by_name.get(name)
            if row is None:
                continue
            seen += 1
            assert cells[0] == numbers.count(row["baseline"]) and cells[1] == numbers.count(row["current"])
            assert cells[2] == numbers.count(row["change"], signed=True)
            if row["status"] == "small":
                assert (cells[3], cells[5]) == ("基数小", "—")
                continue
            assert cells[3] == numbers.percent(row["change_pct"], signed=True)
            low, high = (numbers.percent(row[k], signed=True) for k in ("low_pct", "high_pct"))
            assert cells[5] == f"{low}～{high}"
    assert seen == 15  # 8 types and their group, 2 others and the total, 3 property types


def test_every_service_figure_is_that_of_the_json(read, results):
    figures = report_dict(results, data.intake(), data.provenance(), "zh")["services"]["figures"]
    rows, parts = (read.tables[t][1:] for t in ("table-service", "table-service-of"))
    assert len(rows) == len(figures)
    for row, part, figure in zip(rows, parts, figures, strict=True):
        write = numbers.percent if figure["unit"] == "pct" else numbers.hours
        assert row[1] == write(figure["baseline"]) and row[2] == write(figure["current"])
        assert part[1].endswith(numbers.count(figure["baseline_denominator"]))
        assert part[2].endswith(numbers.count(figure["denominator"]))
        if figure["unit"] == "pct":
            low, high = (numbers.decimal(figure[k], signed=True) for k in ("low_pp", "high_pp"))
            word = {"fall": "下降", "rise": "上升", "within-noise": "波动范围内"}[figure["verdict"]]
            assert row[4:6] == [word, f"{low}～{high}"]
        else:
            assert row[4:6] == ["—", "—"]
        assert row[6] == numbers.percent(figure["change_pct"], signed=True)


def test_places_are_those_of_the_json(read, results):
    rows = {r["name"]: r for r in results.by["community"].to_dict("zh")["rows"]}
    shown = read.tables["table-by-community"][1:-1]
    named = [r for r in shown if r[0] in rows]
    assert len(named) == 14  # 12 with most tickets, one that the text names, and those without
    for row in named:
        assert row[1:3] == [numbers.count(rows[row[0]][k]) for k in ("baseline", "current")]


def test_same_results_same_page(document, source):
    assert html(document) == source


def test_english_page(results):
    from hotline_stats.reports.compose import compose

    text = html(compose(results, data.intake(), data.provenance(), "en", 12, drawn=False))
    found = page.read(text)
    assert found.problems == [] and found.of("html")[0]["lang"] == "en"
    assert found.captions[0] == "Table 1. Eight headline problems, both periods"
