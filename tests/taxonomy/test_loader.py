"""Taxonomy files: what loads, and what is refused with which key."""

import hashlib
import pickle
from pathlib import Path

import pytest
from taxonomy_small import SMALL, small

from hotline_stats.errors import UsageError
from hotline_stats.taxonomy import load, names, parse

BROKEN = [
    ('id = "small"\n', "", "taxonomy-missing-key", "id"),
    ('version = "7"', "version = 7", "taxonomy-wrong-value", "version"),
    ('version = "7"', 'version = "7"\nversoin = "8"', "taxonomy-unknown-key", "versoin"),
    ('zh = "说明"', "", "taxonomy-missing-key", "note.zh"),
    ("title = 2.0", 'title = "2"', "taxonomy-wrong-value", "scoring.title"),
    ("title = 2.0", "title = true", "taxonomy-wrong-value", "scoring.title"),
    ("title = 2.0", "title = 2.0\nbody = 1", "taxonomy-unknown-key", "scoring.body"),
    ("[[10, 1.0], [20, 0.5], [1000, 0.25]]", "[]", "taxonomy-wrong-value", "scoring.spans"),
    ("[[10, 1.0], [20, 0.5], [1000, 0.25]]", "[[20, 1], [10, 1]]", "taxonomy-wrong-value", "scoring.spans"),
    ('id = "other"', 'id = "rest"', "taxonomy-wrong-value", "types"),
    ('types = ["noise", "garbage"]', 'types = ["noise", 5]', "taxonomy-wrong-value", "groups[1].types"),
    ('en = "Noise"', "", "taxonomy-missing-key", "types[1].en"),
    ('en = "Noise"', 'en = "Noise"\nexamples = [""]', "taxonomy-wrong-value", "types[1].examples"),
    (
        'types = ["noise", "garbage"]',
        'types = ["noise", "smell"]',
        "taxonomy-unknown-type",
        "groups[1].types",
    ),
    ('["noise", "garbage", "other"]', '["noise", "other"]', "taxonomy-wrong-value", "priority"),
    ('type = "noise"\nweight = 4', 'type = "nois"\nweight = 4', "taxonomy-unknown-type", "rules[1].type"),
    ('type = "noise"\nweight = 4', 'type = "noise"\nweight = -4', "taxonomy-wrong-value", "rules[1].weight"),
    ('type = "noise"\nweight = 4', 'type = "noise"', "taxonomy-missing-key", "rules[1].weight"),
    ('place = "title"', 'place = "subject"', "taxonomy-wrong-value", "rules[3].place"),
    ("<loud>", "<quiet>", "taxonomy-bad-phrase", "rules[1].phrases"),
    ("(很|太)", "(很|太", "taxonomy-bad-phrase", "rules[1].phrases"),
    ("(很|太)", "很|太)", "taxonomy-bad-phrase", "rules[1].phrases"),
    ("within = 4\nuntil", "within = 4\norder = 1\nuntil", "taxonomy-wrong-value", "pairs[1].order"),
    ('reason = "negated"', 'reason = "wrong"', "taxonomy-wrong-value", "cues[1].reason"),
    ("pair_words = true", "pair_words = 1", "taxonomy-wrong-value", "cues[1].pair_words"),
    ('types = ["garbage"]', 'types = "garbage"', "taxonomy-wrong-value", "cues[3].types"),
    ('begin = ["答复："]', "begin = []\nmiddle = []", "taxonomy-unknown-key", "quotes[1].middle"),
    ('over = ["noise"]', 'over = ["nois"]', "taxonomy-unknown-type", "preferences[1].over"),
    ("[[types]]", "[types]", "taxonomy-not-toml", None),
    ('"噪音科"]', '"噪音"]', "taxonomy-clash", None),
]


@pytest.mark.parametrize(("old", "new", "code", "key"), BROKEN)
def test_a_broken_file_is_refused_with_its_key(old: str, new: str, code: str, key: str | None) -> None:
    with pytest.raises(UsageError) as error:
        small(old, new)
    assert error.value.code == code
    assert str(error.value.facts["file"]).split(":")[0] == "small.toml"
    assert error.value.facts.get("key") == key


def test_types_must_differ() -> None:
    twice = SMALL.replace('id = "garbage"', 'id = "noise"').replace('"garbage"', '"noise"')
    with pytest.raises(UsageError) as error:
        parse("x.toml", twice.encode())
    assert (error.value.code, error.value.facts["key"]) == ("taxonomy-wrong-value", "types")


def test_a_phrase_that_can_be_empty_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        small('"噪音"', '"(噪音|)"')
    assert error.value.code == "taxonomy-bad-phrase"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError) as error:
        parse("x.toml", "噪音".encode("gb18030"))
    assert error.value.code == "taxonomy-not-toml"


@pytest.mark.parametrize("name", ["pudong", "nowhere/at/all.toml"])
def test_an_unknown_taxonomy_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError) as error:
        load(name)
    assert error.value.code == "taxonomy-not-found"
    assert error.value.facts == {"name": name, "known": "community_8, wujiaochang"}
    assert error.value.exit_code == 2


def test_a_file_loads_with_or_without_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    taxonomy = load(str(path))
    assert taxonomy.scheme.ids == ("noise", "garbage", "other")
    assert taxonomy.scheme.version == "7"
    assert taxonomy.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert taxonomy.note("zh") == "说明"
    assert taxonomy.note("en") == "A note"


def test_built_in_taxonomies_are_kept() -> None:
    assert names() == ("community_8", "wujiaochang")
    assert load("wujiaochang") is load("wujiaochang")


def test_a_taxonomy_survives_pickling() -> None:
    taxonomy = small()
    again = pickle.loads(pickle.dumps(taxonomy))
    assert again == taxonomy
    assert again.rules.texts == taxonomy.rules.texts
    assert repr(again) == "<Taxonomy small 7: 3 types>"
