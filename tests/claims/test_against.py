"""Claims compared with exports: the sample's figures, which data/samples/README.md states, and those of compare()."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hotline_stats as hs
from hotline_stats import numbers
from hotline_stats.model.verification import Claim

EXPORTS = Path(__file__).parents[2] / "data" / "samples" / "exports"


@pytest.fixture(scope="module")
def facts() -> hs.Facts:
    return hs.count(EXPORTS).facts


def told(draft: str, facts: hs.Facts, period: str | None = None) -> list[str]:
    return [_told(c) for c in hs.verify(draft, facts, period=period).claims]


def _told(claim: Claim) -> str:
    return claim.verdict if claim.verdict == "holds" else f"{claim.verdict} {claim.decisive.reason}"


CASES = [
    # the sample: 432 → 287 (−33.6 %), 361 → 252, 1744 → 1439 (−17.5 %), 1368 → 1102 (−19.4 %), 5638 → 5167, 74.6 → 82.1 %
    ("2024年违法搭建工单287件，同比下降33.6%", ["holds", "holds"]),
    ("2024年违法搭建工单288件，同比下降30.6%", ["fails data-differ", "fails data-differ"]),
    ("2024年违法搭建工单287件，同比上升33.6%", ["holds", "fails data-differ"]),
    ("2024年违法搭建工单近300件，同比下降超三成", ["holds", "holds"]),
    ("2024年物业类投诉1102件，2023年1368件，同比下降近20%", ["holds", "holds", "holds"]),
    ("2024年物业类投诉由1368件降至1102件，下降19.4%", ["holds", "holds", "holds"]),
    ("2024年重点八类1439件，同比下降17.5%", ["holds", "holds"]),
    ("2024年重点八类1102件，同比下降19.4%", ["fails data-differ", "fails data-differ"]),
    ("2024年共受理工单5167件，同比下降8.4%", ["holds", "holds"]),
    ("2024年受理1102件", ["cannot-check population-unnamed"]),
    ("甲居委会2024年违法搭建20件，同比下降33.6%", ["cannot-check data-unsure", "cannot-check data-unsure"]),
    ("经统计，2024年违法搭建287件，减少145件", ["holds", "holds"]),
    ("违法搭建287件", ["cannot-check no-period"]),
    ("数据截至2024-12-31，违法搭建287件", ["cannot-check no-period"]),
    ("2025年违法搭建287件", ["cannot-check not-covered"]),
    ("2022年违法搭建287件，同比下降1%", ["cannot-check not-covered", "cannot-check no-pair"]),
    ("今年违法搭建由去年同期的432件降至287件，同比下降33.6%", ["holds", "holds", "holds"]),
    ("2024年满意率82.1%，同比提高7.5个百分点", ["holds", "holds"]),
    ("2024年满意率82.1%，同比提高10%", ["holds", "holds"]),
    ("2024年满意率82.1%，同比提高10个百分点", ["holds", "fails data-differ"]),
    ("2024年满意率83.1%", ["fails data-differ"]),
    ("2024年5月停车难25件，环比下降35.9%，同比下降37.5%", ["holds", "holds", "holds"]),
    ("2024年违法搭建和楼道堆物共539件", ["cannot-check population-unnamed"]),
    ("In 2024 Illegal construction had 287 tickets, down 33.6% year on year", ["holds", "holds"]),
    ("In 2024 there were 1,102 tickets", ["cannot-check population-unnamed"]),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "expected"), CASES, ids=lambda x: str(x)[:40])
def test_claims_of_the_sample(draft: str, expected: list[str], facts: hs.Facts) -> None:
    assert told(draft, facts) == expected


def test_the_period_asked_for_is_that_of_claims_that_name_none(facts: hs.Facts) -> None:
    assert told("违法搭建287件，同比下降33.6%", facts, "2024") == ["holds", "holds"]
    assert told("违法搭建287件", facts, "2023") == ["fails data-differ"]
    assert told("5月停车难25件", facts, "2024") == ["holds"]
    assert told("本月停车难25件，环比下降35.9%", facts, "2024-05") == ["holds", "holds"]


def test_another_population_whose_number_it_is(facts: hs.Facts) -> None:
    """1,102 is right for the property complaints of 2024 and wrong for the eight headline problems."""
    for draft in ("2024年重点八类1102件", "2024年受理1102件"):
        (claim,) = hs.verify(draft, facts).claims
        assert claim.decisive.matches == ("property",)
        assert "物业类投诉" in claim.explanation("zh", facts.types)
        assert "Property management complaints" in claim.explanation("en", facts.types)


def test_without_data_counts_are_no_claims() -> None:
    assert hs.verify("2024年违法搭建工单287件").claims == ()
    assert not hs.verify("x下降1%").data


def test_the_data_may_be_files_tickets_or_facts(facts: hs.Facts) -> None:
    draft = "2024年违法搭建工单287件"
    assert hs.verify(draft, EXPORTS) == hs.verify(draft, facts)
    assert hs.verify(draft, facts).data


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_compare_says_holds(data: st.DataObject, facts: hs.Facts) -> None:
    """A sentence made of a row of compare() holds; with a count or a change that is not its own it fails."""
    month = data.draw(st.sampled_from([f"2024-{m:02d}" for m in range(1, 13)] + ["2024", "2024-01..2024-05"]))
    found = hs.compare(facts, period=month)
    keys = [t.id for t in facts.types.types[:-1]]
    row = found.row(data.draw(st.sampled_from(keys)))
    name = facts.types.name(row["key"], "zh")
    spell = {"2024": "2024年", "2024-01..2024-05": "2024年1—5月"}.get(month, f"2024年{int(month[-2:])}月")
    if row["current"] == 0 or row["baseline"] == 0 or numbers.is_flat(row["change_pct"]):
        return
    change = numbers.fall_or_rise(row["change_pct"])
    assert told(f"{spell}{name}工单{row['current']}件，同比{change}", facts) == ["holds", "holds"]
    other = numbers.fall_or_rise(row["change_pct"] + (0.5 if row["change_pct"] > 0 else -0.5))
    wrong = told(f"{spell}{name}工单{row['current'] + 1}件，同比{other}", facts)
    assert wrong == ["fails data-differ", "fails data-differ"]
