"""A table as aligned plain text, measured in columns of a terminal, where a Chinese character takes two."""

from rich.cells import cell_len

from hotline_stats.messages import Lang
from hotline_stats.reports.document import Table
from hotline_stats.reports.format import NUMERIC, cell_text

_GAP = "  "


def aligned(table: Table, lang: Lang) -> str:
    """Head, rule, rows; numbers to the right; nothing is cut. Each line ends without spaces."""
    head = [c.title for c in table.columns]
    body = [
        [cell_text(v, c.kind, lang) for v, c in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    widths = [max(cell_len(line[i]) for line in (head, *body)) for i in range(len(head))]
    right = [c.kind in NUMERIC for c in table.columns]
    lines = [_line(cells, widths, right) for cells in (head, *body)]
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    lines.insert(1, rule)
    if table.total_row and len(lines) > 3:
        lines.insert(len(lines) - 1, rule)
    return "\n".join(lines)


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = []
    for cell, width, to_right in zip(cells, widths, right, strict=True):
        space = " " * (width - cell_len(cell))
        padded.append(space + cell if to_right else cell + space)
    return _GAP.join(padded).rstrip()
