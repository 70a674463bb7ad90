"""What a picture is in memory. Apart from the interface: a terminal without a camera does not load NumPy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""A picture: rows × columns × 3 (blue, green, red), or rows × columns (grey)."""
