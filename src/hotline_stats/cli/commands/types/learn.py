"""`types learn`: a model for the second reader, from labelled tickets."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.commands.types.evaluate import Sample
from hotline_stats.cli.language import say


def learn(
    labelled: Sample,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="MODEL", help=say("Where the model is written.", "模型写入的文件。")
        ),
    ],
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
    taxonomy: options.Taxonomy = None,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(config, taxonomy=taxonomy, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.cli.quality import learned

    found, language = api.learn(labelled, settings=settings), settings.settings.report.lang
    asked.write_bytes(output, found.reader.raw)
    streams.result(asked.json_text(found.to_dict(language)) if form == "json" else learned(found, language))
