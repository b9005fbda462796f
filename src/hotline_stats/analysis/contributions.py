"""What each row of a comparison adds to the change of the total."""

import pandas as pd

from hotline_stats.model.results import Comparison, Contributions


def contributions(comparison: Comparison) -> Contributions:
    """Percentage points of the total's change by row: 100 × change / baseline total, the largest fall first.

    The rows add up to the total's change_pct. contribution_pp is None on a zero or uncovered baseline.
    Raises ValueError for by="group": groups overlap and do not add up.
    """
    if comparison.by == "group":
        raise ValueError("groups overlap: their contributions do not add up")
    base = comparison.total["baseline"]
    rows = comparison.rows[["key", "change"]].sort_values("change", kind="stable", ignore_index=True)
    parts = [100 * float(change) / base if base else None for change in rows["change"]]
    return Contributions(
        by=comparison.by,
        windows=comparison.windows,
        rows=rows.assign(contribution_pp=pd.Series(parts, dtype=object)),
        total_change=comparison.total["change"],
        total_change_pct=comparison.total["change_pct"],
        types=comparison.types,
        where=comparison.where,
    )
