"""What a report is about, as its sections read it: results, intake, provenance, words and charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hotline_stats import numbers
from hotline_stats.model.findings import Intake
from hotline_stats.model.results import Comparison, Provenance, Results
from hotline_stats.model.types import Group
from hotline_stats.reports import rows
from hotline_stats.reports.document import Figure
from hotline_stats.reports.words import Words

if TYPE_CHECKING:
    from hotline_stats.charts import Chart


@dataclass(frozen=True)
class Matter:
    """`charts`: by the slot of report/figures.py; a slot that is not there leaves its figure out."""

    results: Results
    intake: Intake
    provenance: Provenance
    words: Words
    top_n: int
    charts: "Mapping[str, Chart]"

    @property
    def covered(self) -> bool:
        """Whether the data holds the baseline, so that there is something to compare with."""
        return self.results.windows.covered

    @property
    def typed(self) -> bool:
        """Whether any file has a text to type its tickets by."""
        return len(self.intake.textless) < len(self.intake.files)

    @cached_property
    def types(self) -> list[dict[str, Any]]:
        """The types shown, in the order of the taxonomy."""
        shown = rows.shown_types(self.results)
        return [r for r in rows.records(self.results.types, self.words) if r["key"] in shown]

    @cached_property
    def groups(self) -> dict[str, dict[str, Any]]:
        return rows.group_records(self.results.types, self.words)

    @cached_property
    def total(self) -> dict[str, Any]:
        return rows.total_record(self.results.types, self.words)

    def group(self, group_id: str) -> Group | None:
        """The group of the taxonomy, when it has one of this id that is shown."""
        return rows.shown_groups(self.results).get(group_id)

    def type_rows(self, ids: tuple[str, ...]) -> list[dict[str, Any]]:
        """The rows of those of these types that are shown, in the order of the taxonomy."""
        return [r for r in self.types if r["key"] in ids]

    def comparison(self, by: str) -> Comparison | None:
        """A further comparison, when the data has values for it."""
        found = self.results.by.get(by)
        return found if found is not None and any(k != "" for k in found.rows["key"]) else None

    def figure(self, slot: str, caption: str) -> list[Figure]:
        """The figure of a slot, as a list of one; empty when it was not drawn."""
        chart = self.charts.get(slot)
        return [] if chart is None else [Figure(slot, 0, caption, chart.alt, chart)]

    @property
    def confidence(self) -> str:
        """The confidence of intervals as used: `95%`."""
        return _whole_percent(float(self.setting("comparison.confidence")))

    @property
    def false_discovery(self) -> str:
        """The share of a table's verdicts that may be false: `5%`."""
        return _whole_percent(1 - float(self.setting("comparison.confidence")))

    @property
    def min_n(self) -> int:
        """The baseline below which no percentage is printed, as used."""
        return int(self.setting("comparison.min_n"))

    def setting(self, key: str) -> str:
        """The value of a setting as text. KeyError for one that the provenance lacks."""
        return {k: value for k, value, _ in self.provenance.settings}[key]


def _whole_percent(share: float) -> str:
    """`95%`, `99.5%`."""
    return f"{numbers.rounded(100 * share):f}".removesuffix(".0") + "%"
