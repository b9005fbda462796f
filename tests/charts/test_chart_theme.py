"""Colours in grey print, contrast of words, round ticks, and labels pushed apart."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.charts import theme
from hotline_stats.charts.scale import nice_ticks, spread

steady = settings(deadline=None, derandomize=True, max_examples=60)


def _contrast(one: theme.Rgb, two: theme.Rgb) -> float:
    low, high = sorted((theme.luminance(one), theme.luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("one", "two"), [(theme.CURRENT, theme.BASELINE), (theme.FALL, theme.RISE)])
def test_pairs_differ_in_grey(one: str, two: str) -> None:
    assert _contrast(theme.rgb(one), theme.rgb(two)) >= 2


@pytest.mark.parametrize(
    "colour",
    [
        theme.INK,
        theme.MUTED,
        theme.BASELINE_TEXT,
        theme.FALL_TEXT,
        theme.RISE_TEXT,
        theme.NOISE_TEXT,
        theme.CURRENT,
    ],
)
def test_words_are_readable_on_paper(colour: str) -> None:
    assert _contrast(theme.rgb(colour), theme.rgb(theme.PAPER)) >= 4.5


def test_the_scale_darkens_steadily_and_carries_readable_words() -> None:
    shades = [theme.shade(i / 100) for i in range(101)]
    assert all(theme.luminance(a) > theme.luminance(b) for a, b in pairwise(shades))
    assert all(_contrast(s, theme.rgb(theme.text_on(s))) >= 4.4 for s in shades)
    assert theme.shade(0) == theme.rgb(theme.SCALE[0])
    assert theme.shade(1) == theme.rgb(theme.SCALE[-1])


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (99, [0, 50, 100]),
        (1368, [0, 500, 1000, 1500]),
    ],
)
def test_ticks(most: float, ticks: list[int]) -> None:
    assert nice_ticks(most) == ticks


@steady
@given(st.floats(0, 1e9))
def test_ticks_hold_the_largest_value(most: float) -> None:
    ticks = nice_ticks(most)
    assert ticks[0] == 0
    assert most <= ticks[-1] <= max(1, 3 * most + 2)
    assert 2 <= len(ticks) <= 5


@steady
@given(st.tuples(st.floats(0, 100), st.floats(0, 100)))
def test_two_labels_are_pushed_apart_within_their_space(heights: tuple[float, float]) -> None:
    low, high = sorted(spread(heights, 11, 0, 100))
    assert high - low >= 11 - 1e-9
    assert low >= -1e-9
    assert high <= 100 + 1e-9
    assert (heights[0] < heights[1]) <= (spread(heights, 11, 0, 100)[0] < spread(heights, 11, 0, 100)[1])
