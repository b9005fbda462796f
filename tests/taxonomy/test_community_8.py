"""The taxonomy to copy: small, and every table, key and choice of the rule language is shown in it."""

import re
from collections import defaultdict

import pytest

from hotline_stats.taxonomy import explain, load
from hotline_stats.taxonomy.loader import parse
from hotline_stats.taxonomy.source import PLACES, REASONS, UNTILS
from hotline_stats.taxonomy.table import Table

T = load("community_8")
HEADLINE = load("wujiaochang").scheme.group("headline").types


def test_types_are_the_headline_types_and_other() -> None:
    assert T.scheme.ids == (*HEADLINE, "other")
    assert T.scheme.group("headline").types == HEADLINE
    assert (T.scheme.id, T.scheme.version) == ("community_8", "1.0")


@pytest.mark.parametrize("type_", T.scheme.ids)
def test_a_type_is_small_enough_to_read(type_: str) -> None:
    phrases = [e.text for r in T.source.rules if r.type == type_ for e in r.entries]
    pairs = [p for p in T.source.pairs if p.type == type_]
    assert 5 <= len(phrases) <= 60
    assert len(pairs) <= 2


def test_lines_fit_a_page() -> None:
    assert max(len(line) for line in T.raw.decode().splitlines()) <= 120


def test_every_key_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, given = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)

    def done(table: Table) -> None:
        kind = re.sub(r"\[\d+\]", "", table.path)
        asked[kind] |= table.read
        given[kind] |= set(table.values)

    monkeypatch.setattr(Table, "done", done)
    parse("community_8.toml", T.raw)
    assert len(asked) == 13
    assert given == asked


def test_every_choice_is_shown() -> None:
    source = T.source
    assert {r.place for r in source.rules} == set(PLACES)
    assert {x.until for x in (*source.pairs, *source.cues)} == set(UNTILS)
    assert {c.reason for c in source.cues} == set(REASONS)
    assert {c.side for c in source.cues} == {"before", "after"}
    assert {p.either for p in source.pairs} == {True, False}
    assert {m.to for m in source.moves} == {"lift", "other", ""}


def test_the_second_reader_is_as_without_the_table() -> None:
    text = T.raw.decode()
    begin = text.index("[second]")
    without = text[:begin] + text[text.index("[[groups]]") :]
    assert parse("x.toml", without.encode()).source.second == T.source.second


@pytest.mark.parametrize(
    ("title", "content", "requested", "categories", "expected"),
    [
        (None, "门口请划线。", "建议", (), "other"),  # 2 alone is below primary_min
        (None, "请划线，车库也满了。", "建议", (), "parking"),
        (None, "请划线，车库也满了。", "投诉", (), "other"),
        (None, "车库门口请划线。", "投诉", ("城市管理", "停车管理"), "other"),
        (None, "请划线。", "建议", ("城市管理", "停车管理"), "parking"),
        ("小区改造", "", None, (), "home_renewal"),
        (None, "小区改造时想想爬不动的老人。", None, (), "lift"),
        (None, "希望新建基站。", None, (), "other"),
        (None, "不是违建。", None, (), "other"),
        (None, "街道答复：违建将拆除。", None, (), "other"),
    ],
)
def test_what_its_rules_make_of_a_ticket(
    title: str | None, content: str, requested: str | None, categories: tuple[str, ...], expected: str
) -> None:
    assert explain(T, title, content, requested, categories).primary == expected
