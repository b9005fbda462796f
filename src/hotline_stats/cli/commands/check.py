"""`check`: what the reader understood, and what is wrong."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read
from hotline_stats.errors import InputError


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
    write_mapping: Annotated[
        Path | None,
        typer.Option(
            "--write-mapping",
            metavar="NEW.toml",
            help=say(
                "Write what was understood as a mapping file, to be completed by hand.",
                "把识别结果写成映射文件草稿，供人工补充。",
            ),
        ),
    ] = None,
    encoding: options.Encoding = None,
    dedupe: options.Dedupe = None,
    mapping: options.Mapping = None,
    lang: options.Lang = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    streams.hush(quiet)
    settings = asked.settings(
        config, intake__encoding=encoding, intake__mapping=mapping, intake__dedupe=dedupe, report__lang=lang
    )
    from hotline_stats import api
    from hotline_stats.cli.tables import account
    from hotline_stats.reports.write import findings_csv

    if write_mapping is not None:
        asked.write_new(write_mapping, api.propose_mapping(files, settings=settings))
        streams.narrate(say(f"Mapping written to {write_mapping}", f"映射文件已写入 {write_mapping}"))
    with rows_read() as progress:
        found = api.check(files, settings=settings, progress=progress)
    if form == "json":
        text = asked.json_text({"schema": "hotline-stats/check/1", **found.to_dict()})
    elif form == "csv":
        text = findings_csv(found).decode("utf-8-sig")
    else:
        text = account(found, settings.settings.report.lang)
    asked.deliver(text, output, bom=form == "csv")
    if not found.kept:
        raise InputError("no-tickets", rows_in=found.rows_in)
    if found.wrong_n:
        raise typer.Exit(1)
