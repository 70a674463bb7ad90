"""What a finger drew, as the recogniser wants it."""

from __future__ import annotations

from collections.abc import Sequence

from screens.input.handwriting import GRID

MARGIN = 100
LEAST_SHARE = 0.35
"""A dot or a short line is not blown up to a whole character: this share of the field is the least."""

Points = Sequence[Sequence[float]]


def on_grid(strokes: Sequence[Points], side: float) -> list[list[list[int]]]:
    """The strokes in the middle of the recogniser's square, as large as it allows, with their proportions.

    ``side`` is the shorter one of the field that they were drawn on, in the units of the points.
    """
    points = [point for stroke in strokes for point in stroke]
    if not points or side <= 0:
        return []
    left, top = (min(point[axis] for point in points) for axis in (0, 1))
    right, bottom = (max(point[axis] for point in points) for axis in (0, 1))
    scale = (GRID - 2 * MARGIN) / max(right - left, bottom - top, LEAST_SHARE * side)
    return [
        [
            [
                round(GRID / 2 + (x - (left + right) / 2) * scale),
                round(GRID / 2 + (y - (top + bottom) / 2) * scale),
            ]
            for x, y in stroke
        ]
        for stroke in strokes
    ]
