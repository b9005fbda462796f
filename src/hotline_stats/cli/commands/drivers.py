"""`drivers`: what made the change of the total, or of a rate."""

from functools import partial
from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def drivers(
    files: options.Files,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="COLUMN[,COLUMN]",
            help=say(
                "One to three of type, category, district, street, station, grid, community, estate, unit, request-type,"
                " channel.",
                "一至三列：type、category、district、street、station、grid、community、estate、unit、request-type、channel。",
            ),
        ),
    ] = "type,community",
    rate: Annotated[
        str | None,
        typer.Option(
            "--rate",
            metavar="RATE",
            help=say(
                "Take a rate apart instead of the count: satisfaction, resolution-rate, on-time-rate, contact-rate,"
                " within-7-days-rate, repeat-rate or unverified-rate.",
                "分解比率而非件数：satisfaction、resolution-rate、on-time-rate、contact-rate、within-7-days-rate、repeat-rate"
                " 或 unverified-rate。",
            ),
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            min=0,
            help=say(
                "Only so many of the largest; the others are summed. Without it: 15 for people, all in csv and json.",
                "只列最大的若干项，其余合并。不写则表格列15项，csv、json 列全部。",
            ),
        ),
    ] = None,
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
    from hotline_stats.reports.driver_tables import render

    with rows_read() as progress:
        tickets = api.count(files, settings=settings, progress=progress)
    ask = partial(
        api.drivers, tickets, by, period=period, against=against, where=conditions, settings=settings
    )
    found = ask() if rate is None else ask(rate=rate)
    look = settings.settings.report
    asked.deliver(render(found, form, look.lang, top, look.top_n), output, bom=form == "csv")
    if strict and tickets.intake.wrong_n:
        raise typer.Exit(1)
