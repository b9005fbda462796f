"""The house theme: colours, sizes and distances (points) of every chart.

Current and baseline differ in lightness, and so do fall and rise, so that both pairs survive a grey print
and every common kind of colour blindness.
"""

from collections.abc import Sequence

INK = "#1B2631"
DEEP = "#05080C"
"""For words on a colour: only nearly black and white together contrast enough with every middle tone."""
MUTED = "#56616D"
GRID = "#E1E6EB"
AXIS = "#9AA5B1"
PAPER = "#FFFFFF"

CURRENT = "#1F4E79"
BASELINE = "#AEBFD1"
BASELINE_TEXT = "#5E7186"

FALL, FALL_TEXT = "#2F6B9A", "#1F4E79"
RISE, RISE_TEXT = "#E0985A", "#A5480F"
NOISE_TEXT = "#66707B"
TOTAL = "#3B4650"

SCALE = ("#F4F7FA", "#D5E2EE", "#A6C3DD", "#6C9AC4", "#3A6EA3", "#1F4E79", "#12324F")
"""Sequential, light to dark, with lightness falling at an even pace."""

TITLE, SUBTITLE, LABEL, SMALL, FOOT = 13.5, 9.0, 9.0, 8.0, 7.5
WIDTH, MARGIN, GAP = 518.0, 14.0, 8.0
LEADING = 1.38
"""Line pitch as a multiple of the font size."""
CENTRE = 0.37
"""Baseline below the middle of a line, as a multiple of the font size."""
NAME_ROOM = 152.0
"""Widest column of names; longer names wrap."""

Rgb = tuple[float, float, float]


def rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def shade(share: float) -> Rgb:
    """The colour of SCALE at `share` 0–1, between its steps linearly."""
    place = min(max(share, 0.0), 1.0) * (len(SCALE) - 1)
    low = min(int(place), len(SCALE) - 2)
    r, g, b = (a + (z - a) * (place - low) for a, z in zip(rgb(SCALE[low]), rgb(SCALE[low + 1]), strict=True))
    return r, g, b


def luminance(colour: Sequence[float]) -> float:
    """Relative luminance 0–1 of an sRGB colour, as WCAG 2 defines it."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3])
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def text_on(colour: Sequence[float]) -> str:
    """DEEP or white, whichever contrasts more with `colour`."""
    own = luminance(colour) + 0.05
    return DEEP if own / (luminance(rgb(DEEP)) + 0.05) >= 1.05 / own else PAPER
