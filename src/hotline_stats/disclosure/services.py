"""Service figures for the public: whole percents and hours, no numerators or denominators, none that rests on few tickets."""

from dataclasses import replace

from hotline_stats import numbers
from hotline_stats.disclosure.cells import SMALLEST
from hotline_stats.model.services import ServiceFigure, ServiceFigures


def services(found: ServiceFigures) -> ServiceFigures:
    """The figures that have a value or had one. A rate is left out where 1 to 4 tickets make its numerator, or lack to
    its denominator: then it would nearly tell them. Open tickets are left out."""
    kept = [_figure(f) for f in found.figures if f.denominator or f.baseline_denominator]
    return replace(found, figures=tuple(kept), open_now=None, open_then=None, all_now=None, all_then=None)


def _figure(f: ServiceFigure) -> ServiceFigure:
    current = _value(f.current, f.numerator, f.denominator)
    baseline = _value(f.baseline, f.baseline_numerator, f.baseline_denominator)
    both = current is not None and baseline is not None
    return replace(
        f,
        current=current,
        baseline=baseline,
        numerator=None,
        baseline_numerator=None,
        denominator=None,
        baseline_denominator=None,
        excluded_n=None,
        baseline_excluded_n=None,
        change_pp=current - baseline if current is not None and baseline is not None else None,
        change_pct=None,
        low_pp=None,
        high_pp=None,
        verdict=f.verdict if both else None,
    )


def _value(value: float | None, numerator: float | None, denominator: int | None) -> float | None:
    if value is None:
        return None
    if numerator is not None and denominator is not None:
        few = (0 < part < SMALLEST for part in (numerator, denominator - numerator))
        if any(few):
            return None
    return float(numbers.rounded(value, 0))
