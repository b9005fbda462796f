"""The paragraphs of a Word document (.docx), read as a stream from the archive that it is.

Inserted text counts, deleted text does not; cells of tables and text boxes come in document order.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lxml import etree

from hotline_stats.errors import InputError

MOST_UNPACKED = 1 << 25
"""Bytes that the text part may unpack to; a thousand pages have less."""
MOST_PARAGRAPHS = 50_000
_RELATIONS = "_rels/.rels"
_MAIN = "word/document.xml"
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_GONE = ("del", "moveFrom", "Fallback")
"""Elements whose text is not that of the document: deleted, moved away, or a second form of the same."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NOTES = ("footnoteReference", "endnoteReference")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    KeyError,
    OSError,
)


@dataclass(frozen=True)
class Document:
    paragraphs: tuple[str, ...]
    footnotes: int


def read(path: Path, most: int) -> Document:
    """All paragraphs in order, also empty ones. Raises InputError `draft-no-docx`, `draft-too-large` (more than `most`
    characters, or bytes than MOST_UNPACKED)."""
    try:
        with zipfile.ZipFile(path) as archive:
            main = _main(archive)
            with archive.open(main) as packed:
                return _read(_Bounded(packed, path.name, most), path.name, most)
    except _BROKEN as error:
        raise InputError("draft-no-docx", file=path.name) from error
    except etree.XMLSyntaxError as error:
        raise InputError("draft-no-docx", file=path.name) from error


def _main(archive: zipfile.ZipFile) -> str:
    """The part that holds the text: named by the relations of the package, else where Word puts it."""
    names = set(archive.namelist())
    if _MAIN in names or _RELATIONS not in names:
        return _MAIN
    with archive.open(_RELATIONS) as packed:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(packed.read(1 << 20), parser)
    targets = [e.get("Target", "") for e in root if str(e.get("Type", "")).endswith("/officeDocument")]
    return str(targets[0]).lstrip("/") if targets else _MAIN


class _Bounded:
    """A stream that ends the reading where it grows too long."""

    def __init__(self, packed: IO[bytes], name: str, most: int) -> None:
        self.packed, self.name, self.most, self.left = packed, name, most, MOST_UNPACKED

    def read(self, size: int = -1) -> bytes:
        chunk = self.packed.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self.left -= len(chunk)
        if self.left < 0:
            raise InputError("draft-too-large", file=self.name, n=self.most)
        return chunk


@dataclass
class _Reading:
    """Paragraphs begun, by number; those open, the innermost last."""

    texts: list[list[str]] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    gone: int = 0
    footnotes: int = 0
    characters: int = 0


def _read(stream: _Bounded, name: str, most: int) -> Document:
    now = _Reading()
    for event, element, local in _events(stream):
        if event == "start":
            now.gone += local in _GONE
            if local == "p" and not now.gone:
                now.texts.append([])
                now.open.append(len(now.texts) - 1)
                if len(now.texts) > MOST_PARAGRAPHS:
                    raise InputError("draft-too-large", file=name, n=most)
            continue
        if local in _GONE:
            now.gone -= 1
        elif not now.gone:
            _end(local, element, now)
            if now.characters > most:
                raise InputError("draft-too-large", file=name, n=most)
        if local == "p" and not now.open:
            _forget(element)
    return Document(tuple("".join(parts) for parts in now.texts), now.footnotes)


def _events(stream: _Bounded) -> Iterator[tuple[str, Any, str]]:
    """Starts and ends of elements of the two namespaces of Word, and of second forms."""
    parsed = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    found = False
    for event, element in parsed:
        if not isinstance(element.tag, str):
            continue
        space, _, local = element.tag.rpartition("}")
        found = found or (space[1:] in _SPACES and local == "document")
        if not found:
            raise KeyError(local)
        if space[1:] in _SPACES or local == "Fallback":
            yield event, element, local


def _end(local: str, element: Any, now: _Reading) -> None:
    if local == "p" and now.open:
        now.open.pop()
    elif local in _NOTES:
        now.footnotes += 1
    elif now.open and (local == "t" or local in _SIGNS):
        said = (element.text or "") if local == "t" else _SIGNS[local]
        now.characters += len(said)
        now.texts[now.open[-1]].append(said)


def _forget(element: Any) -> None:
    """A paragraph read needs no memory; nor do those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
