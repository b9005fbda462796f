"""Tools for whoever keeps the rules: how well they read, what they miss, what would help, what a change changes."""

from hotline_stats.quality.evaluate import evaluate
from hotline_stats.quality.labelled import Labelled, read

__all__ = ["Labelled", "evaluate", "read"]
