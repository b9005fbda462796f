"""The paragraphs of a draft: a text, a text file, or a Word document."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hotline_stats.claims import word
from hotline_stats.errors import InputError
from hotline_stats.intake import encoding, sources

SUFFIXES = (".txt", ".md", ".markdown", ".docx", ".doc", ".text")
"""What ends so is meant as the name of a file, also where there is none."""
MOST_BYTES = 1 << 25
MOST_CHARACTERS = 200_000
_OLE, _ZIP, _PDF, _RTF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF-", b"{\\rtf"
_NAME_LENGTH = 1000


@dataclass(frozen=True)
class Draft:
    """`paragraphs`: (number, text) of those that are not blank. `unit`: what the numbers count. `footnotes`: how many
    notes are not read."""

    name: str
    unit: Literal["line", "paragraph"]
    paragraphs: tuple[tuple[int, str], ...]
    footnotes: int = 0


def read(given: str | Path) -> Draft:
    """The draft meant: "-" is standard input, a Path or the name of a file that exists is read, what ends like a file
    name must exist, anything else is the text itself.

    Raises InputError `no-such-file`, `cannot-read`, `no-stdin`, `empty-draft`, `draft-too-large`, `draft-doc`,
    `draft-not-text`, `draft-no-docx`, `bad-encoding`, `mixed-encodings`.
    """
    path = _path(given)
    if path is None:
        return _checked(_lines("", str(given)))
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise InputError(
            "cannot-read", file=path.name, reason=error.strerror or type(error).__name__
        ) from error
    if size > MOST_BYTES:
        raise _too_large(path.name)
    return _checked(_of_file(path, head))


def _path(given: str | Path) -> Path | None:
    if str(given) == "-":
        return sources.expand(["-"])[0]
    if isinstance(given, str) and (
        not given.strip() or len(given) > _NAME_LENGTH or "\n" in given or "\0" in given
    ):
        return None
    path = Path(given)
    try:
        if path.is_dir():
            raise InputError("draft-not-text", file=path.name or str(path))
        if path.exists():
            return path
    except (OSError, ValueError):
        return None
    if isinstance(given, Path) or path.suffix.lower() in SUFFIXES:
        raise InputError("no-such-file", file=str(given))
    return None


def _of_file(path: Path, head: bytes) -> Draft:
    suffix = path.suffix.lower()
    if head.startswith(_OLE):
        raise InputError("draft-doc", file=path.name)
    if head.startswith(_ZIP) or suffix == ".docx":
        if path.stat().st_size == 0:
            raise InputError("empty-draft")
        found = word.read(path, MOST_CHARACTERS)
        return Draft(path.name, "paragraph", tuple(enumerate(found.paragraphs, 1)), found.footnotes)
    if head.startswith((_PDF, _RTF)):
        raise InputError("draft-not-text", file=path.name)
    return _lines(path.name, _text(path))


def _text(path: Path) -> str:
    """The text of a file in the encoding that its bytes decide, as for exports."""
    seen = encoding.survey(path)
    try:
        name = encoding.decide(path, seen, "")
        return b"".join(encoding.without_marks(encoding.utf8_chunks(path, name, ""))).decode("utf-8")
    except InputError as error:
        if error.code == "binary-file":
            raise InputError("draft-not-text", file=path.name) from error
        raise


def _lines(name: str, text: str) -> Draft:
    """Lines as an editor counts them; what no text may hold is made harmless."""
    whole = text.encode("utf-8", "replace").decode("utf-8").removeprefix("\ufeff")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Draft(name, "line", tuple(enumerate(lines, 1)))


def _checked(draft: Draft) -> Draft:
    kept = tuple((n, text) for n, text in draft.paragraphs if text.strip())
    if not kept:
        raise InputError("empty-draft")
    if sum(len(text) for _, text in kept) > MOST_CHARACTERS:
        raise _too_large(draft.name)
    return Draft(draft.name, draft.unit, kept, draft.footnotes)


def _too_large(name: str) -> InputError:
    return InputError("draft-too-large", file=name or "—", n=MOST_CHARACTERS)
