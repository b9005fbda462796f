"""How tickets are handled: due and closing times, contact, resolution, and ratings that add up exactly."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hotline_stats.samples import days
from hotline_stats.samples.draw import Draw
from hotline_stats.samples.source import table
from hotline_stats.samples.ticket import Ticket

FIFTHS = {"满意": 5, "基本满意": 4, "一般": 3, "不满意": 0}
"""Weights of the ratings, in fifths."""

QUICK = (0.05, 0.1, 0.16, 0.22, 0.3, 0.38, 0.46, 0.55, 0.63, 0.7, 0.78, 0.86, 0.93)
"""When tickets closed in time are closed, as a part of the time given."""

VERDICTS = ("属实",) * 9 + ("部分属实",) * 2 + ("不属实",)

STUCK = 6
"""Tickets of autumn 2024 that nobody closes."""


def due(draw: Draw, request: str, accepted: datetime) -> datetime:
    """The end of the working day by which a ticket is to be closed: 1, 5 or 15 working days later."""
    limit = 1 if request in ("咨询", "建议", "表扬") else 15 if draw.chance(70) else 5
    return datetime.combine(days.working_days_later(accepted.date(), limit), time(17, 30))


def closed(draw: Draw, accepted: datetime, due_at: datetime) -> datetime:
    """When the ticket is closed, within office hours: in time as often as files.toml says."""
    in_time = table("files")["service"]["on_time"][accepted.year - days.YEARS[0]]
    if not draw.chance(in_time):
        late = due_at.date() + timedelta(days=draw.between(1, 12))
        return datetime.combine(late, time(draw.between(9, 16), draw.below(60), draw.below(60)))
    part = draw.pick(QUICK) * (0.9 + 0.2 * draw.number())
    moment = accepted + timedelta(seconds=int((due_at - accepted).total_seconds() * min(part, 1)))
    if moment.hour < 8:
        moment = moment.replace(hour=8, minute=30 + draw.below(30))
    elif moment.hour >= 17:
        moment = moment.replace(hour=16)
    return moment if moment > accepted else accepted + timedelta(minutes=draw.between(25, 110))


def settle(draw: Draw, tickets: list[Ticket]) -> None:
    """Give tickets in order of id their contact, resolution, verdict on the facts and rating."""
    service = table("files")["service"]
    for t in tickets:
        which = t.year - days.YEARS[0]
        at = draw.number()
        t.contacted = "未评价" if at < 0.03 else "是" if draw.chance(service["contacted"][which]) else "否"
        if t.closed is None:
            continue
        if t.request != "表扬":
            t.resolved = "实际解决" if draw.chance(service["resolved"][which]) else "解释说明"
        if t.request in ("投诉", "求助"):
            t.verified = draw.pick(VERDICTS)
        late = t.closed > t.due
        t.fit = draw.number() + 0.6 * (t.resolved == "实际解决") - 0.3 * late + 0.2 * (t.contacted == "是")
        t.satisfaction = "rated" if draw.chance(service["rated"]) else ""
    rate(tickets)


def rate(tickets: list[Ticket]) -> None:
    """Put ratings on the tickets marked as rated, so that the satisfaction of the tickets closed in 2023 and its
    rise in 2024 come out as files.toml says (in thousandths). Tickets closed later are rated like 2024's.
    """
    level, rise = table("files")["service"]["rating"]
    by_year: dict[int, list[Ticket]] = {}
    for t in tickets:
        if t.satisfaction and t.closed:
            by_year.setdefault(t.closed.year, []).append(t)
    base = by_year[days.YEARS[0]]
    points = round(5 * len(base) * level / 1000)
    give(base, points)
    for year, rated in by_year.items():
        if year != days.YEARS[0]:
            give(rated, round(points * (1000 + rise) * len(rated) / (1000 * len(base))))


def give(rated: list[Ticket], points: int) -> None:
    """Spread `points` fifths over the tickets, the best handled first. Raises ValueError when it cannot be."""
    n = len(rated)
    mostly, neutral = n * 17 // 100, n * 8 // 100
    while (points - 4 * mostly - 3 * neutral) % 5:
        neutral += 1
    best = (points - 4 * mostly - 3 * neutral) // 5
    worst = n - best - mostly - neutral
    if best < 0 or worst < 0:
        raise ValueError(f"{n} ratings cannot have {points} points")
    names = ["满意"] * best + ["基本满意"] * mostly + ["一般"] * neutral + ["不满意"] * worst
    for t, name in zip(sorted(rated, key=lambda t: (-t.fit, t.id)), names, strict=True):
        t.satisfaction = name


def leave_open(draw: Draw, tickets: Sequence[Ticket], pulled: datetime) -> None:
    """Open again what was closed after the last export left, and a few old ones that nobody closes."""
    old = [
        t
        for t in tickets
        if date(2024, 9, 15) <= t.accepted.date() <= date(2024, 11, 30) and t.request == "投诉"
    ]
    stuck = {id(t) for t in draw.shuffled(old)[:STUCK]}
    for t in tickets:
        if t.closed and (t.closed > pulled or id(t) in stuck):
            t.closed = None
