"""Tables by hand: what hiding the small counts alone would give away, and what is hidden with them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from hotline_stats.disclosure.cells import Cells, Ledger
from hotline_stats.disclosure.suppress import UnprotectableError, suppress, unproven


def table(counts: list[list[int]], chains: int = 1) -> Cells:
    """A table with the totals of its rows and columns; `chains` times, with the same totals of rows."""
    ledger = Ledger()
    total = ledger.add(("total",), sum(map(sum, counts)))
    ledger.fixed.add(total)
    rows = [ledger.add(("row", i), sum(r)) for i, r in enumerate(counts)]
    ledger.adds_up(total, rows)
    for c in range(chains):
        held = [r if c == 0 else r[::-1] for r in counts]
        cells = [[ledger.add((c, i, j), n) for j, n in enumerate(r)] for i, r in enumerate(held)]
        columns = [ledger.add(("column", c, j), sum(n)) for j, n in enumerate(zip(*held, strict=True))]
        ledger.adds_up(total, columns)
        for row, parts in zip(rows, cells, strict=True):
            ledger.adds_up(row, parts)
        for column, parts in zip(columns, zip(*cells, strict=True), strict=True):
            ledger.adds_up(column, list(parts))
    return ledger.closed()


def interval(cells: Cells, hidden: np.ndarray, at: int) -> tuple[float, float]:
    """By an integer program written for the tests: the least and the largest count that fit."""
    matrix = np.zeros((len(cells.sums), len(cells.keys)))
    for i, (whole, parts) in enumerate(cells.sums):
        matrix[i, whole] -= 1
        for p in parts:
            matrix[i, p] += 1
    low = np.where(hidden, cells.least, cells.values).astype(float)
    high = np.where(hidden, 10_000, cells.values).astype(float)
    ends = []
    for sign in (1, -1):
        cost = np.zeros(len(cells.keys))
        cost[at] = sign
        found = milp(
            cost,
            constraints=[LinearConstraint(matrix, 0, 0)],
            bounds=Bounds(low, high),
            integrality=np.ones(len(cost)),
        )
        assert found.status == 0
        ends.append(sign * found.fun)
    return ends[0], ends[1]


def undone(cells: Cells, hidden: np.ndarray) -> list[tuple[object, ...]]:
    """The small counts that can be told too well."""
    out = []
    for i in np.flatnonzero(cells.small):
        low, high = interval(cells, hidden, int(i))
        if low > cells.low or high < cells.high:
            out.append(cells.keys[i])
    return out


def naive(cells: Cells) -> np.ndarray:
    return cells.small | ~cells.shown


def test_one_small_count_in_a_sum_is_the_total_less_the_others() -> None:
    ledger = Ledger()
    total = ledger.add(("total",), 53)
    ledger.fixed.add(total)
    ledger.adds_up(total, [ledger.add((n,), n) for n in (3, 9, 41)])
    cells = ledger.closed()
    at = cells.position[(3,)]
    assert interval(cells, naive(cells), at) == (3, 3)
    hidden = suppress(cells)
    assert {cells.keys[i] for i in np.flatnonzero(hidden)} == {(3,), (9,)}  # the smallest of the others
    assert interval(cells, hidden, at) == (0, 12)


def test_a_sum_of_hidden_counts_that_is_small_still_tells() -> None:
    """1 + 2 = 3 of 53: with both hidden neither can be more than 3, which is no protection."""
    ledger = Ledger()
    total = ledger.add(("total",), 53)
    ledger.fixed.add(total)
    ledger.adds_up(total, [ledger.add((n,), n) for n in (1, 2, 10, 40)])
    cells = ledger.closed()
    assert undone(cells, naive(cells))
    hidden = suppress(cells)
    assert {cells.keys[i] for i in np.flatnonzero(hidden)} == {(1,), (2,), (10,)}
    assert undone(cells, hidden) == []


def test_a_table_needs_more_than_two_hidden_cells_a_line() -> None:
    """Every row and column has two hidden cells, and the two rows that hold them give them away with the column."""
    cells = table([[1, 1, 30], [1, 1, 30], [20, 20, 40]])
    assert undone(cells, naive(cells))
    hidden = suppress(cells)
    assert undone(cells, hidden) == [] and unproven(cells, hidden) == []


def test_tables_that_share_a_margin() -> None:
    """Type by month and type by place: what is hidden in one must not be told by the other."""
    cells = table([[2, 30, 40], [25, 3, 50], [60, 70, 80]], chains=2)
    assert undone(cells, naive(cells))
    assert undone(cells, suppress(cells)) == []


def test_subtotals() -> None:
    """January and February with their sum, in a year of small months."""
    ledger = Ledger()
    total = ledger.add(("total",), 70)
    ledger.fixed.add(total)
    months = [ledger.add((i,), n) for i, n in enumerate((3, 9, 20, 38))]
    ledger.adds_up(total, months)
    ledger.adds_up(ledger.add(("pair",), 12), months[:2])
    cells = ledger.closed()
    line = naive(cells)
    line[cells.position[(1,)]] = True
    assert interval(cells, line, cells.position[(0,)]) == (0, 12)
    assert undone(cells, naive(cells)) == [(0,)]
    assert undone(cells, suppress(cells)) == []


def test_a_count_that_is_known_not_to_be_zero() -> None:
    """A row stands in a table because it has a ticket: then it may not be taken for 0 to make room."""
    ledger = Ledger()
    total = ledger.add(("total",), 45)
    ledger.fixed.add(total)
    ledger.adds_up(total, [ledger.add((n,), n, least=1) for n in (2, 4, 6, 33)])
    cells = ledger.closed()
    assert undone(cells, suppress(cells)) == []


def test_a_rest_that_nobody_shows_is_protected_too() -> None:
    """Of 40 tickets of two types 38 are complaints: the 2 that are not are a difference of two published counts."""
    ledger = Ledger()
    total = ledger.add(("total",), 90)
    ledger.fixed.add(total)
    types = [ledger.add((t,), n) for t, n in (("a", 15), ("b", 25), ("c", 50))]
    ledger.adds_up(total, types)
    whole = ledger.add(("ab",), 40, shown=False)
    ledger.adds_up(whole, types[:2])
    ledger.rest(("rest",), whole, [ledger.add(("complaints",), 38)])
    cells = ledger.closed()
    assert interval(cells, naive(cells), cells.position[("rest",)]) == (2, 2)
    assert undone(cells, suppress(cells)) == []


def test_nothing_small_nothing_hidden() -> None:
    cells = table([[10, 20], [0, 40]])
    assert not suppress(cells).any()


def test_a_total_that_cannot_hold_five() -> None:
    ledger = Ledger()
    total = ledger.add(("total",), 4)
    ledger.fixed.add(total)
    ledger.adds_up(total, [ledger.add((n,), n) for n in (1, 3)])
    with pytest.raises(UnprotectableError):
        suppress(ledger.closed())


def test_parts_that_do_not_add_up_are_refused() -> None:
    ledger = Ledger()
    ledger.adds_up(ledger.add(("total",), 5), [ledger.add(("a",), 4)])
    with pytest.raises(ValueError, match="do not add up"):
        ledger.closed()


COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 30])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=2, max_size=4), st.integers(1, 2))
def test_no_small_count_is_told(counts: list[list[int]], chains: int) -> None:
    cells = table(counts, chains)
    if cells.values[0] < 5:
        return
    hidden = suppress(cells)
    assert not (hidden & cells.fixed).any()
    assert undone(cells, hidden) == []
    assert (suppress(cells) == hidden).all()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4))
def test_by_trying_every_table(counts: list[int]) -> None:
    """Two by two, all tables of counts up to the total are tried: no solver at all."""
    cells = table([counts[:2], counts[2:]])
    total = sum(counts)
    if total < 5:
        return
    hidden = suppress(cells)
    told = {k: int(v) for k, v, h in zip(cells.keys, cells.values, hidden, strict=True) if not h}
    seen: dict[object, set[int]] = {}
    for a, b, c in product(range(total + 1), repeat=3):
        d = total - a - b - c
        if d < 0:
            continue
        found = table([[a, b], [c, d]])
        if all(int(found.values[found.position[k]]) == n for k, n in told.items()):
            for key, n in zip(found.keys, found.values, strict=True):
                seen.setdefault(key, set()).add(int(n))
    for key, small in zip(cells.keys, cells.small, strict=True):
        assert not small or (min(seen[key]) <= 1 and max(seen[key]) >= 5)
