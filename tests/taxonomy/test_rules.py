"""What phrases count for: weights, places, longest match, pairs, cues, quotes, ties, labels, margin."""

import json

import pytest
from taxonomy_small import small

from hotline_stats.taxonomy import explain

T = small()


def scores(content: str, title: str | None = None) -> dict[str, float]:
    return dict(explain(T, title, content).scores)


def reasons(content: str) -> list[tuple[str, str]]:
    return [(m.phrase, m.reason) for m in explain(T, None, content).disregarded]


@pytest.mark.parametrize(
    ("title", "content", "expected"),
    [
        (None, "噪音", {"noise": 4}),
        ("噪音", None, {"noise": 8}),  # the title's factor
        ("噪音", "噪音", {"noise": 12}),
        (None, "噪音噪音噪音", {"noise": 4}),  # a phrase counts once in a place
        (None, "噪音太吵", {"noise": 8}),
        (None, "太吵闹", {"noise": 4}),  # not 太吵 and 太吵闹
        (None, "垃圾噪音", {"garbage": 4}),  # the longer phrase, not its two parts
        (None, "脏乱", {}),  # counts in titles only
        ("脏乱", None, {"garbage": 12}),
        (None, "好" * 12 + "噪音", {"noise": 2}),  # second span
        (None, "好" * 12 + "噪音噪音", {"noise": 2}),
        (None, "噪音" + "好" * 12 + "噪音", {"noise": 4}),  # the weightier place
        (None, "是不是噪音", {"noise": 4}),  # 不是 lies in an ignored phrase
        (None, "噪音科", {}),
        (None, "希望管噪音", {"noise": 6}),
        (None, "希望，噪音", {"noise": 6}),  # to the end of the sentence
        (None, "希望。噪音", {"noise": 4}),
        (None, "希望" + "好" * 9 + "噪音", {"noise": 2}),  # too far, and in the second span
        (None, "去过垃圾站", {"garbage": 2}),
        (None, "去过噪音处", {"noise": 4}),  # that cue bears on garbage only
    ],
)
def test_scores(title: str | None, content: str | None, expected: dict[str, float]) -> None:
    assert dict(explain(T, title, content).scores) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("车响", {"noise": 5}),
        ("车子老是响", {"noise": 5}),
        ("车在楼下一直响", {}),  # five characters between
        ("响车", {}),  # forward only
        ("车，响", {}),  # another clause
        ("停车场响", {}),  # a whole word is not cut
        ("没有车响", {}),  # a negated word of a pair
        ("车响车响", {"noise": 5}),
    ],
)
def test_pairs(content: str, expected: dict[str, float]) -> None:
    assert scores(content) == expected


def test_pairs_in_either_order() -> None:
    either = small('until = "clause"\n\n', 'order = "either"\n\n')
    assert dict(explain(either, None, "响车").scores) == {"noise": 5}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("不是噪音", [("噪音", "negated")]),
        ("不是大噪音", [("噪音", "negated")]),
        ("不是大大大噪音", []),
        ("不是，噪音", []),
        ("不是\n噪音", []),
        ("噪音已解决", [("噪音", "solved")]),
        ("噪音，已解决", []),
        ("部门答复：噪音不大", [("噪音", "quoted")]),
        ("部门答复：“噪音不大”仍有", [("噪音", "quoted")]),
        ("部门答复：“不大”，噪音", []),
        ("答复：垃圾。噪音", [("垃圾", "quoted"), ("噪音", "quoted")]),
        ("太吵闹", [("太吵", "masked")]),
        ("垃圾噪音", [("垃圾", "masked"), ("噪音", "masked")]),
        ("噪音噪音", [("噪音", "repeated")]),
    ],
)
def test_what_does_not_count(content: str, expected: list[tuple[str, str]]) -> None:
    assert reasons(content) == expected


def test_a_phrase_hides_shorter_ones_only_where_it_counts() -> None:
    title_only = small('["脏乱"]', '["脏乱", "垃圾成山"]')
    assert dict(explain(title_only, None, "垃圾成山").scores) == {"garbage": 4}
    assert dict(explain(title_only, "垃圾成山", None).scores) == {"garbage": 12}


def test_a_phrase_denied_once_may_count_elsewhere() -> None:
    assert scores("不是噪音。噪音") == {"noise": 4}


def test_primary_needs_its_least_score() -> None:
    strict = small("primary_min = 2", "primary_min = 5")
    assert explain(strict, None, "噪音").primary == "other"
    assert explain(strict, "噪音", None).primary == "noise"


def test_other_competes_but_loses_ties() -> None:
    assert explain(T, None, "工资" + "，垃圾").primary == "garbage"
    assert explain(T, "工资", "噪音").primary == "other"
    assert explain(T, "工资", "噪音").labels == ("other", "noise")
    even = small("weight = 3", "weight = 4")
    assert explain(even, None, "工资噪音").primary == "noise"
    assert explain(even, None, "工资噪音").margin == 0


def test_other_is_more_likely_in_a_long_text() -> None:
    doubtful = small("label_share = 0.5", "label_share = 0.5\ndoubt = 4")
    short, long_ = (explain(doubtful, None, "噪音" + "一" * (n - 2)) for n in (100, 200))
    # 4 against 4 ln 2 = 2.77 and 4 ln 3 = 4.39
    assert short.primary == "noise" and dict(short.ranks)["other"] == pytest.approx(2.7726, abs=1e-4)
    assert long_.primary == "other" and dict(long_.ranks)["other"] == pytest.approx(4.3944, abs=1e-4)
    assert explain(doubtful, None, "一" * 200).ranks == (), "nothing matched, nothing to doubt"


def test_a_preferred_type_wins_from_its_ratio_on() -> None:
    # garbage 4, noise 5: 4 >= 0.75 * 5, so noise falls to 0.6 * 4
    why = explain(T, None, "车响，垃圾")
    assert (why.primary, why.labels) == ("garbage", ("garbage", "noise"))
    assert dict(why.ranks) == {"garbage": 4, "noise": pytest.approx(2.4)}
    assert why.margin == pytest.approx(0.4)
    # garbage 4, noise 8: too far behind
    assert explain(T, None, "噪音太吵垃圾").primary == "noise"
    assert explain(T, None, "噪音太吵垃圾").margin == pytest.approx(0.5)


def test_priority_decides_ties() -> None:
    plain = small('[[preferences]]\ntype = "garbage"\nover = ["noise"]\nratio = 0.75\n', "")
    assert explain(plain, None, "垃圾，太吵").primary == "noise"


def test_labels_need_their_share() -> None:
    assert explain(T, "噪音", "垃圾").labels == ("noise", "garbage")  # 4 is half of 8
    assert explain(T, "噪音", "垃圾太吵").labels == ("noise",)  # 4 is not half of 12
    assert explain(T, None, "噪音").margin == 1


def test_explanation_as_data() -> None:
    why = explain(T, "噪音", "不是垃圾")
    assert repr(why) == "<Explanation: noise, margin 1.00, 1 phrases, 1 disregarded>"
    data = why.to_dict("en")
    assert json.loads(json.dumps(data)) == data
    assert (data["primary"], data["name"], data["labels"]) == ("noise", "Noise", ["noise"])
    assert data["scores"] == [{"type": "noise", "name": "Noise", "score": 8.0}]
    assert data["matches"] == [
        {
            "phrase": "噪音",
            "type": "noise",
            "place": "title",
            "position": 0,
            "weight": 8.0,
            "reason": "counted",
        }
    ]
    assert [m["reason"] for m in data["disregarded"]] == ["negated"]
    assert why.to_dict()["name"] == "噪声"
