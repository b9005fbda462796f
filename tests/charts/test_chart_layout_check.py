"""The layout check itself finds what is wrong."""

from layout_check import faults
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def test_it_finds_cut_overlapping_and_covered_words() -> None:
    figure = Figure(figsize=(4, 1), dpi=100)
    figure.text(0.95, 0.5, "far too long")
    figure.text(0.1, 0.5, "one")
    figure.text(0.11, 0.55, "two")
    figure.add_artist(Rectangle((0.1, 0.5), 0.05, 0.1, facecolor="navy", transform=figure.transFigure))
    found = faults(figure)
    assert [f.split(":")[0] for f in found] == ["cut", "overlap", "on a bar", "on a bar"]
