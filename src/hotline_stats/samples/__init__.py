"""Invented tickets to learn, show and test with: exports with real dirt, and the truth behind them."""

from hotline_stats.samples.make import write

__all__ = ["write"]
