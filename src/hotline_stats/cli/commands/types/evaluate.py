"""`types evaluate`: the rules against a labelled sample."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hotline_stats.cli import asked, options
from hotline_stats.cli.language import say

Sample = Annotated[
    Path,
    typer.Argument(
        metavar="LABELLED",
        help=say(
            "CSV or TSV with title, content, primary (a type's id or name) and, if known, secondary.",
            "带有 title、content、primary（类型的 id 或名称）列的 CSV 或 TSV，可有 secondary 列。",
        ),
    ),
]


def evaluate(
    labelled: Sample,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("Form of the result.", "结果格式。"))
    ] = "table",
    output: options.Output = None,
    random: Annotated[
        bool,
        typer.Option(
            "--random",
            help=say(
                "Declare that the sample was drawn at random from the tickets to be counted (for compare --adjust).",
                "声明样本是从要统计的工单中随机抽取的（供 compare --adjust 使用）。",
            ),
        ),
    ] = False,
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart",
            metavar="STEM",
            help=say(
                "Draw the confusion of types as STEM.png and STEM.svg.",
                "画出混淆矩阵：STEM.png 和 STEM.svg。",
            ),
        ),
    ] = None,
    taxonomy: options.Taxonomy = None,
    model: options.Model = None,
    rules_only: options.RulesOnly = False,
    lang: options.Lang = None,
    config: options.Config = None,
) -> None:
    settings = asked.settings(
        config, taxonomy=taxonomy, model=asked.model(model, rules_only), report__lang=lang
    )
    from hotline_stats import api
    from hotline_stats.cli.quality import evaluation

    found = api.evaluate(labelled, random=random, settings=settings)
    language = settings.settings.report.lang
    text = asked.json_text(found.to_dict(language)) if form == "json" else evaluation(found, language)
    if chart is not None:
        asked.write_chart(chart, api.confusion_chart(found, language))
    asked.deliver(text, output)
