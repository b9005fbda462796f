"""The trie finds what a search for each phrase finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.taxonomy.trie import LONGEST, build

LETTERS = st.sampled_from("楼道停车a😀")
PHRASES = st.lists(st.text(LETTERS, min_size=1, max_size=5), unique=True, max_size=12)


def found(phrases: list[str], text: str) -> set[tuple[int, str]]:
    got = build(phrases).find(np.frombuffer(text.encode("utf-32-le"), np.int32))
    for length, at, number in got:
        assert np.all(np.diff(at) > 0)
        assert {len(phrases[i]) for i in number} <= {length}
    return {(int(i), phrases[n]) for _, at, number in got for i, n in zip(at, number, strict=True)}


@given(PHRASES, st.text(LETTERS, max_size=30))
@settings(deadline=None)
def test_every_place_of_every_phrase(phrases: list[str], text: str) -> None:
    assert found(phrases, text) == {
        (i, p) for p in phrases for i in range(len(text)) if text.startswith(p, i)
    }


def test_many_phrases_with_one_beginning() -> None:
    phrases = [f"楼道{chr(0x4E00 + i)}{chr(0x4E00 + j)}" for i in range(60) for j in range(3)]
    assert found(phrases, "".join(phrases)) >= {(4 * i, p) for i, p in enumerate(phrases)}


def test_a_phrase_too_long() -> None:
    with pytest.raises(ValueError, match="characters"):
        build(["楼" * (LONGEST + 1)])
