"""Honest year-over-year figures from exports of the 12345 government hotline."""

__version__ = "0.1.0"
