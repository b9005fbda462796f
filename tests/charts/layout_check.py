"""Whether all words of a figure lie inside it and apart from each other and from the bars."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

_TOUCH = 1.0
"""Pixels at 100 dpi by which boxes may overlap: a box is a little larger than its ink."""


def faults(figure: Figure, *, bars: bool = True) -> list[str]:
    """What is cut or overlaps, as sentences. `bars`: also words that lie on a bar."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in figure.texts if t.get_text()]
    out = [f"cut: {text!r}" for text, box in boxes if not _inside(box, figure.bbox)]
    for (one, a), (two, b) in combinations(boxes, 2):
        if _meet(a, b):
            out.append(f"overlap: {one!r} and {two!r}")
    if bars:
        filled = [
            p.get_window_extent(renderer)
            for p in figure.patches + figure.artists
            if isinstance(p, Rectangle) and p is not figure.patch and sum(p.get_facecolor()[:3]) < 3
        ]
        out += [f"on a bar: {text!r}" for text, box in boxes for bar in filled if _meet(box, bar)]
    return out


def _inside(box: Bbox, frame: Bbox) -> bool:
    return box.x0 >= frame.x0 and box.y0 >= frame.y0 and box.x1 <= frame.x1 and box.y1 <= frame.y1


def _meet(a: Bbox, b: Bbox) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > _TOUCH and min(a.y1, b.y1) - max(a.y0, b.y0) > _TOUCH
