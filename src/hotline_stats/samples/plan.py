"""Which tickets there are: so many of each type, year and request type, on which day, where."""

from dataclasses import dataclass
from datetime import date

from hotline_stats.samples import days
from hotline_stats.samples.draw import Draw, running
from hotline_stats.samples.source import Estate, Kind, estates, kinds, table

REQUESTS = ("投诉", "求助", "咨询", "建议", "表扬")


@dataclass(frozen=True)
class Job:
    """A ticket to be made."""

    kind: Kind
    request: str
    day: date
    estate: Estate


def jobs(draw: Draw) -> list[Job]:
    """All tickets to be made, by type, year and request type; the first and the last day have one each."""
    shared = days.weather(draw)
    made: list[Job] = []
    for kind in kinds():
        for which, year in enumerate(days.YEARS):
            n = kind.counts[which]
            when = days.spread(draw, year, n, kind.season, shared)
            weights = running([_weight(e, kind, which) for e in estates()])
            where = [draw.weighted(estates(), weights) for _ in range(n)]
            made += map(Job, [kind] * n, draw.shuffled(requests(kind, which)), when, where)
    return _ends(made)


def requests(kind: Kind, which: int) -> list[str]:
    """The request types of a type's tickets in year number `which`, exactly as many as types.toml says."""
    n = kind.counts[which]
    if kind.complaints is None:
        counts = _apportion(n, kind.shares)
    else:
        complaints = kind.complaints[which]
        counts = [complaints, *_apportion(n - complaints, table("types")["rest_shares"])]
    return [name for name, count in zip(REQUESTS, counts, strict=True) for _ in range(count)]


def _apportion(n: int, shares: tuple[int, ...]) -> list[int]:
    """n in whole numbers by percentages; what is left goes to the first."""
    counts = [n * share // 100 for share in shares]
    counts[0] += n - sum(counts)
    return counts


def _weight(estate: Estate, kind: Kind, which: int) -> float:
    return estate.weight * kind.affinity[estate.kind] * (estate.drift if which else 1.0)


def _ends(made: list[Job]) -> list[Job]:
    """The tickets nearest to both ends of the two years, moved to the very ends."""
    first = min(range(len(made)), key=lambda i: (made[i].day, i))
    last = max(range(len(made)), key=lambda i: (made[i].day, i))
    made[first] = _on(made[first], date(days.YEARS[0], 1, 1))
    made[last] = _on(made[last], date(days.YEARS[-1], 12, 31))
    return made


def _on(job: Job, day: date) -> Job:
    return Job(job.kind, job.request, day, job.estate)
