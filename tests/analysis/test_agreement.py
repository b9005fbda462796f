"""Precision, recall and F1 by hand, their intervals against statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from hotline_stats.analysis import agreement

IDS = ("a", "b", "c", "other")


def test_by_hand() -> None:
    true = np.array([0, 0, 0, 1, 1, 3, 3, 3, 3, 3])
    found = np.array([0, 0, 1, 1, 3, 3, 3, 3, 0, 3])
    matrix = agreement.confusion(true, found, 4)
    assert matrix.tolist() == [[2, 1, 0, 0], [0, 1, 0, 1], [0, 0, 0, 0], [1, 0, 0, 4]]
    frame = agreement.by_type(matrix, IDS, 0.95).set_index("key")
    assert frame.loc["a", ["true_n", "found_n", "right_n"]].tolist() == [3, 3, 2]
    assert frame.loc["a", ["precision", "recall", "f1"]].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3])
    assert frame.loc["b", ["precision", "recall", "f1"]].tolist() == pytest.approx([1 / 2, 1 / 2, 1 / 2])
    assert frame.loc["other", ["precision", "recall", "f1"]].tolist() == pytest.approx([4 / 5, 4 / 5, 4 / 5])
    assert frame.loc["c", ["precision", "recall", "f1"]].isna().all()
    assert agreement.share(7, 10, 0.95)[0] == 0.7


@given(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from((0.9, 0.95, 0.99)),
)
def test_interval_is_that_of_wilson(counts: tuple[int, int], confidence: float) -> None:
    part, whole = counts
    low, high = proportion_confint(part, whole, 1 - confidence, "wilson")
    assert agreement.share(part, whole, confidence) == pytest.approx((part / whole, low, high), abs=1e-9)


def test_nothing_of_nothing_is_no_number() -> None:
    assert all(x != x for x in agreement.share(0, 0, 0.95))
