"""`types`: problem types, and tools for whoever keeps their rules; each command in a file of its own."""

import typer

from hotline_stats.cli.commands.types.coverage import coverage
from hotline_stats.cli.commands.types.diff import diff
from hotline_stats.cli.commands.types.evaluate import evaluate
from hotline_stats.cli.commands.types.learn import learn
from hotline_stats.cli.commands.types.lint import lint
from hotline_stats.cli.commands.types.show import show
from hotline_stats.cli.commands.types.suggest import suggest
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
types.command(
    help=say(
        "What is odd in a taxonomy file: examples that fail, phrases that never count. Exit 1 with any.",
        "检查分类体系文件：不通过的示例、不起作用的短语。有问题时退出码为 1。",
    )
)(lint)
types.command(
    help=say(
        "How many tickets of exports get a type, and what the others talk of.",
        "导出文件中多少工单有类型，其余在说什么。",
    )
)(coverage)
types.command(
    help=say(
        "Phrases that would give a type to tickets without one or in doubt.",
        "建议可使未归类或存疑工单得到类型的短语。",
    )
)(suggest)
types.command(
    help=say(
        "Which tickets and which year-over-year figures change between two taxonomies.",
        "两个分类体系之间，哪些工单、哪些同比数字会改变。",
    )
)(diff)
types.command(
    help=say(
        "A model for the second reader, made from labelled tickets (needs the extra `learn`).",
        "由人工标注的工单生成辅助模型（需安装可选组件 learn）。",
    )
)(learn)
