"""Characters as a careful hand writes them, on a square of 1,000 units: each stroke by its corners."""

from __future__ import annotations

from itertools import pairwise

Stroke = list[tuple[int, int]]

STEPS = 10


def drawn(*corners: tuple[int, int]) -> Stroke:
    """A stroke through these corners, with the points that a finger leaves between them."""
    stroke: Stroke = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        stroke += [(x0 + (x1 - x0) * at // STEPS, y0 + (y1 - y0) * at // STEPS) for at in range(STEPS + 1)]
    return stroke


TEN = [drawn((120, 450), (880, 450)), drawn((500, 120), (500, 900))]
KING = [
    drawn((250, 200), (750, 200)),
    drawn((280, 500), (720, 500)),
    drawn((500, 200), (500, 800)),
    drawn((180, 800), (820, 800)),
]
RIVER = [
    drawn((180, 170), (290, 260)),
    drawn((120, 420), (230, 500)),
    drawn((130, 820), (200, 800), (310, 600)),
    drawn((420, 240), (860, 240)),
    drawn((640, 240), (640, 780)),
    drawn((380, 790), (920, 790)),
]
HAN = [
    drawn((180, 170), (290, 260)),
    drawn((120, 420), (230, 500)),
    drawn((130, 820), (200, 800), (310, 600)),
    drawn((430, 260), (820, 260), (720, 550), (400, 880)),
    drawn((450, 330), (640, 600), (900, 870)),
]
