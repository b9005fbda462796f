"""The figures of a report as flat tables, written as CSV for people and Parquet for programs."""

from pathlib import Path

import pandas as pd

from hotline_stats.messages import Lang
from hotline_stats.model.results import RATIO_COLUMNS, Results
from hotline_stats.reports.format import unformula

_RATIOS = dict.fromkeys(RATIO_COLUMNS, "Float64")


def frames(results: Results, lang: Lang) -> dict[str, pd.DataFrame]:
    """The tables by name: `type`, `group` and one for each further comparison (columns key, name, current, baseline,
    change, change_pct, low_pct, high_pct, p, calendar_pct, status, verdict; no totals), `series` (months by type),
    `drivers` (types by place), `course` (every month by type), `services` and
    `units` (rates by unit with the range expected).

    Numbers are unrounded, missing values <NA>.
    """
    out = {"type": results.types.to_pandas(lang)}
    groups = results.types.groups.astype(_RATIOS)
    groups.insert(1, "name", [results.scheme.name(k, lang) for k in groups["key"]])
    out["group"] = groups
    out |= {by: comparison.to_pandas(lang) for by, comparison in results.by.items()}
    out["series"] = results.series.to_pandas(lang).drop(columns="position")
    if results.drivers is not None:
        out["drivers"] = results.drivers.to_pandas(lang)
    if results.course is not None:
        out["course"] = results.course.to_pandas(lang)
    out["services"] = results.services.to_pandas(lang)
    if results.units is not None:
        out["units"] = results.units.to_pandas(lang)
    return out


def save(results: Results, lang: Lang, directory: Path) -> None:
    """Write NAME.csv (UTF-8 with a byte order mark, no cell a formula) and NAME.parquet into `directory`."""
    for name, frame in frames(results, lang).items():
        frame.to_parquet(directory / f"{name}.parquet", index=False)
        safe = frame.copy()
        for column in safe.columns:
            if not pd.api.types.is_numeric_dtype(safe[column]):
                safe[column] = safe[column].map(lambda v: unformula(v) if isinstance(v, str) else v)
        (directory / f"{name}.csv").write_bytes(
            safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
        )
