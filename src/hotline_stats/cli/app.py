"""The program: its commands, each in a file of its own."""

import typer

from hotline_stats.cli.boundary import Boundary
from hotline_stats.cli.commands.chart import chart
from hotline_stats.cli.commands.check import check
from hotline_stats.cli.commands.classify import classify
from hotline_stats.cli.commands.compare import compare
from hotline_stats.cli.commands.config import config
from hotline_stats.cli.commands.drivers import drivers
from hotline_stats.cli.commands.explain import explain
from hotline_stats.cli.commands.export import export
from hotline_stats.cli.commands.report import report
from hotline_stats.cli.commands.sample import sample
from hotline_stats.cli.commands.series import series
from hotline_stats.cli.commands.services import services
from hotline_stats.cli.commands.types import types
from hotline_stats.cli.commands.verify import verify
from hotline_stats.cli.commands.version import version
from hotline_stats.cli.language import say

app = typer.Typer(
    cls=Boundary,
    help=say(
        "Honest year-over-year figures from exports of the 12345 government hotline.",
        "从12345热线工单导出文件得出可信的同比数据。",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command(
    help=say(
        "The main job: a bulletin with charts and tables for a period against its baseline.",
        "主要功能：某一时期与对比期相比的分析报告、图表和数据。",
    )
)(report)
app.command(
    help=say("One table: counts of a period against its baseline.", "一张对比表：某一时期与对比期的件数。")
)(compare)
app.command(
    help=say(
        "What made the change: which types in which places, and how much by mix or by rate.",
        "变化来自哪里：哪些类型、哪些地点，结构与自身各占多少。",
    )
)(drivers)
app.command(
    help=say(
        "Counts of every month with moving sums, control limits and the months out of line.",
        "逐月件数：滚动12个月合计、控制限和异常月份。",
    )
)(series)
app.command(
    help=say(
        "How tickets were handled: contact, resolution, satisfaction, time, limits, open tickets; by unit, place or type.",
        "办理情况：先行联系、解决、满意、时长、时限和在办工单；可按承办单位、地点、类型分行。",
    )
)(services)
app.command(
    help=say(
        "One chart alone: bars, months, heat map, contributions, services, funnel plot or control chart, as PNG, SVG or PDF.",
        "单独画一张图：对比、逐月、热力图、变化构成、服务指标、各单位与预期范围或控制图，存为 PNG、SVG 或 PDF。",
    )
)(chart)
app.command(
    help=say(
        "The rows again with ticket_id, type, labels and evidence; no text and no personal data.",
        "输出原有各行，加上工单编号、问题类型、标签和依据；不含正文和个人信息。",
    )
)(classify)
app.command(help=say("Why a text gets its type.", "说明一段文字为何归入该类型。"))(explain)
app.command(
    help=say(
        "What the reader understood of the files, and what is wrong with them. Exit 1 with findings.",
        "读取程序如何理解这些文件、有哪些问题。有问题时退出码为 1。",
    )
)(check)
app.command(
    help=say(
        "The monthly job for cron: one whole month's report and tables, published whole or not at all.",
        "供定时任务使用：发布一个完整月份的报告和数据表，要么完整，要么不发布。",
    )
)(export)
app.command(
    help=say(
        "Check the figures that a draft claims. Exit 1 when one fails.",
        "核对文稿中的数字：计算、措辞是否成立。有不成立的则退出码为 1。",
    )
)(verify)
app.command(help=say("Write invented sample exports.", "生成虚构的示例导出文件。"))(sample)
app.command(help=say("The program's version.", "程序版本。"))(version)
app.add_typer(types, name="types", help=say("Problem types and groups.", "问题类型与分组。"))
app.add_typer(config, name="config", help=say("Settings in force.", "当前设置。"))
