"""`verify`: the figures that a draft claims."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def verify(
    draft: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|FILE",
            help=say(
                "A text, a .txt, .md or .docx file, or - for standard input.",
                "一段文字，或 .txt、.md、.docx 文件，- 表示标准输入。",
            ),
        ),
    ],
    data: Annotated[
        list[str] | None,
        typer.Option(
            "--data",
            metavar="FILES",
            help=say(
                "Exports to compare the numbers with; may be repeated.",
                "用来核对数字的工单导出文件；可重复。",
            ),
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            "-p",
            metavar="PERIOD",
            help=say("What a claim that names no period is about.", "没有写明时期的说法所指的时期。"),
        ),
    ] = None,
    form: Annotated[
        Literal["table", "csv", "json", "md"],
        typer.Option("--format", help=say("Form of the result.", "结果格式。")),
    ] = "table",
    output: options.Output = None,
    taxonomy: options.Taxonomy = None,
    model: options.Model = None,
    rules_only: options.RulesOnly = False,
    encoding: options.Encoding = None,
    dedupe: options.Dedupe = None,
    mapping: options.Mapping = None,
    lang: options.Lang = None,
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
        intake__dedupe=dedupe,
        report__lang=lang,
    )
    from hotline_stats import api
    from hotline_stats.reports.verified import render

    with rows_read() as progress:
        found = api.verify(draft, data or None, period=period, settings=settings, progress=progress)
    asked.deliver(render(found, form, settings.settings.report.lang), output, bom=form == "csv")
    if found.count("fails"):
        raise typer.Exit(1)
