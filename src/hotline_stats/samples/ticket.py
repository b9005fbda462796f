"""One invented ticket, as its truth is."""

from dataclasses import dataclass
from datetime import datetime

from hotline_stats.samples.source import Estate

REMINDER = "催单"


@dataclass
class Ticket:
    """A ticket before it is written. Times are those of the row that counts; `closed` is None while open.

    `home`: number of the export that holds the row that counts. `earlier`: an older row of it stands before.
    `fit`: how well the matter was handled, by which ratings are given. `repeat_of`: another ticket's id.
    """

    type: str
    request: str
    year: int
    estate: Estate
    unit: str
    accepted: datetime
    due: datetime
    closed: datetime | None
    dispatched: datetime
    urgency: str = "一般"
    channel: str = ""
    category: tuple[str, str] = ("", "")
    title: str = ""
    content: str = ""
    secondary: tuple[str, ...] = ()
    address: str = ""
    caller: str = ""
    phone: str = ""
    verified: str = ""
    contacted: str = ""
    resolved: str = ""
    satisfaction: str = ""
    repeat_of: str = ""
    id: str = ""
    form: str = "iso"
    home: int = 0
    earlier: str = ""
    fit: float = 0.0
