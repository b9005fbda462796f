"""A line of progress on standard error, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hotline_stats.cli import streams
from hotline_stats.cli.language import say


@contextmanager
def rows_read() -> Iterator[Callable[[int], None] | None]:
    """Something to call with the number of rows of each batch; None when nobody looks."""
    if streams.plain(sys.stderr) or streams.hushed():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:,.0f}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("rows read", "已读行数"), total=None, rate="")

        def advance(rows: int) -> None:
            bar.advance(task, rows)
            speed = bar.tasks[0].speed
            if speed:
                bar.update(task, rate=say(f"{speed:,.0f} rows/s", f"每秒 {speed:,.0f} 行"))

        yield advance
