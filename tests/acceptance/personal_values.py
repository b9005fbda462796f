"""What must not leave: the persons and texts of the sample exports, and a scan that finds them in an output."""

import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
from acceptance_program import Said
from acceptance_samples import MISSING, NAMES, PHONES, raw_files
from ahocorasick_rs import AhoCorasick

WINDOW = 12
PUBLIC = ("street", "station", "grid", "community", "estate", "unit")


def plain(text: str) -> str:
    """A text without what HTML, JSON and CSV put around and into it, and without white space."""
    text = html.unescape(text)
    for escaped, meant in (('\\"', '"'), ('""', '"'), ("\\n", ""), ("\\r", ""), ("\\t", "")):
        text = text.replace(escaped, meant)
    return "".join(text.split())


def windows(text: str) -> Iterator[str]:
    """Twelve characters from the start, the middle and the end of a text."""
    if len(text) <= WINDOW:
        yield text
        return
    for start in (0, (len(text) - WINDOW) // 2, len(text) - WINDOW):
        yield text[start : start + WINDOW]


@cache
def needles() -> dict[str, str]:
    """Every value to look for, and what it is."""
    cells = {
        c: {v for f in raw_files() for v in f.cells(c)} for c in (*PUBLIC, "title", "content", "address")
    }
    public = "|".join(v for c in PUBLIC for v in cells[c])
    found: dict[str, str] = {}

    def add(kind: str, values: Iterable[str], at_least: int) -> None:
        for value in map(plain, values):
            if len(value) >= at_least and value not in MISSING:
                found[value] = kind

    add("content", (w for text in cells["content"] for w in windows(plain(text))), 8)
    add("title", cells["title"], 10)
    add("address", cells["address"], 2)
    names = {v for f in raw_files() for v in f.under(NAMES)}
    add("name", (n for n in names if n not in public), 2)
    add("phone", (v for f in raw_files() for v in f.under(PHONES)), 2)
    add("phone", (n for text in cells["content"] for n in re.findall(r"\d{11}", text)), 11)
    return found


@cache
def automaton() -> AhoCorasick:
    return AhoCorasick(list(needles()))


def leaks(text: str) -> list[tuple[str, str]]:
    """The personal values in a text, as (what it is, value), each once."""
    hits = dict.fromkeys(automaton().find_matches_as_strings(plain(text), overlapping=True))
    return [(needles()[h], h) for h in hits]


def readable(path: Path) -> str:
    """All that stands in a file, as text; of Parquet its cells, column names and metadata, of Word and Excel the parts
    of the archive, with their tags and without."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(n).decode("utf-8") for n in archive.namelist() if not n.endswith(".png")]
        return "\n".join(text for part in parts for text in (part, re.sub(r"<[^>]*>", "", part)))
    if path.suffix != ".parquet":
        return path.read_bytes().decode("utf-8")
    table = pq.read_table(path)
    cells = json.dumps(table.to_pydict(), ensure_ascii=False, default=str)
    return f"{cells}\n{table.schema.to_string(show_schema_metadata=True)}"


def silent(said: Said, what: str) -> None:
    """Assert that a run told nothing, on either stream."""
    for stream in (said.stdout, said.stderr):
        assert not leaks(stream.decode("utf-8")), what
