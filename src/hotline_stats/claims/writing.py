"""What would be right to write, as codes that model/verification.py puts into words."""

from fractions import Fraction

from hotline_stats.claims import spans
from hotline_stats.claims.figure import PERCENT, Figure
from hotline_stats.claims.spans import Span
from hotline_stats.model.verification import Unit


def write_change(exact: Span, digits: int, rate: bool = False) -> tuple[str, ...]:
    return write_unit(exact, "pp" if rate else "pct", digits)


def write_unit(exact: Span, unit: Unit, digits: int) -> tuple[str, ...]:
    """What would be right to write: the rounded number, and 近 or 超 where a round number lies near."""
    value = exact.point
    if unit in ("n", "times"):
        return (f"{unit}:{float(abs(value)) if unit == 'n' else float(value)}:{digits}",)
    out = [f"{unit}:{float(value)}:{digits}"]
    if unit == "pct":
        out += [phrase for phrase in (_rounded("near", value), _rounded("over", value)) if phrase][:1]
    return tuple(out)


def _rounded(hedge: str, value: Fraction) -> str:
    """`near:-20` where 近20% is right for the value: the next multiple of ten."""
    size = abs(value)
    ten = 10 * (-(-size // 10) if hedge == "near" else size // 10)
    if not ten or size == ten:
        return ""
    figure = Figure(Fraction(ten), Fraction(1), PERCENT, hedge)
    tight = abs(size - ten) <= 1 or hedge == "near"
    return (
        f"{hedge}:{int(ten if value > 0 else -ten)}"
        if tight and spans.accepted(figure).fit(Span(size, size, size)) == "yes"
        else ""
    )
