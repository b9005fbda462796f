"""`types lint`: what is odd in a taxonomy file."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say


def lint(
    taxonomy: options.Taxonomy = None,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(config, taxonomy=taxonomy, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.cli.quality import oddities

    found, language = api.lint(settings=settings), settings.settings.report.lang
    plain = [{"code": o.code, "key": o.key, "line": o.line, **dict(o.facts)} for o in found]
    streams.result(asked.json_text(plain) if form == "json" else oddities(found, language))
    if any(o.wrong for o in found):
        raise typer.Exit(1)
