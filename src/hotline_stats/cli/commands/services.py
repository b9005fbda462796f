"""`services`: how tickets were handled, of all of them or by unit, place, type or channel."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read
from hotline_stats.errors import UsageError

if TYPE_CHECKING:
    from hotline_stats.model.service_rows import ServiceRows
    from hotline_stats.model.services import ServiceFigures


def services(
    files: options.Files,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="COLUMN",
            help=say(
                "A row for each unit, district, street, station, grid, community, estate, type, category, request-type"
                " or channel. Without it: all tickets together.",
                "按 unit、district、street、station、grid、community、estate、type、category、request-type 或 channel"
                " 分行。不写则只计全部工单。",
            ),
        ),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Option(
            "--figure",
            metavar="ID",
            help=say(
                "Only this figure (such as resolution_rate), with its change and, by row, the range expected.",
                "只列这一项指标（如 resolution_rate）及其变化；分行时另列预期范围。",
            ),
        ),
    ] = None,
    households: options.Households = None,
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
    if households is not None and by is None:
        raise UsageError("households-without-by")
    settings = asked.settings(
        config,
        taxonomy=taxonomy,
        model=asked.model(model, rules_only),
        service__households=None if households is None else str(households),
        intake__encoding=encoding,
        intake__mapping=mapping,
        intake__dedupe=dedupe,
        report__lang=lang,
    )
    conditions = asked.conditions(where)
    from hotline_stats import api
    from hotline_stats.reports.services import render

    with rows_read() as progress:
        tickets = api.count(files, settings=settings, progress=progress)
    found: ServiceFigures | ServiceRows
    if by is None:
        found = api.services(tickets, period=period, against=against, where=conditions, settings=settings)
    else:
        found = api.services_by(
            tickets, by, period=period, against=against, where=conditions, settings=settings
        )
    api.known_figure(found, figure)
    asked.deliver(render(found, form, settings.settings.report.lang, figure), output, bom=form == "csv")
    if strict and tickets.intake.wrong_n:
        raise typer.Exit(1)
