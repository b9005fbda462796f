"""`classify`: the rows again, with their types."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read
from hotline_stats.errors import UsageError


def classify(
    files: options.Files,
    form: Annotated[
        Literal["csv", "jsonl", "parquet"],
        typer.Option(
            "--format", help=say("Form of the result; parquet needs -o.", "结果格式；parquet 需要 -o。")
        ),
    ] = "csv",
    output: options.Output = None,
    keep_text: Annotated[
        bool,
        typer.Option(
            "--keep-text",
            help=say(
                "Write title and content too, what is personal in them masked. Masking sees patterns and misses"
                " some: read before you pass it on.",
                "同时输出标题和正文，其中的个人信息已遮盖。遮盖按规则进行，会有遗漏，外传前请检查。",
            ),
        ),
    ] = False,
    min_margin: options.MinMargin = None,
    review: Annotated[
        Path | None,
        typer.Option(
            "--review",
            metavar="FILE",
            help=say(
                "Write the tickets marked for review here too, least sure first.",
                "把待核工单另写入此文件，最没有把握的在前。",
            ),
        ),
    ] = None,
    link_callers: options.LinkCallers = False,
    key_file: options.KeyFile = None,
    dedupe: Annotated[
        str | None,
        typer.Option(
            "--dedupe",
            metavar="newest|none",
            help=say(
                "Rows of one ticket: write the newest, or all of them (default here).",
                "同一工单的多条记录：只输出最新一条，或全部输出（此命令的默认）。",
            ),
        ),
    ] = None,
    taxonomy: options.Taxonomy = None,
    model: options.Model = None,
    rules_only: options.RulesOnly = False,
    encoding: options.Encoding = None,
    mapping: options.Mapping = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    streams.hush(quiet)
    settings = asked.settings(
        config,
        taxonomy=taxonomy,
        model=asked.model(model, rules_only),
        intake__encoding=encoding,
        intake__mapping=mapping,
        intake__dedupe=dedupe or "none",
        intake__link_callers=link_callers or None,
        intake__key_file=key_file,
        classification__min_margin=min_margin,
    )
    if review is not None and (str(review) == "-" or review == output):
        raise UsageError("review-needs-file")
    from hotline_stats import api
    from hotline_stats.cli.review import told, write_reviewed
    from hotline_stats.cli.rows import write

    hidden = api.not_written(files, settings=settings, keep_text=keep_text)
    if hidden:
        streams.narrate(say("Columns left out: ", "未输出的列：") + say(", ", "、").join(hidden))
    least = settings.settings.classification.min_margin
    with rows_read() as progress:
        typed = api.classify(files, settings=settings, progress=progress, keep_text=keep_text)
        if not least and review is None:
            return write(typed, form, output)
        found = write_reviewed(typed, form, output, review)
    return streams.narrate(told(found, api.types(settings=settings), least))
