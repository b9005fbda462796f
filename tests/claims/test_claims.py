"""Claims of a draft: a table of sentences computed by hand, and what must hold of any."""

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hotline_stats as hs
from hotline_stats import numbers
from hotline_stats.claims.check import judged
from hotline_stats.model.verification import Claim

CASES = tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8"))["case"]
FAST = settings(max_examples=60, deadline=None)


def told(claim: Claim) -> str:
    return "holds" if claim.verdict == "holds" else f"{claim.verdict} {claim.decisive.test}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["draft"][:40])
def test_table(case: Mapping[str, Any]) -> None:
    found = hs.verify(case["draft"])
    assert [told(c) for c in found.claims] == case["expect"]
    assert case.get("says", "") in " ".join(c.explanation("zh") for c in found.claims)
    for claim in found.claims:
        assert claim.text == case["draft"][claim.start : claim.end]
        assert all(t.text("en") and t.text("zh") for t in claim.tests)


def test_the_table_is_large_and_has_every_verdict() -> None:
    assert len(CASES) >= 140
    assert {e.split()[0] for c in CASES for e in c["expect"]} == {"holds", "fails", "cannot-check"}
    tests = {e.split()[1] for c in CASES for e in c["expect"] if e.startswith("fails")}
    assert tests == {"arithmetic", "wording", "term"}


def test_no_draft_is_in_the_table_twice() -> None:
    drafts = [c["draft"] for c in CASES]
    assert len(set(drafts)) == len(drafts)


# What must hold of any numbers

counts = st.integers(10, 200_000)
FORMS = (
    "由{base}降升至{now}，{change}",
    "今年受理{now}，去年同期{base}，同比{change}",
    "2024年{now}（2023年同期{base}），同比{change}",
    "2023年{base}，2024年{now}，同比{change}",
    "同比{change}（去年同期{base}，今年{now}）",
)


def written(base: int, now: int, change: str, form: str) -> str:
    way = "增" if now > base else "降"
    figures = {"base": f"{numbers.count(base)}件", "now": f"{numbers.count(now)}件", "change": change}
    return form.replace("降升", way).format(**figures)


def one(draft: str) -> Claim:
    (claim,) = hs.verify(draft).claims
    return claim


@FAST
@given(base=counts, now=counts, form=st.sampled_from(FORMS))
def test_what_we_write_ourselves_holds(base: int, now: int, form: str) -> None:
    pct = 100 * (now - base) / base
    if now == base or numbers.is_flat(pct):
        return
    claim = one(written(base, now, numbers.fall_or_rise(pct), form))
    assert claim.verdict == "holds", claim
    assert claim.decisive.expected is not None
    assert claim.decisive.expected.value == pytest.approx(pct)


@FAST
@given(base=counts, now=counts, form=st.sampled_from(FORMS), off=st.sampled_from([-0.2, 0.2, 1.5, 30.0]))
def test_a_wrong_percentage_fails(base: int, now: int, form: str, off: float) -> None:
    """Off by more than rounding; the direction stays."""
    pct = 100 * (now - base) / base
    wrong = abs(pct) + off
    if now == base or wrong < 0.1:
        return
    claim = one(written(base, now, numbers.fall_or_rise(wrong if pct > 0 else -wrong), form))
    assert claim.verdict == "fails"
    assert claim.decisive.test == "arithmetic"


@FAST
@given(base=counts, now=counts, form=st.sampled_from(FORMS))
def test_the_other_direction_fails(base: int, now: int, form: str) -> None:
    pct = 100 * (now - base) / base
    if numbers.is_flat(pct):
        return
    assert one(written(base, now, numbers.fall_or_rise(-pct), form)).verdict == "fails"


@FAST
@given(base=counts, now=counts)
def test_a_difference_holds_only_as_it_is(base: int, now: int) -> None:
    if base == now:
        return
    by = abs(now - base)
    verb = "增加" if now > base else "减少"
    assert one(written(base, now, f"{verb}{by}件", FORMS[1])).verdict == "holds"
    assert one(written(base, now, f"{verb}{by + 1}件", FORMS[1])).verdict == "fails"


@FAST
@given(low=st.integers(10, 990), high=st.integers(10, 990))
def test_points_of_rates(low: int, high: int) -> None:
    if low == high:
        return
    first, second = (numbers.percent(x / 10) for x in (low, high))
    said = numbers.fall_or_rise_points((high - low) / 10)
    assert one(f"满意率由{first}变为{second}，{said}").verdict == "holds"
    wrong = numbers.fall_or_rise_points((high - low) / 10 + (0.3 if high > low else -0.3))
    assert one(f"满意率由{first}变为{second}，{wrong}").verdict == "fails"


@FAST
@given(x=st.integers(1, 9), near=st.integers(1, 15))
def test_near_is_below_and_over_is_above(x: int, near: int) -> None:
    """近 N 成 within two points below, 超 above: `near` tenths of a point from N x 10 percent."""
    off = Fraction(near, 10)
    if off >= x:  # 近一成: within a tenth of it, one point
        return
    below, above = (f"由10000件降至{10000 - 1000 * x + s * near * 10}件" for s in (1, -1))
    assert one(f"{below}，下降近{x}0%").verdict == "holds"
    assert one(f"{below}，下降超{x}0%").verdict == "fails"
    assert one(f"{above}，下降超{x}0%").verdict == "holds"
    assert one(f"{above}，下降近{x}0%").verdict == "fails"


PIECES = [
    "由", "从", "降至", "下降", "增长", "同比", "环比", "1368件", "1,102件", "19.4%", "近", "超", "两成", "翻番", "2.1倍", "去年同期",
    "2024年5月", "（", "）", "，", "。", "；", "其中", "合计", "占", "满意率", "个百分点", "分别", "、", "0件", "-", "100%", "的", "\n", "一半",
    "降幅", "：", "与", "相比", "持平", "上月", "1.2万件", "from", " to ", "99999999999999999999", "5.2天", "\x1b[31m", "[/x]", "99月", "0.0%",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
def test_pieces_in_any_order_never_raise(draft: str) -> None:
    if draft.strip():
        found = hs.verify(draft + "x")
        assert "nan" not in str(found.to_dict()) and "inf" not in str(found.to_dict()).replace("infinit", "")


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_never_raises(text: str) -> None:
    judged(text, hs.types())


HOSTILE = (
    "1", "1,", "1,111", "下降", "的", "1件", "从1368件降至", "一", "2024年", "分别下降1%、", " ", "（", "下降19.4%", "1件、", "去年同期1件，下降1%，",
    "下降1件，", "其中1件、", "占1%", "第", "-", "百分之", "再降至1件", "1-", "同比", ".", "20", "in 2024 ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_is_linear(piece: str) -> None:
    """Sixteen times the text takes at most some forty times as long; what is quadratic would take 256 times."""
    types = hs.types()
    judged("由1368件降至1102件", types)
    times = []
    for n in (2_000, 32_000):
        tries = []
        for _ in range(3):
            started = process_time()
            judged("1件，" + piece * (n // len(piece)), types)
            tries.append(process_time() - started)
        times.append(min(tries))
    assert times[1] < 40 * max(times[0], 0.03), times
