"""Results for the public: levels that name nobody, small counts hidden and whatever would tell them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from hotline_stats.disclosure import hide
from hotline_stats.disclosure.cells import SMALLEST, Cells, Key
from hotline_stats.disclosure.grid import whole
from hotline_stats.disclosure.hide import Hidden
from hotline_stats.disclosure.relations import cells_of, month_key, row_key
from hotline_stats.disclosure.remarks import remarks
from hotline_stats.disclosure.services import services
from hotline_stats.disclosure.suppress import UnprotectableError, suppress
from hotline_stats.errors import InputError
from hotline_stats.model.course import Course
from hotline_stats.model.disclosure import PUBLIC_BY, PUBLIC_PLACES, Crossing, Disclosure
from hotline_stats.model.results import Comparison, Results, Windows


def public(results: Results, crossings: Sequence[Crossing] = ()) -> Results:
    """The results as they may be published: estates, grids, stations and units are gone, counts from 1 to 4 are None,
    and with them as many others as it takes that none can be computed (see `suppress`). `crossings`: of every two levels
    of place that are left. Each window is protected by itself: a change is told only where both counts are. A baseline
    that the data do not hold is left out whole.

    Where places of several levels cannot all be protected, the finest alone is left. Raises InputError `public-too-few`
    where a total is itself such a count, or next to it.
    """
    kept = _levels(results)
    try:
        return _protected(kept, crossings)
    except UnprotectableError as error:
        if not crossings:
            raise InputError("public-too-few", least=SMALLEST) from error
    return public(_lowest(results))


def _protected(kept: Results, crossings: Sequence[Crossing]) -> Results:
    covered = kept.windows.covered
    now = cells_of(kept, crossings, "current")
    then = _hidden(cells_of(kept, crossings, "baseline")) if covered else frozenset(now.keys)
    return _without(kept, Hidden(_hidden(now), then))


def _lowest(results: Results) -> Results:
    """The results with the finest level of place alone."""
    levels = [p for p in PUBLIC_PLACES if p in results.by]
    return replace(results, by={k: v for k, v in results.by.items() if k not in levels[:-1]})


def _levels(results: Results) -> Results:
    by = {k: v for k, v in results.by.items() if k in PUBLIC_BY}
    shown = results.drivers is not None and all(c in by or c == "type" for c in results.drivers.by)
    drivers = whole(results.drivers, results) if results.drivers is not None and shown else None
    return replace(results, by=by, drivers=drivers, rate_drivers=())


def _hidden(cells: Cells) -> frozenset[Key]:
    return frozenset(cells.keys[i] for i in np.flatnonzero(suppress(cells)))


def _without(results: Results, hidden: Hidden) -> Results:
    windows = _windows(results.windows, hidden, results)
    types = _comparison(results.types, results, hidden)
    out = Results(
        types=types,
        by={k: _comparison(v, results, hidden) for k, v in results.by.items()},
        series=hide.series(results.series, results, hidden),
        contributions=hide.contributions(results.contributions, hidden),
        services=services(results.services),
        drivers=results.drivers and hide.drivers(results.drivers, hidden),
        course=results.course and _course(results.course, results, hidden),
        disclosure=Disclosure(SMALLEST),
    )
    return _told(out, windows)


def _comparison(found: Comparison, results: Results, hidden: Hidden) -> Comparison:
    """How a type varies follows from its months: with one of them hidden, its interval is not told."""
    size = len(results.by["month"].rows)

    def known(key: str) -> bool:
        by_type = found.by in ("type", "group")
        months = [month_key(results, key, i) for i in range(size)] if by_type else []
        return not any(hidden.any(m) for m in months)

    return hide.comparison(found, hidden, known)


def _course(found: Course, results: Results, hidden: Hidden) -> Course | None:
    """The course of all tickets, where every month of it may be told, and what of a month lies outside of the windows."""
    frame = found.frame[found.frame["key"] == "total"].reset_index(drop=True)
    counts = dict(zip(frame["month"], frame["n"], strict=True))
    months = results.by["month"].rows
    if any(hidden.any(row_key("month", k)) for k in months["key"]) or any(map(_few, counts.values())):
        return None
    part = results.series.frame[results.series.frame["key"] == "total"]
    inside: dict[str, int] = {}
    for label, window in (("month", "current"), ("baseline_month", "baseline")):
        for month, n in zip(part[label], part[window], strict=True):
            inside[month] = max(inside.get(month, 0), int(n))
    if any(_few(counts.get(m, n) - n) for m, n in inside.items() if m):
        return None
    only = [frame_["key"] == "total" for frame_ in (found.signals, found.limits)]
    return replace(
        found,
        frame=frame,
        signals=found.signals[only[0]].reset_index(drop=True),
        limits=found.limits[only[1]].reset_index(drop=True),
    )


def _few(n: int) -> bool:
    return 0 < n < SMALLEST


def _windows(windows: Windows, hidden: Hidden, results: Results) -> Windows:
    return replace(windows, notes=remarks(windows.notes, True, _pairs_whole(results, hidden)))


def _pairs_whole(results: Results, hidden: Hidden) -> bool:
    return not any(hidden.any(row_key("months", k)) for k in results.by["month"].groups["key"])


def _told(results: Results, windows: Windows) -> Results:
    """Results with the same windows everywhere and only such notes as may be published."""
    pairs = not results.by["month"].groups["current"].isna().any() and not (
        results.by["month"].groups["baseline"].isna().any()
    )

    def told(found: Comparison) -> Comparison:
        whole = not any(_untold(frame) for frame in (found.rows, found.groups))
        return replace(found, windows=windows, notes=remarks(found.notes, whole, pairs))

    drivers, course = results.drivers, results.course
    return replace(
        results,
        types=told(results.types),
        by={k: told(v) for k, v in results.by.items()},
        series=replace(results.series, windows=windows, notes=remarks(results.series.notes, False, pairs)),
        contributions=replace(results.contributions, windows=windows),
        services=replace(
            results.services, windows=windows, notes=remarks(results.services.notes, False, pairs)
        ),
        drivers=drivers
        and replace(drivers, windows=windows, notes=remarks(drivers.notes, not _untold(drivers.rows), pairs)),
        course=course and replace(course, windows=windows, notes=remarks(course.notes, False, pairs)),
    )


def _untold(frame: pd.DataFrame) -> bool:
    return bool(frame["current"].isna().any() or frame["baseline"].isna().any())
