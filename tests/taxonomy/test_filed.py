"""What categories, request types and moves do to a ticket's type."""

import pyarrow as pa
import pytest
from taxonomy_small import SMALL

from hotline_stats.errors import UsageError
from hotline_stats.taxonomy import Filed, Taxonomy, classify, explain, parse

MORE = """
[[rules]]
type = "garbage"
weight = 9
phrases = ["表扬"]
request_types = ["表扬", "感谢"]
[[pairs]]
type = "garbage"
weight = 9
first = ["请"]
then = ["清"]
request_types = ["求助"]
[[moves]]
from = "noise"
to = "garbage"
phrases = ["清运车"]
[[moves]]
from = "garbage"
share = 0.5
phrases = ["垃圾短信"]
place = "content"
[[crosswalk]]
type = "noise"
weight = 4
categories = ["噪声", "环境/其他"]
[[crosswalk]]
type = "garbage"
weight = 2.5
categories = ["市容"]
"""


def taxonomy(more: str = MORE) -> Taxonomy:
    return parse("small.toml", (SMALL + more).encode())


T = taxonomy()


def typed(content: str, *levels: str, request: str | None = None) -> str:
    return explain(T, None, content, request, levels).primary


def test_a_category_decides_where_the_text_is_silent() -> None:
    assert typed("请处理") == "other"
    assert typed("请处理", "公共安全", "噪声") == "noise"
    assert typed("请处理", "环境", "其他") == "noise"  # the path
    assert typed("请处理", "环境", "大气", "其他") == "other"  # not the path
    assert typed("请处理", "其他", "环境") == "other"


def test_a_category_is_outweighed_by_the_text() -> None:
    assert typed("垃圾 脏 垃圾成堆", "市容") == "garbage"
    found = explain(T, None, "噪音", None, ("市容",))
    assert found.primary == "noise"
    assert [(m.phrase, m.type, m.place, m.weight) for m in found.matches] == [
        ("市容", "garbage", "category", 2.5),
        ("噪音", "noise", "content", 4.0),
    ]


def test_several_entries_for_one_type_count_once() -> None:
    found = explain(T, None, "", None, ("环境", "其他", "噪声"))
    assert found.scores == (("noise", 4.0),)


@pytest.mark.parametrize(("request_", "primary"), [("表扬", "garbage"), ("投诉", "other"), (None, "other")])
def test_a_rule_for_some_request_types(request_: str | None, primary: str) -> None:
    assert typed("表扬", request=request_) == primary


def test_a_pair_for_some_request_types() -> None:
    assert [typed("请快清", request=r) for r in ("求助", "投诉")] == ["garbage", "other"]


def test_a_move_gives_what_was_found_to_another_type() -> None:
    assert typed("KTV") == "noise"
    moved = explain(T, None, "清运车KTV")
    assert (moved.primary, moved.scores) == ("garbage", (("garbage", 4.0),))
    assert ("清运车", "noise→garbage") in [(m.phrase, m.type) for m in moved.matches]


def test_a_negated_move_does_not_happen() -> None:
    assert typed("不是清运车，KTV") == "noise"


def test_a_move_to_nothing_excludes_a_share() -> None:
    assert explain(T, None, "垃圾短信和垃圾").scores == (("garbage", 2.0),)
    assert explain(T, "垃圾短信", "垃圾").scores[0][1] == 12.0  # no move in the title: 8, and 4


def test_rows_are_judged_alone_and_alike() -> None:
    texts = ["请处理", "KTV", "清运车KTV", "表扬", ""] * 1000
    first = ["环境", None, "市容", "噪声", "环境"] * 1000
    second = ["其他", "其他", None, None, "大气"] * 1000
    request = [None, "投诉", "求助", "感谢", "表扬"] * 1000
    filed = Filed(
        pa.array(request, pa.string()).dictionary_encode(),
        tuple(pa.array(c, pa.string()).dictionary_encode() for c in (first, second)),
    )
    found = classify(T, pa.nulls(len(texts), pa.string()), pa.array(texts), filed, evidence=True)
    levels = zip(first[:5], second[:5], strict=True)
    alone = [explain(T, None, *row) for row in zip(texts[:5], request[:5], levels, strict=True)]
    assert [T.scheme.ids[i] for i in found.primary] == [e.primary for e in alone] * 1000
    assert found.evidence is not None
    for row, e in zip(found.evidence[-5:], alone, strict=True):
        assert row == [(m.phrase, m.type, m.place, m.position, m.weight) for m in e.matches]


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ('[[moves]]\nfrom = "noise"\nto = "noise"\nphrases = ["x"]', "taxonomy-wrong-value", 3),
        ('[[moves]]\nfrom = "noise"\nshare = 2\nphrases = ["x"]', "taxonomy-wrong-value", 3),
        ('[[moves]]\nfrom = "nois"\nphrases = ["x"]', "taxonomy-unknown-type", 2),
        ('[[moves]]\nto = "noise"\nphrases = ["x"]', "taxonomy-missing-key", 1),
        (
            '[[crosswalk]]\ntype = "noise"\nweight = 1\ncategories = ["a/"]',
            "taxonomy-wrong-value",
            4,
        ),
        (
            '[[rules]]\ntype = "noise"\nweight = 1\nphrases = [\n  "a",\n  "(b",\n]',
            "taxonomy-bad-phrase",
            6,
        ),
    ],
)
def test_errors_name_the_line(more: str, code: str, line: int) -> None:
    with pytest.raises(UsageError) as error:
        taxonomy("\n" + more)
    assert error.value.code == code
    assert error.value.facts["file"] == f"small.toml:{len(SMALL.splitlines()) + 1 + line}"


def test_effective_dates() -> None:
    dated = "effective_from = 2023-01-01\neffective_to = 2025-12-31\n"
    source = parse("small.toml", (dated + SMALL).encode()).source
    assert (str(source.effective_from), str(source.effective_to)) == ("2023-01-01", "2025-12-31")
    assert T.source.effective_from is None
    for wrong in (
        'effective_from = "2023"\n',
        "effective_from = 2025-01-01\neffective_to = 2023-01-01\n",
    ):
        with pytest.raises(UsageError) as error:
            parse("small.toml", (wrong + SMALL).encode())
        assert error.value.code == "taxonomy-wrong-value"
