"""The second reader: its sums against a slow and plain computation, its files, and when it is asked."""

import pickle
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.errors import UsageError
from hotline_stats.taxonomy import (
    AGREES,
    DECIDES,
    NOT_ASKED,
    Reader,
    Taxonomy,
    classify,
    explain,
    load,
    parse,
)
from hotline_stats.taxonomy import reader as readers
from hotline_stats.taxonomy.grams import BUCKETS, FIRST, grams, letters
from hotline_stats.taxonomy.scan import column

TYPES = ("parking", "noise", "other")
RULES = """
id = "small"
version = "1"
[note]
zh = "无"
en = "none"
[scoring]
title = 2.0
spans = [[100, 1.0]]
primary_min = 1.0
label_min = 1.0
label_share = 0.3
[second]
score = 5
margin = 0.3
other_score = 5
rules = 1
floor = 1
other = 1
half = 1
silent = 0
[[types]]
id = "parking"
zh = "停车"
en = "Parking"
[[types]]
id = "noise"
zh = "噪声"
en = "Noise"
[[types]]
id = "other"
zh = "其他"
en = "Other"
[[rules]]
type = "parking"
weight = 9
phrases = ["车位被占"]
[[rules]]
type = "parking"
weight = 2
phrases = ["停"]
[[rules]]
type = "noise"
weight = 2
phrases = ["吵"]
[[rules]]
type = "other"
weight = 9
phrases = ["社保"]
"""


def bucket(characters: str) -> int:
    """The bucket of one or two characters, by plain arithmetic."""
    key = 0
    for c in characters:
        key = (key + ord(c)) * 0x9E3779B1 % 2**32
    key = (key ^ (key >> 15)) * 0x85EBCA6B % 2**32
    return key >> 16


def speaking(**words: str) -> Reader:
    """A reader for which each word's pairs of characters speak for a type."""
    weights = np.zeros((BUCKETS, len(TYPES)))
    for kind, word in words.items():
        for pair in pairwise(word):
            weights[bucket("".join(pair)), TYPES.index(kind)] = 8.0
    return readers.parse("test", readers.pack(TYPES, weights, np.zeros(len(TYPES))))


@pytest.fixture(scope="module")
def rules() -> Taxonomy:
    return parse("small.toml", RULES.encode())


def texts(titles: list[str | None], contents: list[str | None]) -> list:
    none = np.empty(0, np.int64)
    return [
        letters(column(pa.array(titles, pa.string()), "title"), none, none),
        letters(column(pa.array(contents, pa.string()), "content"), none, none),
    ]


def plain(text: str | None) -> list[int]:
    """The buckets of a text, one character at a time."""
    out = []
    folded = [c.lower() if c.isascii() else c for c in (text or "")[:FIRST]]
    folded = ["0" if c in "0123456789" else c for c in folded]
    folded = [chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in folded]
    folded = [c.lower() if c.isascii() else c for c in folded]
    folded = ["0" if c in "0123456789" else c for c in folded]
    gaps = [c <= " " or c in "\u3000\xa0" for c in folded]
    for i, c in enumerate(folded):
        if not gaps[i]:
            out.append(bucket(c))
            if i + 1 < len(folded) and not gaps[i + 1]:
                out.append(bucket(c + folded[i + 1]))
    return out


@cache
def any_reader() -> Reader:
    weights = np.random.default_rng(3).normal(size=(BUCKETS, 3))
    return readers.parse("test", readers.pack(TYPES, weights, np.array([0.1, -0.2, 0.3])))


TEXT = st.one_of(st.none(), st.text(st.sampled_from("停车吵闹 0１aＡ！，\u3000\xa0\n"), max_size=12))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6), st.randoms())
def test_the_sums_are_those_of_plain_arithmetic(rows: list, random: object) -> None:
    reader = any_reader()
    which = sorted(random.sample(range(len(rows)), max(1, len(rows) // 2)))  # type: ignore[attr-defined]
    found = reader.read(texts([t for t, _ in rows], [c for _, c in rows]), np.array(which))
    for at, row in enumerate(which):
        title, content = (plain(x) for x in rows[row])
        buckets = [*title * readers.TITLE, *content]
        sums = reader.weights[buckets].astype(int).sum(axis=0) if buckets else np.zeros(3)
        z = reader.bias + reader.scale * sums / max(1, len(buckets)) ** 0.5
        assert np.exp(found[at]) == pytest.approx(np.exp(z) / np.exp(z).sum(), abs=1e-12)


def test_a_long_text_is_looked_at_from_its_start() -> None:
    text = "停" * (FIRST - 1) + "车位"
    edges, buckets, _ = grams(texts(["", ""], ["x", text])[1], np.array([1]))
    assert edges.tolist() == [0, len(buckets)] and buckets.tolist() == plain(text)
    assert bucket("车位") not in buckets


def test_whole_numbers_within_what_a_file_may_hold() -> None:
    reader = speaking(parking="车位")
    assert reader.weights.dtype == np.int8 and reader.weights.max() == 127
    assert reader.scale[0] * 127 == pytest.approx(8.0)
    assert readers.parse("again", reader.raw) == reader and hash(reader) == hash(
        readers.parse("x", reader.raw)
    )
    assert pickle.loads(pickle.dumps(reader)) == reader


def test_the_reader_is_asked_where_the_rules_are_in_doubt(rules: Taxonomy) -> None:
    both = replace(rules, reader=speaking(noise="彻夜狂欢", parking="开不进去", other="社会"))
    texts = [
        "车位被占，彻夜狂欢",  # sure of parking
        "彻夜狂欢",  # silent: the reader's type
        "停，吵",  # two types as strong
        "停，吵，开不进去",  # two types, the reader knows one
        "社保，彻夜狂欢",  # sure of other
        "无话可说",  # neither says anything
    ]
    found = classify(both, pa.nulls(len(texts), pa.string()), pa.array(texts), evidence=True)
    assert [rules.scheme.ids[i] for i in found.primary] == [
        "parking",
        "noise",
        "parking",
        "parking",
        "other",
        "other",
    ]
    asked = [NOT_ASKED, DECIDES, AGREES, AGREES, NOT_ASKED, AGREES]
    assert found.second.tolist() == asked
    assert ((found.margin >= 0) & (found.margin <= 1)).all()
    assert all(found.labels[i] >> int(found.primary[i]) & 1 for i in range(len(texts)))
    assert found.evidence is not None
    said = [e for e in found.evidence[1] if e[0].startswith("~")]
    assert [e[:4] for e in said] == [
        ("~夜狂", "noise", "content", 1),
        ("~彻夜", "noise", "content", 0),
        ("~狂欢", "noise", "content", 2),
    ]
    assert not any(e[0].startswith("~") for i in (0, 2, 3, 4, 5) for e in found.evidence[i])


def test_each_ticket_is_read_by_itself(rules: Taxonomy) -> None:
    both = replace(rules, reader=speaking(noise="彻夜狂欢"))
    texts = ["彻夜狂欢", "停", None, "停，吵", "x 彻夜", "社保"] * 3
    whole = classify(both, pa.array(texts, pa.string()), pa.array(texts[::-1], pa.string()))
    for i, (title, content) in enumerate(zip(texts, texts[::-1], strict=True)):
        one = classify(both, pa.array([title], pa.string()), pa.array([content], pa.string()))
        assert (one.primary[0], one.second[0]) == (whole.primary[i], whole.second[i])
        assert one.margin[0] == pytest.approx(whole.margin[i])


def test_without_a_reader_nothing_is_asked(rules: Taxonomy) -> None:
    found = classify(rules, pa.nulls(2, pa.string()), pa.array(["彻夜狂欢", "停，吵"]))
    assert found.second.tolist() == [NOT_ASKED, NOT_ASKED]
    assert explain(rules, None, "彻夜狂欢").read == ()


def test_explained(rules: Taxonomy) -> None:
    both = replace(rules, reader=speaking(noise="彻夜狂欢"))
    found = explain(both, None, "彻夜狂欢")
    assert found.second == DECIDES and found.primary == "noise"
    assert found.read[0].type == "noise" and set(found.read[0].pairs) == {"彻夜", "夜狂", "狂欢"}
    assert sum(r.probability for r in found.read) == pytest.approx(1)
    assert found.to_dict()["second_reader"] == "decides"


@pytest.mark.parametrize("raw", [b"", b"no archive", b"PK\x03\x04 cut off", speaking(noise="吵闹").raw[:-40]])
def test_a_file_that_is_no_model(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(raw)
    with pytest.raises(UsageError) as error:
        readers.load(str(path))
    assert error.value.code == "model-not-read"


def test_a_model_of_other_shape_or_types(tmp_path: Path) -> None:
    weights = np.zeros((BUCKETS, 2))
    for name, raw, code in (
        ("short", readers.pack(("parking",), weights, np.zeros(2)), "model-not-read"),
        ("strange", readers.pack(("parking", "weather"), weights, np.zeros(2)), "model-other-types"),
    ):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(UsageError) as error:
            load("wujiaochang", str(tmp_path / name))
        assert error.value.code == code
    with pytest.raises(UsageError) as missing:
        load("wujiaochang", str(tmp_path / "none-here"))
    assert missing.value.code == "model-not-found"


def test_a_taxonomy_travels_with_its_reader(rules: Taxonomy) -> None:
    both = replace(rules, reader=speaking(noise="吵闹"))
    assert pickle.loads(pickle.dumps(both)) == both != rules
    assert both.alone == rules


def test_a_quoted_reply_is_not_read(rules: Taxonomy) -> None:
    """Quotations are evidence for neither; what is shown of the text behind one stands where it stands."""
    quoting = RULES + '\n[[quotes]]\nbegin = ["答复："]\nend = ["。"]\n'
    both = replace(
        parse("small.toml", quoting.encode()), reader=speaking(noise="彻夜狂欢", parking="开不进去")
    )
    contents = [
        "答复：彻夜狂欢不属实。谢谢",
        "答复：彻夜狂欢不属实。开不进去",
        "答复：彻夜狂欢",
        "彻夜狂欢，答复：",
    ]
    found = classify(both, pa.nulls(4, pa.string()), pa.array(contents), evidence=True)
    assert [both.scheme.ids[i] for i in found.primary] == ["other", "parking", "other", "noise"]
    assert found.evidence is not None and {e[3] for e in found.evidence[1]} == {11, 12, 13}
    assert explain(both, None, contents[1]).read[0].type == "parking"


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.text("停车答复：。\n吵a", max_size=14), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4),
)
def test_letters_of_quotations_are_blank(rows: list[str], spans: list[tuple[int, int]]) -> None:
    text = column(pa.array(rows), "content")
    whole = "".join(rows)
    spans = [(min(a, b, len(whole)), min(max(a, b), len(whole))) for a, b in spans]
    begin, end = (text.begins.take(np.array([s[i] for s in spans], np.int64)) for i in (0, 1))
    found = letters(text, begin, end)
    quoted = {i for a, b in spans for i in range(a, b)}
    assert found.codes.tolist() == [0 if i in quoted else ord(c) for i, c in enumerate(whole)]
