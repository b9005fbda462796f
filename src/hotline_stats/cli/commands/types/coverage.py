"""`types coverage`: what the rules find in exports, and what they miss."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def coverage(
    files: options.Files,
    top: Annotated[
        int, typer.Option("--top", min=1, help=say("So many pieces of text.", "列出多少条文字。"))
    ] = 30,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
    output: options.Output = None,
    taxonomy: options.Taxonomy = None,
    encoding: options.Encoding = None,
    mapping: options.Mapping = None,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(
        config, taxonomy=taxonomy, intake__encoding=encoding, intake__mapping=mapping, report__lang=lang
    )
    from hotline_stats import api
    from hotline_stats.cli import quality

    with rows_read() as progress:
        found = api.coverage(files, top=top, settings=settings, progress=progress)
    language = settings.settings.report.lang
    text = asked.json_text(found.to_dict(language)) if form == "json" else quality.coverage(found, language)
    asked.deliver(text, output)
