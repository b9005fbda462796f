"""Facts and windows in, frozen results out. Prints, draws and writes nothing."""

from hotline_stats.analysis.adjust import adjust
from hotline_stats.analysis.comparison import BY, compare
from hotline_stats.analysis.contributions import contributions
from hotline_stats.analysis.course import course
from hotline_stats.analysis.coverage import coverage
from hotline_stats.analysis.crossings import crossings
from hotline_stats.analysis.drivers import DRIVE_BY, drivers
from hotline_stats.analysis.figures import analyse
from hotline_stats.analysis.rate_drivers import rate_drivers
from hotline_stats.analysis.selection import canonical, where
from hotline_stats.analysis.series import monthly
from hotline_stats.analysis.service import service_figures
from hotline_stats.analysis.service_rows import service_rows
from hotline_stats.analysis.uncertainty import dispersion, p_value, ratio_interval, survivors
from hotline_stats.analysis.windows import settle

__all__ = [
    "BY",
    "DRIVE_BY",
    "adjust",
    "analyse",
    "canonical",
    "compare",
    "contributions",
    "course",
    "coverage",
    "crossings",
    "dispersion",
    "drivers",
    "monthly",
    "p_value",
    "rate_drivers",
    "ratio_interval",
    "service_figures",
    "service_rows",
    "settle",
    "survivors",
    "where",
]
