"""The public verbs. `import hotline_stats as hs` gives them by name; each command of the program is one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from hotline_stats import analysis, pipeline, quality
from hotline_stats import monthly as monthly_job
from hotline_stats import taxonomy as types_room
from hotline_stats.engines import rows
from hotline_stats.engines.local import Progress
from hotline_stats.engines.tables import Counted, Tickets
from hotline_stats.errors import InputError, UsageError
from hotline_stats.intake.households import load as load_households
from hotline_stats.intake.proposal import draft, propose
from hotline_stats.messages import Lang
from hotline_stats.model.evaluation import Evaluation
from hotline_stats.model.facts import Facts
from hotline_stats.model.findings import Intake
from hotline_stats.model.period import Period, parse
from hotline_stats.model.results import Comparison, Contributions, Series, Windows
from hotline_stats.model.service_rows import ServiceRows
from hotline_stats.model.services import ServiceFigures
from hotline_stats.model.types import TypeScheme
from hotline_stats.reports.report import Report
from hotline_stats.settings import Loaded
from hotline_stats.settings import load as load_settings
from hotline_stats.taxonomy import Explanation

if TYPE_CHECKING:
    from hotline_stats.charts import Chart

Files: TypeAlias = str | Path | Sequence[str | Path]
Source: TypeAlias = Counted | Facts | Files
"""What a figure can be computed from: tickets loaded or counted, Facts, or files, which are then read."""
Value: TypeAlias = str | bool | Sequence[str]
Where: TypeAlias = Mapping[str, Value] | Sequence[tuple[str, Value]]
"""Conditions on columns of the Facts; all columns must hold, of several values of one column any."""


def load(
    files: Files,
    *,
    settings: Loaded | None = None,
    progress: Progress | None = None,
    link_callers: bool | None = None,
    key_file: str | Path | None = None,
) -> Tickets:
    """Read exports into tickets: one row a ticket, canonical columns, problem types, repeats settled.

    `frame["reminders_n"]` counts the reminders (催单) of each ticket. With `link_callers` (setting
    intake.link_callers) `frame["caller"]` is a keyed hash of the caller's telephone number: equal for equal numbers
    under one key, of no use without it. The key is in `key_file`, else in the user's configuration folder, and is
    made on first use.

    `files`: a path, a folder, a pattern, or several of them. `progress` is called with rows as they are read.
    Raises InputError when a file cannot be used; bad rows are findings in `.intake`, not errors.

    >>> tickets = load("data/samples/exports")      # doctest: +SKIP
    >>> tickets.frame.groupby("type_primary").size()  # doctest: +SKIP
    """
    loaded = _with(_settings(settings), link_callers=link_callers, key_file=key_file)
    return pipeline.load(_paths(files), loaded, progress)


def count(files: Files, *, settings: Loaded | None = None, progress: Progress | None = None) -> Counted:
    """Read exports as `load` does, and keep what figures are computed from, without the tickets: half the memory.

    Every figure and the report can be made of the result; its `facts` are a frame of one row a ticket without id.
    """
    return pipeline.count(_paths(files), _settings(settings), progress)


def check(files: Files, *, settings: Loaded | None = None, progress: Progress | None = None) -> Intake:
    """What the reader understood of each file (encoding, header, mapping) and what is wrong, by row; also of
    files in which no row is a ticket."""
    return pipeline.check(_paths(files), _settings(settings), progress)


def propose_mapping(files: Files, *, settings: Loaded | None = None) -> str:
    """A mapping file (TOML, see docs/mapping.md) that reads these exports as they are read now; comments list
    headers, words and forms of dates that are not understood.

    Where no header is understood, but a row is nothing but names of columns, these are listed."""
    loaded = _settings(settings)
    lang = loaded.settings.report.lang
    try:
        exports, _ = pipeline.open_files(_paths(files), loaded)
    except InputError as error:
        names = str(error.facts.get("found", "—")).split("、")
        if error.code != "no-header" or names == ["—"]:
            raise
        return draft(names, lang)
    return propose(exports, lang)


def compare(
    source: Source,
    by: str = "type",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Comparison:
    """Counts of a period against its baseline, with change, interval and verdict.

    `by`: type, group, category, month, district, street, station, grid, community, estate, unit,
    request_type or channel. `period`: such as "2024-01..2024-05"; None is the calendar year of the last
    ticket, to date. `against`: None is the same period last year, "previous" the period before.
    What the data do not cover is cut from both windows, and the result's windows say so.

    Raises UsageError for a wrong period, column or value, InputError for unusable files.
    """
    loaded = _settings(settings)
    facts, windows = _facts_and_windows(source, period, against, loaded)
    pairs = analysis.canonical(facts.types, _pairs(where))
    found = analysis.compare(analysis.where(facts, pairs), windows, by, loaded.settings.comparison)
    return replace(found, where=pairs)


def series(
    source: Source,
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Series:
    """Counts by month of a period and its baseline, for every type, every group and the total."""
    facts, windows = _facts_and_windows(source, period, against, _settings(settings))
    pairs = _pairs(where)
    return replace(analysis.monthly(analysis.where(facts, pairs), windows), where=pairs)


def contributions(
    source: Source,
    by: str = "type",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Contributions:
    """How many percentage points of the total change each row of `by` makes; they add up to it."""
    return analysis.contributions(
        compare(source, by, period=period, against=against, where=where, settings=settings)
    )


def services(
    source: Source,
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> ServiceFigures:
    """Contact, resolution, satisfaction, on-time and handling figures, each with numerator and denominator."""
    loaded = _settings(settings)
    facts, windows = _facts_and_windows(source, period, against, loaded)
    pairs = _pairs(where)
    found = analysis.service_figures(
        analysis.where(facts, pairs), windows, loaded.settings.service, loaded.settings.comparison.confidence
    )
    return replace(found, where=pairs)


def services_by(
    source: Source,
    by: str = "unit",
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    households: str | Path | None = None,
    settings: Loaded | None = None,
) -> ServiceRows:
    """The figures of `services` for each value of a column, with the range in which each is expected to lie.

    `by`: unit, district, street, station, grid, community, estate, type, category, request_type or channel.
    `households`: a table of households by place (CSV or TOML, setting service.households), for tickets per 100.
    """
    loaded = _settings(settings)
    facts, windows = _facts_and_windows(source, period, against, loaded)
    pairs = analysis.canonical(facts.types, _pairs(where))
    asked = loaded.settings.service
    file = str(households) if households is not None else asked.households
    homes = load_households(Path(file)) if file else None
    confidence = loaded.settings.comparison.confidence
    chosen = analysis.where(facts, pairs)
    return analysis.service_rows(chosen, windows, by, asked, confidence, homes).selected(pairs)


def known_figure(found: ServiceFigures | ServiceRows, figure: str | None) -> None:
    """Raises UsageError `unknown-figure` for an id that the result has no figure of; None is any."""
    ids = [f.id for f in (found.total if isinstance(found, ServiceRows) else found).figures]
    if figure is not None and figure not in ids:
        raise UsageError("unknown-figure", found=figure, known=", ".join(ids))


def report(
    source: Counted | Files,
    *,
    period: str | int | Period | None = None,
    against: str | int | Period | None = None,
    where: Where = (),
    settings: Loaded | None = None,
) -> Report:
    """The whole report. `.write(DIR)` puts it on disk, `.to_dict()` holds every figure, `.figures()` the
    charts."""
    loaded = _settings(settings)
    tickets = source if isinstance(source, Counted) else pipeline.count(_paths(source), loaded)
    return pipeline.report(
        tickets, pipeline.Question(_period(period), _against(against), _pairs(where)), loaded
    )


def classify(
    files: Files,
    *,
    settings: Loaded | None = None,
    progress: Progress | None = None,
    keep_text: bool = False,
    link_callers: bool | None = None,
    key_file: str | Path | None = None,
) -> pa.RecordBatchReader:
    """The tickets of exports again, in their order, with ticket_id, type_primary, type_labels, type_evidence
    and type_margin (0–1). Columns with text or personal data are not among them.

    With `keep_text` title and content are, what is personal in them masked (intake/masking.py says what; it sees
    patterns and misses some). With `link_callers` there is a column `caller`, see `load`. Every row of a ticket
    is written, unless `settings` were given in which intake.dedupe is "newest": then the one that counts.

    Returns a reader of Arrow batches: `.read_pandas()` gives a frame.
    """
    loaded = _with(_settings(settings), link_callers=link_callers, key_file=key_file)
    settle = "intake.dedupe" in loaded.origins and loaded.settings.intake.dedupe == "newest"
    exports, taxonomy = pipeline.open_files(_paths(files), loaded)
    wish = rows.Wish(text=keep_text, secret=pipeline.caller_key(loaded), settle=settle)
    return pa.RecordBatchReader.from_batches(
        rows.schema(exports, wish), rows.classified(exports, taxonomy, progress, wish)
    )


def not_written(files: Files, *, settings: Loaded | None = None, keep_text: bool = False) -> tuple[str, ...]:
    """The headers that `classify` leaves out: texts, personal data and columns of no known meaning."""
    exports, _ = pipeline.open_files(_paths(files), _settings(settings))
    return rows.left_out(exports, rows.Wish(text=keep_text))


def explain(
    content: str,
    title: str = "",
    *,
    request_type: str | None = None,
    category: str = "",
    settings: Loaded | None = None,
) -> Explanation:
    """Why a ticket with this text gets its type: every phrase that counted, and those disregarded.

    `category`: the source's own, levels from the top joined by "/"."""
    levels = tuple(part.strip() for part in category.split("/")) if category else ()
    return types_room.explain(_taxonomy(settings), title or None, content, request_type, levels)


def evaluate(labelled: str | Path, *, settings: Loaded | None = None, worst: int = 10) -> Evaluation:
    """The types found in a labelled sample against those that a reader gave: precision, recall and F1 by type with
    score intervals, the confusion of types, and the `worst` mistakes.

    `labelled`: a CSV or TSV with title, content, primary (id or name of a type) and, if known, secondary. Figures hold
    for tickets like those of the sample: for an office's own, label a random sample of them.
    """
    loaded = _settings(settings)
    taxonomy = _taxonomy(loaded)
    sample = quality.read(Path(labelled), taxonomy.scheme)
    return quality.evaluate(taxonomy, sample, loaded.settings.comparison.confidence, worst)


def learn(labelled: str | Path, *, settings: Loaded | None = None) -> quality.Learned:
    """A model for the second reader, made from a labelled sample (see `evaluate`); `.reader.raw` are the bytes of its
    file, which the setting `model` names. Needs scikit-learn (extra `learn`)."""
    taxonomy = _taxonomy(settings)
    return quality.learn(quality.read(Path(labelled), taxonomy.scheme), taxonomy)


def lint(*, settings: Loaded | None = None) -> tuple[types_room.Oddity, ...]:
    """What is odd in the taxonomy in use: examples that fail, phrases that never count or say two things."""
    return types_room.lint(_taxonomy(settings))


def coverage(
    files: Files, *, top: int = 30, settings: Loaded | None = None, progress: Progress | None = None
) -> quality.Coverage:
    """How many tickets of exports get a type, and the `top` pieces of text that those without one share."""
    exports, taxonomy = pipeline.open_files(_paths(files), _settings(settings))
    return quality.coverage(exports, taxonomy.alone, top, progress)


def suggest(
    files: Files, *, top: int = 40, settings: Loaded | None = None, progress: Progress | None = None
) -> quality.Suggestions:
    """Phrases that would give a type to tickets of exports that have none or whose type is in doubt."""
    exports, taxonomy = pipeline.open_files(_paths(files), _settings(settings))
    return quality.suggest(exports, taxonomy.alone, top, progress)


def types_diff(
    old: str, new: str, files: Files, *, settings: Loaded | None = None, progress: Progress | None = None
) -> quality.TypesDiff:
    """Which tickets of exports, and which year-over-year figures by type, change from one taxonomy (name or file) to
    another."""
    loaded = _settings(settings)
    exports, _ = pipeline.open_files(_paths(files), loaded)
    model = loaded.settings.model
    before, after = (types_room.load(name, model) for name in (old, new))
    return quality.diff(exports, before, after, loaded.settings, progress)


def confusion_chart(found: Evaluation, lang: Lang = "zh") -> "Chart":
    """Which types are taken for which, as a chart."""
    from hotline_stats.charts import confusion  # heavy

    return confusion(found, lang)


def types(*, settings: Loaded | None = None) -> TypeScheme:
    """The problem types and groups of the taxonomy in use."""
    return _taxonomy(settings).scheme


def export(
    files: Files,
    month: str,
    out: str | Path,
    *,
    settings: Loaded | None = None,
    progress: Progress | None = None,
) -> monthly_job.Published:
    """The monthly job: report, tables (CSV, Parquet) and manifest of one month, in OUT/MONTH, whole or not
    at all. Does nothing when the same inputs were already published with the same settings.

    `month`: "2024-12", or "last" for the calendar month before today's. Raises NotYetError
    `month-incomplete` when the data do not reach its last day, `locked` when another run writes there.
    """
    loaded = _settings(settings)
    wanted = monthly_job.month(month)
    with monthly_job.lock(Path(out)):
        tickets = pipeline.count(_paths(files), loaded, progress)
        monthly_job.complete(wanted, tickets.facts)
        return monthly_job.publish(Path(out), pipeline.report(tickets, pipeline.Question(wanted), loaded))


def config(
    file: str | Path | None = None, environ: Mapping[str, str] | None = None, **values: object
) -> Loaded:
    """Settings to pass as `settings=`: defaults, then a TOML file, then variables (such as os.environ), then
    values by key with `__` for the dot: config(comparison__min_n=20, report__lang="en").

    Raises UsageError for a key or a value that is not known.
    """
    plain = {k: str(v) if isinstance(v, Path) else v for k, v in values.items()}
    flags = {k.replace("__", "."): v for k, v in plain.items()}
    return load_settings(None if file is None else Path(file), environ or {}, flags)


def sample(directory: str | Path, seed: int = 12345) -> list[Path]:
    """Write invented sample exports of a fictional subdistrict, and their true types; same seed, same bytes."""
    from hotline_stats import samples  # the only verb that needs this room

    return samples.write(Path(directory), seed)


def _paths(files: Files) -> Sequence[str | Path]:
    paths = [files] if isinstance(files, (str, Path)) else files
    if not isinstance(paths, Sequence) or not all(isinstance(p, (str, Path)) for p in paths):
        raise UsageError("bad-source", found=type(files).__name__)
    return paths


def _settings(settings: Loaded | None) -> Loaded:
    return settings or load_settings()


def _with(loaded: Loaded, *, link_callers: bool | None, key_file: str | Path | None) -> Loaded:
    """The settings with what a call says of the caller link."""
    said = {"link_callers": link_callers, "key_file": None if key_file is None else str(key_file)}
    given = {k: v for k, v in said.items() if v is not None}
    if not given:
        return loaded
    intake = replace(loaded.settings.intake, **given)  # type: ignore[arg-type]
    return replace(loaded, settings=replace(loaded.settings, intake=intake))


def _taxonomy(settings: Loaded | None) -> types_room.Taxonomy:
    return pipeline.taxonomy(_settings(settings))


def _period(period: str | int | Period | None) -> Period | None:
    return period if period is None or isinstance(period, Period) else parse(str(period))


def _against(against: str | int | Period | None) -> str | Period | None:
    return against if against == "previous" else _period(against)


def _pairs(where: Where) -> tuple[tuple[str, str], ...]:
    """(column, value) of each condition; several values of one column are one pair each."""
    if isinstance(where, str) or not isinstance(where, (Mapping, Sequence)):
        raise UsageError("bad-where", found=str(where))
    pairs = where.items() if isinstance(where, Mapping) else where
    out = []
    for pair in pairs:
        if isinstance(pair, str) or len(pair) != 2:
            raise UsageError("bad-where", found=str(pair))
        column, value = pair
        values = [value] if isinstance(value, (str, bool)) else value
        out += [(column, str(v).lower() if isinstance(v, bool) else str(v)) for v in values]
    return tuple(out)


def _facts_and_windows(
    source: Source,
    period: str | int | Period | None,
    against: str | int | Period | None,
    loaded: Loaded,
) -> tuple[Facts, Windows]:
    """Windows are settled on all tickets, before any condition: a condition does not shorten them."""
    if isinstance(source, Counted):
        facts = source.facts
    elif isinstance(source, Facts):
        facts = source
    else:
        facts = pipeline.count(_paths(source), loaded).facts
    return facts, analysis.settle(facts, _period(period), _against(against))
