"""The catalogue of chart words: both languages, the same places to fill, nothing unused."""

import re
from pathlib import Path

import pytest

import hotline_stats.charts
from hotline_stats.charts.service import figure_name
from hotline_stats.messages import catalogue

SOURCE = "".join(p.read_text("utf-8") for p in Path(hotline_stats.charts.__file__).parent.glob("*.py"))
FIGURES = ("contact_rate", "resolution_rate", "satisfaction", "on_time_rate", "repeat_rate", "unverified_rate",
           "within_7_days_rate", "handling_median_hours", "handling_p90_hours")  # fmt: skip
BY_VALUE = {
    "control-high",
    "control-centre",
    "control-low",
    "lines-all-lower",
    "lines-all-higher",
    "lines-some-lower",
    "lines-some-higher",
    "within-noise",
    "too-few",
    "most-fall",
    "most-rise",
    "rates",
    "times",
}


@pytest.mark.parametrize("code", sorted(catalogue("charts")))
def test_both_languages(code: str) -> None:
    entry = catalogue("charts")[code]
    assert set(entry) == {"zh", "en"}
    places = [set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("zh", "en")]
    assert places[0] == places[1] or code == "places-tie"
    assert code in BY_VALUE or f'"{code}"' in SOURCE


def test_every_service_figure_has_a_name() -> None:
    assert all(figure_name(f, "zh") != f for f in FIGURES)
    assert figure_name("windows", "zh") == "windows"
