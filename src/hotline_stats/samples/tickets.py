"""All tickets of a seed, with their texts, times and ids, in order of id."""

from datetime import timedelta

from hotline_stats.samples import days, service
from hotline_stats.samples.compose import compose
from hotline_stats.samples.draw import Draw, running
from hotline_stats.samples.plan import Job, jobs
from hotline_stats.samples.source import exports, table
from hotline_stats.samples.ticket import Ticket
from hotline_stats.samples.words import Scene, caller, phone

CHANNELS = ("12345热线", "12345网站", "12345小程序", "12345移动端")
CHANNEL_WEIGHTS = running([64, 9, 17, 10])
REPEATED_SHARE = 15
"""Tickets that stand in two exports, in thousandths of all."""

TWICE_IN_FILE = 7
HOSTILE = 20


def make(seed: int) -> list[Ticket]:
    """The tickets of `seed`, sorted by id. No two have the same title and content."""
    draw = Draw(seed)
    seen: set[tuple[str, str]] = set()
    tickets = [_ticket(draw, job, seen) for job in jobs(draw)]
    tickets.sort(key=lambda t: (t.accepted, t.title, t.content))
    _spoil(draw, tickets)
    service.leave_open(draw, tickets, exports()[-1].pulled)
    number(tickets)
    service.settle(draw, tickets)
    _place(draw, tickets)
    _link(draw, tickets)
    return tickets


def number(tickets: list[Ticket]) -> None:
    """Ids SL<day>-<number>: every third number of a day is left free, as reminders and others take some."""
    last, n = "", 0
    for t in tickets:
        day = f"{t.accepted:%Y%m%d}"
        n = n + 1 + (n % 3 == 2) if day == last else 1
        last = day
        t.id = f"SL{day}-{n:04d}"


def _ticket(draw: Draw, job: Job, seen: set[tuple[str, str]]) -> Ticket:
    accepted = days.clock(draw, job.day)
    due = service.due(draw, job.request, accepted)
    closed = service.closed(draw, accepted, due)
    scene = Scene(draw, job.estate, accepted)
    text = compose(draw, scene, job.kind.id, job.request)
    while (text.title, text.content) in seen:
        scene = Scene(draw, job.estate, accepted)
        text = compose(draw, scene, job.kind.id, job.request)
    seen.add((text.title, text.content))
    wait = timedelta(minutes=draw.between(3, 95))
    return Ticket(
        type=job.kind.id,
        request=job.request,
        year=accepted.year,
        estate=job.estate,
        unit=job.kind.units[0] if draw.chance(780) else draw.pick(job.kind.units),
        accepted=accepted,
        due=due,
        closed=closed,
        dispatched=min(accepted + wait, closed),
        urgency="一般" if draw.chance(930) else draw.pick(("次紧急", "次紧急", "紧急")),
        channel=draw.weighted(CHANNELS, CHANNEL_WEIGHTS),
        category=job.kind.category[accepted.year - days.YEARS[0]],
        title=text.title,
        content=text.content,
        secondary=text.secondary,
        address=f"{job.estate.road}{job.estate.lane}弄{scene.building}号{scene.room}",
        caller=caller(draw),
        phone=phone(draw),
    )


def _spoil(draw: Draw, tickets: list[Ticket]) -> None:
    """Put cells into a few texts that programs could take for markup, a formula or a template."""
    hostile = table("common")["hostile"]
    for i, t in enumerate(draw.shuffled(tickets)[:HOSTILE]):
        cell = hostile[i % len(hostile)]
        if i % 2:
            t.title = f"{cell}{t.title}"
        else:
            t.content = f"{cell}{t.content}{cell}"


def _place(draw: Draw, tickets: list[Ticket]) -> None:
    """Say which export holds the row that counts and which ones hold an older row; fix the form of its times.

    An export holds the tickets accepted in its half-year; the next one brings again what was open when it was
    pulled, and some of the last days that were rated since.
    """
    files = exports()
    for t in tickets:
        t.home = next(i for i, f in enumerate(files) if f.start <= t.accepted.date() <= f.end)
    wanted = (len(tickets) * REPEATED_SHARE + 999) // 1000
    carried = [t for t in tickets if t.home < 3 and t.closed and t.closed > files[t.home].pulled]
    rated = [
        t for t in tickets if t.home < 3 and t.closed and t.closed <= files[t.home].pulled and t.satisfaction
    ]
    rated.sort(key=lambda t: (files[t.home].end - t.accepted.date(), t.id))
    for t in carried:
        t.earlier = "open"
    for t in rated[: max(wanted - len(carried), 0)]:
        t.earlier = "unrated"
    for i in range(len(files)):
        closed = [t for t in tickets if t.home == i and t.closed and not t.earlier]
        for t in draw.shuffled(closed)[:TWICE_IN_FILE]:
            t.earlier = "same"
    for t in tickets:
        t.home += t.earlier in ("open", "unrated")
        forms = files[t.home].forms
        t.form = draw.weighted([f for f, _ in forms], running([w for _, w in forms]))
        _round(t)


def _round(t: Ticket) -> None:
    """Two of the three forms of time have no seconds; the truth says what the row says."""
    if t.form != "iso":
        t.accepted, t.dispatched = t.accepted.replace(second=0), t.dispatched.replace(second=0)
        t.closed = t.closed and t.closed.replace(second=0)


def _link(draw: Draw, tickets: list[Ticket]) -> None:
    """Some tickets repeat an earlier one of the same type and community, and name it."""
    last: dict[tuple[str, str], str] = {}
    share = table("files")["service"]["repeated_of"]
    for t in tickets:
        key = t.type, t.estate.community
        if key in last and t.request in ("投诉", "求助") and draw.chance(share):
            t.repeat_of = last[key]
        last[key] = t.id
