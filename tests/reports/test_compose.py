"""What the report says: order, sums, verdicts honoured, and the singular cases."""

import re
from dataclasses import replace

import pandas as pd
import pytest
import report_data as data

from hotline_stats.analysis import analyse, settle, where
from hotline_stats.model.period import parse
from hotline_stats.model.results import Note
from hotline_stats.model.types import Group, TypeScheme
from hotline_stats.reports.compose import compose
from hotline_stats.reports.document import Card, Document, Heading, KeyFigures, Notes, Paragraph, Table
from hotline_stats.settings.values import Settings


def said(document: Document, section: str | None = None) -> str:
    blocks = document.blocks if section is None else document.section(section)
    return "\n".join(b.text for b in blocks if isinstance(b, Paragraph))


def composed(results, lang="zh", top_n=12, **intake) -> Document:
    return compose(results, data.intake(**intake), data.provenance(), lang, top_n, drawn=False)


def tiny(days: list[str], types: list[str], **columns):
    order = {t: i for i, t in enumerate(data.SCHEME.ids)}
    frame = pd.DataFrame({"accepted": pd.to_datetime(days), "type": types, "n": 1, **columns})
    frame["labels"] = [1 << order[t] for t in types]
    return data.typed(frame)


def test_head_and_order_of_sections(plain):
    document = plain["zh"]
    assert document.title == "12345热线工单同比分析报告"
    assert document.subtitle == "2024-01-01—2024-12-31，对比2023-01-01—2023-12-31"
    headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert headings == [
        "一、八类重点问题", "二、物业类投诉", "三、其他问题类型", "四、诉求类型与渠道", "五、服务指标", "六、分布",
        "七、数据质量", "附件：口径说明",
    ]  # fmt: skip
    assert [b.number for b in document.blocks if isinstance(b, Table)] == list(range(1, 17))


def test_both_languages_have_the_same_blocks(plain):
    shapes = []
    for document in plain.values():
        found = document.to_dict()["blocks"]
        shapes.append([(b["block"], b.get("id"), b.get("rows") and len(b["rows"])) for b in found])
    assert shapes[0] == shapes[1]


def test_no_placeholder_and_no_half_number_is_left(plain):
    for lang, document in plain.items():
        text = said(document) + "\n".join(i for b in document.blocks if isinstance(b, Notes) for i in b.items)
        assert "{" not in text and "nan" not in text and "None" not in text
        assert "  " not in text
        if lang == "zh":
            assert not re.search(r"下降[−-]", text)


def test_key_figures_by_hand(plain):
    cards = next(b for b in plain["zh"].blocks if isinstance(b, KeyFigures)).cards
    assert [c.label for c in cards] == ["八类重点问题", "物业类投诉", "全部工单", "满意率"]
    now, then = (sum(t[i] for t in data.TYPES[:8]) for i in (4, 3))
    assert (now, then) == (1684, 2068)
    assert cards[0].value == "1,684件"
    assert cards[0].change == "同比下降18.6%"  # (1684 - 2068) / 2068 = -18.569 %
    assert cards[0].tone == "fall"
    assert cards[0].note.startswith("去年同期2,068件，95%区间−")
    assert cards[1].note.startswith("仅计投诉；")
    assert (
        cards[3].change.startswith("同比上升") and "个百分点" in cards[3].change and cards[3].tone == "rise"
    )


def test_falls_are_ranked_and_noise_is_never_called_a_fall(plain, results):
    text = said(plain["zh"], "headline")
    assert (
        "下降明显的有违法搭建（500→332，下降33.6%）、楼道堆物（420→293，下降30.2%）、停车难（640→520，下降18.8%）。"
        in text
    )
    for name in ("美丽家园建设", "加梯难", "餐饮油烟", "损坏房屋承重结构"):
        assert not re.search(name + r"（[^）]*(下降|上升)", text)
    assert "邻避矛盾数量少，不作判断。" in text
    assert results.types.row("home_renewal")["verdict"] == "within-noise"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_with_a_total_add_up(plain, lang):
    for table in (b for b in plain[lang].blocks if isinstance(b, Table) and b.total_row):
        if table.id == "property":
            continue
        keys = [c.key for c in table.columns]
        for key in {"baseline", "current", "change", "rows_in", "kept", "rejected", "duplicates"} & set(keys):
            column = [row[keys.index(key)] for row in table.rows]
            assert sum(column[:-1]) == column[-1], (table.id, key)
        if "share" in keys:
            shares = [row[keys.index("share")] for row in table.rows]
            assert sum(shares[:-1]) == pytest.approx(100) and shares[-1] == 100


def test_ranking_is_cut_with_a_row_for_the_rest(plain):
    table = plain["zh"].table("by-community")
    assert table is not None
    names = [row[0] for row in table.rows]
    assert names[-3:] == [
        "其余13个",
        "（未填）",
        "合计",
    ]  # 26 names: 12 with most tickets, one named in the text
    counts = [row[2] for row in table.rows[:13]]
    assert counts == sorted(counts, reverse=True)
    assert table.rows[13][5] is None  # a sum of others has no verdict
    assert table.note.startswith("按本期件数排序，列前12个及正文点名的另外1个，")


def test_every_place_that_the_text_names_is_in_the_table(plain):
    for lang, mark in (("zh", "→"), ("en", " →")):
        text = said(plain[lang], "place-community")
        table = plain[lang].table("by-community")
        assert table is not None
        named = set(re.findall(rf"(第\d+居委会) ?[（(]\d+{mark}", text))
        assert named and named <= {row[0] for row in table.rows}


def test_one_left_over_is_named_rather_than_summed(results):
    table = composed(results, top_n=4).table("by-unit")
    assert table is not None
    assert len(table.rows) == 6 and not any("其余" in str(row[0]) for row in table.rows)


def test_property_is_another_population(plain, results):
    text = said(plain["zh"], "property")
    assert "只统计诉求类型为“投诉”" in text and "不可相加" in text
    table = plain["zh"].table("property")
    assert table is not None
    assert table.rows[-1][0] == "物业类投诉（仅投诉）"
    assert table.rows[-1][2] == results.types.row("property")["current"]
    assert sum(row[2] for row in table.rows[:-1]) > table.rows[-1][2]


def test_service_says_points_and_relative_change_apart(plain, results):
    figure = results.services.figure("satisfaction")
    assert figure.current is not None and figure.baseline is not None
    text = said(plain["zh"], "service")
    found = re.search(r"满意率([\d.]+)%→([\d.]+)%，提高([\d.]+)个百分点，相对上升([\d.]+)%", text)
    assert found
    was, now, points, relative = map(float, found.groups())
    assert was == pytest.approx(figure.baseline, abs=0.0501) and now == pytest.approx(
        figure.current, abs=0.0501
    )
    assert points == pytest.approx(figure.current - figure.baseline, abs=0.0501)
    assert relative == pytest.approx(100 * (figure.current / figure.baseline - 1), abs=0.0501)
    assert "满意率＝（满意×1＋基本满意×0.8＋一般×0.6＋不满意×0）÷ 已评价件数" in text


def test_account_of_rows(plain):
    text = said(plain["zh"], "quality")
    assert "1个文件共读入12,010行＝采用12,000行＋剔除3行＋重复7行。" in text
    assert "受理日期在本期的5,434件，在对比期的6,108件，其余458件在两期之外" in text
    table = plain["zh"].table("findings")
    assert table is not None and [row[2] for row in table.rows] == [7, 3]


def test_definitions_name_windows_groups_taxonomy_and_settings(plain):
    notes = plain["zh"].section("method")[-1]
    assert isinstance(notes, Notes)
    text = "\n".join(notes.items)
    for expected in (
        "不是官方名录", "版本2024.1（sha256 cdcdcdcdcdcd）", "hotline-stats 0.1.0", "top_n = 12（--top）",
        "95%置信水平", "首尾两日均含在内", "满意率＝",
    ):  # fmt: skip
        assert expected in text
    assert "comparison.confidence" not in text


def test_without_a_baseline_nothing_rises_or_falls():
    now = data.facts().frame
    document = composed(data.results(data.typed(now[now["accepted"] >= "2024-01-01"].reset_index(drop=True))))
    assert document.subtitle == "2024-01-01—2024-12-31（数据中没有2023-01-01—2023-12-31的工单，无法比较）"
    text = said(document)
    assert "无法" in document.subtitle and not re.search("下降|上升|持平|减少|增加", text)
    for table in (b for b in document.blocks if isinstance(b, Table)):
        assert not {"baseline", "change", "change_pct", "verdict", "interval"} & {
            c.key for c in table.columns
        }
    assert document.section("drivers") == ()
    assert "先行联系率" in said(document, "service")


@pytest.mark.parametrize(
    ("against", "title", "word"),
    [("2024-04", "12345热线工单环比分析报告", "环比"), ("2023-07", "12345热线工单对比分析报告", "较对比期")],
)
def test_only_a_year_on_year_comparison_is_called_so(against, title, word):
    document = composed(data.results(period="2024-05", against=against))
    assert document.title == title
    cards = next(b for b in document.blocks if isinstance(b, KeyFigures)).cards
    assert cards[0].change.startswith(word)
    notes = "\n".join(i for b in document.blocks if isinstance(b, Notes) for i in b.items)
    assert "同比" not in said(document) + document.title + "".join(c.change for c in cards)
    assert not re.search("同比＝", notes)


def test_a_cut_window_says_so():
    frame = data.facts().frame
    part = data.typed(frame[frame["accepted"] < "2024-05-20"].reset_index(drop=True))
    document = composed(data.results(part))
    assert document.subtitle.startswith(
        "2024-01-01—2024-05-19，对比2023-01-01—2023-05-19（所问期间为2024-01-01—2024-12-31"
    )


def test_bare_columns_leave_sections_out():
    document = composed(
        data.results(tiny(["2023-01-01", "2023-06-01", "2024-01-01", "2024-12-31"], ["noise"] * 4))
    )
    assert document.table("by-community") is None and document.table("by-request_type") is None
    assert "没有足够的办结、联系或评价数据" in said(document, "service")
    assert "八类重点问题共0件，两期均为零" in said(document, "headline")
    assert [c.label for b in document.blocks if isinstance(b, KeyFigures) for c in b.cards] == [
        "八类重点问题", "物业类投诉", "全部工单",
    ]  # fmt: skip


def test_a_type_that_is_new_has_no_percentage():
    days = ["2023-01-01", *through(2024, 30), "2024-12-31"]
    document = composed(data.results(tiny(days, ["other", *["lift"] * 30, "other"])))
    table = document.table("headline")
    assert table is not None
    keys = [c.key for c in table.columns]
    row = next(r for r in table.rows if r[0] == "加梯难")
    assert row[keys.index("change_pct")] == "新增" and row[keys.index("change")] == 30
    assert "上升明显的有加梯难（0→30）。" in said(document, "headline")


def test_counts_of_one_read_right_in_english():
    days = ["2023-01-01", "2024-06-03", "2024-12-31"]
    document = composed(data.results(tiny(days, ["other", "lift", "other"])), "en")
    assert "1 ticket in the same period last year" in said(document)
    assert not re.search(r"\b1 tickets\b", said(document))


def test_an_empty_period():
    results = data.results(
        tiny(["2023-01-01", "2024-06-03", "2024-12-31"], ["other"] * 3), "2024-03", "2023-05"
    )
    text = said(composed(results))
    assert "共受理12345热线工单0件，两期均为零" in text and "—。" not in text


def test_a_taxonomy_without_our_groups(results):
    scheme = TypeScheme("own", "1", data.SCHEME.types, (Group("quiet", "噪声", "Noise", ("noise",)),))
    document = composed(data.results(data.typed(data.facts().frame, scheme)))
    headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert headings[:3] == ["一、问题类型", "二、诉求类型与渠道", "三、服务指标"]
    table = document.table("headline")
    assert table is not None and table.rows[-1][2] == results.types.total["current"]


def test_a_selection_is_named_in_the_head(results):
    chosen = replace(results.types, where=(("community", "甲\n居委会"),))
    document = composed(replace(results, types=chosen))
    assert document.subtitle.endswith("对比2023-01-01—2023-12-31（只计居村＝甲 居委会）")


def test_a_very_long_name_is_cut_in_sentences_only(hostile):
    name = data.HOSTILE[4]
    document = composed(hostile)
    assert name not in said(document)
    table = document.table("by-community")
    assert table is not None and name in [row[0] for row in table.rows]


def test_a_table_refuses_ragged_rows(plain):
    table = plain["zh"].table("headline")
    assert table is not None
    with pytest.raises(ValueError, match="headline"):
        Table("headline", 1, "", table.columns, ((1, 2),))


def cards_of(document: Document) -> dict[str, Card]:
    return {c.label: c for b in document.blocks if isinstance(b, KeyFigures) for c in b.cards}


def chosen(*conditions: tuple[str, str], period: str = "2024"):
    """Results of the invented tickets that meet the conditions."""
    facts = data.facts()
    found = analyse(where(facts, conditions), settle(facts, parse(period)), Settings())
    by = {k: replace(v, where=conditions) for k, v in found.by.items()}
    return replace(found, types=replace(found.types, where=conditions), by=by)


def through(year: int, n: int) -> list[str]:
    """`n` days, spread over the months: all on one day they would be one event."""
    return [f"{year}-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(n)]


def small(now: int, then: int, kind: str = "lift") -> Document:
    """`then` tickets of the kind a year ago and `now` today, among others."""
    days = ["2023-01-01", *through(2023, then), *through(2024, now), "2024-12-31"]
    return composed(data.results(tiny(days, ["other", *[kind] * (then + now), "other"])))


def test_what_the_table_refuses_no_sentence_and_no_card_says():
    """5 → 60: told from noise, but a percentage of five says nothing."""
    document = small(60, 5)
    table = document.table("headline")
    assert table is not None
    cells = dict(zip([c.key for c in table.columns], table.rows[-1], strict=True))
    assert (cells["change_pct"], cells["interval"], cells["verdict"]) == ("基数小", None, "rise")
    text = said(document, "headline")
    assert "上升明显的有加梯难（5→60）。" in text and "%" not in text.split("；占")[0]
    card = cards_of(document)["八类重点问题"]
    assert (card.change, card.note, card.tone) == ("基数小，上升", "去年同期5件", "rise")


def test_a_small_base_within_noise_and_one_too_small_to_judge():
    within, few = (cards_of(small(now, 3))["八类重点问题"] for now in (10, 4))
    assert (within.change, within.note) == ("基数小，波动范围内", "去年同期3件")
    assert (few.change, few.note) == ("数量少，不作判断", "去年同期3件")


@pytest.mark.parametrize(("then", "verdict", "interval"), [(1, "too-few", False), (60, "fall", True)])
def test_what_is_gone_has_no_percentage(then, verdict, interval):
    table = small(0, then).table("headline")
    assert table is not None
    cells = dict(zip([c.key for c in table.columns], table.rows[7], strict=True))
    assert (cells["name"], cells["change_pct"], cells["verdict"]) == ("加梯难", "降至零", verdict)
    assert (cells["interval"] is not None) == interval


def test_a_rate_within_noise_is_neither_raised_nor_lowered():
    rated = ["satisfied"] * 30 + ["dissatisfied"] * 10
    frame = {"satisfaction": [*rated, "satisfied", *rated], "contacted": [True] * 81}
    days = ["2023-01-01"] * 40 + ["2024-12-31"] * 41
    document = composed(data.results(tiny(days, ["noise"] * 81, closed=pd.to_datetime(days), **frame)))
    text = said(document, "service")
    assert "满意率75.0%→75.6%，变化+0.6个百分点，波动范围内" in text and not re.search("提高|降低|相对", text)
    card = cards_of(document)["满意率"]
    assert card.change == "同比+0.6个百分点，波动范围内" and card.tone == "noise"
    table = document.table("service")
    assert table is not None and "可能相差0.1" in table.note and "未作波动判断" not in table.note
    keys = [c.key for c in table.columns]
    assert table.rows[1][keys.index("verdict")] == "within-noise"


def test_times_are_stated_and_not_judged(plain):
    assert re.search(r"办理时长中位数[\d.]+小时→[\d.]+小时，变化[+−][\d.]+小时", said(plain["zh"], "service"))


@pytest.mark.parametrize(
    ("period", "grave"), [("2024-02", True), ("2024-01-01..2024-02-14", True), ("2024-01..2024-03", False)]
)
def test_the_festival_stands_beside_the_first_figures_of_a_short_period(period, grave):
    document = composed(data.results(period=period))
    beside = [i for b in document.blocks[:4] if isinstance(b, Notes) for i in b.items]
    assert any("春节" in i for i in beside) == grave


def test_what_may_overturn_a_figure_stands_beside_it():
    now = data.facts().frame
    alone = data.typed(now[now["accepted"] >= "2024-01-01"].reset_index(drop=True))
    found = data.results(alone)
    assumed = replace(found.types, notes=(Note("fallback-dispersion", (("dispersion", "3"),)),))
    for results, word in ((found, "不含对比期"), (replace(found, types=assumed), "历史月份不足")):
        notes = next(b for b in composed(results).blocks if isinstance(b, Notes))
        assert any(word in i for i in notes.items)


def test_no_clear_change_is_said_of_all_only_when_all_were_judged(plain):
    days = ["2023-01-01", *["2023-06-01"] * 42, *["2024-06-01"] * 42, "2024-12-31"]
    kinds = ["other", *["lift"] * 40, *["nimby"] * 2, *["lift"] * 41, "nimby", "other"]
    text = said(composed(data.results(tiny(days, kinds))), "headline")
    assert "加梯难的变化在正常波动范围内，不称升降。邻避矛盾数量少，不作判断。" in text and "各类" not in text
    even = ["other", *["lift"] * 42, *["lift"] * 42, "other"]
    assert "各类变化均在正常波动范围内" in said(composed(data.results(tiny(days, even))), "headline")


def test_a_selection_by_type_speaks_only_of_it():
    document = composed(chosen(("type", "停车难")))
    assert list(cards_of(document)) == ["所选工单", "满意率"]
    assert document.subtitle.endswith("（只计问题类型＝停车难）")
    headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert headings[0] == "一、问题类型" and not any("物业" in h or "其他" in h for h in headings)
    table = document.table("headline")
    assert table is not None and [row[0] for row in table.rows] == ["停车难", "合计"]
    text = said(document)
    assert "共受理所选12345热线工单520件" in text and "全部工单" not in text


def test_a_selection_of_a_group_keeps_its_section():
    document = composed(chosen(("group", "headline"), ("channel", "12345热线")), "en")
    assert list(cards_of(document)) == ["Eight headline problems", "Tickets selected", "Satisfaction"]
    assert "100.0% of the tickets selected" in said(document, "headline")
    assert document.section("other") == () and document.section("property") == ()


def test_conditions_on_one_column_are_one_condition():
    found = chosen(("type", "parking"), ("type", "噪声扰民"), ("request-type", "投诉"))
    assert composed(found).subtitle.endswith("（只计问题类型＝停车难或噪声扰民、诉求类型＝投诉）")
    assert composed(found, "en").subtitle.endswith(
        " (only problem type = Parking or Noise, request type = complaint (投诉))"
    )


def test_what_drives_the_total_is_said_to_be_arithmetic(plain):
    assert "这是算术分解，未判断是否超出正常波动" in said(plain["zh"], "drivers")
    assert "arithmetic only, not judged against noise" in said(plain["en"], "drivers")


def test_english_speaks_of_the_period_before():
    document = composed(data.results(period="2024-05", against="2024-04"), "en")
    assert document.title == "12345 hotline tickets: comparison with the period before"
    assert (
        "on the period" not in said(document)
        and "against the period before" in cards_of(document)["All tickets"].change
    )


def test_request_types_have_an_english_word(plain):
    assert "request type complaint (投诉)" in said(plain["en"], "property")
    table = plain["en"].table("by-request_type")
    assert table is not None
    assert {row[0] for row in table.rows} == {
        "complaint (投诉)", "request for help (求助)", "enquiry (咨询)", "Total"
    }  # fmt: skip


def test_a_default_period_says_how_far_the_data_reach():
    frame = data.facts().frame
    found = data.results(data.typed(frame[frame["accepted"] < "2024-05-20"].reset_index(drop=True)))
    asked = replace(found.types, windows=replace(found.windows, requested=False))
    subtitle = composed(replace(found, types=asked)).subtitle
    assert subtitle == "2024-01-01—2024-05-19，对比2023-01-01—2023-05-19（数据截至2024-05-19）"


def test_a_group_that_cannot_be_counted_is_left_out(results):
    groups = results.types.groups.copy()
    groups.loc[groups["key"] == "property", "status"] = "uncountable"
    document = composed(replace(results, types=replace(results.types, groups=groups)))
    assert "物业类投诉" not in cards_of(document) and document.section("property") == ()


def test_the_rest_of_a_ranking_has_no_percentage_on_a_small_base():
    names = ["甲"] * 40 + ["乙"] * 30 + ["丙", "丁"]
    days = ["2023-01-01", *["2023-06-01"] * 71, *["2024-06-01"] * 71, "2024-12-31"]
    document = composed(data.results(tiny(days, ["noise"] * 144, community=names * 2)), top_n=2)
    table = document.table("by-community")
    assert table is not None
    assert [table.rows[2][i] for i in (0, 1, 2, 4)] == ["其余2个", 2, 2, "基数小"]


def test_the_settings_in_force_have_one_source(results):
    with pytest.raises(KeyError, match=r"comparison\.confidence"):
        compose(results, data.intake(), replace(data.provenance(), settings=()), "zh", 12, drawn=False)


def without_text(file):
    return replace(file, mapping=tuple((h, c) for h, c in file.mapping if c not in ("title", "content")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_files_without_text_are_not_typed(results, lang):
    account = data.intake()
    bare = replace(account, files=tuple(without_text(f) for f in account.files))
    document = compose(results, bare, data.provenance(), lang, 12, drawn=False)
    ids = [b.id for b in document.blocks if isinstance(b, Heading)]
    assert "headline" not in ids and "property" not in ids and "overview" in ids
    notes = " ".join(i for b in document.blocks if isinstance(b, Notes) for i in b.items)
    assert ("未判定问题类型" if lang == "zh" else "no ticket was typed") in notes


def test_one_file_without_text_among_others_is_told(results):
    account = data.intake()
    other = without_text(replace(account.files[0], file="无内容.csv"))
    mixed = replace(account, files=(account.files[0], other), kept=2 * account.kept)
    document = compose(results, mixed, data.provenance(), "zh", 12, drawn=False)
    notes = " ".join(i for b in document.blocks if isinstance(b, Notes) for i in b.items)
    assert "不可靠" in notes and "12,000件" in notes and document.section("headline")
