"""Results as matplotlib figures in one house theme, each with a title, a text alternative and fixed bytes."""

from hotline_stats.charts.chart import Chart
from hotline_stats.charts.confusion import confusion
from hotline_stats.charts.contribution import contribution
from hotline_stats.charts.control_chart import control_chart
from hotline_stats.charts.files import format_of
from hotline_stats.charts.funnel import funnel_plot
from hotline_stats.charts.heat_map import heat_map
from hotline_stats.charts.monthly_lines import monthly_lines
from hotline_stats.charts.output import pdf_bytes, png_bytes, save, svg_text
from hotline_stats.charts.place_bars import place_bars
from hotline_stats.charts.service import service
from hotline_stats.charts.type_change import type_change

__all__ = [
    "Chart",
    "confusion",
    "contribution",
    "control_chart",
    "format_of",
    "funnel_plot",
    "heat_map",
    "monthly_lines",
    "pdf_bytes",
    "place_bars",
    "png_bytes",
    "save",
    "service",
    "svg_text",
    "type_change",
]
