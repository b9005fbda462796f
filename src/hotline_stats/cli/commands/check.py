"""`check`: what the reader understood, and what is wrong."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def check(
    files: options.Files,
    form: Annotated[
        Literal["table", "csv", "json"],
        typer.Option(
            "--format",
            help=say("Form of the result; csv lists every finding.", "结果格式；csv 列出每一条问题。"),
        ),
    ] = "table",
    output: options.Output = None,
    encoding: options.Encoding = None,
    dedupe: options.Dedupe = None,
    lang: options.Lang = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    streams.hush(quiet)
    settings = asked.settings(config, intake__encoding=encoding, intake__dedupe=dedupe, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.cli.tables import account
    from hotline_stats.reports.write import findings_csv

    with rows_read() as progress:
        found = api.check(files, settings=settings, progress=progress)
    if form == "json":
        text = asked.json_text({"schema": "hotline-stats/check/1", **found.to_dict()})
    elif form == "csv":
        text = findings_csv(found).decode("utf-8-sig")
    else:
        text = account(found, settings.settings.report.lang)
    asked.deliver(text, output, bom=form == "csv")
    if len(found.findings):
        raise typer.Exit(1)
