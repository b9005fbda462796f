"""Options that several commands share, each written once."""

from pathlib import Path
from typing import Annotated

import typer

from hotline_stats.cli.language import say

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILES",
        help=say(
            "Exports (CSV, Excel, HTML; also .zip, .gz), folders of them, patterns, or - for standard input.",
            "导出文件（CSV、Excel、网页表格，可为 .zip、.gz）、文件夹、通配符，- 表示标准输入。",
        ),
    ),
]
Period = Annotated[
    str | None,
    typer.Option(
        "--period",
        "-p",
        metavar="PERIOD",
        help=say(
            "2024, 2024-05, 2024Q2, 2024H1, 2024-01..2024-05, AY2024 (assessment year) or ytd."
            " Without it: the year of the last ticket, to date.",
            "2024、2024-05、2024Q2、2024H1、2024-01..2024-05、AY2024（考核年度）或 ytd（本年至今）。"
            "不写则为最后一件工单所在年份至今。",
        ),
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="PERIOD",
        help=say(
            "The period to compare with, `previous`, or `mean:3` (mean of the same period in 3 years)."
            " Without it: the same period last year.",
            "对比时期，或 previous（上期，环比），或 mean:3（前三年同期均值）。不写则为去年同期。",
        ),
    ),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        "-w",
        metavar="COLUMN=VALUE",
        help=say("Only tickets with this value; may be repeated.", "只统计该列为该值的工单；可重复。"),
    ),
]
Taxonomy = Annotated[
    str | None,
    typer.Option(
        "--taxonomy",
        metavar="NAME|FILE",
        help=say("Problem types and rules.", "问题类型与规则（名称或文件）。"),
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="FILE",
        help=say(
            "Second reader for tickets that the rules leave in doubt (`types learn` makes one).",
            "规则存疑时使用的辅助模型文件（由 types learn 生成）。",
        ),
    ),
]
RulesOnly = Annotated[
    bool,
    typer.Option("--rules-only", help=say("Types by the rules alone.", "只用规则判定类型，不用辅助模型。")),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help=say(
            "Encoding of the text files; broken bytes are then findings.",
            "文本文件的编码；指明后，损坏的字节列为问题而不中止。",
        ),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="zh|en", help=say("Language of the result.", "结果的语言。")),
]
Audience = Annotated[
    str | None,
    typer.Option(
        "--audience",
        metavar="internal|public",
        help=say(
            "public: a report that may be published, without small counts, estates, units and files.",
            "public：可公开的报告，不含小数目、小区、承办单位和文件。",
        ),
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        envvar="HOTLINE_STATS_CONFIG",
        show_envvar=False,
        help=say(
            "Settings (TOML). Without it: hotline-stats.toml here, if there is one.",
            "设置文件（TOML）。不写则用当前目录的 hotline-stats.toml（如有）。",
        ),
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help=say("Say nothing about the work.", "不输出过程信息。"))
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help=say("Exit 1 when anything is wrong with the input.", "输入有任何问题时以退出码 1 结束。"),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|-",
        help=say("Write here instead of standard output.", "写入文件而不是标准输出。"),
    ),
]
Dedupe = Annotated[
    str | None,
    typer.Option(
        "--dedupe",
        metavar="newest|none",
        help=say(
            "Rows of one ticket: count the newest (default), or all of them.",
            "同一工单的多条记录：只计最新一条（默认），或全部计件。",
        ),
    ),
]
LinkCallers = Annotated[
    bool,
    typer.Option(
        "--link-callers",
        help=say(
            "Add a column that marks tickets of one telephone number, without the number.",
            "增加一列标识，来电号码相同则标识相同；不含号码。",
        ),
    ),
]
KeyFile = Annotated[
    str | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help=say(
            "Key of these marks; made on first use. Without it: one in your configuration folder.",
            "生成标识的密钥文件，首次使用时创建。不写则放在用户配置目录。",
        ),
    ),
]
Mapping = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help=say(
            "What headers, dates and values of a foreign export mean (TOML).",
            "映射文件（TOML）：说明表头、日期和取值的含义。",
        ),
    ),
]
MinMargin = Annotated[
    float | None,
    typer.Option(
        "--min-margin",
        metavar="0-1",
        help=say(
            "Tickets whose type leads by less than this are marked for review.",
            "类型领先幅度低于此值的工单标为待核。",
        ),
    ),
]
Households = Annotated[
    Path | None,
    typer.Option(
        "--households",
        metavar="FILE",
        help=say(
            "Households by place (CSV or TOML), for tickets per 100 households.",
            "各小区、居村等的户数表（CSV 或 TOML），用于计算百户件数。",
        ),
    ),
]
