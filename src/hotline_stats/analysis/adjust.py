"""A comparison by type or group with counts adjusted for misclassification, and how sure these are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from hotline_stats import numbers
from hotline_stats.analysis.misclassification import Bools, Floats, blurred, sensitivities
from hotline_stats.analysis.simulated import DRAWS, SEED, Part, alike, parts
from hotline_stats.analysis.uncertainty import survivors
from hotline_stats.model.adjustment import ADJUSTED_COLUMNS, Adjustment
from hotline_stats.model.evaluation import Evaluation
from hotline_stats.model.facts import Facts
from hotline_stats.model.results import Comparison, Note
from hotline_stats.model.types import TypeScheme
from hotline_stats.settings.values import ComparisonSettings

MIN_LABELLED = 100
"""Labelled tickets without which nothing is adjusted."""
MIN_OF_TYPE = 10
"""Labelled tickets of a type, or of the types of a group, without which it is not identifiable."""
THIN = 0.1
"""A group is not identifiable when types with fewer labelled tickets than that hold more than this share of it."""
UNLIKELY = 0.01
"""Counts found that fit the errors worse than this share of simulated ones come from other errors."""
WIDE = (-50.0, 100.0)
"""An interval of the change that holds a halving and a doubling says nothing."""


def adjust(
    comparison: Comparison, facts: Facts, evaluation: Evaluation, settings: ComparisonSettings
) -> Comparison:
    """The comparison (by type or group, of these Facts) with `adjusted` counts and the notes that belong to them.

    Adjusted counts: `misclassification.true_counts` of the counts found in each window, with the errors of the labelled
    sample. A group of some request types is adjusted on the tickets of these request types, with the same errors.
    Intervals are percentiles of simulations, see analysis/simulated.py.
    """
    scheme = facts.types
    made = parts(facts, comparison.windows, evaluation.confusion, settings)
    k = len(scheme.ids)
    members = np.array([[t in g.types for t in scheme.ids] for g in scheme.groups], np.bool_).reshape(-1, k)
    of = [made[g.request_types] for g in scheme.groups]
    groups = _judged(comparison, [g.id for g in scheme.groups], members, of, evaluation, settings)
    rows = groups
    if comparison.by == "type":
        rows = _judged(
            comparison, scheme.ids, np.eye(k, dtype=np.bool_), [made[()]] * k, evaluation, settings
        )
    adjusted = Adjustment(
        rows=rows,
        groups=groups.iloc[:0] if comparison.by == "group" else groups,
        sample=evaluation.sample,
        labelled_n=evaluation.n,
        draws=DRAWS,
        seed=SEED,
        confidence=settings.confidence,
    )
    return replace(
        comparison,
        adjusted=adjusted,
        notes=(
            *comparison.notes,
            *_misfit(made[()], comparison.windows.covered),
            *_notes(adjusted, scheme, bool(comparison.where)),
        ),
    )


def _judged(
    comparison: Comparison,
    keys: Sequence[str],
    members: Bools,
    made: Sequence[Part],
    evaluation: Evaluation,
    settings: ComparisonSettings,
) -> pd.DataFrame:
    """One row a set of types (`members`: sets × types), each of the tickets of its part. Verdicts hold the false discovery
    rate over the rows, as those of raw counts do."""
    labels = (members @ evaluation.true_n).tolist()
    chance = np.full(len(keys), np.nan)
    mixed = blurred(sensitivities(evaluation.confusion), members)
    rows = []
    for i, key in enumerate(keys):
        thin = labels[i] < MIN_OF_TYPE or _thin(members[i], made[i], evaluation)
        reason = "few-labels" if thin else "blurred" if mixed[i] else ""
        if reason:
            row: tuple[object, ...] = _nothing(reason)
        else:
            raw = comparison.row(key) if comparison.windows.covered else {}
            row, chance[i] = _row(raw, members[i], made[i], len(comparison.windows.baselines), settings)
        rows.append((key, labels[i], *row))
    frame = pd.DataFrame(rows, columns=list(ADJUSTED_COLUMNS), dtype=object)
    found = survivors(chance, ~np.isnan(chance), 1 - settings.confidence)
    by_chance = ~found & frame["verdict"].isin(["fall", "rise", "calendar"]).to_numpy()
    frame["verdict"] = frame["verdict"].mask(by_chance, "within-noise")
    return frame.astype({"labels_n": "int64"})


def _thin(which: Bools, part: Part, evaluation: Evaluation) -> bool:
    """Whether too much of a set is of types with too few labels."""
    few = which & (evaluation.true_n < MIN_OF_TYPE)
    return bool(part.found[:, few].sum() > THIN * part.found[:, which].sum())


def _nothing(reason: str) -> tuple[object, ...]:
    return *((None,) * 9), "not-identifiable", reason, None


def _row(
    raw: Mapping[str, Any], which: Bools, part: Part, years: int, settings: ComparisonSettings
) -> tuple[tuple[object, ...], float]:
    """Counts with their limits, change with its limits, status, reason and verdict of a set of types, and the p value of
    no change (nan without a change), the share of draws on the lesser side, doubled. `raw`: the row as
    counted, empty without a baseline; `years`: of which the baseline is the mean."""
    share = np.array([1, 1 / years])
    true = part.true[:, which].sum(axis=1) * share
    none: tuple[object, ...] = (None,) * 3
    current, baseline = (
        (float(t), *_limits(c[:, which].sum(axis=1) * s, settings.confidence))
        for t, c, s in zip(true, part.counts, share, strict=True)
    )
    if not raw or raw["status"] in ("incomplete", "uncountable"):
        return (*current, *(baseline if raw else none), *none, "incomplete", "", None), np.nan
    if true[1] < max(settings.min_n, 1):
        return (*current, *baseline, *none, "small", "", "too-few"), np.nan
    now, then = alike(part, which, settings) * share[:, None]
    ratio = np.divide(now, then, out=np.full(len(now), np.inf), where=then > 0)
    low, high = _limits(100 * (ratio - 1), settings.confidence)
    if not np.isfinite(high) or (low < WIDE[0] and high > WIDE[1]):
        return _nothing("wide"), np.nan
    verdict = "fall" if high < 0 else "rise" if low > 0 else "within-noise"
    if raw["verdict"] == "calendar" and verdict != "within-noise":
        verdict = "calendar"
    p = min(1.0, 2 * (min((ratio <= 1).sum(), (ratio >= 1).sum()) + 1) / (len(ratio) + 1))
    change = float(100 * (true[0] - true[1]) / true[1])
    return (*current, *baseline, change, low, high, "ok", "", verdict), p


def _limits(draws: Floats, confidence: float) -> tuple[float, float]:
    """Percentiles that are draws themselves, since some may be infinite."""
    tail = (1 - confidence) / 2
    low = float(np.quantile(draws, tail, method="lower"))
    return low, float(np.quantile(draws, 1 - tail, method="higher"))


def _misfit(part: Part, covered: bool) -> tuple[Note, ...]:
    """A note when the counts found can hardly come from these errors."""
    return (Note("adjusted-misfit"),) if (part.fit[: 2 if covered else 1] < UNLIKELY).any() else ()


def _notes(adjusted: Adjustment, scheme: TypeScheme, chosen: bool) -> tuple[Note, ...]:
    facts = {
        "file": adjusted.sample.file,
        "n": numbers.count(adjusted.labelled_n),
        "draws": numbers.count(adjusted.draws),
        "confidence": f"{100 * adjusted.confidence:g}%",
    }
    notes = [Note("adjusted", tuple(facts.items()))]
    if chosen:
        notes.append(Note("adjusted-chosen"))
    frame = pd.concat([adjusted.rows, adjusted.groups]) if len(adjusted.groups) else adjusted.rows
    for reason in ("few-labels", "blurred", "wide"):
        keys = frame.loc[frame["reason"] == reason, "key"]
        if len(keys):
            named = {"types": ", ".join(scheme.name(k, "en") for k in keys)}
            named |= {"types_zh": "、".join(scheme.name(k, "zh") for k in keys), "least": str(MIN_OF_TYPE)}
            notes.append(Note(f"adjusted-{reason}", tuple(named.items())))
    return tuple(notes)
