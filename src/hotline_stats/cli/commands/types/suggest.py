"""`types suggest`: phrases that would give more tickets a type."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def suggest(
    files: options.Files,
    top: Annotated[int, typer.Option("--top", min=1, help=say("So many phrases.", "列出多少个短语。"))] = 40,
    form: Annotated[
        Literal["table", "json", "toml"],
        typer.Option(
            "--format",
            help=say("Form of the result; toml: rules to choose from.", "结果格式；toml 为可选用的规则。"),
        ),
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
        found = api.suggest(files, top=top, settings=settings, progress=progress)
    language = settings.settings.report.lang
    if form == "toml":
        text = found.to_toml()
    else:
        text = (
            asked.json_text(found.to_dict(language))
            if form == "json"
            else quality.suggestions(found, language)
        )
    asked.deliver(text, output)
