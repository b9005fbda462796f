"""Linear programs over cells: other counts that a reader must hold for possible, and what to hide so that there are any."""

from typing import Any

import numpy as np

from hotline_stats.disclosure.cells import Bools, Cells, Ints


def others(cells: Cells, hidden: Bools, wanted: Bools, up: bool) -> Ints | None:
    """Counts that agree with all that is published, in which as many of `wanted` as may be reach `cells.high` (with
    `up`) or come down to `cells.low`; None where none is found."""
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    free, goal = np.flatnonzero(hidden), np.flatnonzero(wanted[hidden])
    n, k = len(free), len(goal)
    told = cells.values.copy()
    told[free] = 0
    equal = hstack([cells.matrix[:, free], csr_array((len(cells.sums), k))], format="csr")
    pick = csr_array((np.ones(k), (np.arange(k), goal)), shape=(k, n))
    # a helper h for each wanted cell x: up, h <= x and h <= high, as large as may be; down, h >= x and h >= low
    side = hstack([-pick, eye_array(k)] if up else [pick, -eye_array(k)], format="csr")
    helper = (0, cells.high) if up else (cells.low, np.inf)
    bounds = [(float(lo), np.inf) for lo in cells.least[free]] + [helper] * k
    cost = np.concatenate([np.zeros(n), np.full(k, -1.0 if up else 1.0)])
    found = _solve(cost, (equal, -(cells.matrix @ told)), vstack([side], format="csr"), bounds, n)
    return None if found is None else _placed(cells, free, found[:n], hidden)


def moved(cells: Cells, hidden: Bools, at: int, by: int) -> Ints | None:
    """The cheapest change of the counts in which cell `at` changes by `by`: cells hidden already cost nothing, others
    the more, the larger they are. None where none is found (the total cannot change)."""
    from scipy.sparse import hstack

    n = len(cells.keys)
    price = np.where(hidden, 1e-3, np.where(cells.values == 0, cells.high, cells.values)).astype(np.float64)
    down = (cells.values - cells.least).astype(np.float64)
    bounds = [(0.0, 0.0 if fix else np.inf) for fix in cells.fixed]
    bounds += [(0.0, 0.0 if fix else max(0.0, d)) for fix, d in zip(cells.fixed, down, strict=True)]
    bounds[at], bounds[n + at] = (max(0, by), max(0, by)), (max(0, -by), max(0, -by))
    equal = hstack([cells.matrix, -cells.matrix], format="csr")
    found = _solve(np.concatenate([price, price]), (equal, np.zeros(len(cells.sums))), None, bounds, 2 * n)
    if found is None:
        return None
    return _placed(cells, np.arange(n), cells.values + found[:n] - found[n : 2 * n], np.ones(n, np.bool_))


def _placed(cells: Cells, free: Any, found: Any, hidden: Bools) -> Ints | None:
    """The counts with what was found put in, when they are whole and possible."""
    out = cells.values.copy()
    out[free] = np.rint(found).astype(np.int64)
    return out if cells.possible(out, hidden) else None


def _solve(cost: Any, equal: tuple[Any, Any], below: Any, bounds: list[Any], whole_n: int) -> Any:
    """The least cost with whole numbers: a linear program, whose corners nearly always are whole; where they are not, an
    integer program. None without any solution."""
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp

    matrix, right = equal
    zeros: Any = None if below is None else np.zeros(below.shape[0])
    found = linprog(cost, below, zeros, matrix, right, bounds, method="highs")
    if found.status != 0 or found.x is None:
        return None
    if np.abs(found.x[:whole_n] - np.rint(found.x[:whole_n])).max(initial=0.0) < 1e-6:
        return found.x
    rules = [LinearConstraint(matrix, right, right)]
    if below is not None:
        rules.append(LinearConstraint(below, -np.inf, zeros))
    low, high = (np.array([b[i] for b in bounds], np.float64) for i in (0, 1))
    whole = np.arange(len(cost)) < whole_n
    exact = milp(cost, constraints=rules, bounds=Bounds(low, high), integrality=whole.astype(int))
    return exact.x if exact.status == 0 else None
