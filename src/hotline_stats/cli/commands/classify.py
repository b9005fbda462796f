"""`classify`: the rows again, with their types."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def classify(
    files: options.Files,
    form: Annotated[
        Literal["csv", "jsonl", "parquet"],
        typer.Option(
            "--format", help=say("Form of the result; parquet needs -o.", "结果格式；parquet 需要 -o。")
        ),
    ] = "csv",
    output: options.Output = None,
    taxonomy: options.Taxonomy = None,
    encoding: options.Encoding = None,
    mapping: options.Mapping = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    streams.hush(quiet)
    settings = asked.settings(config, taxonomy=taxonomy, intake__encoding=encoding, intake__mapping=mapping)
    from hotline_stats import api
    from hotline_stats.cli.rows import write

    hidden = api.not_written(files, settings=settings)
    if hidden:
        streams.narrate(say("Columns left out: ", "未输出的列：") + say(", ", "、").join(hidden))
    with rows_read() as progress:
        write(api.classify(files, settings=settings, progress=progress), form, output)
