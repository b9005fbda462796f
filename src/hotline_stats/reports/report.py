"""A report in the hand: its results, its Document, and the ways out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline_stats.messages import Lang
from hotline_stats.model.findings import Intake
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports.compose import compose
from hotline_stats.reports.document import Document
from hotline_stats.reports.formats import DEFAULT, NAME, Format, wanted
from hotline_stats.reports.renderers.json import report_dict

if TYPE_CHECKING:
    from rich.console import Console

    from hotline_stats.charts import Chart


@dataclass(frozen=True)
class Report:
    """Everything a report says, and what it was made from. Nothing is drawn before it is asked for."""

    results: Results
    intake: Intake
    provenance: Provenance
    lang: Lang
    top_n: int

    @cached_property
    def document(self) -> Document:
        """The Document with its charts."""
        return compose(self.results, self.intake, self.provenance, self.lang, self.top_n)

    def charts(self) -> tuple["Chart", ...]:
        """The charts in their order; `.figure` of each is a matplotlib Figure."""
        return tuple(f.chart for f in self.document.figures)

    def to_dict(self) -> dict[str, Any]:
        """Every figure, as in report.json (schema hotline-stats/report/1)."""
        return report_dict(self.results, self.intake, self.provenance, self.lang)

    def write(
        self,
        directory: str | Path,
        *,
        formats: Sequence[Format] = DEFAULT,
        template: str | Path | None = None,
        tables: bool = False,
        name: str = NAME,
    ) -> tuple[Path, ...]:
        """Write the report directory, whole or not at all. `template`: a .docx whose styles and page report.docx takes;
        `tables`: also every table as CSV and Parquet; see reports.write. `name`: of report.* without the ending, in which
        {period} stands for the period.

        Raises UsageError for an unknown format, a name that no file can have, or a template that cannot be read."""
        from hotline_stats.reports.write import write

        asked = wanted(formats, template, tables=tables, name=name)
        return write(Path(directory), self.document, self.results, self.intake, self.provenance, asked)

    def show(self, console: "Console") -> None:
        """The summary for a terminal."""
        from hotline_stats.reports.renderers.terminal import render

        plain = compose(self.results, self.intake, self.provenance, self.lang, self.top_n, drawn=False)
        render(plain, console)

    def __repr__(self) -> str:
        total = self.results.types.total
        return f"<Report: {total['baseline']} → {total['current']} tickets, {self.results.windows}>"

    def _repr_html_(self) -> str:
        return self.results.types.to_html(self.lang)
