"""Lines whose bytes are not of the encoding, and files joined from texts of two encodings."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hotline_stats.errors import InputError

CHUNK = 1 << 20
SHOWN = 5
LONGEST = 1 << 28
"""A line is looked at in parts from so many bytes on."""
_ENDS = re.compile(r"\r\n|\n|\r")
_ENDS_OF_BYTES = re.compile(rb"\r\n|\n|\r")
_UTF8_HANZI = rb"(?:[\xe4-\xe9][\x80-\xbf][\x80-\xbf])"
_TWO = re.compile(_UTF8_HANZI + rb"{2}")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_SURE = 4
"""So many Chinese characters in UTF-8, one after the other, practically never stand in genuine GB18030 text."""


@dataclass(frozen=True)
class Broken:
    """`first`: the lines, at most five; `n`: how many there are; `wide`: how many hold more than ASCII."""

    first: tuple[int, ...]
    n: int
    wide: int

    @property
    def shown(self) -> str:
        return ", ".join(map(str, self.first)) + (" …" if self.n > len(self.first) else "")


def broken(path: Path, codec: str, mark: bytes) -> Broken:
    """The lines of a text with bytes that are not of its encoding. `mark`: the byte order mark to skip."""
    first: list[int] = []
    n = wide = 0
    for number, line in enumerate(_lines(path, codec, mark), 1):
        if line.isascii():
            continue
        wide += 1
        if "\ufffd" in line:
            n += 1
            if len(first) < SHOWN:
                first.append(number)
    return Broken(tuple(first), n, wide)


def error(path: Path, encoding: str, found: Broken) -> InputError:
    tried = "utf-8 / gb18030" if encoding == "gb18030" else encoding
    first = found.first[0] if found.first else 1
    return InputError(
        "bad-encoding", file=path.name, encoding=tried, line=first, lines=found.shown, n=found.n
    )


def refuse_two_encodings(path: Path, begins_as_utf8: bool) -> None:
    """Raise InputError `mixed-encodings` for a file, not UTF-8 as a whole, with a line of Chinese in UTF-8 and another
    in GB18030. Read as either, a part of it would come out as other characters than were written."""
    if not (begins_as_utf8 or _may_hold_utf8(path)):
        return
    seen: dict[str, int] = {}
    for number, line in enumerate(_byte_lines(path), 1):
        kind = "" if line.isascii() else _kind(line)
        if kind and kind not in seen:
            seen[kind] = number
            if len(seen) == 2:
                raise InputError(
                    "mixed-encodings", file=path.name, utf8=seen["utf-8"], gb18030=seen["gb18030"]
                )


def _may_hold_utf8(path: Path) -> bool:
    """Whether a run of Chinese characters in UTF-8 stands anywhere. One look at all bytes, forty times as fast as a
    regular expression."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if _run_of_utf8(np.frombuffer(rest + chunk, np.uint8)):
                return True
            rest = chunk[1 - 3 * _SURE :]
    return False


def _run_of_utf8(data: npt.NDArray[np.uint8]) -> bool:
    n = len(data) - 3 * _SURE + 1
    if n <= 0:
        return False
    begins = (data - np.uint8(0xE4)) <= 5  # E4–E9
    every_third = begins[:n].copy()
    for i in range(1, _SURE):
        every_third &= begins[3 * i : 3 * i + n]
    at = np.flatnonzero(every_third)
    inner = np.ones(len(at), bool)
    for i in range(3 * _SURE):
        inner &= (i % 3 == 0) | (data[at + i] & 0xC0 == 0x80)
    return bool(inner.any())


def _kind(line: bytes) -> str:
    """The encoding that a line is certainly in, "" when that is not certain."""
    try:
        return "utf-8" if len(_HANZI.findall(line.decode())) >= _SURE else ""
    except UnicodeDecodeError:
        if _TWO.search(line):
            return ""  # rather a line of UTF-8 with a broken byte
    try:
        return "gb18030" if len(_HANZI.findall(line.decode("gb18030"))) >= 2 else ""
    except UnicodeDecodeError:
        return ""


def _byte_lines(path: Path) -> Iterator[bytes]:
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            lines = _ENDS_OF_BYTES.split(rest + chunk)
            rest = lines.pop()
            if chunk.endswith(b"\r"):  # its line feed may follow
                rest = lines.pop() + b"\r"
            yield from lines
            if len(rest) > LONGEST:
                yield rest
                rest = b""
    yield from _ENDS_OF_BYTES.split(rest)


def _lines(path: Path, codec: str, mark: bytes) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    rest, last = "", False
    with path.open("rb") as file:
        file.seek(len(mark) if file.read(len(mark)) == mark else 0)
        while not last:
            chunk = file.read(CHUNK)
            last = not chunk
            text = rest + decoder.decode(chunk, last)
            lines = _ENDS.split(text)
            rest = lines.pop()
            if text.endswith("\r") and not last:
                rest = lines.pop() + "\r"
            yield from lines
    yield rest
