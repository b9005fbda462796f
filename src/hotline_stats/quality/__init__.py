"""Tools for whoever keeps the rules: how well they read, what they miss, what would help, what a change changes."""

from hotline_stats.quality.coverage import Coverage, coverage
from hotline_stats.quality.diff import TypesDiff, diff
from hotline_stats.quality.evaluate import evaluate
from hotline_stats.quality.labelled import Labelled, read
from hotline_stats.quality.learn import Learned, learn
from hotline_stats.quality.saved import load as load_evaluation
from hotline_stats.quality.suggest import Suggestions, suggest

__all__ = [
    "Coverage",
    "Labelled",
    "Learned",
    "Suggestions",
    "TypesDiff",
    "coverage",
    "diff",
    "evaluate",
    "learn",
    "load_evaluation",
    "read",
    "suggest",
]
