"""Numbers as they are written: rounding, signs, units, missing values."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats import numbers

steady = settings(deadline=None, derandomize=True, max_examples=60)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (12.25, "12.3%"),
        (-17.45, "−17.5%"),
        (17.44999, "17.4%"),
        (0.05, "0.1%"),
        (-0.04, "0.0%"),
        (-0.0, "0.0%"),
        (1234.56, "1,234.6%"),
        (100, "100.0%"),
        (2.65, "2.7%"),
        (None, "—"),
        (float("nan"), "—"),
        (float("inf"), "—"),
    ],
)
def test_percent(x: float | None, text: str) -> None:
    assert numbers.percent(x) == text
    assert numbers.percent(x, "en") == text


def test_signed() -> None:
    assert numbers.percent(3.2, signed=True) == "+3.2%"
    assert numbers.percent(0.01, signed=True) == "0.0%"
    assert numbers.count(-266, signed=True) == "−266"
    assert numbers.count(266, signed=True) == "+266"
    assert numbers.count(0, signed=True) == "0"


def test_count() -> None:
    assert [numbers.count(n, "en") for n in (0, 1368, 1_000_000, None)] == ["0", "1,368", "1,000,000", "—"]


def test_units() -> None:
    assert numbers.points(1.25) == "+1.3个百分点"
    assert numbers.points(-1.25, "en") == "−1.3 pp"
    assert numbers.hours(36.45) == "36.5小时"
    assert numbers.hours(1036.45, "en") == "1,036.5 h"
    assert numbers.decimal(12.25) == "12.3"
    assert numbers.points(None) == numbers.hours(None) == numbers.decimal(None) == "—"


@pytest.mark.parametrize(
    ("pct", "zh", "en", "short"),
    [
        (-17.45, "下降17.5%", "down 17.5%", "▼17.5%"),
        (3.2, "上升3.2%", "up 3.2%", "▲3.2%"),
        (0.04, "持平", "unchanged", "持平"),
        (-0.05, "下降0.1%", "down 0.1%", "▼0.1%"),
        (None, "—", "—", "—"),
    ],
)
def test_changes_in_words(pct: float | None, zh: str, en: str, short: str) -> None:
    assert numbers.fall_or_rise(pct, "zh") == zh
    assert numbers.fall_or_rise(pct, "en") == en
    assert numbers.arrow(pct, "zh") == short


def test_points_in_words() -> None:
    assert numbers.fall_or_rise_points(10.0) == "上升10.0个百分点"
    assert numbers.fall_or_rise_points(-0.44, "en") == "down 0.4 pp"
    assert numbers.fall_or_rise_points(0.0) == "持平"


@steady
@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 3))
def test_rounding_is_half_up_of_the_shortest_text(x: float, digits: int) -> None:
    with localcontext() as context:
        context.prec = 1000
        want = Decimal(repr(x)).quantize(Decimal(10) ** -digits, rounding=ROUND_HALF_UP)
    got = numbers.rounded(x, digits)
    assert got == want
    assert not (got == 0 and got.is_signed())


@steady
@given(st.integers(-(10**7), 10**7))
def test_ties_go_away_from_zero(hundredths: int) -> None:
    tie = hundredths * 10 + 5 if hundredths >= 0 else hundredths * 10 - 5
    shown = numbers.percent(tie / 100)
    assert Decimal(shown.rstrip("%").replace("−", "-").replace(",", "")) == Decimal(
        hundredths + (1 if hundredths >= 0 else -1)
    ).scaleb(-1)


@steady
@given(st.floats(-1e9, 1e9))
def test_a_hyphen_never_stands_for_a_minus(x: float) -> None:
    assert "-" not in numbers.percent(x) + numbers.points(x) + numbers.arrow(x) + numbers.fall_or_rise(
        x, "en"
    )
