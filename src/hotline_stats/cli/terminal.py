"""The rich console on standard output."""

import sys
from typing import TYPE_CHECKING

from hotline_stats.cli import streams

if TYPE_CHECKING:
    from rich.console import Console


def console() -> "Console":
    """Colour and the window's width on a terminal; elsewhere neither, and no line is cut."""
    from rich.console import Console

    if streams.plain(sys.stdout):
        return Console(
            no_color=True, width=None if sys.stdout.isatty() else 1000, highlight=False, markup=False
        )
    return Console(highlight=False, markup=False)
