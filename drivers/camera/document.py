"""A paper or a card on the plate under the lens: its edges, and the picture of it laid straight."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from drivers.camera.device import Advice, Frame, Photograph, Point
from drivers.camera.picture import grey, light, photograph, sharpness
from drivers.camera.pixels import Pixels

_WORKING_WIDTH = 640
_SMALLEST_PART = 0.06  # of the picture: an identity card
_WHOLE_PICTURE = 0.97
_EDGE = 2
_SHARP_ENOUGH = 6.0
_DARK = 55.0
_CLIPPED = 0.6  # paper is white; more than that is a lamp's reflection
_SHAPES = (297 / 210, 85.60 / 53.98)  # ISO 216 and ISO/IEC 7810 ID-1
_SHAPE_TOLERANCE = 0.08

Corners = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DocumentSight:
    """What one picture shows. ``outline`` is empty when no document is seen; ``advice`` None: it is good."""

    advice: Advice | None
    outline: tuple[Point, ...] = ()
    sharpness: float = 0.0


def look_at_document(frame: Frame) -> DocumentSight:
    """Where the document is and what to say about it."""
    picture = grey(frame.pixels)
    corners = _corners(picture)
    if corners is None:
        return DocumentSight(Advice.TOO_DARK if light(picture).mean < _DARK / 2 else Advice.NO_DOCUMENT)
    outline = tuple((float(x), float(y)) for x, y in corners)
    page = _straight(picture, corners)
    now, sharp = light(page), sharpness(page, width=480)
    height, width = picture.shape
    edge_x, edge_y = width * _EDGE / _WORKING_WIDTH, height * _EDGE / _WORKING_WIDTH
    findings = [
        (
            any(not (edge_x < x < width - edge_x and edge_y < y < height - edge_y) for x, y in outline),
            Advice.DOCUMENT_CUT_OFF,
        ),
        (cv2.contourArea(corners) < _SMALLEST_PART * width * height, Advice.DOCUMENT_TOO_SMALL),
        (now.mean < _DARK, Advice.TOO_DARK),
        (now.clipped > _CLIPPED, Advice.TOO_BRIGHT),
        (sharp < _SHARP_ENOUGH, Advice.HOLD_STILL),
    ]
    return DocumentSight(next((advice for found, advice in findings if found), None), outline, sharp)


def straight_picture(frame: Frame, sight: DocumentSight) -> Photograph:
    """The document alone, laid straight. Which side is up is not known: the eye has to tell.

    Raises ``ValueError`` when ``sight`` has no outline.
    """
    if len(sight.outline) != 4:
        raise ValueError("there is no document in that picture")
    return photograph(_straight(frame.pixels, np.asarray(sight.outline, np.float32)), sight.sharpness)


def _corners(picture: Pixels) -> Corners | None:
    """The corners of the largest thing with four of them, clockwise from the top left one.

    What is brighter than its surroundings goes before what only has edges: paper lies on a dark plate, and
    the plate has four corners too.
    """
    scale = min(1.0, _WORKING_WIDTH / picture.shape[1])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(small, (5, 5), 0)
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    edges = cv2.dilate(cv2.Canny(smooth, 40, 120), np.ones((3, 3), np.uint8))
    for mask in (bright, edges):
        found = _largest_with_four_corners(np.asarray(mask, np.uint8))
        if found is not None:
            return _clockwise(np.asarray(found / scale, np.float32))
    return None


def _largest_with_four_corners(mask: Pixels) -> Corners | None:
    best: Corners | None = None
    best_area = _SMALLEST_PART / 3 * mask.size
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        shape = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
        area = cv2.contourArea(shape)
        if len(shape) == 4 and best_area < area < _WHOLE_PICTURE * mask.size:
            best, best_area = np.asarray(shape.reshape(4, 2), np.float32), area
    return best


def _clockwise(corners: Corners) -> Corners:
    """The same corners in the order in which the picture is laid straight."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.asarray(np.roll(ordered, -first, axis=0), np.float32)


def _straight(picture: Pixels, corners: Corners) -> Pixels:
    width, height = _size(corners)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    return np.asarray(cv2.warpPerspective(picture, turn, (width, height)), np.uint8)


def _size(corners: Corners) -> tuple[int, int]:
    """The page's size in pixels; a shape that is nearly a sheet's or a card's is taken for one."""
    sides = [float(np.linalg.norm(corners[index] - corners[(index + 1) % 4])) for index in range(4)]
    width, height = max(sides[0], sides[2], 8.0), max(sides[1], sides[3], 8.0)
    long_side, short_side = max(width, height), min(width, height)
    for shape in _SHAPES:
        if abs(long_side / short_side / shape - 1) < _SHAPE_TOLERANCE:
            short_side = long_side / shape
            break
    return (round(short_side), round(long_side)) if height >= width else (round(long_side), round(short_side))
