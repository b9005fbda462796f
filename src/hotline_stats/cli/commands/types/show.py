"""`types show`: problem types and groups, or the file that defines them."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options
from hotline_stats.cli.language import say


def show(
    form: Annotated[
        Literal["table", "json", "toml"],
        typer.Option(
            "--format",
            help=say(
                "Form of the result; toml: the file itself, to copy.",
                "结果格式；toml 为文件本身，可复制修改。",
            ),
        ),
    ] = "table",
    output: options.Output = None,
    taxonomy: options.Taxonomy = None,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(config, taxonomy=taxonomy, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.cli.tables import scheme

    language = settings.settings.report.lang
    if form == "toml":
        text = api.taxonomy_text(settings=settings)
    else:
        shown = api.types(settings=settings)
        text = asked.json_text(shown.to_dict(language)) if form == "json" else scheme(shown, language)
    asked.deliver(text, output)
