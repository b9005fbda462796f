"""Our own numbers of the exports, by population and period, for comparing a draft with them."""

from dataclasses import dataclass, field
from fractions import Fraction

from hotline_stats import analysis
from hotline_stats.errors import UsageError
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.results import Comparison, Windows
from hotline_stats.model.services import ServiceFigures
from hotline_stats.model.types import TypeScheme
from hotline_stats.settings.values import Settings

TOTAL = "total"


@dataclass
class Book:
    """`period`: what a claim that names no period is about, None where that is not said. Figures are computed once."""

    facts: Facts
    settings: Settings
    period: Period | None = None
    _made: dict[tuple[Period, Period], Comparison | None] = field(default_factory=dict)
    _served: dict[tuple[Period, Period], ServiceFigures | None] = field(default_factory=dict)

    @property
    def scheme(self) -> TypeScheme:
        return self.facts.types

    @property
    def this_year(self) -> int | None:
        """今年: that of the period asked for, else of the last ticket."""
        if self.period is not None:
            return self.period.end.year
        return None if self.facts.span is None else self.facts.span[1].year

    @property
    def populations(self) -> tuple[str, ...]:
        """All tickets, groups, types."""
        return (TOTAL, *(g.id for g in self.scheme.groups), *self.scheme.ids)

    def count(self, key: str, period: Period) -> Fraction | None:
        """Tickets of a population in a period; None where the data do not hold all of it."""
        counted = self.counts(period, period)
        return None if counted is None else self._value(counted, key, "current")

    def pair(self, key: str, period: Period, baseline: Period) -> tuple[Fraction, Fraction] | None:
        """(baseline, period) counts of a population; None where the two do not compare."""
        counted = self.counts(period, baseline)
        if counted is None:
            return None
        now, then = (self._value(counted, key, c) for c in ("current", "baseline"))
        return None if now is None or then is None else (then, now)

    def rate(
        self, figure: str, period: Period, baseline: Period | None = None
    ) -> tuple[Fraction, Fraction] | None:
        """(baseline, period) values of a service figure, in percent; the period twice without a baseline."""
        served = self.services(period, baseline or period)
        found = None if served is None else served.figure(figure)
        if found is None or found.unit != "pct" or found.current is None or found.baseline is None:
            return None
        return Fraction(repr(found.baseline)), Fraction(repr(found.current))

    def counts(self, period: Period, baseline: Period) -> Comparison | None:
        key = (period, baseline)
        if key not in self._made:
            windows = self._windows(period, baseline)
            settings = self.settings.comparison
            made = None if windows is None else analysis.compare(self.facts, windows, "type", settings)
            self._made[key] = made
        return self._made[key]

    def services(self, period: Period, baseline: Period) -> ServiceFigures | None:
        key = (period, baseline)
        if key not in self._served:
            windows = self._windows(period, baseline)
            service, confidence = self.settings.service, self.settings.comparison.confidence
            made = (
                None
                if windows is None
                else analysis.service_figures(self.facts, windows, service, confidence)
            )
            self._served[key] = made
        return self._served[key]

    def _windows(self, period: Period, baseline: Period) -> Windows | None:
        """None where the data do not hold both periods whole."""
        try:
            windows = analysis.settle(self.facts, period, baseline)
        except UsageError:
            return None
        whole = windows.covered and windows.period == period and windows.baseline == baseline
        whole &= not (windows.left_out or windows.baseline_left_out)
        return windows if whole else None

    def _value(self, counted: Comparison, key: str, column: str) -> Fraction | None:
        row = counted.total if key == TOTAL else counted.row(key)
        return None if row["status"] == "incomplete" else Fraction(int(row[column]))
