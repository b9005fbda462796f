"""The report directory, written whole or not at all."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from hotline_stats.charts import save, svg_text
from hotline_stats.errors import PlaceError
from hotline_stats.model.findings import FINDING_COLUMNS, Intake, severity
from hotline_stats.model.results import Provenance, Results
from hotline_stats.reports import frames, manifest
from hotline_stats.reports.document import Document
from hotline_stats.reports.format import bare, unformula
from hotline_stats.reports.formats import Format, Wanted
from hotline_stats.reports.renderers.html import html
from hotline_stats.reports.renderers.json import dumps, report_dict
from hotline_stats.reports.renderers.markdown import markdown

_LITTER = ("Thumbs.db", "desktop.ini", ".DS_Store", "~$", ".~lock.")
"""How files begin that a desktop, or an open Excel or LibreOffice, leaves in a folder."""


def write(
    directory: Path,
    document: Document,
    results: Results,
    intake: Intake,
    provenance: Provenance,
    wanted: Wanted = Wanted(),  # noqa: B008 - frozen
) -> tuple[Path, ...]:
    """Write NAME.* in each format wanted, findings.csv, charts/*.png, charts/*.svg and manifest.json; return their
    paths. A report for the public has no findings.csv.

    All is built beside `directory` and takes its place in one step, so that no reader meets half a report. An
    earlier report there is replaced, but only when it holds nothing else than what it wrote.

    Raises PlaceError `output-not-ours`, `cannot-write`.
    """
    place = directory.resolve()
    _check(place, directory)
    mark = secrets.token_hex(4)
    staging = place.with_name(f".{place.name}.{mark}.new")
    try:
        staging.mkdir(parents=True)
        if results.disclosure is None:
            (staging / "findings.csv").write_bytes(findings_csv(intake))
        pictures = _charts(staging / "charts", document)
        made = _Made(document, results, intake, provenance, pictures, wanted.template)
        stem = wanted.stem(results.windows.period.label)
        for format_ in wanted.formats:
            (staging / f"{stem}.{format_}").write_bytes(_WRITERS[format_](made))
        if wanted.tables:
            (staging / "tables").mkdir()
            frames.save(results, document.lang, staging / "tables")
        account = manifest.manifest(results, intake, provenance, staging)
        (staging / manifest.NAME).write_bytes(dumps(account).encode("utf-8"))
        _take_place(staging, place, mark)
    except OSError as error:
        raise PlaceError("cannot-write", place=str(directory), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    names = sorted(manifest.written_here(place) or ())
    return tuple(directory / name for name in names)


def findings_csv(intake: Intake) -> bytes:
    """All findings as CSV that Excel opens rightly: UTF-8 with a byte order mark, and no cell that is a formula.
    `severity` says what became of the row."""
    frame = intake.findings[list(FINDING_COLUMNS)].copy()
    frame["file"] = frame["file"].map(bare)
    for column in ("file", "column", "code", "found"):
        frame[column] = frame[column].map(unformula)
    frame.insert(list(FINDING_COLUMNS).index("found"), "severity", frame["code"].map(severity).astype("str"))
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _check(place: Path, directory: Path) -> None:
    """Refuse a place where something of somebody else would be lost."""
    try:
        if not place.exists():
            return
        if place.is_dir():
            found = {p.relative_to(place).as_posix() for p in place.rglob("*") if not p.is_dir()}
            ours = manifest.written_here(place)
            strange = sorted(n for n in found - (ours or set()) if not Path(n).name.startswith(_LITTER))
            if not strange:
                return
            if ours is not None:
                raise PlaceError("output-has-others", place=str(directory), file=strange[0], n=len(strange))
    except OSError as error:
        raise PlaceError("cannot-write", place=str(directory), reason=error.strerror or str(error)) from error
    raise PlaceError("output-not-ours", place=str(directory))


class _Made(NamedTuple):
    document: Document
    results: Results
    intake: Intake
    provenance: Provenance
    pictures: Mapping[str, tuple[bytes, str]]
    """PNG and SVG by chart id."""
    template: bytes | None


def _json(made: _Made) -> bytes:
    found = report_dict(made.results, made.intake, made.provenance, made.document.lang)
    return dumps(found).encode("utf-8")


def _word(made: _Made) -> bytes:
    from hotline_stats.reports.renderers.word import word  # heavy

    return word(made.document, {k: png for k, (png, _) in made.pictures.items()}, made.template)


def _excel(made: _Made) -> bytes:
    from hotline_stats.reports.renderers.excel import excel  # heavy

    return excel(made.document)


_WRITERS: Mapping[Format, Callable[[_Made], bytes]] = {
    "html": lambda made: html(made.document, {k: svg for k, (_, svg) in made.pictures.items()}).encode(
        "utf-8"
    ),
    "docx": _word,
    "xlsx": _excel,
    "json": _json,
    "md": lambda made: markdown(made.document).encode("utf-8"),
}


def _charts(folder: Path, document: Document) -> dict[str, tuple[bytes, str]]:
    """Every chart as PNG and SVG, drawn once, by its id."""
    folder.mkdir()
    found = {}
    for figure in document.figures:
        svg = svg_text(figure.chart)
        png, _ = save(figure.chart, folder / figure.chart.id, svg)
        found[figure.chart.id] = png.read_bytes(), svg
    return found


def _take_place(staging: Path, place: Path, mark: str) -> None:
    """Rename `staging` to `place`. What stood there is moved aside first (Windows replaces no directory) and
    put back should the renaming fail."""
    if not place.exists():
        staging.rename(place)
        return
    aside = place.with_name(f".{place.name}.{mark}.old")
    place.rename(aside)
    try:
        staging.rename(place)
    except OSError:
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)
