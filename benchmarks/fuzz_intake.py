"""Fuzz the whole way of `check`: damaged exports in, an account or an error of ours out, nothing else.

    python benchmarks/fuzz_intake.py --minutes 10 --seed 1

Seeds are the files of data/samples/defects and the first rows of the sample exports, each damaged at random: bytes
flipped, cut out, doubled or put in, quotes, delimiters, line ends and marks among them; two files joined; text written
in another encoding; the XML inside a workbook. Every input must end in an Intake or a HotlineStatsError within ten
seconds; rows in = kept + rejected + duplicates, and each rejected row has its finding; findings show shapes only;
blocks of any size give the same account (of two reasons or places to refuse a file for either may be named); and the cells read are
those that Python's csv module reads. Sheets of around a million rows, which are slow and no error, are not made.

An input that breaks a rule is kept in --out with the traceback beside it; the exit code is then 1. An input that hangs
is --out/current, and the program ends with the traceback of every thread.
"""

import argparse
import contextlib
import csv
import faulthandler
import io
import json
import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import hotline_stats as hs
from hotline_stats.errors import HotlineStatsError
from hotline_stats.intake import delimited, encoding, open_exports
from hotline_stats.intake.export import Export
from hotline_stats.model.findings import Intake, severity
from hotline_stats.settings import IntakeSettings

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SECONDS = 10
HEAD = 6000
CODES = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")
TOKENS = [
    *(b'"', b'""', b",", b"\t", b";", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\x80", b"\x81", b"\xef\xbb\xbf"),
    *(b"\xff\xfe", b"\xfe\xff", b"\n\n", b'"\n', b',"', b'",', b"=1+1", b"<table>", b"\x1a", b" ", b"\xa0", b"-1"),
    *("受理时间", "工单编号", "合计", "催单", "作废", "\u3000", "😀", "2024-01-05", "2.02E+13", "\u2028", "（", "x" * 3000),
]  # fmt: skip
STRUCTURE = (b'"', b",", b"\n", b"\r", b"\t", b";")
csv.field_size_limit(1 << 30)


class Broken(Exception):  # noqa: N818 — a rule was broken; the input is the error
    """An input that breaks a rule."""


def seeds() -> list[bytes]:
    files = [p for p in sorted((SAMPLES / "defects").glob("*.*")) if p.suffix not in (".md", ".toml")]
    kept = [p.read_bytes() for p in files if p.stat().st_size < 100_000]
    for path in sorted((SAMPLES / "exports").glob("*.csv")):
        head = path.read_bytes()[:HEAD]
        kept.append(head[: head.rfind(b"\n") + 1])
    return [k for k in kept if k]


def damaged(draw: random.Random, pool: Sequence[bytes]) -> bytes:
    data = draw.choice(pool)
    if zipfile.is_zipfile(io.BytesIO(data)) and draw.random() < 0.8:
        return _workbook(draw, data)
    if draw.random() < 0.15:
        data += draw.choice(pool)
    text = _text(data) if draw.random() < 0.8 else None
    data = data if text is None else text.encode()
    ways = (
        (_flip, _cut, _repeat, _put, _drop)
        if text is None
        else (_cut, _repeat, _put, _put, _put, _drop, _swap, _move)
    )
    for _ in range(draw.choice((0, 1, 1, 1, 2, 3, 5, 12))):
        data = draw.choice(ways)(draw, data)
    if text is None:
        return data
    return data.decode("utf-8", "ignore").encode(draw.choice(CODES), "replace")


def _flip(draw: random.Random, data: bytes) -> bytes:
    at = _at(draw, data)
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _cut(draw: random.Random, data: bytes) -> bytes:
    at = _at(draw, data)
    return data[:at] if draw.random() < 0.3 else data[:at] + data[at + draw.choice((1, 2, 10, 100)) :]


def _repeat(draw: random.Random, data: bytes) -> bytes:
    at, n = _at(draw, data), draw.choice((1, 10, 200))
    return data[:at] + data[at : at + n] * draw.choice((1, 2, 30)) + data[at:]


def _put(draw: random.Random, data: bytes) -> bytes:
    at, token = _at(draw, data), draw.choice(TOKENS)
    return data[:at] + (token if isinstance(token, bytes) else token.encode()) + data[at:]


def _drop(draw: random.Random, data: bytes) -> bytes:
    """Take out one sign of structure, somewhere."""
    sign, at = draw.choice(STRUCTURE), _at(draw, data)
    found = data.find(sign, at)
    return data if found < 0 else data[:found] + data[found + 1 :]


def _swap(draw: random.Random, data: bytes) -> bytes:
    """Write one sign of structure as another, once or everywhere."""
    old, new = draw.choice(STRUCTURE), draw.choice(STRUCTURE)
    return data.replace(old, new, draw.choice((1, 3, -1)))


def _move(draw: random.Random, data: bytes) -> bytes:
    """Put some lines elsewhere."""
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    taken = lines.pop(draw.randrange(len(lines)))
    lines.insert(draw.randrange(len(lines) + 1), taken)
    return b"".join(lines)


def _text(data: bytes) -> str | None:
    for code in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeError):
            return data.decode(code)
    return None


def _workbook(draw: random.Random, data: bytes) -> bytes:
    """The parts of a workbook, one of them damaged, packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as made:
        names = book.namelist()
        bad = draw.choice(names)
        for name in names:
            part = book.read(name)
            if name == bad:
                if draw.random() < 0.1:
                    continue
                for _ in range(draw.choice((1, 1, 2, 5))):
                    part = draw.choice((_flip, _cut, _repeat, _put, _digits))(draw, part)
            made.writestr(name, part)
    return out.getvalue()


def _digits(draw: random.Random, data: bytes) -> bytes:
    """Another number in place of one."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = draw.choice(found)
    number = draw.choice((b"0", b"1", b"-1", b"30000", b"99999999999", b"1e308", b"4294967296", b"nan"))
    return data[: one.start()] + number + data[one.end() :]


def _at(draw: random.Random, data: bytes) -> int:
    """A place; the first bytes, where marks, titles and headers stand, often."""
    return draw.randrange(min(len(data), 120 if draw.random() < 0.3 else len(data)) + 1)


def outcome(paths: Sequence[Path]) -> tuple[object, Intake | None]:
    """What `check` says of files, as plain values."""
    try:
        found = hs.check(list(paths))
    except HotlineStatsError as error:
        for lang in ("zh", "en"):
            if not (error.message(lang) and error.hint(lang)):
                raise Broken(f"{error.code} has no words") from error
        return (error.code, {k: str(v) for k, v in error.facts.items()}), None
    return (found.to_dict(), found.findings.to_dict("list")), found


def examine(paths: Sequence[Path], draw: random.Random) -> str:
    """Hold one input against every rule; what became of it."""
    said, intake = outcome(paths)
    with sizes(draw.choice((64, 200, 1000, 5000)), draw.choice((8, 64, 4096))):
        again, other = outcome(paths)
    refused = intake is None and other is None  # for either reason, or at either place, that the file gives
    if not refused and json.dumps(said, default=str) != json.dumps(again, default=str):
        raise Broken(f"smaller blocks give another account:\n{said}\n{again}")
    if intake is None:
        return str(said[0])  # type: ignore[index]
    _adds_up(intake)
    for export in open_exports(paths, IntakeSettings()):
        plain = [p for p in paths if p.name == export.file and not p.read_bytes().startswith(b"\x1f\x8b")]
        if export.delimiter and plain:
            _same_cells(plain[0], export)
    return "read"


def _adds_up(intake: Intake) -> None:
    kinds = Counter(map(severity, intake.findings["code"]))
    if kinds["reject"] != intake.rejected or kinds["duplicate"] != intake.duplicates:
        raise Broken(f"{kinds} against {intake!r}")
    if any(f.kept < 0 or f.rejected < 0 for f in intake.files):
        raise Broken(repr(intake))
    # A rating code of one digit is shown, and the kind of a member or the number of a table that is left out.
    named = intake.findings["code"].isin(["rating-code", "sheet-left-out", "member-left-out"])
    shown = intake.findings.loc[~named, "found"]
    loud = [v for v in shown if re.search(r"[0-8]|[A-Zb-z]", v)]
    if loud:
        raise Broken(f"a finding shows more than a shape: {loud[:3]}")


def _same_cells(path: Path, export: Export) -> None:
    code = "utf-8" if export.encoding == "utf-8-sig" else export.encoding
    text = path.read_bytes().decode(code)
    if re.search("\r\ufeff+\n", text):
        return  # a mark between CR and LF: whether they end one line or two, nobody can say
    text = re.sub(r"(^|[\r\n])\ufeff", r"\1", text)  # marks of joined files are dropped
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=export.delimiter)
    width, wanted, before = len(export.header.cells), [], 0
    for row in reader:
        if before + 1 > export.header_row:
            wanted.append((before + 1, [*row, *[""] * width][:width]))
        before = reader.line_num
    read = sorted(
        (int(n), list(r))
        for b in export.batches()
        for n, r in zip(b.lines, zip(*(c.to_pylist() for c in b.cells.columns), strict=True), strict=True)
    )
    if read != wanted:
        other = next(((a, b) for a, b in zip(read, wanted, strict=False) if a != b), (len(read), len(wanted)))
        raise Broken(f"not what the csv module reads: {other}"[:2000])


@contextlib.contextmanager
def sizes(block: int, chunk: int) -> Iterator[None]:
    """Read and decode in small blocks; the survey of a file, which also fetches its head, stays whole."""
    blocks, chunks, survey = delimited.BLOCKS, encoding.CHUNK, encoding.survey
    delimited.BLOCKS, encoding.CHUNK = (block, blocks[0]), chunk

    def whole(path: Path) -> encoding.Survey:
        encoding.CHUNK = chunks
        seen = survey(path)
        encoding.CHUNK = chunk
        return seen

    encoding.survey = whole
    try:
        yield
    finally:
        delimited.BLOCKS, encoding.CHUNK, encoding.survey = blocks, chunks, survey


def run(minutes: float, seconds: float, seed: int, out: Path, tell: Callable[[str], None]) -> int:
    """Fuzz for so many minutes, each input for so many seconds at most; how many inputs broke a rule."""
    pool, draw = seeds(), random.Random(seed)
    out.mkdir(parents=True, exist_ok=True)
    current, second = out / "current", out / "current_2"
    ends: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    current.write_bytes(pool[0])
    outcome([current])  # what is loaded on first use is not timed
    started = said = time.monotonic()
    slowest = 0.0
    while time.monotonic() - started < minutes * 60:
        paths = [current] if draw.random() < 0.9 else [current, second]
        for path in paths:
            path.write_bytes(damaged(draw, pool))
        state = draw.getstate()
        faulthandler.dump_traceback_later(seconds, exit=True)
        began = time.monotonic()
        try:
            ends[examine(paths, draw)] += 1
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 — a panic of a library is none of Exception
            broken[_kept(error, paths, out)] += 1
        faulthandler.cancel_dump_traceback_later()
        if time.monotonic() - began > slowest:
            slowest = time.monotonic() - began
            for path in paths:
                (out / f"slowest_{path.name}").write_bytes(path.read_bytes())
        draw.setstate(state)
        if time.monotonic() - said > 30:
            said = time.monotonic()
            tell(
                f"{said - started:.0f} s: {ends.total()} inputs, {broken.total()} broken, slowest {slowest:.2f} s"
            )
    tell(f"seed {seed}, {len(pool)} seeds, {minutes:g} minutes: {ends.total() + broken.total()} inputs")
    tell("  " + ", ".join(f"{code} {n}" for code, n in ends.most_common()))
    tell(f"  slowest {slowest:.2f} s; broken: {dict(broken) or 'none'}")
    return broken.total()


def _kept(error: BaseException, paths: Sequence[Path], out: Path) -> str:
    """Keep the input of an error, the first of each kind; the kind."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    kind = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
    place = out / re.sub(r"\W+", "_", kind)
    if not place.exists():
        place.mkdir()
        for path in paths:
            (place / path.name).write_bytes(path.read_bytes())
        (place / "traceback.txt").write_text("".join(traceback.format_exception(error)), "utf-8")
    return kind


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument(
        "--seconds", type=float, default=SECONDS, help="for one input; more on a busy machine"
    )
    options.add_argument("--seed", type=int, default=12345)
    options.add_argument("--out", type=Path, default=Path("out/fuzz"))
    given = options.parse_args()
    told = partial(print, flush=True)
    return 1 if run(given.minutes, given.seconds, given.seed, given.out, told) else 0


if __name__ == "__main__":
    sys.exit(main())
