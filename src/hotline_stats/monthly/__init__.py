"""The scheduled export: a complete month, a lock, and a folder that appears whole or not at all."""

from hotline_stats.monthly.calendar import complete, month
from hotline_stats.monthly.publish import Published, lock, publish

__all__ = ["Published", "complete", "lock", "month", "publish"]
