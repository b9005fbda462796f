"""The bytes of a file: their fingerprint, their encoding, and the same text as UTF-8."""

import codecs
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from hotline_stats.errors import InputError

HEAD = 1 << 18
CHUNK = 1 << 22
LINE_END = re.compile(r"\r\n|\n|\r")
_BOMS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
_UTF8 = ("utf-8", "utf-8-sig")
_CERTAIN = 10
"""Chinese text in GB18030 never reads as this many UTF-8 characters of three bytes before it fails."""
_PARTS_OF_GB18030 = ("gbk", "gb2312", "cp936")


@dataclass(frozen=True)
class Survey:
    """One pass over the bytes of a file. `utf8`: whether all of it is; `wide`: characters of three bytes or more
    until it is not (no longer counted when they are many). `head`: its first 256 KB."""

    sha256: str
    size: int
    head: bytes
    utf8: bool
    wide: int
    nul: bool
    quotes: bool


def survey(path: Path) -> Survey:
    """Hash a file and find out strictly whether all of it is UTF-8."""
    digest, size, wide, head, rest = hashlib.sha256(), 0, 0, b"", b""
    utf8, nul, quotes = True, False, False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            head = head or chunk[:HEAD]
            size += len(chunk)
            nul = nul or b"\0" in chunk
            quotes = quotes or b'"' in chunk
            if utf8:
                rest += chunk
                cut = _whole_characters(rest)
                valid = _valid_utf8(rest[:cut])
                if wide < _CERTAIN:
                    wide += int(np.count_nonzero(np.frombuffer(rest, np.uint8, valid) >= 0xE0))
                utf8, rest = valid == cut, rest[cut:]
    return Survey(digest.hexdigest(), size, head, utf8 and not rest, wide, nul, quotes)


def decide(path: Path, seen: Survey, wanted: str) -> str:
    """The encoding: by byte order mark, else as `wanted`, else UTF-8 when all of the file is valid UTF-8, else
    GB18030 (of which GBK and GB2312 are parts); a file that begins as UTF-8 and breaks is not taken for GB18030.
    Raises InputError `bad-encoding`, `binary-file`."""
    marked = next((name for name, bom in _BOMS.items() if seen.head.startswith(bom)), "")
    named = codecs.lookup(wanted).name if wanted else ""
    encoding = marked or ("gb18030" if named in _PARTS_OF_GB18030 else named)
    encoding = encoding or ("utf-8" if seen.utf8 or seen.wide >= _CERTAIN else "gb18030")
    if seen.nul and not encoding.startswith("utf-16"):
        raise InputError("binary-file", file=path.name)
    if encoding in _UTF8 and not seen.utf8:
        for _ in _decoded(path, encoding):
            pass
    return encoding


def head_text(path: Path, seen: Survey, encoding: str) -> str:
    """The beginning of the text, without a character that the end of the head cuts."""
    decoder = codecs.getincrementaldecoder(_codec(encoding))()
    try:
        return decoder.decode(seen.head.removeprefix(_mark(encoding)), final=seen.size <= HEAD)
    except UnicodeDecodeError as error:
        raise _bad_encoding(path, encoding, 1, error) from error


def utf8_chunks(path: Path, encoding: str, before: str) -> Iterator[bytes]:
    """The text as UTF-8, after the text `before`, which is how it begins. Raises InputError `bad-encoding`."""
    if encoding in _UTF8:
        with path.open("rb") as file:
            _skip_mark(file, encoding)
            file.seek(len(before.encode()), io.SEEK_CUR)
            while chunk := file.read(CHUNK):
                yield chunk
    else:
        skip = len(before)
        for text in _decoded(path, encoding):
            if "\0" in text:
                raise InputError("binary-file", file=path.name)
            yield text[skip:].encode()
            skip = max(0, skip - len(text))


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(_codec(encoding))()
    line, held, last = 1, "", False  # `held`: a return, whose line feed may begin the next chunk
    with path.open("rb") as file:
        _skip_mark(file, encoding)
        while not last:
            chunk = file.read(CHUNK // 4)  # no character grows more than fourfold as UTF-8
            last = not chunk
            try:
                text = decoder.decode(chunk, last)
            except UnicodeDecodeError as error:
                raise _bad_encoding(path, encoding, line, error, held) from error
            read = held + text
            held = "\r" if read.endswith("\r") else ""
            line += len(LINE_END.findall(read)) - len(held)
            if text:
                yield text


def _bad_encoding(
    path: Path, encoding: str, line: int, error: UnicodeDecodeError, held: str = ""
) -> InputError:
    """`line`: on which `held` and the bytes given to the decoder began."""
    read = held + bytes(error.object[: error.start]).decode(_codec(encoding), "replace")
    tried = "utf-8 / gb18030" if encoding == "gb18030" else encoding
    return InputError("bad-encoding", file=path.name, encoding=tried, line=line + len(LINE_END.findall(read)))


def _mark(encoding: str) -> bytes:
    return _BOMS.get(encoding, b"")


def _skip_mark(file: IO[bytes], encoding: str) -> None:
    mark = _mark(encoding)
    file.seek(len(mark) if file.read(len(mark)) == mark else 0)


def _codec(encoding: str) -> str:
    return "utf-8" if encoding in _UTF8 else encoding


def _whole_characters(data: bytes) -> int:
    """How many bytes end with a whole UTF-8 character (a broken end is left for the next chunk)."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            need = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) if back >= need else len(data) - back
        if byte < 0x80:
            return len(data)
    return len(data)


def _valid_utf8(data: bytes) -> int:
    """How many bytes are valid UTF-8, from the first on. Arrow's check is five times as fast as decoding."""
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64).tobytes())
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
        return len(data)
    except pa.ArrowInvalid:
        return len(data.decode("utf-8", "replace").partition("\ufffd")[0].encode())
