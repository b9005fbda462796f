"""Findings: what is wrong with the input, and the count of rows that must always add up."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hotline_stats.messages import Lang, catalogue, text

FINDING_COLUMNS: dict[str, str] = {
    "file": "str",  # name of the file as given
    "row": "int64",  # line of the file, as an editor shows it; sheet row for a workbook; 0 for the whole file
    "column": "str",  # header as the file has it; "" for the whole row
    "code": "str",  # key of messages/findings.toml
    "found": "str",  # what stands there, never a personal value or ticket text; "" for those
}


def severity(code: str) -> str:
    """`reject` (the row is left out), `duplicate` (settled by a newer row), `warning` or `info`."""
    return str(catalogue("findings")[code]["severity"])


def finding_text(code: str, lang: Lang) -> str:
    return text("findings", code, lang)


@dataclass(frozen=True)
class FileIntake:
    """What the reader understood of one file (for a workbook: of one sheet)."""

    file: str
    sha256: str
    bytes: int
    encoding: str  # "utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx" …
    delimiter: str  # "" for a workbook
    header_row: int  # line of the header, from 1
    mapping: tuple[tuple[str, str], ...]  # (header as in the file, canonical column), in file order
    unmapped: tuple[str, ...]  # headers of no known meaning
    rows_in: int
    rejected: int
    duplicates: int
    sheet: str = ""
    absent: tuple[str, ...] = ()  # headers that a mapping file gives a meaning, and that are not in the file

    @property
    def kept(self) -> int:
        return self.rows_in - self.rejected - self.duplicates


@dataclass(frozen=True)
class Doubt:
    """Tickets whose type leads by less than `min_margin` (0–1; 0 = nobody asked). `types`: (type id, tickets in doubt,
    tickets), the types that have tickets in the order of the taxonomy."""

    min_margin: float = 0.0
    types: tuple[tuple[str, int, int], ...] = ()

    @property
    def n(self) -> int:
        return sum(doubtful for _, doubtful, _ in self.types)

    def to_dict(self) -> dict[str, Any]:
        return {"min_margin": self.min_margin, "n": self.n, "types": {t: n for t, n, _ in self.types}}


@dataclass(frozen=True, eq=False)
class Intake:
    """The account of all files: rows in = kept + rejected + duplicates, per file and in all.

    `findings`: columns of FINDING_COLUMNS, in order of file and row. `codes`: count by code. `raw` rows are
    tickets before repeats are settled, `net` after; with `dedupe` "none" they are the same. `reminders`: rows
    that only remind of a ticket, each once; `reminded`: tickets that have any. `read`: tickets whose type the rules left
    in doubt, so that the second reader was asked; `decided`: those that have another type for it. `doubt`: tickets
    kept whose type leads by less than asked for.
    """

    files: tuple[FileIntake, ...]
    kept: int
    findings: pd.DataFrame
    dedupe: str = "newest"
    reminders: int = 0
    reminded: int = 0
    read: int = 0
    decided: int = 0
    doubt: Doubt = Doubt()

    def __post_init__(self) -> None:
        counted = sum(f.kept for f in self.files)
        if self.kept != counted:
            raise ValueError(f"rows do not add up: {self.kept} kept, {counted} by file")

    @property
    def rows_in(self) -> int:
        return sum(f.rows_in for f in self.files)

    @property
    def rejected(self) -> int:
        return sum(f.rejected for f in self.files)

    @property
    def duplicates(self) -> int:
        return sum(f.duplicates for f in self.files)

    @property
    def wrong_n(self) -> int:
        """Findings that say something is wrong: all but those of severity `info`."""
        return sum(n for code, n in self.codes.items() if severity(code) != "info")

    @property
    def raw(self) -> int:
        return self.rows_in - self.rejected

    @property
    def net(self) -> int:
        return self.kept

    @property
    def textless(self) -> tuple[FileIntake, ...]:
        """Files without a title or content column: their tickets have no text to be typed by."""
        return tuple(f for f in self.files if not {"title", "content"} & {c for _, c in f.mapping})

    @property
    def codes(self) -> dict[str, int]:
        """How often each code was found, by code."""
        return {str(k): int(v) for k, v in self.findings["code"].value_counts().sort_index().items()}

    @property
    def unknown_names(self) -> tuple[tuple[str, str, int], ...]:
        """(header, name, rows) of names that a mapping file's lists do not know, most rows first."""
        found = self.findings[self.findings["code"] == "unknown-name"]
        counts = Counter(zip(found["column"], found["found"], strict=True))
        rows = [(str(c), str(name), n) for (c, name), n in counts.items()]
        return tuple(sorted(rows, key=lambda row: (-row[2], row[:2])))

    def to_dict(self) -> dict[str, Any]:
        return {
            "rows_in": self.rows_in,
            "kept": self.kept,
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "raw": self.raw,
            "net": self.net,
            "dedupe": self.dedupe,
            "reminders": self.reminders,
            "reminded_tickets": self.reminded,
            "second_reader": {"asked_n": self.read, "decided_n": self.decided},
            "doubt": self.doubt.to_dict(),
            "files": [
                {
                    "file": f.file,
                    "sheet": f.sheet,
                    "sha256": f.sha256,
                    "bytes": f.bytes,
                    "encoding": f.encoding,
                    "header_row": f.header_row,
                    "rows_in": f.rows_in,
                    "kept": f.kept,
                    "rejected": f.rejected,
                    "duplicates": f.duplicates,
                    "mapping": dict(f.mapping),
                    "unmapped": list(f.unmapped),
                    "absent": list(f.absent),
                }
                for f in self.files
            ],
            "findings": self.codes,
            "unknown_names": [{"column": c, "name": name, "rows": n} for c, name, n in self.unknown_names],
        }

    def __repr__(self) -> str:
        return (
            f"<Intake: {self.rows_in} rows in = {self.kept} kept + {self.rejected} rejected"
            f" + {self.duplicates} duplicates, {len(self.files)} files>"
        )
