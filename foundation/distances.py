"""How far two places of the Earth are from each other."""

from __future__ import annotations

import math

_EARTH_RADIUS_M = 6_371_008.8


def distance_between_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres along the sphere between two places of longitude and latitude (haversine); within 0.5 %.

    Both in one reference system, in degrees: nothing is converted here.
    """
    longitude, latitude = math.radians(other[0] - one[0]), math.radians(other[1] - one[1])
    narrowing = math.cos(math.radians(one[1])) * math.cos(math.radians(other[1]))
    half = math.sin(latitude / 2) ** 2 + narrowing * math.sin(longitude / 2) ** 2
    return 2 * _EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
