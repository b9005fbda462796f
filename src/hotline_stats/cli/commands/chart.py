"""`chart`: one chart alone."""

from pathlib import Path
from typing import Annotated

import typer

from hotline_stats.cli import asked, options, streams
from hotline_stats.cli.language import say
from hotline_stats.cli.progress import rows_read


def chart(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=say(
                "types, months, heat-map, contribution, places, services, funnel, control, or confusion (FILES: a labelled"
                " sample).",
                "types（类型对比）、months（逐月）、heat-map（热力图）、contribution（变化构成）、places（地点、单位）、"
                "services（服务指标）、funnel（各单位与预期范围）、control（控制图）、confusion（混淆矩阵，文件为标注样本）。",
            ),
        ),
    ],
    files: options.Files,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=say("A .png, .svg or .pdf.", "图片文件，以 .png、.svg 或 .pdf 结尾。"),
        ),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="COLUMN",
            help=say(
                "types, months, heat-map: type or group; contribution, places, funnel: unit, community and the like.",
                "types、months、heat-map 可按 type 或 group；contribution、places、funnel 可按 unit、community 等。",
            ),
        ),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Option(
            "--figure",
            metavar="ID",
            help=say(
                "The rate of a funnel (such as resolution_rate). Without it: satisfaction.",
                "funnel 所画的比率（如 resolution_rate）。不写则为 satisfaction（满意率）。",
            ),
        ),
    ] = None,
    period: options.Period = None,
    against: options.Against = None,
    where: options.Where = None,
    taxonomy: options.Taxonomy = None,
    model: options.Model = None,
    rules_only: options.RulesOnly = False,
    encoding: options.Encoding = None,
    dedupe: options.Dedupe = None,
    mapping: options.Mapping = None,
    lang: options.Lang = None,
    config: options.Config = None,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
) -> None:
    streams.hush(quiet)
    settings = asked.settings(
        config,
        taxonomy=taxonomy,
        model=asked.model(model, rules_only),
        intake__encoding=encoding,
        intake__mapping=mapping,
        intake__dedupe=dedupe,
        report__lang=lang,
    )
    conditions = asked.conditions(where)
    from hotline_stats import api

    api.drawable(kind, by, figure, {"period": period, "against": against, "where": conditions})
    api.chart_format(output)
    if kind == "confusion":
        api.chart(kind, files, settings=settings).save(output)
        streams.result(str(output))
        return
    with rows_read() as progress:
        tickets = api.count(files, settings=settings, progress=progress)
    drawn = api.chart(
        kind,
        tickets,
        by=by,
        figure=figure,
        period=period,
        against=against,
        where=conditions,
        settings=settings,
    )
    drawn.save(output)
    streams.narrate(drawn.title)
    streams.result(str(output))
    if strict and tickets.intake.wrong_n:
        raise typer.Exit(1)
