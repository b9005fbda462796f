"""Facts and windows in, frozen results out. Prints, draws and writes nothing."""

from hotline_stats.analysis.comparison import BY, compare
from hotline_stats.analysis.contributions import contributions
from hotline_stats.analysis.coverage import coverage
from hotline_stats.analysis.figures import analyse
from hotline_stats.analysis.selection import canonical, where
from hotline_stats.analysis.series import monthly
from hotline_stats.analysis.service import service_figures
from hotline_stats.analysis.service_rows import service_rows
from hotline_stats.analysis.uncertainty import dispersion, ratio_interval
from hotline_stats.analysis.windows import settle

__all__ = [
    "BY",
    "analyse",
    "canonical",
    "compare",
    "contributions",
    "coverage",
    "dispersion",
    "monthly",
    "ratio_interval",
    "service_figures",
    "service_rows",
    "settle",
    "where",
]
