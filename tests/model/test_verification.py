"""The result of verify: its invariants, and what it becomes."""

import copy
import pickle

import pytest

import hotline_stats as hs
from hotline_stats.messages import catalogue
from hotline_stats.model import verification
from hotline_stats.model.verification import COLUMNS, Amount, Claim

DRAFT = "由1368件降至1102件，下降17.5%；满意率上升10%；由432件降至287件，下降33.6%"


def test_repr_frame_and_dict() -> None:
    found = hs.verify(DRAFT)
    assert repr(found) == "<Verification: 3 claims, 1 hold, 1 fail, 1 cannot be checked>"
    frame = found.to_pandas()
    assert tuple(frame.columns) == COLUMNS and list(frame["verdict"]) == ["fails", "cannot-check", "holds"]
    assert frame["expected"].isna().tolist() == [False, True, False]
    assert found.to_dict()["counts"] == {"holds": 1, "fails": 1, "cannot_check": 1}
    assert hs.verify("没有数字").to_pandas().empty


def test_it_can_be_pickled() -> None:
    found = hs.verify(DRAFT)
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found


def test_a_claim_has_a_place_and_a_test() -> None:
    test = verification.Tested("arithmetic", "holds", "agrees")
    for start, end, text, tests in (
        (0, 0, "", (test,)),
        (2, 1, "a", (test,)),
        (0, 2, "a", (test,)),
        (0, 1, "a", ()),
    ):
        with pytest.raises(ValueError):
            Claim(1, start, end, text, tests)


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        (("arithmetic holds", "wording holds"), "holds"),
        (("arithmetic holds", "wording fails"), "fails"),
        (("arithmetic cannot-check", "wording holds"), "cannot-check"),
        (("arithmetic cannot-check", "numbers holds"), "holds"),
        (("arithmetic holds", "numbers cannot-check"), "holds"),
        (("arithmetic holds", "numbers fails"), "fails"),
        (("numbers cannot-check",), "cannot-check"),
    ],
)
def test_verdict(verdicts: tuple[str, ...], whole: str) -> None:
    tests = tuple(verification.Tested(*v.split(), "agrees") for v in verdicts)  # type: ignore[arg-type]
    claim = Claim(1, 0, 1, "x", tests)
    assert claim.verdict == whole
    assert claim.decisive.verdict == whole


def test_amounts() -> None:
    assert Amount(-19.444, "pct").text("zh") == "−19.4%"
    assert Amount(-19.444, "pct", 2).text("en") == "−19.44%"
    assert Amount(7.5, "pp").text("zh") == "+7.5个百分点"
    assert Amount(266, "n").text("zh") == "+266"
    assert Amount(1102, "n", 0, False).text("zh") == "1,102"
    assert Amount(2.1, "times").text("en") == "2.1 times"


def test_every_text_is_in_both_languages() -> None:
    for code, texts in catalogue("claims").items():
        assert set(texts) == {"zh", "en"} and all(texts.values()), code
