"""`types`: problem types, and tools for whoever keeps their rules; each command in a file of its own."""

import typer

from hotline_stats.cli.commands.types.evaluate import evaluate
from hotline_stats.cli.commands.types.show import show
from hotline_stats.cli.language import say

types = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@types.callback()
def _group() -> None:
    pass


types.command(help=say("The types and groups in use.", "当前使用的类型与分组。"))(show)
types.command(
    help=say(
        "How well the rules find the types that a reader gave: precision, recall, F1, confusion, worst mistakes.",
        "与人工标注相比，规则判定得如何：精确率、召回率、F1、混淆矩阵和最严重的错误。",
    )
)(evaluate)
