"""The invented English export in data/samples/foreign: the same bytes from the same seed."""

import csv
import io
import random
from datetime import datetime, timedelta

HEADER = (
    "case_enquiry_id", "open_dt", "sla_target_dt", "closed_dt", "on_time", "case_status", "subject", "type", "department",
    "neighborhood", "source", "survey_score", "submitted_by",
)  # fmt: skip
TYPES = {
    # type: subject, department, requests in 2023 and 2024
    "Illegal Parking": ("Transportation", "BTDT", 62, 48),
    "Pothole": ("Transportation", "PWDx", 40, 42),
    "Noise Disturbance": ("Environment", "ENVI", 26, 30),
    "Missed Trash Pickup": ("Public Works", "PWDx", 34, 22),
    "Broken Street Light": ("Public Works", "PWDx", 18, 16),
}
PLACES = ("Mill Hill", "Harbor Side", "Old Town", "North Fields")
SOURCES = ("Constituent Call", "Citizens Connect App", "Self Service")
ISO, US = "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"


def text(seed: int = 311) -> str:
    """The file: 2023 with times like 2023-01-05 08:03:09, 2024 with times like 01/05/2024 08:03:09 AM. Some
    requests are open, overdue or void, one stands twice, one place is misspelt, one is not known."""
    draw = random.Random(seed)
    rows = []
    for kind, (subject, department, *counts) in TYPES.items():
        for year, n in zip((2023, 2024), counts, strict=True):
            for i in range(n):
                opened = _opened(draw, year, i if kind == "Pothole" else n)
                rows.append((opened, _cells(draw, opened, (subject, kind, department))))
    rows.sort(key=lambda row: row[0])
    written = [_written(i, opened, cells) for i, (opened, cells) in enumerate(rows)]
    twice = list(next(row for row in written if row[5] == "Open"))
    twice[3:6] = [twice[2], "ONTIME", "Closed"]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER, *written, twice])
    return out.getvalue()


def _opened(draw: random.Random, year: int, i: int) -> datetime:
    """Some time of the year; the first and the last day have a request."""
    if i < 2:
        return datetime(year, *((1, 1) if i == 0 else (12, 31)), 8, 5)
    return datetime(year, 1, 1) + timedelta(seconds=draw.randrange(365 * 86400))


def _cells(draw: random.Random, opened: datetime, kind: tuple[str, str, str]) -> tuple[str, ...]:
    due = opened + timedelta(days=draw.choice((2, 5, 10)))
    late = draw.random() < 0.2
    closed = due + timedelta(hours=draw.randrange(1, 90)) * (1 if late else -0.4)
    form = ISO if opened.year == 2023 else US
    state = draw.random()
    status = "Open" if state < 0.04 else "Void" if state < 0.06 else "Closed"
    place = draw.choice(PLACES)
    score = draw.choice(("", "1", "2", "3", "4", "5", "5"))
    ended = "" if status == "Open" else max(closed, opened).strftime(form)
    timely = "" if status == "Open" else "OVERDUE" if late else "ONTIME"
    source = draw.choice(SOURCES)
    return (due.strftime(form), ended, timely, status, *kind, place, source, score)


def _written(i: int, opened: datetime, cells: tuple[str, ...]) -> list[str]:
    form = ISO if opened.year == 2023 else US
    row = [f"1010{i:06d}", opened.strftime(form), *cells, f"Caller {i}"]
    row[9] = {3: "mill  hil", 7: "MILL HIL", 11: "Unknown Quarter"}.get(i % 100, row[9])
    return row
