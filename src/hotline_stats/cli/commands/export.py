"""`export`: the monthly job."""

from pathlib import Path
from typing import Annotated

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def export(
    files: options.Files,
    month: Annotated[
        str,
        typer.Option(
            "--month",
            metavar="last|2024-12",
            help=say(
                "The month, or `last`: the calendar month before today's.", "月份；last 为上一个自然月。"
            ),
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help=say("Folder that gets a folder for the month.", "存放各月文件夹的目录。"),
        ),
    ],
    taxonomy: options.Taxonomy = None,
    model: options.Model = None,
    rules_only: options.RulesOnly = False,
    encoding: options.Encoding = None,
    dedupe: options.Dedupe = None,
    mapping: options.Mapping = None,
    audience: options.Audience = None,
    lang: options.Lang = None,
    config: options.Config = None,
    strict: options.Strict = False,
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
        report__audience=audience,
        report__lang=lang,
    )
    from hotline_stats import api

    with rows_read() as progress:
        done = api.export(files, month, out, settings=settings, progress=progress)
    if done.changed:
        streams.narrate(say(f"Published {done.folder}", f"已发布 {done.folder}"))
    else:
        streams.narrate(
            say(
                f"Nothing has changed since {done.folder} was published", f"自 {done.folder} 发布以来没有变化"
            )
        )
    streams.result(str(done.folder))
    if strict and done.findings_n:
        raise typer.Exit(1)
