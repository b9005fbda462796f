"""Axis ticks at round numbers, and labels pushed apart."""

import math
from collections.abc import Sequence

_RATE_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50)


def nice_ticks(most: float, at_most: int = 4) -> list[int]:
    """Whole numbers from 0 in steps of 1, 2 or 5 times a power of ten; the last is at least `most` and 1."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            steps = max(1, -(-int(-(-most // 1)) // step))
            if steps <= at_most:
                return [step * i for i in range(steps + 1)]
        power *= 10


def rate_ticks(low: float, high: float, at_most: int = 6) -> list[float]:
    """Even steps within 0–100 around `low` and `high` (percent), in at most `at_most` steps."""
    for step in _RATE_STEPS:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if first == last:
            first, last = (first - 1, last) if first * step >= 100 else (first, last + 1)
        if last - first <= at_most:
            return [round(min(step * i, 100.0), 1) for i in range(first, last + 1)]
    return [0.0, 50.0, 100.0]


def log_ticks(low: float, high: float) -> list[int]:
    """Whole numbers from `low` to `high` for an axis of logarithms: 1, 2 and 5 times powers of ten; over a wide span the
    powers alone, over a narrow one even steps."""
    powers = [10**k for k in range(13)]
    found = [n for p in powers for n in (p, 2 * p, 5 * p) if low <= n <= high]
    if len(found) > 9:
        return [n for n in found if n in powers]
    if len(found) > 2:
        return found
    step = nice_ticks(max(high - low, 1))[1]
    return [n for n in range(step, math.floor(high) + 1, step) if n >= low] or [max(1, round(low))]


def spread(heights: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """`heights` moved to lie `gap` apart, in the same order, from `top` to `bottom`, where they have room for it."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [heights[i] for i in order]
    for i in range(1, len(placed)):
        if placed[i] - placed[i - 1] < gap:
            shift = gap - (placed[i] - placed[i - 1])
            placed[i - 1] -= shift / 2
            placed[i] += shift / 2
    for i in range(len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap if i else top)
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], placed[i + 1] - gap if i + 1 < len(placed) else bottom)
    out = [0.0] * len(placed)
    for i, y in zip(order, placed, strict=True):
        out[i] = y
    return out
