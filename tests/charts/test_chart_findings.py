"""Titles say what the figures say, and call only sure changes falls or rises."""

from dataclasses import replace

import pytest
from chart_data import (
    COUNTS,
    SCHEME,
    SERVICES,
    comparison,
    contributions,
    figure,
    series,
    services,
    waves,
    windows,
)

from hotline_stats.charts import (
    Chart,
    contribution,
    heat_map,
    monthly_lines,
    place_bars,
    service,
    theme,
    type_change,
)
from hotline_stats.messages import Lang
from hotline_stats.model.services import ServiceFigure

HEADLINE = SCHEME.group("headline").types


def _texts(chart: Chart) -> list[str]:
    return [t.get_text() for t in chart.figure.texts]


def test_a_group_that_falls_names_its_leader() -> None:
    chart = type_change(comparison(), HEADLINE, "zh")
    assert chart.title == "重点问题合计下降29.6%，违法搭建降幅最大（33.3%）"
    assert chart.id == "type-change-headline"
    english = type_change(comparison(), HEADLINE, "en").title
    assert english == "Headline problems together down 29.6%, Illegal construction down most (33.3%)"


def test_a_rise_beside_a_fall_is_told_after_it() -> None:
    title = type_change(comparison(verdicts={"total": "fall"}), SCHEME.ids, "zh").title
    assert title == "合计下降6.7%，违法搭建降幅最大（33.3%）；噪声扰民上升20.0%"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_within_noise_nothing_is_called_a_fall(lang: Lang) -> None:
    calm = dict.fromkeys((*SCHEME.ids, "headline", "total"), "within-noise")
    for keys in (HEADLINE, SCHEME.ids, HEADLINE[:2], HEADLINE[:1]):
        chart = type_change(comparison(verdicts=calm), keys, lang)
        assert not any(w in chart.title + chart.alt for w in ("下降", "上升", "降幅", "升幅", " down", " up"))
        assert not any("▼" in t or "▲" in t for t in _texts(chart) if "▽" not in t)


def test_types_that_make_up_no_group_are_counted() -> None:
    title = type_change(comparison(), ("illegal_construction", "corridor_clutter", "noise"), "zh").title
    assert title == "所列3类问题中，明显下降2类、明显上升1类，违法搭建降幅最大（33.3%）；噪声扰民上升20.0%"


@pytest.mark.parametrize(
    ("counts", "verdict", "title"),
    [
        ((0, 40), "fall", "停车难由40件减至0件"),
        ((40, 0), "rise", "停车难由0件增至40件"),
        ((60, 5), "rise", "停车难由5件增至60件"),
        ((3, 2), "too-few", "停车难件数较少，不作升降判断"),
        ((100, 100), "within-noise", "停车难变化不明显，在正常波动范围内"),
        ((1100, 1000), "rise", "停车难上升10.0%"),
    ],
)
def test_one_type(counts: tuple[int, int], verdict: str, title: str) -> None:
    shown = comparison(dict(COUNTS) | {"parking": counts}, verdicts={"parking": verdict})
    assert type_change(shown, ("parking",), "zh").title == title


def test_without_a_baseline_only_amounts_are_told() -> None:
    chart = type_change(comparison(span=windows(covered=False)), SCHEME.ids, "zh")
    assert chart.title == "合计共889件，其他最多（320件）"
    texts = _texts(chart)
    assert "99" not in texts
    assert "变化" not in texts
    assert any("没有对比期" in t for t in texts)
    assert any(t.endswith("2024-01-01—2024-12-31") for t in texts)


def test_marks_beside_the_bars() -> None:
    counts = {
        "illegal_construction": (66, 99),
        "corridor_clutter": (104, 106),
        "load_bearing": (12, 3),
        "parking": (0, 20),
        "noise": (20, 0),
        "group_rental": (0, 0),
        "other": (3, 2),
    }
    chart = type_change(comparison(counts), SCHEME.ids, "zh")
    texts = _texts(chart)
    for mark in ("▼33.3%", "▽1.9%", "▲基数小", "▼降至零", "▲新增", "基数小", "—"):
        assert mark in texts
    colours = {t.get_text(): t.get_color() for t in chart.figure.texts}
    assert colours["▽1.9%"] == colours["基数小"] != colours["▼33.3%"] == colours["▼降至零"]
    assert colours["▲基数小"] == colours["▲新增"] == theme.RISE_TEXT


def test_both_windows_and_the_source_are_named() -> None:
    span = windows("2024-01-01..2024-10-15", "2023-01-01..2023-10-15", asked="2024")
    texts = _texts(type_change(comparison(span=span), SCHEME.ids, "zh"))
    assert "单位：件。2024-01-01—2024-10-15与2023-01-01—2023-10-15相比" in texts
    assert "数据：12345热线工单，hotline-stats" in texts
    assert any("2024-01-01—2024-12-31" in t and t.startswith("注：") for t in texts)


def test_months_below_the_baseline_are_counted_without_the_cut_one() -> None:
    span = windows("2024-01-01..2024-03-15", "2023-01-01..2023-03-15")
    chart = monthly_lines(series({"total": ([5, 9, 1], [6, 4, 8])}, span), ["total"], "zh")
    assert chart.title == "合计：2个完整月中，1个月低于对比期、1个月高于对比期"
    assert any(t.startswith("虚线") for t in _texts(chart))
    assert "2024年 1" in _texts(chart)
    assert "2023年 8" in _texts(chart)


def test_a_line_ends_with_its_own_window() -> None:
    span = windows("2024-01", "2023-01..2023-03")
    chart = monthly_lines(series({"total": ([5], [6, 4, 8])}, span), ["total"], "zh")
    assert {"2024年 5", "2023年 8"} <= set(_texts(chart))


def test_windows_that_share_a_year_are_not_named_by_years() -> None:
    span = windows("2024-02", "2024-01")
    assert "本期 5" in _texts(monthly_lines(series({"total": ([5], [6])}, span), ["total"], "zh"))


@pytest.mark.parametrize("keys", [(), ("noise",) * 5])
def test_one_to_four_panels(keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one to four"):
        monthly_lines(series({"noise": waves()}), keys, "zh")


def test_the_heat_map_names_the_fullest_cell_of_a_real_type() -> None:
    data = series(
        {"noise": ([1, 7, 2], []), "other": ([9, 9, 9], [])}, windows("2024-01..2024-03", "2023-01..2023-03")
    )
    chart = heat_map(data, ["noise", "other"], "zh")
    assert chart.title == "噪声扰民在2024年2月最集中，达7件"
    assert [t for t in _texts(chart) if t.isdigit()] == list("172999")
    assert heat_map(data, ["other"], "en").title == "Other peaked in Jan 2024 at 9"


def test_a_cut_month_carries_a_mark() -> None:
    data = series({"noise": ([1, 7], [2, 3])}, windows("2024-01-01..2024-02-10", "2023-01-01..2023-02-10"))
    assert {"1月", "2月†", "† 该月不完整。"} <= set(_texts(heat_map(data, ["noise"], "zh")))


def test_contributions_add_up_and_merge_the_rest() -> None:
    chart = contribution(contributions(comparison()), "zh", top=3)
    texts = _texts(chart)
    assert chart.title == "合计变化−6.7%，其中停车难影响最大（−4.8个百分点）"
    start = texts.index("停车难")
    names = [
        t for t in texts[start:] if t in ("停车难", "违法搭建", "楼道堆物", "噪声扰民", "其余4项", "合计")
    ]
    assert names == ["停车难", "违法搭建", "楼道堆物", "其余4项", "合计"]
    assert {"−46", "−33", "−32", "+47", "−64"} <= set(texts)
    bars = [p for p in chart.figure.artists if hasattr(p, "get_width")]
    *parts, total = (bar.get_width() for bar in bars)
    assert sum(parts) == pytest.approx(total)


def test_contributions_of_a_zero_base_are_tickets() -> None:
    chart = contribution(contributions(comparison({"noise": (5, 0), "other": (2, 0)})), "zh")
    assert chart.title == "合计变化+7件，其中噪声扰民影响最大（+5件）"


def test_contributions_without_change_or_baseline() -> None:
    flat = contributions(comparison({"noise": (5, 5), "other": (2, 2)}))
    assert contribution(flat, "zh").title == "各项与对比期件数相同"
    uncovered = contributions(comparison(span=windows(covered=False)))
    assert contribution(uncovered, "zh").title == "数据中没有对比期，无法分解变化"


def test_service_tells_the_rate_that_moved_most_and_leaves_out_what_has_no_value() -> None:
    chart = service(services(*SERVICES), "zh")
    assert chart.title == "实际解决率变化最大：55.0%→62.4%（+7.4个百分点）"  # 重复率 moved more, within noise
    assert "不属实率" not in _texts(chart)
    assert {"62.4%", "55.0%", "▲7.4个百分点", "△10.3个百分点", "−11.3小时"} <= set(_texts(chart))


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ((), "没有可显示的服务指标"),
        ((figure("contact_rate", 50.0, None),), "先行联系率为50.0%"),
        ((figure("contact_rate", 50.0, 59.0),), "各项比率的变化均在正常波动范围内"),
        (
            (figure("contact_rate", 50.0, 59.0, verdict="fall"),),
            "先行联系率变化最大：59.0%→50.0%（−9.0个百分点）",
        ),
        (
            (figure("handling_p90_hours", 30.0, 40.0, "hours"),),
            "办理时长90%分位30.0小时，对比期40.0小时，−10.0小时",
        ),
    ],
)
def test_service_titles(shown: tuple[ServiceFigure, ...], title: str) -> None:
    assert service(services(*shown), "zh").title == title


def test_places_are_ranked_by_count_and_missing_ones_told_apart() -> None:
    counts = {"乙居": (5, 4), "甲居": (9, 9), "": (70, 1), "noise": (6, 2), "丁居": (0, 3)}
    chart = place_bars(comparison(counts, by="community"), "zh", top=3)
    assert chart.title == "甲居工单最多，共9件，占10.0%"
    assert [t for t in _texts(chart) if t in counts] == ["甲居", "noise", "乙居"]
    assert {"另有70件未填。", "按本期件数列前3个，共4个。"} <= set(_texts(chart))
    assert chart.id == "places-community"


def test_places_that_tie_are_told_so() -> None:
    tie = comparison({"甲居": (9, 9), "乙居": (9, 1)}, by="community")
    assert place_bars(tie, "zh").title == "甲居等2个工单最多，各9件"


def test_a_rate_within_noise_is_grey_and_said_to_be_so() -> None:
    chart = service(services(*SERVICES), "zh")
    colours = {t.get_text(): t.get_color() for t in chart.figure.texts}
    assert colours["▲7.4个百分点"] == theme.RISE_TEXT
    assert colours["△10.3个百分点"] == colours["−11.3小时"] == theme.NOISE_TEXT
    assert "重复率10.3%，对比期0.0%，+10.3个百分点，波动范围内" in chart.alt


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_selection_stands_in_the_subtitle_of_every_chart(lang: Lang) -> None:
    where = (("type", "parking"), ("request-type", "投诉"))
    said = {
        "zh": "（只计问题类型＝停车难、诉求类型＝投诉）",
        "en": "(only problem type = Parking, request type = complaint (投诉))",
    }
    compared = replace(comparison(), where=where)
    drawn = [
        type_change(compared, HEADLINE, lang),
        place_bars(compared, lang),
        contribution(replace(contributions(compared), where=where), lang),
        heat_map(replace(series({"noise": waves()}), where=where), ["noise"], lang),
        monthly_lines(replace(series({"noise": waves()}), where=where), ["noise"], lang),
        service(replace(services(*SERVICES), where=where, types=SCHEME), lang),
    ]
    for chart in drawn:
        assert said[lang] in chart.alt, chart.id
        shown = "".join(_texts(chart)).replace(" ", "")
        assert said[lang].replace(" ", "") in shown, chart.id


@pytest.mark.parametrize(
    ("current", "baseline", "title"),
    [
        ([1, 2, 3], [4, 5, 6], "合计：各完整月均低于对比期"),
        ([4, 5, 6], [1, 2, 3], "合计：各完整月均高于对比期"),
        ([1, 2, 3], [4, 2, 6], "合计：3个完整月中，2个月低于对比期，其余持平"),
        ([1, 9, 3], [1, 2, 3], "合计：3个完整月中，1个月高于对比期，其余持平"),
        ([1, 2, 3], [1, 2, 3], "合计：各完整月与对比期持平"),
    ],
)
def test_a_side_without_months_is_not_spoken_of(current: list[int], baseline: list[int], title: str) -> None:
    span = windows("2024-01..2024-03", "2023-01..2023-03")
    assert monthly_lines(series({"total": (current, baseline)}, span), ["total"], "zh").title == title


def test_counts_of_one_read_right_in_english() -> None:
    one = contribution(contributions(comparison({"noise": (1, 0), "other": (0, 0)})), "en")
    assert one.title == "Total change +1 ticket; Noise weighs most (+1 ticket)"
    place = place_bars(comparison({"甲": (1, 0), "": (1, 0)}, by="community"), "en")
    assert place.title == "甲 leads with 1 ticket, 50.0% of all"
    assert "Left out, without a value: 1 ticket." in _texts(place)
    alone = type_change(comparison({"noise": (1, 0)}, span=windows(covered=False)), ["noise"], "en")
    assert alone.title == "Noise: 1 ticket"


def test_a_default_period_that_is_cut_is_no_question_asked() -> None:
    span = replace(windows("2024-01-01..2024-10-15", "2023-01-01..2023-10-15", asked="2024"), requested=False)
    span = replace(span, data_end="2024-10-15")
    assert "注：数据截至2024-10-15，图中计到该日。" in _texts(
        type_change(comparison(span=span), HEADLINE, "zh")
    )
