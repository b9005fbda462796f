"""Tickets still open: how many and how old, and handling times in which they count."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from hotline_stats.analysis.ledger import Floats, Ints, codes_of
from hotline_stats.analysis.quantiles import weighted_quantile
from hotline_stats.analysis.survival import curve, within
from hotline_stats.analysis.workdays import Days, Workdays, workdays
from hotline_stats.model.facts import Facts
from hotline_stats.model.period import Period
from hotline_stats.model.services import OpenTickets, WithOpen
from hotline_stats.settings.values import ServiceSettings

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Lives:
    """What became of each row of Facts, read once. `limit`: working days its request type is given, 0 = none;
    `settled`: a result or a rating says that it is closed, though it has no closing day; `taken`: on which working day
    after acceptance it was closed, see `Workdays.nth` (any number while open)."""

    accepted: Days
    closed: Days
    due: Days
    hours: Floats
    limit: Ints
    settled: Bools
    taken: Ints
    n: Ints
    work: Workdays

    def age(self, rows: Rows, day: np.datetime64) -> Ints:
        """How many working days after acceptance have ended by the end of `day`."""
        by_day: Ints = self.work.up_to(np.array([day])) - self.work.up_to(self.accepted[rows])
        return by_day

    def open_by(self, rows: Rows, day: np.datetime64) -> Bools:
        """Whether each of the rows was open at the end of the day; those closed at a time not known are not."""
        closed = self.closed[rows]
        unclosed = np.isnat(closed)
        return np.where(unclosed, ~self.settled[rows], closed > day)


def read_lives(facts: Facts, data_end: date, settings: ServiceSettings) -> Lives:
    """`data_end`: the last day on which the data tell what was closed."""
    frame = facts.frame
    accepted, closed, due = (frame[c].to_numpy() for c in ("accepted", "closed", "due"))
    work = workdays(_span(accepted, closed, data_end))
    codes, keys = codes_of(facts, "request_type")
    settled = frame["resolved"].notna().to_numpy() | frame["satisfaction"].notna().to_numpy()
    limits = np.array([settings.limits.get(key, 0) for key in keys], np.int64)
    return Lives(
        accepted=accepted,
        closed=closed,
        due=due,
        hours=frame["handling_hours"].to_numpy(np.float64),
        limit=limits[codes],
        settled=settled & np.isnat(closed),
        taken=work.nth(accepted, closed),
        n=frame["n"].to_numpy(np.int64),
        work=work,
    )


def _span(accepted: Days, closed: Days, data_end: date) -> Period:
    """From the first to the last day of any ticket or of the data."""
    first, last = np.datetime64(data_end, "D"), np.datetime64(data_end, "D")
    for days in (accepted, closed):
        known = days[~np.isnat(days)].astype("datetime64[D]")
        if len(known):
            first, last = min(first, known.min()), max(last, known.max())
    return Period(first.item(), last.item())


def any_closed(lives: Lives, rows: Rows) -> bool:
    """Whether any of the tickets has a closing time; where none has, the data do not tell what is open."""
    return bool((lives.n[rows] * ~np.isnat(lives.closed[rows])).any())


def open_tickets(lives: Lives, rows: Rows, end: date) -> OpenTickets:
    """The tickets of `rows`, accepted by `end`, by what had become of them at the end of that day."""
    day, n = np.datetime64(end), lives.n[rows]
    still, unknown = lives.open_by(rows, day), lives.settled[rows]
    limited, due = still & (lives.limit[rows] > 0), still & ~np.isnat(lives.due[rows])
    age = (day - lives.accepted[rows][still]).astype("timedelta64[D]").astype(np.float64)
    open_n = int(n[still].sum())
    return OpenTickets(
        as_of=end.isoformat(),
        accepted_n=int(n.sum()),
        closed_n=int(n[~still & ~unknown].sum()),
        unknown_n=int(n[unknown].sum()),
        open_n=open_n,
        median_age_days=weighted_quantile(age, n[still], 0.5) if open_n else None,
        limited_n=int(n[limited].sum()),
        over_limit_n=int(n[limited & (lives.age(rows, day) >= lives.limit[rows])].sum()),
        due_n=int(n[due].sum()),
        overdue_n=int(n[overdue(lives, rows, day)].sum()),
    )


def overdue(lives: Lives, rows: Rows, day: np.datetime64) -> Bools:
    """Which of the rows were open and past their due day at the end of `day`."""
    due = lives.due[rows]
    late: Bools = lives.open_by(rows, day) & ~np.isnat(due) & (due <= day)
    return late


def with_open(lives: Lives, rows: Rows, data_end: date, min_n: int, z: float) -> WithOpen:
    """Handling times of the tickets of `rows`, open ones followed to the end of the data.

    A ticket accepted on day A is followed for 24·(data_end − A) hours, whatever its time of day; one closed later than
    that counts as open. Limits are counted in working days, each request type by its own.
    """
    excluded_n = int(lives.n[rows][lives.settled[rows]].sum())
    rows = rows[~lives.settled[rows]]
    day, n = np.datetime64(data_end), lives.n[rows]
    followed = (day - lives.accepted[rows]).astype("timedelta64[h]").astype(np.float64)
    hours = np.where(lives.open_by(rows, day), np.inf, lives.hours[rows])
    closed = hours <= followed
    total = int(n.sum())
    times = curve(np.minimum(hours, followed), closed, n)
    limited = lives.limit[rows] > 0
    limited_n = int(n[limited].sum())
    share = _within_limit(lives, rows[limited], day, z) if limited_n >= max(1, min_n) else None
    pct = [None if share is None else 100 * x for x in share or (0, 0, 0)]
    enough = total >= max(1, min_n)
    return WithOpen(
        as_of=data_end.isoformat(),
        n=total,
        closed_n=int(n[closed].sum()),
        censored_n=int(n[~closed].sum()),
        excluded_n=excluded_n,
        median_hours=times.quantile(0.5) if enough else None,
        p90_hours=times.quantile(0.9) if enough else None,
        limited_n=limited_n,
        within_limit_pct=pct[0],
        low_pct=pct[1],
        high_pct=pct[2],
    )


def _within_limit(
    lives: Lives, rows: Rows, day: np.datetime64, z: float
) -> tuple[float, float, float] | None:
    limit, age = lives.limit[rows], lives.age(rows, day)
    # Closed on a day off at the very end of the data: the working day that this counts on is not over.
    closed = ~lives.open_by(rows, day) & (lives.taken[rows] <= age)
    taken = np.where(closed, lives.taken[rows], age).astype(np.float64)
    curves = []
    for days in np.unique(limit):
        part = limit == days
        curves.append((curve(taken[part], closed[part], lives.n[rows][part]), float(days)))
    return within(curves, z)
