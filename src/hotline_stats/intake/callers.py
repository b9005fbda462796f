"""Repeat callers without their numbers: a keyed hash of each number, and the key that makes it.

A plain hash of an 11-digit number is undone by trying all of them; without the key this one is not.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from platformdirs import user_config_path

from hotline_stats.errors import PlaceError

KEY_BYTES = 32
_MOBILE = r"(?:^|\D)(?:(?:\+|00)?86[ -]{0,2})?0?(?P<n>1[3-9]\d[ -]{0,2}\d{4}[ -]{0,2}\d{4})(?:\D|$)"
_LANDLINE = r"(?:^|\D)(?P<n>\(?0[1-9]\d{1,2}\)?[ -]{0,2}\d{4}[ -]?\d{3,4}|[2-8]\d{2,3}[ -]?\d{4})(?:\D|$)"
_DASHES = r"[‐‑–—―−]"


def key(file: str | Path = "") -> bytes:
    """The key in `file`, or in the user's configuration folder. It is made on first use, to be read by its owner
    only (as far as the system knows owners).

    Raises PlaceError `cannot-write` when it cannot be made, `bad-key-file` when it cannot be read or is no key.
    """
    path = Path(file) if str(file) else user_config_path("hotline-stats", appauthor=False) / "caller.key"
    if not path.exists():
        _make(path)
    try:
        found = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise PlaceError("bad-key-file", file=path.name) from error
    if len(found) < KEY_BYTES:
        raise PlaceError("bad-key-file", file=path.name)
    return found


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
    except FileExistsError:
        return  # another run was first
    except OSError as error:
        raise PlaceError("cannot-write", place=path, reason=error.strerror or type(error).__name__) from error


def callers(cells: list[pa.StringArray], secret: bytes, n: int) -> pa.StringArray:
    """The first telephone number in the personal cells of each of `n` rows, as 16 hexadecimal digits (HMAC-SHA-256
    cut to 64 bits); null where there is none. Width, spaces, dashes, +86 and a 0 before a mobile number do not
    matter; a landline with its area code is another number than the same without."""
    found = pa.nulls(n, pa.string())
    for cell in cells:
        found = pc.coalesce(found, _number(cell))
    coded = pc.dictionary_encode(found)
    hashed = [hmac.digest(secret, v.encode(), hashlib.sha256)[:8].hex() for v in coded.dictionary.to_pylist()]
    return pc.take(pa.array(hashed, pa.string()), coded.indices)


def _number(cell: pa.StringArray) -> pa.StringArray:
    plain = pc.replace_substring_regex(pc.utf8_normalize(cell, "NFKC"), _DASHES, "-")
    mobile, line = (pc.struct_field(pc.extract_regex(plain, p), "n") for p in (_MOBILE, _LANDLINE))
    return pc.replace_substring_regex(pc.coalesce(mobile, line), r"\D", "")
