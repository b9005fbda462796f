"""Whether all words of a figure lie inside it and apart from each other and from the bars."""

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

Boxes = npt.NDArray[np.float64]

_TOUCH = 1.0
"""Pixels at 100 dpi by which boxes may overlap: a box is a little larger than its ink."""


def faults(figure: Figure, *, bars: bool = True) -> list[str]:
    """What is cut or overlaps, as sentences. `bars`: also words that lie on a bar."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    words = [t for t in figure.texts if t.get_text()]
    said = [t.get_text() for t in words]
    boxes = _rows([t.get_window_extent(renderer) for t in words])
    frame = figure.bbox
    outside = (boxes[:, :2] < (frame.x0, frame.y0)) | (boxes[:, 2:] > (frame.x1, frame.y1))
    out = [f"cut: {said[i]!r}" for i in np.flatnonzero(outside.any(axis=1))]
    met = np.triu(_meet(boxes, boxes), 1)
    out += [f"overlap: {said[i]!r} and {said[j]!r}" for i, j in np.argwhere(met)]
    if bars:
        drawn = [
            p for p in figure.artists if isinstance(p, Rectangle) and to_hex(p.get_facecolor()) != "#ffffff"
        ]
        covered = _meet(boxes, _rows([p.get_window_extent(renderer) for p in drawn])).any(axis=1)
        out += [f"on a bar: {said[i]!r}" for i in np.flatnonzero(covered)]
    return out


def _rows(boxes: list[Bbox]) -> Boxes:
    return np.array([b.extents for b in boxes], dtype=np.float64).reshape(-1, 4)


def _meet(a: Boxes, b: Boxes) -> npt.NDArray[np.bool_]:
    """Which of `a` overlap which of `b` by more than they may touch."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    overlap: npt.NDArray[np.bool_] = (high - low > _TOUCH).all(axis=2)
    return overlap
