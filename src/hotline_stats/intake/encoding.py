"""The bytes of a file: their fingerprint, their encoding, and the same text as UTF-8."""

import codecs
import hashlib
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from hotline_stats.errors import InputError
from hotline_stats.intake import broken

HEAD = 1 << 18
CHUNK = 1 << 19
LINE_END = re.compile(r"\r\n|\n|\r")
_BOMS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
_UTF8 = ("utf-8", "utf-8-sig")
_CERTAIN = 10
"""Chinese text in GB18030 never reads as this many UTF-8 characters of three bytes before it fails."""
_ORDINARY = re.compile(r"[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e]")
_MARK_AT_LINE = re.compile(rb"([\r\n])(?:\xef\xbb\xbf)+")
_LINE_END_AND_MARK_BEGUN = re.compile(rb"[\r\n](?:\xef\xbb\xbf)*\xef?\xbb?\Z")
_LINE_END_AND_FIRST_OF_MARK = (0xEF0A, 0xEF0D)
"""LF or CR and the first byte of a mark, as one number (little-endian)."""
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

    @property
    def begins_as_utf8(self) -> bool:
        """Whether so many characters are UTF-8 that the file is no GB18030, even where it breaks further down."""
        return self.wide >= _CERTAIN


def survey(path: Path) -> Survey:
    """Hash a file and find out strictly whether all of it is UTF-8, both at once."""
    digest, size, wide, head, rest = hashlib.sha256(), 0, 0, b"", b""
    utf8, nul, quotes = True, False, False
    hashed = deque[Future[None]]()
    with path.open("rb") as file, ThreadPoolExecutor(1) as other:
        while chunk := file.read(CHUNK):
            hashed.append(other.submit(digest.update, chunk))
            head = head or chunk[:HEAD]
            size += len(chunk)
            nul = nul or b"\0" in chunk
            quotes = quotes or b'"' in chunk
            if utf8:
                data = rest + chunk if rest else chunk
                cut = _whole_characters(data)
                valid = _valid_utf8(memoryview(data)[:cut])
                if wide < _CERTAIN:
                    wide += int(np.count_nonzero(np.frombuffer(data, np.uint8, valid) >= 0xE0))
                utf8, rest = valid == cut, data[cut:]
            if len(hashed) > 1:
                hashed.popleft().result()
    return Survey(digest.hexdigest(), size, head, utf8 and not rest, wide, nul, quotes)


def decide(path: Path, seen: Survey, wanted: str) -> str:
    """The encoding: by byte order mark, else as `wanted`, else UTF-8 when all of the file is valid UTF-8, else
    GB18030 (of which GBK and GB2312 are parts); a file that begins as UTF-8 and breaks is not taken for GB18030.
    UTF-16 without a mark is known by its zero bytes. Raises InputError `bad-encoding`, `binary-file`,
    `mixed-encodings`, `other-encoding` (one was named, but the file is UTF-8)."""
    marked = next((name for name, bom in _BOMS.items() if seen.head.startswith(bom)), "")
    named = codecs.lookup(wanted).name if wanted else ""
    encoding = marked or ("gb18030" if named in _PARTS_OF_GB18030 else named)
    encoding = encoding or (_unmarked_utf16(seen.head) if seen.nul else "")
    encoding = encoding or ("utf-8" if seen.utf8 or seen.begins_as_utf8 else "gb18030")
    if encoding.startswith("utf-16"):
        return encoding
    if seen.nul:
        raise InputError("binary-file", file=path.name)
    if not seen.utf8:
        broken.refuse_two_encodings(path, seen.begins_as_utf8)
    if seen.begins_as_utf8 and encoding not in _UTF8:
        raise InputError("other-encoding", file=path.name, encoding=wanted)
    if encoding in _UTF8 and not seen.utf8 and not named:
        raise _bad_encoding(path, encoding)
    return encoding


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 when the head reads as text with line ends, a delimiter or markup, and much that is ASCII or Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) & ~1].decode(encoding, "ignore")
        whole = "\0" not in text and 2 * len(text) >= len(head) - 3
        ordinary = len(_ORDINARY.findall(text)) >= 0.9 * len(text)
        if whole and ordinary and re.search(r"[\r\n]", text) and re.search("[,\t;<]", text):
            return encoding
    return ""


def head_text(path: Path, seen: Survey, encoding: str, lossy: bool = False) -> str:
    """The beginning of the text, without a character that the end of the head cuts. `lossy`: see `utf8_chunks`."""
    decoder = codecs.getincrementaldecoder(_codec(encoding))()
    data, last = seen.head.removeprefix(_mark(encoding)), seen.size <= HEAD
    try:
        return decoder.decode(data, final=last)
    except UnicodeDecodeError as error:
        if not lossy or _mostly_broken(path, encoding):
            raise _bad_encoding(path, encoding) from error
        return codecs.getincrementaldecoder(_codec(encoding))("replace").decode(data, final=last)


def utf8_chunks(path: Path, encoding: str, before: str, lossy: bool = False) -> Iterator[bytes]:
    """The text as UTF-8, after the text `before`, which is how it begins. With `lossy`, bytes that are not of the
    encoding become U+FFFD, unless half of the lines beyond ASCII have some. Raises InputError `bad-encoding`."""
    if encoding in _UTF8 and not lossy:
        with path.open("rb") as file:
            _skip_mark(file, encoding)
            file.seek(len(before.encode()), io.SEEK_CUR)
            while chunk := file.read(CHUNK):
                yield chunk
    else:
        skip = len(before.encode())
        for text in _decoded(path, encoding, lossy):
            data = text.encode()
            if b"\0" in data:
                raise InputError("binary-file", file=path.name)
            yield data[skip:]
            skip = max(0, skip - len(data))


def without_marks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """UTF-8 without the byte order marks that stand at the beginning of a line where files were joined."""
    held = b"\n"
    skip = 1
    for chunk in chunks:
        data = held + chunk if held else chunk
        cut = _LINE_END_AND_MARK_BEGUN.search(data, max(0, len(data) - 16))
        data, held = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        if _line_begins_with_mark(data):
            data = _MARK_AT_LINE.sub(rb"\1", data)
        if data:
            yield data[skip:]
            skip = 0
    yield _MARK_AT_LINE.sub(rb"\1", held)[skip:]


def _line_begins_with_mark(data: bytes) -> bool:
    """As a search for `_MARK_AT_LINE`, many times as fast: a line end and the first byte of a mark are looked for as
    one number, at even and at odd places."""
    for start in (0, 1) if len(data) > len(codecs.BOM_UTF8) else ():
        pairs = np.frombuffer(data, "<u2", (len(data) - start) // 2, start)
        for wanted in _LINE_END_AND_FIRST_OF_MARK:
            found = pairs == wanted
            places = 2 * np.flatnonzero(found) + start + 1 if found.any() else ()
            if any(data.startswith(codecs.BOM_UTF8, i) for i in places):
                return True
    return False


def _decoded(path: Path, encoding: str, lossy: bool) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(_codec(encoding))()
    last = False
    with path.open("rb") as file:
        _skip_mark(file, encoding)
        while not last:
            chunk = file.read(CHUNK // 4)  # no character grows more than fourfold as UTF-8
            last = not chunk
            state = decoder.getstate()
            try:
                text = decoder.decode(chunk, last)
            except UnicodeDecodeError as error:
                if not lossy or _mostly_broken(path, encoding):
                    raise _bad_encoding(path, encoding) from error
                decoder.setstate(state)
                decoder.errors = "replace"
                text = decoder.decode(chunk, last)
            if text:
                yield text


def is_codec(name: str) -> bool:
    """Whether Python knows an encoding of text by this name."""
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def _mostly_broken(path: Path, encoding: str) -> bool:
    """Whether a text is rather in another encoding than damaged."""
    found = broken.broken(path, _codec(encoding), _mark(encoding))
    return 2 * found.n >= found.wide


def _bad_encoding(path: Path, encoding: str) -> InputError:
    return broken.error(path, encoding, broken.broken(path, _codec(encoding), _mark(encoding)))


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


def _valid_utf8(data: memoryview) -> int:
    """How many bytes are valid UTF-8, from the first on. Arrow's check is five times as fast as decoding."""
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64).tobytes())
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
        return len(data)
    except pa.ArrowInvalid:
        return len(bytes(data).decode("utf-8", "replace").partition("\ufffd")[0].encode())
