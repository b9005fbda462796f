"""`compare`: one table."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def compare(
    files: options.Files,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="COLUMN",
            help=say(
                "type, group, category, month, district, street, station, grid, community, estate, unit, request-type"
                " or channel.",
                "type、group、category、month、district、street、station、grid、community、estate、unit、request-type"
                " 或 channel。",
            ),
        ),
    ] = "type",
    period: options.Period = None,
    against: options.Against = None,
    where: options.Where = None,
    adjust: Annotated[
        Path | None,
        typer.Option(
            "--adjust",
            metavar="EVAL.json",
            help=say(
                "Give counts by type or group adjusted for misclassification too, by an evaluation on a random sample of"
                " these tickets (types evaluate --random --format json).",
                "按类型或类型组统计时，同时给出按误判校正的件数；所用评估须来自这些工单的随机样本"
                "（types evaluate --random --format json）。",
            ),
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
        report__lang=lang,
    )
    conditions = asked.conditions(where)
    from hotline_stats import api
    from hotline_stats.reports.tables import render

    with rows_read() as progress:
        tickets = api.count(files, settings=settings, progress=progress)
    result = api.compare(
        tickets, by, period=period, against=against, where=conditions, adjust=adjust, settings=settings
    )
    text = render(result, form, settings.settings.report.lang)
    asked.deliver(text, output, bom=form == "csv")
    if strict and tickets.intake.wrong_n:
        raise typer.Exit(1)
