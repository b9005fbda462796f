"""`verify`: the figures that a draft claims."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say


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
    form: Annotated[
        Literal["table", "csv", "json", "md"],
        typer.Option("--format", help=say("Form of the result.", "结果格式。")),
    ] = "table",
    output: options.Output = None,
    taxonomy: options.Taxonomy = None,
    lang: options.Lang = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    streams.hush(quiet)
    settings = asked.settings(config, taxonomy=taxonomy, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.reports.verified import render

    found = api.verify(draft, settings=settings)
    asked.deliver(render(found, form, settings.settings.report.lang), output, bom=form == "csv")
    if found.count("fails"):
        raise typer.Exit(1)
