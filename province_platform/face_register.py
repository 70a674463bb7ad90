"""The reference register of faces: it tells its people apart by their coats.

The faces that the simulated camera shows are all drawn alike, and nobody's photograph is in here; so each
reference person wears a coat of her own colour, and what is compared is that colour in the picture. A
province puts its own service here. What it answers is a score between 0 and 1, as theirs do.
"""

from __future__ import annotations

import cv2
import numpy as np

MATCHED_FROM = 0.8
_COATS = {
    "wang-xiuying": (40, 60, 90),
    "li-jianguo": (150, 40, 40),
    "ouyang-yi": (40, 120, 60),
    "chen-guilan": (120, 60, 140),
    "zhao-yan": (170, 130, 40),
    "ouyang-he": (60, 150, 190),
}
"""Red, green and blue, 0 to 255."""
_FAR_APART = 100.0
_COAT_TOP, _COAT_SIDES = 0.93, ((0.20, 0.36), (0.64, 0.80))
"""Where the coat is in a portrait, in parts of its height and width: on both shoulders, below the chin."""


def score(picture: bytes, person_id: str) -> float:
    """How well a portrait (JPEG) fits a reference person: 1 the same, 0 nothing alike, nobody, no picture."""
    coat = _COATS.get(person_id)
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR) if picture else None
    if coat is None or pixels is None:
        return 0.0
    height, width = pixels.shape[:2]
    shoulders = [
        pixels[int(height * _COAT_TOP) :, int(width * left) : int(width * right)].reshape(-1, 3)
        for left, right in _COAT_SIDES
    ]
    blue, green, red = np.median(np.concatenate(shoulders), axis=0)
    apart = float(np.linalg.norm(np.array([red, green, blue]) - np.array(coat)))
    return max(0.0, 1.0 - apart / _FAR_APART)
