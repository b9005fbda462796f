"""`sample`: invented exports to try the program on."""

from pathlib import Path
from typing import Annotated

import typer

from hotline_stats.cli import streams
from hotline_stats.cli.language import say


def sample(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help=say("Folder to write to.", "写入的文件夹。"))
    ],
    seed: Annotated[
        int, typer.Option("--seed", help=say("Same seed, same bytes.", "种子相同则内容相同。"))
    ] = 12345,
) -> None:
    from hotline_stats import api

    for path in api.sample(directory, seed):
        streams.result(str(path))
