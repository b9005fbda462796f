"""Axis ticks at round numbers, and labels pushed apart."""

from collections.abc import Sequence


def nice_ticks(most: float, at_most: int = 4) -> list[int]:
    """Whole numbers from 0 in steps of 1, 2 or 5 times a power of ten; the last is at least `most` and 1."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            steps = max(1, -(-int(-(-most // 1)) // step))
            if steps <= at_most:
                return [step * i for i in range(steps + 1)]
        power *= 10


def spread(heights: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """`heights` moved as little as needed to lie `gap` apart, in the same order, from `top` to `bottom`."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [heights[i] for i in order]
    for i in range(1, len(placed)):
        if placed[i] - placed[i - 1] < gap:
            shift = gap - (placed[i] - placed[i - 1])
            placed[i - 1] -= shift / 2
            placed[i] += shift / 2
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    low = max(0.0, top - placed[0]) - max(0.0, placed[-1] - bottom) if placed else 0.0
    out = [0.0] * len(placed)
    for i, y in zip(order, placed, strict=True):
        out[i] = y + low
    return out
