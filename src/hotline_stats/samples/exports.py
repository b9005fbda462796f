"""Tickets as exports have them: other headers in every file, older rows of a ticket, reminders, totals."""

import csv
import io
from datetime import datetime, timedelta

from hotline_stats.samples.draw import Draw
from hotline_stats.samples.source import ExportFile, exports, table
from hotline_stats.samples.ticket import REMINDER, Ticket
from hotline_stats.samples.words import caller, phone

REMINDERS = 32
OPTIONAL = ("closed_at", "contacted", "resolved", "satisfaction", "verified", "repeat_of")
Row = dict[str, str]


def render(draw: Draw, tickets: list[Ticket]) -> list[tuple[str, bytes]]:
    """(file name, bytes) of each export."""
    return [(f.name, _file(draw, f, i, tickets)) for i, f in enumerate(exports())]


def stamp(moment: datetime, form: str) -> str:
    """A time in one of the three forms found in exports: iso, slash, chinese."""
    m = moment
    if form == "slash":
        return f"{m.year}/{m.month}/{m.day} {m.hour}:{m.minute:02d}"
    if form == "chinese":
        return f"{m.year}年{m.month}月{m.day}日{m.hour}时{m.minute}分"
    return f"{m:%Y-%m-%d %H:%M:%S}"


def _file(draw: Draw, export: ExportFile, index: int, tickets: list[Ticket]) -> bytes:
    placed: list[tuple[datetime, str, Row]] = []
    for t in tickets:
        if t.home == index:
            placed.append((_position(t), t.id, _row(t)))
            if t.earlier == "same":
                placed.append((t.accepted, t.id, _older(t, t.form)))
        elif t.earlier in ("open", "unrated") and t.home == index + 1:
            placed.append((t.accepted, t.id, _older(t, export.forms[0][0])))
    own = [t for t in tickets if t.home == index and t.accepted.date() >= export.start]
    placed += _reminders(draw, export, own)
    placed.sort(key=lambda entry: entry[:2])
    rows = [row for _, _, row in placed]
    return _bytes(export, [_cells(draw, export, row) for row in rows])


def _position(t: Ticket) -> datetime:
    """Where a row stands: by time, the second row of a ticket in one file a day later."""
    return t.accepted + timedelta(days=t.earlier == "same")


def _row(t: Ticket) -> Row:
    return {
        "ticket_id": t.id,
        "accepted_at": stamp(t.accepted, t.form),
        "dispatched_at": stamp(t.dispatched, t.form),
        "due_at": stamp(t.due, t.form),
        "closed_at": stamp(t.closed, t.form) if t.closed else "",
        "request_type": t.request,
        "urgency": t.urgency,
        "category_1": t.category[0],
        "category_2": t.category[1],
        "title": t.title,
        "content": t.content,
        "caller": t.caller,
        "phone": t.phone,
        "address": t.address,
        "street": str(table("places")["street"]),
        "station": t.estate.station,
        "grid": t.estate.grid,
        "community": t.estate.community,
        "estate": t.estate.name,
        "unit": t.unit,
        "channel": t.channel,
        "contacted": t.contacted,
        "resolved": t.resolved,
        "satisfaction": t.satisfaction or ("未评价" if t.closed else ""),
        "verified": t.verified,
        "repeat_of": t.repeat_of,
    }


def _older(t: Ticket, form: str) -> Row:
    """The row as it stood before: not rated yet, or not even closed."""
    row = _row(t) | {"satisfaction": "未评价"}
    for column, moment in (("accepted_at", t.accepted), ("dispatched_at", t.dispatched), ("due_at", t.due)):
        row[column] = stamp(moment, form)
    if t.earlier == "unrated" and t.closed:
        return row | {"closed_at": stamp(t.closed, form)}
    return row | {"closed_at": "", "resolved": "", "satisfaction": "", "verified": ""}


def _reminders(draw: Draw, export: ExportFile, tickets: list[Ticket]) -> list[tuple[datetime, str, Row]]:
    """Rows that only ask for another ticket: own id, hardly a text."""
    out = []
    for n, t in enumerate(draw.shuffled(tickets)[:REMINDERS]):
        moment = t.accepted + timedelta(days=draw.between(1, 6), minutes=draw.below(400))
        if moment.date() > export.end:
            continue
        row = _row(t) | dict.fromkeys(OPTIONAL, "")
        row |= {
            "ticket_id": f"SL{moment:%Y%m%d}-{9000 + n}",
            "accepted_at": stamp(moment, t.form),
            "dispatched_at": stamp(moment + timedelta(minutes=12), t.form),
            "request_type": REMINDER,
            "title": REMINDER,
            "content": draw.pick(table("common")["reminders"]),
            "caller": caller(draw),
            "phone": phone(draw),
            "repeat_of": t.id,
        }
        out.append((moment, row["ticket_id"], row))
    return out


def _cells(draw: Draw, export: ExportFile, row: Row) -> list[str]:
    return [
        draw.pick(export.missing) if not row[field] and field in OPTIONAL else row[field]
        for _, field in export.headers
    ]


def _bytes(export: ExportFile, rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator=export.newline)
    blank = [""] * (len(export.headers) - 1)
    sheet.writerows([line, *blank] for line in export.above)
    sheet.writerow([header for header, _ in export.headers])
    sheet.writerows(rows)
    if export.total:
        sheet.writerow(["合计", str(len(rows)), *blank[1:]])
    return text.getvalue().encode(export.encoding)
