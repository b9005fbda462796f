"""`config`: the settings in force and where each came from."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.messages import speech

config = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@config.callback()
def _group() -> None:
    pass


@config.command(help=say("Every setting, its value and where it came from.", "每项设置的值及其来源。"))
def show(
    file: options.Config = None,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
) -> None:
    entries = asked.settings(file).entries()
    if form == "json":
        streams.result(asked.json_text([{"key": k, "value": v, "origin": o} for k, v, o in entries]))
        return
    from hotline_stats.cli.tables import settings

    streams.result(settings(entries, speech()))
