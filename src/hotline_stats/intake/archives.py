"""Archives (.gz, .zip): the exports inside, each unpacked to a temporary file."""

import errno
import gzip
import hashlib
import lzma
import shutil
import struct
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from hotline_stats.errors import InputError

SUFFIXES = (".gz", ".zip")
RATIO = 300
"""An archive may unpack to so many times its own size; exports with much repeated markup reach about a hundred."""
FREE = 1 << 26
"""Bytes that any archive may unpack to, whatever its own size."""
MOST = 1 << 34
"""Bytes that no archive may unpack to."""
MEMBERS = 1000
CHUNK = 1 << 20
_OTHERS = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2"}
_NESTED = (*SUFFIXES, ".rar", ".7z", ".tar", ".tgz", ".xz", ".bz2")
_WORKBOOK = {"[Content_Types].xml", "mimetype", "xl/workbook.xml"}
_LITTER = {"thumbs.db", "desktop.ini"}
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    struct.error,
    ValueError,
)


class Folder:
    """A temporary folder, removed when nothing refers to it any more, or when the program ends."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="hotline-stats-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True)
class File:
    """A file to read under the name that a person knows. `sha256`, `size`: of what was given, "" and 0 when that
    is the file at `path` itself. `folder`: keeps the file at `path` while it is needed."""

    name: str
    path: Path
    sha256: str = ""
    size: int = 0
    folder: Folder | None = None


@dataclass(frozen=True)
class Unpacked:
    """The files of an archive that may be exports, by name, and the names of the others."""

    files: tuple[File, ...]
    others: tuple[str, ...] = ()


def kind(path: Path) -> str:
    """ "gz" or "zip" by the bytes; "" for what is read as it stands, such as a workbook (which is a zip inside).
    Raises InputError `other-archive`."""
    with path.open("rb") as file:
        head = file.read(8)
    for magic, name in _OTHERS.items():
        if head.startswith(magic) and (name != "bzip2" or head[4:] == b"1AY&"):
            raise InputError("other-archive", file=path.name, kind=name)
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            return "" if _WORKBOOK & set(archive.namelist()) else "zip"
    except _BROKEN:
        return "zip" if path.suffix.lower() == ".zip" else ""


def unpack(path: Path, kind: str, exports: tuple[str, ...]) -> Unpacked:
    """What is inside. `exports`: the suffixes of members to read.

    Members that a system left there are ignored, others without such a suffix are named in `others`. Raises
    InputError `bad-archive`, `archive-encrypted`, `archive-too-large`, `nested-archive`, `archive-empty`.
    """
    folder = Folder()
    try:
        with _damage(path):
            found = _zip(path, exports, folder) if kind == "zip" else _gz(path, folder)
        for file in found.files:
            if _is_archive(file):
                raise InputError("nested-archive", file=path.name, member=file.name)
    except InputError:
        folder.remove()
        raise
    return found


def _gz(path: Path, folder: Folder) -> Unpacked:
    digest = hashlib.sha256()
    target = folder.path / "0"
    with gzip.open(path) as packed:
        _copy(packed, target, _Allowance(path))
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return Unpacked((File(path.name, target, digest.hexdigest(), path.stat().st_size, folder),))


def _zip(path: Path, exports: tuple[str, ...], folder: Folder) -> Unpacked:
    allowance = _Allowance(path)
    files: list[File] = []
    others: list[str] = []
    with zipfile.ZipFile(path) as archive:
        members = sorted((name, i) for i, info in enumerate(archive.infolist()) if (name := _name(info)))
        if len(members) > MEMBERS:
            raise InputError(
                "archive-too-large", file=path.name, members=MEMBERS, ratio=RATIO, size=MOST >> 30
            )
        for name, i in members:
            info, suffix = archive.infolist()[i], PurePosixPath(name).suffix.lower()
            if suffix in _NESTED:
                raise InputError("nested-archive", file=path.name, member=name)
            if suffix not in exports:
                others.append(name)
                continue
            if info.flag_bits & _ENCRYPTED:
                raise InputError("archive-encrypted", file=path.name)
            target = folder.path / f"{i}{suffix}"
            with archive.open(info) as packed:
                _copy(packed, target, allowance)
            files.append(File(f"{path.name}/{name}", target, folder=folder))
    if not files:
        raise InputError("archive-empty", file=path.name)
    return Unpacked(tuple(files), tuple(others))


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member, "" for a folder and for what a system left there. Windows in Chinese writes names
    in GBK and does not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
            name = _decoded_name(raw)
        except UnicodeEncodeError:
            pass  # from an extra field that holds the name as UTF-8
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    left = any(p == "__MACOSX" or p.startswith((".", "~$")) for p in parts)
    return "" if name.endswith("/") or not parts or left or parts[-1].lower() in _LITTER else name


def _decoded_name(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


class _Allowance:
    """How many bytes an archive may still unpack to."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.left = min(MOST, max(FREE, RATIO * path.stat().st_size))

    def take(self, n: int) -> None:
        self.left -= n
        if self.left < 0:
            raise InputError(
                "archive-too-large", file=self.file, members=MEMBERS, ratio=RATIO, size=MOST >> 30
            )


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, allowance: _Allowance) -> None:
    with target.open("wb") as file:
        while chunk := packed.read(CHUNK):
            allowance.take(len(chunk))
            file.write(chunk)


def _is_archive(file: File) -> bool:
    try:
        return bool(kind(file.path))
    except InputError:
        return True


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except gzip.BadGzipFile as error:
        raise _bad(path, error) from error
    except _BROKEN as error:
        raise _bad(path, error) from error
    except OSError as error:
        if error.errno is None:  # how bz2 says that its data are damaged
            raise _bad(path, error) from error
        reason = "no space for unpacking" if error.errno == errno.ENOSPC else error.strerror
        raise InputError("cannot-read", file=path.name, reason=reason or type(error).__name__) from error


def _bad(path: Path, error: Any) -> InputError:
    return InputError("bad-archive", file=path.name, reason=type(error).__name__)
