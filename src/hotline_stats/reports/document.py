"""The Document: what a report says, in blocks, with raw values that the renderers have formatted in one place."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from hotline_stats.messages import Lang

if TYPE_CHECKING:
    from hotline_stats.charts import Chart

Tone = Literal["fall", "rise", "noise", "none"]
"""The direction of a change that is told from noise; `noise` when it is not, `none` when nothing is judged."""

CellKind = Literal[
    "text",
    "count",
    "change",
    "change_pct",
    "interval",
    "points_interval",
    "verdict",
    "rate",
    "points",
    "hours",
    "hours_change",
    "days",
    "decimal",
    "quotient",
    "pair",
]
"""How the cells of a column are written; reports/format.py holds the formats."""


Pair = tuple[float | None, float | None]
"""The ends of an interval, a numerator over its denominator, or the counts of baseline and period."""


@dataclass(frozen=True)
class Measure:
    """A cell whose kind differs from its column's (a table of rates and times, for one)."""

    value: "int | float | Pair | str | None"
    kind: CellKind


Cell = str | int | float | Pair | Measure | None
"""A raw value; None has no value and prints as a dash. A string stands as it is in a column of any kind,
save for a verdict, which is kept by its code."""


@dataclass(frozen=True)
class Heading:
    """A section's heading, level 1 or 2; `text` carries its number, which an annex does not have."""

    id: str
    level: int
    text: str
    numbered: bool = True


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Card:
    """One key figure: what it counts, its value, how it changed and on what the figure stands."""

    label: str
    value: str
    change: str
    tone: Tone
    note: str


@dataclass(frozen=True)
class KeyFigures:
    """`caption` names the list for those who cannot see it."""

    caption: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class TableColumn:
    key: str
    title: str
    kind: CellKind


@dataclass(frozen=True)
class Table:
    """A table of raw values. The first column names its row; with `total_row` the last row is the total, and `sums` rows
    before it sum others or hold tickets without a value: they keep their place when the others are put into an order."""

    id: str
    number: int
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    total_row: bool = False
    sums: int = 0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of table {self.id} has not as many cells as the table has columns")

    @property
    def own_rows(self) -> int:
        """How many rows are neither the total nor sums."""
        return len(self.rows) - self.sums - self.total_row


@dataclass(frozen=True)
class Figure:
    """A chart with its caption and the words that stand for it where it cannot be seen."""

    id: str
    number: int
    caption: str
    alt: str
    chart: "Chart"


@dataclass(frozen=True)
class Notes:
    """A list of remarks."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Blank:
    """A section that its reader writes: a heading, and its parts with what each asks for. Only formats that
    can be written on show it."""

    id: str
    text: str
    parts: tuple[str, ...]
    prompts: tuple[str, ...]


Block = Heading | Paragraph | KeyFigures | Table | Figure | Notes | Blank


@dataclass(frozen=True)
class Document:
    """A report in one language: `subtitle` names the windows, `source` the program that made it."""

    title: str
    subtitle: str
    source: str
    lang: Lang
    blocks: tuple[Block, ...]

    def table(self, table_id: str) -> Table | None:
        """The table of this id; None when the report has none."""
        return next((b for b in self.blocks if isinstance(b, Table) and b.id == table_id), None)

    def section(self, heading_id: str) -> tuple[Block, ...]:
        """The blocks of one section, its heading first; empty when the report has no such section."""
        start = next(
            (i for i, b in enumerate(self.blocks) if isinstance(b, Heading) and b.id == heading_id), None
        )
        if start is None:
            return ()
        head = self.blocks[start]
        assert isinstance(head, Heading)
        for end in range(start + 1, len(self.blocks)):
            block = self.blocks[end]
            if isinstance(block, Heading) and block.level <= head.level:
                return self.blocks[start:end]
        return self.blocks[start:]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Figure))

    def to_dict(self) -> dict[str, Any]:
        """The whole document as plain values; a figure without its picture."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "source": self.source,
            "lang": self.lang,
            "blocks": [{"block": type(b).__name__.lower(), **_plain(b)} for b in self.blocks],
        }

    def __repr__(self) -> str:
        return f"<Document: {self.title}, {self.subtitle}, {len(self.blocks)} blocks>"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name != "chart"}
    return value
