"""What a change of the rules changes: which tickets, and which figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hotline_stats import analysis
from hotline_stats.engines import local, tables
from hotline_stats.engines.local import Progress
from hotline_stats.intake import Export
from hotline_stats.messages import Lang
from hotline_stats.model.results import Comparison
from hotline_stats.settings import Settings
from hotline_stats.taxonomy import Taxonomy

SCHEMA = "hotline-stats/types-diff/1"
NONE = ""
"""The key of a type that one of the taxonomies lacks."""


@dataclass(frozen=True, eq=False)
class TypesDiff:
    """`tickets`: file, row, ticket_id, old, new (type ids), one row a ticket whose primary type changes. `moves`: old,
    new, n, the most frequent first. `figures`: key, old_current, new_current, old_baseline, new_baseline,
    old_change_pct, new_change_pct, old_verdict, new_verdict, one row a type of either taxonomy whose figures differ."""

    old: Taxonomy
    new: Taxonomy
    n: int
    labels_n: int
    tickets: pd.DataFrame
    moves: pd.DataFrame
    figures: pd.DataFrame
    comparisons: tuple[Comparison, Comparison]

    def name(self, key: str, lang: Lang) -> str:
        known = self.new if key in self.new.scheme.ids else self.old
        return known.scheme.name(key, lang)

    def to_pandas(self) -> pd.DataFrame:
        return self.tickets.copy()

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        figures = self.figures.astype(object).where(self.figures.notna(), None).to_dict("records")
        return {
            "schema": SCHEMA,
            "old": {"id": self.old.scheme.id, "version": self.old.scheme.version, "sha256": self.old.sha256},
            "new": {"id": self.new.scheme.id, "version": self.new.scheme.version, "sha256": self.new.sha256},
            "n": self.n,
            "changed_n": len(self.tickets),
            "labels_changed_n": self.labels_n,
            "windows": self.comparisons[1].windows.to_dict(),
            "moves": self.moves.to_dict("records"),
            "figures": [{**r, "name": self.name(r["key"], lang)} for r in figures],
        }

    def __repr__(self) -> str:
        return f"<TypesDiff: {len(self.tickets)} of {self.n} tickets change>"


def diff(
    exports: Sequence[Export],
    old: Taxonomy,
    new: Taxonomy,
    settings: Settings,
    progress: Progress | None = None,
) -> TypesDiff:
    """Type the tickets of exports by both, and compare with the same period last year by both. Raises what reading and
    `analysis.settle` raise."""
    dedupe = settings.intake.dedupe
    before, after = (local.read(exports, t, progress, dedupe=dedupe) for t in (old, new))
    facts = [tables.facts(r.tickets, t.scheme) for r, t in zip((before, after), (old, new), strict=True)]
    names = [np.array(t.scheme.ids, object) for t in (old, new)]
    types = [n[r.tickets["type"].to_numpy()] for n, r in zip(names, (before, after), strict=True)]
    at = np.flatnonzero(types[0] != types[1])
    files = np.array([e.file for e in exports], object)
    tickets = pd.DataFrame(
        {
            "file": files[after.tickets["file"].to_numpy()[at]],
            "row": after.tickets["row"].to_numpy()[at],
            "ticket_id": after.tickets["ticket_id"].to_pandas().to_numpy(object)[at],
            "old": types[0][at],
            "new": types[1][at],
        }
    )
    moves = tickets.groupby(["old", "new"], sort=True).size().rename("n").reset_index()
    moves = moves.sort_values("n", ascending=False, kind="stable", ignore_index=True)
    windows = analysis.settle(facts[1], None, None)
    found = [analysis.compare(f, windows, "type", settings.comparison) for f in facts]
    return TypesDiff(
        old=old,
        new=new,
        n=len(types[0]),
        labels_n=_labels_changed(before, after, old, new),
        tickets=tickets,
        moves=moves,
        figures=_figures(*found),
        comparisons=(found[0], found[1]),
    )


def _labels_changed(before: local.Read, after: local.Read, old: Taxonomy, new: Taxonomy) -> int:
    """Tickets whose set of labels changes; types that one of the taxonomies lacks are not looked at."""
    shared = [t for t in new.scheme.ids if t in old.scheme.ids]
    changed = np.zeros(before.tickets.num_rows, bool)
    masks = before.tickets["labels"].to_numpy(), after.tickets["labels"].to_numpy()
    for t in shared:
        bits = [m >> s.scheme.ids.index(t) & 1 for m, s in zip(masks, (old, new), strict=True)]
        changed |= bits[0] != bits[1]
    return int(changed.sum())


def _figures(old: Comparison, new: Comparison) -> pd.DataFrame:
    """Both comparisons side by side, the types whose counts differ."""
    columns = ["current", "baseline", "change_pct", "verdict"]
    sides = [
        c.rows.set_index("key")[columns].add_prefix(f"{name}_") for name, c in (("old", old), ("new", new))
    ]
    keys = list(dict.fromkeys([*new.rows["key"], *old.rows["key"]]))
    both = sides[0].join(sides[1], how="outer").reindex(keys).rename_axis("key").reset_index()
    same = (both["old_current"] == both["new_current"]) & (both["old_baseline"] == both["new_baseline"])
    order = [f"{side}_{c}" for c in columns for side in ("old", "new")]
    return both.loc[~same, ["key", *order]].reset_index(drop=True)
