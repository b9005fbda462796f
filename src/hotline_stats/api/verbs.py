"""The verbs from exports to tickets, findings and reports."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from hotline_stats import monthly as monthly_job
from hotline_stats import pipeline
from hotline_stats.api.asked import (
    Files,
    Where,
    by_key,
    changed,
    in_force,
    pairs,
    paths,
    spelled,
)
from hotline_stats.engines import review, rows
from hotline_stats.engines.local import Progress
from hotline_stats.engines.tables import Counted, Tickets
from hotline_stats.errors import InputError
from hotline_stats.intake.proposal import draft, propose
from hotline_stats.model.findings import Intake
from hotline_stats.model.period import Period
from hotline_stats.reports.report import Report
from hotline_stats.settings import Loaded
from hotline_stats.settings import load as load_settings


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
    loaded = changed(in_force(settings), intake__link_callers=link_callers, intake__key_file=key_file)
    return pipeline.load(paths(files), loaded, progress)


def count(files: Files, *, settings: Loaded | None = None, progress: Progress | None = None) -> Counted:
    """Read exports as `load` does, and keep what figures are computed from, without the tickets: half the memory.

    Every figure and the report can be made of the result; its `facts` are a frame of one row a ticket without id.
    """
    return pipeline.count(paths(files), in_force(settings), progress)


def check(files: Files, *, settings: Loaded | None = None, progress: Progress | None = None) -> Intake:
    """What the reader understood of each file (encoding, header, mapping) and what is wrong, by row; also of
    files in which no row is a ticket."""
    return pipeline.check(paths(files), in_force(settings), progress)


def propose_mapping(files: Files, *, settings: Loaded | None = None) -> str:
    """A mapping file (TOML, see docs/mapping.md) that reads these exports as they are read now; comments list
    headers, words and forms of dates that are not understood.

    Where no header is understood, but a row is nothing but names of columns, these are listed."""
    loaded = in_force(settings)
    lang = loaded.settings.report.lang
    try:
        exports, _ = pipeline.open_files(paths(files), loaded)
    except InputError as error:
        names = str(error.facts.get("found", "—")).split("、")
        if error.code != "no-header" or names == ["—"]:
            raise
        return draft(names, lang)
    return propose(exports, lang)


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
    loaded = in_force(settings)
    tickets = source if isinstance(source, Counted) else pipeline.count(paths(source), loaded)
    return pipeline.report(
        tickets, pipeline.Question(spelled(period), spelled(against), pairs(where)), loaded
    )


def classify(
    files: Files,
    *,
    settings: Loaded | None = None,
    progress: Progress | None = None,
    keep_text: bool = False,
    link_callers: bool | None = None,
    key_file: str | Path | None = None,
    min_margin: float | None = None,
) -> pa.RecordBatchReader:
    """The tickets of exports again, in their order, with ticket_id, type_primary, type_labels, type_evidence
    and type_margin (0–1). Columns with text or personal data are not among them.

    With `keep_text` title and content are, what is personal in them masked (intake/masking.py says what; it sees
    patterns and misses some). With `link_callers` there is a column `caller`, see `load`. Every row of a ticket
    is written, unless `settings` were given in which intake.dedupe is "newest": then the one that counts.
    With `min_margin` (setting classification.min_margin) above 0 there is a column `type_review`, true where
    type_margin is below it; `doubtful` gives these rows alone.

    Returns a reader of Arrow batches: `.read_pandas()` gives a frame.
    """
    loaded = changed(
        in_force(settings),
        intake__link_callers=link_callers,
        intake__key_file=key_file,
        classification__min_margin=min_margin,
    )
    settle = "intake.dedupe" in loaded.origins and loaded.settings.intake.dedupe == "newest"
    exports, taxonomy = pipeline.open_files(paths(files), loaded)
    least = loaded.settings.classification.min_margin
    wish = rows.Wish(keep_text, pipeline.caller_key(loaded), settle, least)
    return pa.RecordBatchReader.from_batches(
        rows.schema(exports, wish), rows.classified(exports, taxonomy, progress, wish)
    )


def doubtful(classified: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """The rows that `classify` marked for review, least sure first and, where equally sure, in their order: the
    proposed type stands in type_primary. Corrected there, the table is one that `evaluate` and `learn` read, when it
    has texts (`keep_text`).

    Raises UsageError `review-needs-margin` for rows without the column type_review.
    """
    batches = classified.to_reader() if isinstance(classified, pa.Table) else classified
    passed = review.Review(batches)
    for _ in passed.batches:
        pass
    return passed.rows()


def not_written(files: Files, *, settings: Loaded | None = None, keep_text: bool = False) -> tuple[str, ...]:
    """The headers that `classify` leaves out: texts, personal data and columns of no known meaning."""
    exports, _ = pipeline.open_files(paths(files), in_force(settings))
    return rows.left_out(exports, rows.Wish(text=keep_text))


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
    loaded = in_force(settings)
    wanted = monthly_job.month(month)
    with monthly_job.lock(Path(out)):
        tickets = pipeline.count(paths(files), loaded, progress)
        monthly_job.complete(wanted, tickets.facts)
        report = pipeline.report(tickets, pipeline.Question(wanted), loaded)
        return monthly_job.publish(Path(out), report, tickets.intake.wrong_n)


def config(
    file: str | Path | None = None, environ: Mapping[str, str] | None = None, **values: object
) -> Loaded:
    """Settings to pass as `settings=`: defaults, then a TOML file, then variables (such as os.environ), then
    values by key with `__` for the dot: config(comparison__min_n=20, report__lang="en").

    Raises UsageError for a key or a value that is not known.
    """
    return load_settings(None if file is None else Path(file), environ or {}, by_key(values))


def sample(directory: str | Path, seed: int = 12345) -> list[Path]:
    """Write invented sample exports of a fictional subdistrict, and their true types; same seed, same bytes."""
    from hotline_stats import samples  # the only verb that needs this room

    return samples.write(Path(directory), seed)
