"""`python -m hotline_stats` is `hotline-stats`."""

from hotline_stats.cli import main

main()
