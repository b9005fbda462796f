"""A ticket's types depend on that ticket alone, however the rows are laid out."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from taxonomy_small import small

from hotline_stats.taxonomy import Classified, Taxonomy, classify, explain, load

PIECES = [
    "噪音", "垃圾", "不是", "已解决", "答复：", "”", "，", "。", "\n", "车", "响", "停车场", "希望", "工资", "太吵闹",
    "KTV", "ｋｔｖ", "😀", "a", "\x00", "没有", "去过", "脏乱", "承重墙", "敲", "物业", "电瓶车", "楼道", "",
]  # fmt: skip
TEXTS = st.none() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), max_size=12)
TAXONOMIES = st.sampled_from([small(), load("wujiaochang")])


def run(taxonomy: Taxonomy, rows: list[tuple[str | None, str | None]]) -> Classified:
    title, content = (pa.array([r[i] for r in rows], pa.string()) for i in (0, 1))
    return classify(taxonomy, title, content, evidence=True)


def plain(got: Classified) -> list[tuple[object, ...]]:
    assert got.evidence is not None
    return list(
        zip(got.primary.tolist(), got.labels.tolist(), got.margin.tolist(), got.evidence, strict=True)
    )


@given(TAXONOMIES, ROWS, ROWS)
@settings(deadline=None, max_examples=60)
def test_rows_together_are_rows_apart(
    taxonomy: Taxonomy, one: list[tuple[str | None, str | None]], two: list[tuple[str | None, str | None]]
) -> None:
    assert plain(run(taxonomy, one + two)) == plain(run(taxonomy, one)) + plain(run(taxonomy, two))


@given(TAXONOMIES, ROWS)
@settings(deadline=None, max_examples=60)
def test_outcomes_keep_their_promises(taxonomy: Taxonomy, rows: list[tuple[str | None, str | None]]) -> None:
    got = run(taxonomy, rows)
    other = len(taxonomy.scheme.types) - 1
    for (title, content), primary, labels, margin in zip(
        rows, got.primary.tolist(), got.labels.tolist(), got.margin.tolist(), strict=True
    ):
        assert labels >> primary & 1
        assert (labels >> other & 1) == (primary == other)
        assert 0 <= labels < 1 << (other + 1)
        assert 0 <= margin <= 1
        why = explain(taxonomy, title, content)
        assert why.primary == taxonomy.scheme.ids[primary]
        assert {i for i in range(other + 1) if labels >> i & 1} == {
            taxonomy.scheme.ids.index(t) for t in why.labels
        }


@given(TAXONOMIES, TEXTS, TEXTS)
@settings(deadline=None, max_examples=60)
def test_evidence_stands_where_it_says(taxonomy: Taxonomy, title: str | None, content: str | None) -> None:
    got = run(taxonomy, [(title, content)])
    assert got.evidence is not None
    for phrase, type_, place, at, weight in got.evidence[0]:
        text = (title if place == "title" else content) or ""
        head, _, tail = phrase.removeprefix("~").partition(
            "…"
        )  # of a pair, its two words and not what stands between
        assert text[at:].startswith(head)
        assert tail in text[at + len(head) :]
        assert type_ in taxonomy.scheme.ids
        assert weight > 0
