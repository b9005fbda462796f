"""`types show`: problem types and groups."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say


def show(
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
    taxonomy: options.Taxonomy = None,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(config, taxonomy=taxonomy, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.cli.tables import scheme

    language = settings.settings.report.lang
    shown = api.types(settings=settings)
    streams.result(asked.json_text(shown.to_dict(language)) if form == "json" else scheme(shown, language))
