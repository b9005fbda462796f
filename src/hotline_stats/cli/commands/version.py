"""`version`."""

from hotline_stats import __version__
from hotline_stats.cli import streams


def version() -> None:
    streams.result(f"hotline-stats {__version__}")
