"""What is true of the tickets: one row a ticket, and the figures that must come out."""

import csv
import io
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hotline_stats.samples.service import FIFTHS
from hotline_stats.samples.ticket import Ticket

COLUMNS = (
    "ticket_id", "accepted", "type_primary", "type_secondary", "request_type", "community", "estate", "unit",
    "closed", "satisfaction", "contacted", "resolved", "repeat",
)  # fmt: skip
HEADLINE = (
    "illegal_construction", "corridor_clutter", "load_bearing", "cooking_fumes", "home_renewal", "nimby", "parking",
    "lift",
)  # fmt: skip
PROPERTY = ("property_service", "owners_committee", "building_repair")
FLAGS = {"是": "true", "否": "false", "实际解决": "true", "解释说明": "false"}


def render(tickets: list[Ticket]) -> bytes:
    """truth.csv: UTF-8, LF, sorted by id."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(COLUMNS)
    sheet.writerows(map(_row, tickets))
    return text.getvalue().encode("utf-8")


def _row(t: Ticket) -> list[str]:
    return [
        t.id,
        t.accepted.isoformat(),
        t.type,
        "|".join(t.secondary),
        t.request,
        t.estate.community,
        t.estate.name,
        t.unit,
        t.closed.isoformat() if t.closed else "",
        t.satisfaction,
        FLAGS.get(t.contacted, ""),
        FLAGS.get(t.resolved, ""),
        "true" if t.repeat_of else "false",
    ]


def check(tickets: list[Ticket]) -> None:
    """Raises ValueError when the tickets do not have the figures they are made for."""
    found = figures(tickets)
    wanted = {
        "property": (1368, 1102),
        "headline_pct": "-17.5",
        "illegal_construction_pct": "-33.6",
        "corridor_clutter_pct": "-30.2",
        "satisfaction_pct": "10.0",
        "texts": len(tickets),
        "ids": len(tickets),
    }
    wrong = {k: (found[k], v) for k, v in wanted.items() if found[k] != v}
    if wrong:
        raise ValueError(f"the samples do not come out as meant (found, wanted): {wrong}")


def figures(tickets: list[Ticket]) -> dict[str, object]:
    """The figures of 2023 and 2024: accepted tickets by type, and satisfaction of closed tickets."""
    return {
        "property": tuple(
            sum(t.accepted.year == y and t.type in PROPERTY and t.request == "投诉" for t in tickets)
            for y in (2023, 2024)
        ),
        "headline_pct": _change(tickets, HEADLINE),
        "illegal_construction_pct": _change(tickets, HEADLINE[:1]),
        "corridor_clutter_pct": _change(tickets, HEADLINE[1:2]),
        "satisfaction_pct": _pct(satisfaction(tickets, 2023), satisfaction(tickets, 2024)),
        "texts": len({(t.title, t.content) for t in tickets}),
        "ids": len({t.id for t in tickets}),
    }


def satisfaction(tickets: Iterable[Ticket], year: int) -> Fraction:
    """Mean weight of the ratings of tickets closed in a year, 0–1."""
    points = [
        FIFTHS[t.satisfaction] for t in tickets if t.satisfaction and t.closed and t.closed.year == year
    ]
    return Fraction(sum(points), 5 * len(points))


def _change(tickets: list[Ticket], types: tuple[str, ...]) -> str:
    before, after = (sum(t.accepted.year == y and t.type in types for t in tickets) for y in (2023, 2024))
    return _pct(Fraction(before), Fraction(after))


def _pct(before: Fraction, after: Fraction) -> str:
    """The change in percent, one decimal, half-up."""
    change = (after - before) / before * 100
    exact = Decimal(change.numerator) / Decimal(change.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
