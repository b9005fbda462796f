"""Selecting tickets: values, names, groups, missing, and the errors that help."""

import pytest
from analysis_frames import SCHEME, make_facts

from hotline_stats.analysis import where
from hotline_stats.errors import UsageError

ROWS = [
    {
        "accepted": "2024-01-01",
        "n": 1,
        "type": "noise",
        "street": "甲路街道",
        "request_type": "投诉",
        "contacted": True,
        "labels": 1,
    },
    {
        "accepted": "2024-01-02",
        "n": 2,
        "type": "parking",
        "street": "甲路街道",
        "request_type": "咨询",
        "contacted": False,
        "labels": 3,
    },
    {
        "accepted": "2024-01-03",
        "n": 4,
        "type": "lift",
        "street": "乙路街道",
        "request_type": "投诉",
        "labels": 4,
    },
    {"accepted": "2024-01-04", "n": 8, "type": "noise", "labels": 9},
    {"accepted": "2024-01-05", "n": 16, "type": "other", "street": "", "request_type": "建议", "labels": 8},
]
FACTS = make_facts(ROWS)


@pytest.mark.parametrize(
    ("conditions", "tickets"),
    [
        ([], 31),
        ([("street", "甲路街道")], 3),
        ([("街镇", "甲路街道")], 3),
        ([("street", "")], 24),
        ([("request-type", "投诉")], 5),
        ([("request_type", "")], 8),
        ([("诉求类型", "咨询")], 2),
        ([("type", "noise")], 9),
        ([("type", "噪声扰民")], 9),
        ([("type", "lifts")], 4),
        ([("问题类型", "停车难")], 2),
        ([("label", "noise")], 11),
        ([("label", "停车难")], 2),
        ([("group", "headline")], 11),
        ([("group", "重叠")], 6),
        ([("group", "complaints")], 1),
        ([("contacted", "是")], 1),
        ([("contacted", "false")], 2),
        ([("contacted", "")], 28),
        ([("street", "甲路街道"), ("type", "noise")], 1),
        ([("street", "甲路街道"), ("type", "lift")], 0),
        ([("street", "甲路街道"), ("street", "乙路街道")], 7),
        ([("street", "甲路街道"), ("street", "乙路街道"), ("request-type", "投诉")], 5),
    ],
)
def test_where(conditions: list[tuple[str, str]], tickets: int) -> None:
    selected = where(FACTS, conditions)
    assert selected.n == tickets
    assert selected.types is SCHEME
    assert selected.frame.index.tolist() == list(range(len(selected.frame)))


def test_the_facts_given_stay_as_they_are() -> None:
    before = FACTS.frame.copy()
    where(FACTS, [("street", "甲路街道")])
    assert FACTS.frame.equals(before)


@pytest.mark.parametrize(
    ("condition", "code", "closest"),
    [
        (("strete", "甲"), "unknown-column", "street"),
        (("n", "1"), "unknown-column", ""),
        (("street", "甲路街"), "unknown-value", "甲路街道"),
        (("type", "nois"), "unknown-value", "noise"),
        (("type", "停车"), "unknown-value", "停车难"),
        (("group", "headlines"), "unknown-value", "headline"),
        (("label", "lft"), "unknown-value", "lift"),
        (("contacted", "maybe"), "unknown-value", "true"),
        (("request_type", "xyz"), "unknown-value", "建议"),
    ],
)
def test_unknown_names_give_the_closest_known(condition: tuple[str, str], code: str, closest: str) -> None:
    with pytest.raises(UsageError) as error:
        where(FACTS, [condition])
    assert error.value.code == code
    assert error.value.facts["found"] == condition[0 if code == "unknown-column" else 1]
    assert closest in str(error.value.facts["closest"])


def test_a_column_without_values_says_so() -> None:
    with pytest.raises(UsageError) as error:
        where(FACTS, [("estate", "xyz")])
    assert error.value.code == "empty-column" and error.value.facts == {"column": "estate"}
