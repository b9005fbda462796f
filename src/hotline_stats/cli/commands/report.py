"""`report`: the main job."""

from pathlib import Path
from typing import Annotated

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read
from hotline_stats.cli.terminal import console


def report(
    files: options.Files,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help=say(
                "Folder of the report. Without it: report-PERIOD here.",
                "报告文件夹。不写则为当前目录下的 report-时期。",
            ),
        ),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="html,docx,xlsx,json,md",
            help=say(
                "Formats to write. Without it: all but md.",
                "写出的格式，以逗号分隔。不写则为除 md 外的全部。",
            ),
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE.docx",
            help=say("Word file whose styles and page are used.", "Word 模板：沿用其中的样式和页面设置。"),
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            "--name",
            metavar="PATTERN",
            help=say(
                "Name of the report's files without their endings; {period} stands for the period.",
                "报告文件名，不含扩展名；{period} 处写入时期。",
            ),
        ),
    ] = "report",
    period: options.Period = None,
    against: options.Against = None,
    where: options.Where = None,
    min_margin: options.MinMargin = None,
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
        classification__min_margin=min_margin,
    )
    conditions = asked.conditions(where)
    from hotline_stats.reports.formats import DEFAULT, wanted

    kinds = wanted(DEFAULT if formats is None else formats.split(","), template, name=name).formats
    from hotline_stats import api

    with rows_read() as progress:
        tickets = api.count(files, settings=settings, progress=progress)
    made = api.report(tickets, period=period, against=against, where=conditions, settings=settings)
    place = out or Path(f"report-{made.results.windows.period.label}")
    made.write(place, formats=kinds, template=template, name=name)
    made.show(console())
    streams.narrate(say(f"Report written to {place}", f"报告已写入 {place}"))
    if strict and tickets.intake.wrong_n:
        raise typer.Exit(1)
