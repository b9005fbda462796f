"""How counts run: every month of the data by key, with moving sums, control limits and signals; a frozen result."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from hotline_stats.messages import Lang
from hotline_stats.model import names
from hotline_stats.model.period import Period
from hotline_stats.model.results import Note, Where, Windows
from hotline_stats.model.shape import html, records
from hotline_stats.model.types import TypeScheme

MONTH_COLUMNS = (
    "key", "month", "n", "days", "complete", "year_before", "sum_12", "centre", "low", "high", "rules",
)  # fmt: skip
SIGNAL_COLUMNS = ("key", "rule", "side", "start", "end", "months_n")
_NULLABLE = {
    "year_before": "Int64",
    "sum_12": "Int64",
    "centre": "Float64",
    "low": "Float64",
    "high": "Float64",
}


@dataclass(frozen=True, eq=False)
class Course:
    """Counts by month over the whole of the data.

    `frame`: MONTH_COLUMNS, a row for every key and month, zeros filled in. `key` is a value of `by` or "total";
    `days` are those of the month that the data hold, `complete` is False where they are not all, or where the data have a
    hole; `year_before`: tickets of the same month a year earlier, `sum_12`: of the twelve months that end with it (int,
    None where not all of these are complete); `centre`, `low`, `high`: control limits, tickets a month (float or
    None); `rules`: those that fired there, joined by "|".
    `signals`: SIGNAL_COLUMNS, one row a rule that fired: outside, run or two-of-three; side above or below; first and
    last month. `base`: the months that set the limits, of which `base_n` are complete; None when there are none.
    `seasonal`: whether each month of the year has a centre of its own.
    `limits`: key, base_n (tickets in the base), per_day, widening (object: float or None).
    """

    by: str
    windows: Windows
    frame: pd.DataFrame
    signals: pd.DataFrame
    limits: pd.DataFrame
    base: Period | None
    base_n: int
    seasonal: bool
    types: TypeScheme
    where: Where = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if tuple(self.frame.columns) != MONTH_COLUMNS or tuple(self.signals.columns) != SIGNAL_COLUMNS:
            raise ValueError("not the columns of a course")

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(str(k) for k in self.limits["key"])

    def of(self, key: str) -> pd.DataFrame:
        """The months of one key, in order; KeyError when there is none."""
        part = self.frame[self.frame["key"] == key]
        if part.empty:
            raise KeyError(key)
        return part.reset_index(drop=True)

    def has_limits(self, key: str) -> bool:
        """Whether the months of a key have control limits."""
        found = self.limits.loc[self.limits["key"] == key, "per_day"]
        return bool(len(found)) and found.iloc[0] is not None

    def name(self, key: str, lang: Lang) -> str:
        """What a key is called; "total" is that of all tickets."""
        return names.value(self.types, "type" if key == "total" else self.by, key, lang)

    def said(self, lang: Lang, key: str | None = None, within: Period | None = None) -> list[str]:
        """The signals in words, of one key or all; `within`: those that touch the period."""
        out = []
        for signal in records(self.signals):
            if key is not None and signal["key"] != key:
                continue
            if within is None or _touches(signal, within):
                out.append(self._say(signal, lang))
        return out

    def to_pandas(self, lang: Lang = "zh") -> pd.DataFrame:
        """`frame` with `name` after `key`; what may be missing as Int64 or Float64 with <NA>."""
        out = self.frame.astype(_NULLABLE)
        called = {key: self.name(key, lang) for key in self.keys}
        out.insert(1, "name", [called[k] for k in out["key"]])
        return out

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON of schema hotline-stats/series/1."""
        months = {str(k): part for k, part in self.frame.groupby("key", sort=False)}
        return {
            "schema": "hotline-stats/series/1",
            "period": self.windows.period.to_dict(),
            "baseline": self.windows.baseline.to_dict(),
            **self.windows.means_dict(),
            "by": self.by,
            "where": [{"column": column, "value": value} for column, value in self.where],
            "base": None
            if self.base is None
            else {**self.base.to_dict(), "months_n": self.base_n, "seasonal": self.seasonal},
            "rows": [self._key(r, months[r["key"]], lang) for r in records(self.limits)],
            "notes": [n.text(lang) for n in (*self.windows.notes, *self.notes)],
        }

    def _key(self, limit: dict[str, Any], months: pd.DataFrame, lang: Lang) -> dict[str, Any]:
        key = limit["key"]
        signals = records(self.signals[self.signals["key"] == key])
        return {
            "key": key,
            "name": self.name(key, lang),
            **{k: v for k, v in limit.items() if k != "key"},
            "months": [
                {k: _listed(v) if k == "rules" else v for k, v in r.items() if k != "key"}
                for r in records(months)
            ],
            "signals": [
                {**{k: v for k, v in s.items() if k != "key"}, "text": self._say(s, lang)} for s in signals
            ],
        }

    def _say(self, signal: dict[str, Any], lang: Lang) -> str:
        code = f"signal-{signal['rule']}-{signal['side']}"
        return names.say(code, lang, start=signal["start"], end=signal["end"], n=signal["months_n"])

    def _repr_html_(self) -> str:
        return html(self.windows, self.where, self.types, self.to_pandas(), "zh")

    def __repr__(self) -> str:
        months, base = (
            self.frame["month"].nunique(),
            "no limits" if self.base is None else f"base {self.base}",
        )
        return f"<Course by {self.by}: {len(self.keys)} keys by {months} months, {base}, {len(self.signals)} signals>"


def _touches(signal: dict[str, Any], span: Period) -> bool:
    return bool(f"{span.start:%Y-%m}" <= signal["end"] and signal["start"] <= f"{span.end:%Y-%m}")


def _listed(rules: str) -> list[str]:
    return rules.split("|") if rules else []
