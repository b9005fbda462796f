"""Checks the figures that a draft claims: their arithmetic, their wording, and, given exports, the numbers themselves."""

from hotline_stats.claims.book import Book
from hotline_stats.claims.draft import read
from hotline_stats.claims.verify import verify

__all__ = ["Book", "read", "verify"]
