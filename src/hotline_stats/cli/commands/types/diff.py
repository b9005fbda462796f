"""`types diff`: what another version of the rules changes."""

from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help=say("A taxonomy: name or file.", "原分类体系：名称或文件。"))
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help=say("Another: name or file.", "新分类体系：名称或文件。"))
    ],
    files: options.Files,
    form: Annotated[
        Literal["table", "csv", "json"],
        typer.Option(
            "--format",
            help=say(
                "Form of the result; csv: the tickets that change.", "结果格式；csv 为主类型改变的工单。"
            ),
        ),
    ] = "table",
    output: options.Output = None,
    encoding: options.Encoding = None,
    mapping: options.Mapping = None,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(config, intake__encoding=encoding, intake__mapping=mapping, report__lang=lang)
    from hotline_stats import api
    from hotline_stats.cli import quality

    with rows_read() as progress:
        found = api.types_diff(old, new, files, settings=settings, progress=progress)
    language = settings.settings.report.lang
    if form == "csv":
        text = quality.changed_tickets(found)
    else:
        text = (
            asked.json_text(found.to_dict(language))
            if form == "json"
            else quality.difference(found, language)
        )
    asked.deliver(text, output, bom=form == "csv")
