"""A large invented export for the benchmarks: `python benchmarks/generate.py FILE --tickets 1000000 --encoding utf-8`.

Tickets of the samples' machinery (several seeds), each row with the text of one ticket and a sentence of another
of its type, new times and a new id: about 130 characters of text and 560 bytes of UTF-8 a ticket, 14 columns. The
same arguments give the same bytes.
"""

import argparse
import csv
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from hotline_stats.samples.draw import Draw
from hotline_stats.samples.ticket import Ticket
from hotline_stats.samples.tickets import make

HEADERS = (
    "工单编号", "受理时间", "办结时限", "办结时间", "诉求类型", "一级分类", "标题", "诉求内容",
    "街道", "居委会", "小区", "承办单位", "先行联系", "满意度",
)  # fmt: skip
FIRST = datetime(2023, 1, 1)
MINUTES = 731 * 24 * 60
SEEDS = 4
"""Each gives some 10,800 tickets; with the sentences of others they make texts enough."""


def write(path: Path, tickets: int, encoding: str = "utf-8", seed: int = 1) -> None:
    pool = [t for i in range(SEEDS) for t in make(seed + i)]
    more: dict[str, list[str]] = defaultdict(list)
    for t in pool:
        more[t.type] += [s for s in t.content.split("。") if 10 <= len(s) <= 60 and "\n" not in s]
    draw, sheet_row = Draw(seed), 0
    with path.open("w", encoding=encoding, newline="") as file:
        sheet = csv.writer(file, lineterminator="\r\n")
        sheet.writerow(HEADERS)
        while sheet_row < tickets:
            n = min(50_000, tickets - sheet_row)
            sheet.writerows([_row(draw, draw.pick(pool), more, sheet_row + i) for i in range(n)])
            sheet_row += n


def _row(draw: Draw, ticket: Ticket, more: dict[str, list[str]], number: int) -> tuple[str, ...]:
    accepted = FIRST + timedelta(minutes=draw.below(MINUTES))
    due = accepted + (ticket.due - ticket.accepted)
    closed = "" if ticket.closed is None else str(accepted + (ticket.closed - ticket.accepted))
    content = ticket.content + "".join(f"{draw.pick(more[ticket.type])}。" for _ in range(2))
    return (
        f"SL{accepted:%Y%m%d}-{number:08d}",
        str(accepted),
        str(due),
        closed,
        ticket.request,
        ticket.category[0],
        ticket.title,
        content,
        "示例街道",
        ticket.estate.community,
        ticket.estate.name,
        ticket.unit,
        ticket.contacted,
        ticket.satisfaction or "未评价",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--encoding", default="utf-8")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.file, asked.tickets, asked.encoding, asked.seed)


if __name__ == "__main__":
    main()
