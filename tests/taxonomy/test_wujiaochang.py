"""The built-in taxonomy: its types and groups, and what its rules make of tickets."""

import numpy as np
import pyarrow as pa
import pytest

from hotline_stats.taxonomy import classify, explain, load
from hotline_stats.taxonomy.classifier import BLOCK

T = load("wujiaochang")


def test_types_and_groups() -> None:
    assert T.scheme.ids == (
        "illegal_construction", "corridor_clutter", "load_bearing", "cooking_fumes", "home_renewal", "nimby", "parking",
        "lift", "noise", "sanitation", "group_rental", "green_damage", "ebike", "property_service",
        "owners_committee", "building_repair", "uncivil", "other",
    )  # fmt: skip
    assert {g.id: len(g.types) for g in T.scheme.groups} == {
        "headline": 8,
        "property": 3,
        "focus_2025": 4,
        "community_8": 8,
    }
    assert T.scheme.group("headline").types == T.scheme.ids[:8]
    assert T.scheme.group("property").request_types == ("投诉",)
    assert T.scheme.name("lift", "zh") == "加梯难"
    assert "官方" in T.note("zh")
    assert "official" in T.note("en")


@pytest.mark.parametrize("type_", T.scheme.ids)
def test_every_type_has_examples_and_counter_examples(type_: str) -> None:
    assert 3 <= len(T.source.examples[type_]) <= 8
    assert 3 <= len(T.source.counter_examples[type_]) <= 8


EXAMPLES = [(t, text) for t in T.scheme.ids for text in T.source.examples[t]]
COUNTER = [(t, text) for t in T.scheme.ids for text in T.source.counter_examples[t]]


@pytest.mark.parametrize(("type_", "text"), EXAMPLES)
def test_examples(type_: str, text: str) -> None:
    assert explain(T, None, text).primary == type_


@pytest.mark.parametrize(("type_", "text"), COUNTER)
def test_counter_examples(type_: str, text: str) -> None:
    assert explain(T, None, text).primary != type_


SETTLED = [
    ("搅拌站离小区太近，要求搬迁。", "nimby"),
    ("搅拌站夜间噪音太大，请管一管。", "noise"),
    ("物业把停车费涨了一倍。", "parking"),
    ("饭店为了装排烟管在墙上打洞，油烟直排。", "cooking_fumes"),
    ("房东敲墙打隔断，租给十几个人群租。", "group_rental"),
    ("在绿地上违章搭建房屋，要求拆除。", "illegal_construction"),
    ("开发商交付的新房漏水，要求整改。", "building_repair"),
    ("开发商延期交房，要求退房退款。", "other"),
    ("维修资金被物业挪用，要求查账。", "owners_committee"),
    ("小区公共收益被物业侵占。", "property_service"),
    ("反对在我家楼下建充电站，要求换个地方。", "nimby"),
    ("过道里放了很多柜子和笼子。", "corridor_clutter"),
    ("电梯老是故障，请维修。", "building_repair"),
    ("电梯太旧了，要求更换新电梯。", "lift"),
    ("旧里改造什么时候签约？", "home_renewal"),
    ("马路上窨井冒溢。", "sanitation"),
    ("楼里下水管道堵塞漏水。", "building_repair"),
    ("路灯不亮。", "other"),
    ("噪音很大，多次找过物业无果。", "noise"),
    ("部门答复：经查未发现群租。市民称楼上仍在漏水。", "building_repair"),
]


@pytest.mark.parametrize(("text", "type_"), SETTLED)
def test_settled_borders(text: str, type_: str) -> None:
    assert explain(T, None, text).primary == type_


def test_a_full_block_is_judged_like_single_tickets() -> None:
    texts = [text for _, text in EXAMPLES + COUNTER]
    once, often = (pa.array(texts * n) for n in (1, BLOCK // len(texts) + 2))
    one, many = (classify(T, pa.nulls(len(a), pa.string()), a) for a in (once, often))
    n = len(often) // len(once)
    assert np.array_equal(many.primary, np.tile(one.primary, n))
    assert np.array_equal(many.labels, np.tile(one.labels, n))
    assert np.array_equal(many.margin, np.tile(one.margin, n))


def test_ordinary_ways_of_writing_letters() -> None:
    for text in ("楼下ktv太吵", "楼下KTV太吵", "楼下ＫＴＶ太吵"):
        assert explain(T, None, text).primary == "noise"
