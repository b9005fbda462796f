"""The one place where errors become messages and exit codes."""

import re
import sys
import traceback
from types import TracebackType
from typing import Any

import typer
from typer.core import TyperGroup

from hotline_stats.cli.language import say
from hotline_stats.cli.streams import close_quietly, complain
from hotline_stats.errors import HotlineStatsError
from hotline_stats.messages import speech

INTERRUPTED = 130
BUG = 70


class Boundary(TyperGroup):
    """The root group: an error of ours is one message with its hint, and its exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except HotlineStatsError as error:
            lang = speech()
            complain(
                f"{say('Error', '错误')}: {error.message(lang)}\n{say('Hint', '提示')}: {error.hint(lang)}"
            )
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            close_quietly()
            raise typer.Exit(0) from error
        except KeyboardInterrupt as error:
            complain(say("Interrupted; nothing was written.", "已中断，没有写入任何文件。"))
            raise typer.Exit(INTERRUPTED) from error


def stop(*_: object) -> None:
    """A polite end (SIGTERM, as cron and shutdown send it) is an interruption: what was begun is cleared away."""
    raise KeyboardInterrupt


def _told(error: BaseException) -> str:
    """The traceback, where what an exception says keeps its words but no digit and no Chinese character: it may
    quote a cell."""
    told = traceback.TracebackException.from_exception(error)
    lines = []
    for line in told.format():
        safe = line.startswith(("  File ", "Traceback", "\n"))
        lines.append(line if safe else re.sub(r"[^\x00-\x7f]", "字", re.sub(r"\d", "9", line)))
    return "".join(lines).rstrip()


def bug(_kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> bool:
    """For an ExitStack around the program: an exception that nobody expected keeps its traceback, exit 70."""
    if error is None or not isinstance(error, Exception):
        return False
    complain(_told(error))
    complain(
        say(
            "This is a bug in hotline-stats; please report the lines above.",
            "这是程序缺陷，请附上以上内容报告。",
        )
    )
    sys.exit(BUG)
