"""`series`: counts month by month over the whole of the data."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def series(
    files: options.Files,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="COLUMN",
            help=say(
                "type (with groups), group, category, district, street, station, grid, community, estate, unit, request-type"
                " or channel.",
                "type（含类型组）、group、category、district、street、station、grid、community、estate、unit、request-type"
                " 或 channel。",
            ),
        ),
    ] = "type",
    period: options.Period = None,
    against: options.Against = None,
    where: options.Where = None,
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
    from hotline_stats.reports.course_tables import render

    with rows_read() as progress:
        tickets = api.count(files, settings=settings, progress=progress)
    found = api.series(tickets, by, period=period, against=against, where=conditions, settings=settings)
    asked.deliver(render(found, form, settings.settings.report.lang), output, bom=form == "csv")
    if strict and tickets.intake.wrong_n:
        raise typer.Exit(1)
