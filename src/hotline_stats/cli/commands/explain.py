"""`explain`: why a text gets its type."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say


def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("What the ticket says.", "工单正文。"))],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=say("Its title.", "工单标题。"))] = "",
    category: Annotated[
        str,
        typer.Option(
            "--category",
            metavar="A/B",
            help=say("The source's category, levels from the top.", "来源分类，自上而下以 / 分隔。"),
        ),
    ] = "",
    request_type: Annotated[
        str | None,
        typer.Option("--request-type", metavar="TEXT", help=say("Its request type.", "诉求类型。")),
    ] = None,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
    taxonomy: options.Taxonomy = None,
    model: options.Model = None,
    rules_only: options.RulesOnly = False,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(
        config, taxonomy=taxonomy, model=asked.model(model, rules_only), report__lang=lang
    )
    from hotline_stats import api
    from hotline_stats.cli.tables import explanation

    found = api.explain(text, title, request_type=request_type, category=category, settings=settings)
    language = settings.settings.report.lang
    streams.result(
        asked.json_text(found.to_dict(language)) if form == "json" else explanation(found, language)
    )
