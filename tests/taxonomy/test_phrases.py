"""Phrases with alternatives and word lists, and the ways of writing Latin letters."""

import pytest

from hotline_stats.taxonomy.phrases import PhraseError, expand, spellings


@pytest.mark.parametrize(
    ("phrase", "plain"),
    [
        ("噪音", ["噪音"]),
        ("(敲|砸)墙", ["敲墙", "砸墙"]),
        ("(敲|砸)(了|)墙", ["敲了墙", "敲墙", "砸了墙", "砸墙"]),
        ("拆(掉(了|)|)墙", ["拆掉了墙", "拆掉墙", "拆墙"]),
        ("<car>停", ["车停", "汽车停"]),
        ("(<car>|人)", ["车", "汽车", "人"]),
        ("(a|a)", ["a"]),
    ],
)
def test_expand(phrase: str, plain: list[str]) -> None:
    assert list(expand(phrase, {"car": ("车", "汽车")})) == plain


@pytest.mark.parametrize(
    "phrase", ["(a", "a)", "a|b", "((a)", "<x>", "a<", "(a|)", "()", "(1|2|3|4|5|6|7|8|9|0)" * 4]
)
def test_what_cannot_be_read(phrase: str) -> None:
    with pytest.raises(PhraseError):
        expand(phrase, {})


def test_spellings() -> None:
    assert spellings("噪音") == ("噪音",)
    assert spellings("Ktv包间") == ("Ktv包间", "ktv包间", "KTV包间", "Ｋｔｖ包间", "ｋｔｖ包间", "ＫＴＶ包间")
