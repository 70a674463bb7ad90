"""What a simulated camera sees: drawn faces, papers and codes. Nobody's photograph is in here."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import segno

from drivers.camera.pixels import Pixels

Colour = tuple[int, int, int]

_WALL: Colour = (150, 140, 130)
_SKIN: Colour = (150, 180, 215)
_SKIN_LIGHT: Colour = (155, 190, 228)
_SKIN_SHADE: Colour = (120, 150, 190)
_SOCKET: Colour = (105, 130, 165)
_HAIR: Colour = (40, 40, 45)
COAT: Colour = (90, 60, 40)
"""What a drawn person wears unless she is given something else: blue, green, red."""
_PLATE: Colour = (70, 62, 58)
_PAPER: Colour = (235, 238, 240)
_INK: Colour = (60, 50, 45)
_CODE_PART = 0.6  # of the picture's height


@dataclass(frozen=True, slots=True)
class FacePose:
    """Where a drawn face is, in parts of the picture's width and height, and how large."""

    across: float = 0.5
    down: float = 0.5
    width: float = 0.3


class _FacePen:
    """Draws in units of a face that is 200 wide, from its middle."""

    def __init__(self, picture: Pixels, pose: FacePose) -> None:
        self._picture = picture
        self.unit = pose.width * picture.shape[1] / 200
        self._middle = (pose.across * picture.shape[1], pose.down * picture.shape[0])

    def ellipse(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        where = (round(self._middle[0] + x * self.unit), round(self._middle[1] + y * self.unit))
        axes = (max(1, round(across * self.unit)), max(1, round(down * self.unit)))
        cv2.ellipse(self._picture, where, axes, 0, 0, 360, colour, -1, cv2.LINE_AA)


def empty_hall(width: int, height: int) -> Pixels:
    """A wall and a floor, nobody there."""
    picture = np.full((height, width, 3), _WALL, np.uint8)
    picture[height * 4 // 5 :] = tuple(value // 2 for value in _WALL)
    cv2.rectangle(picture, (width // 12, height // 8), (width // 4, height // 2), (165, 160, 150), -1)
    return picture


def add_face(picture: Pixels, pose: FacePose, *, eyes_open: bool = True, coat: Colour = COAT) -> None:
    """Draws a person from the front that the cascades of OpenCV take for one. All have the same face."""
    pen = _FacePen(picture, pose)
    pen.ellipse(0, 230, 150, 90, coat)
    pen.ellipse(0, 120, 36, 60, _SKIN_SHADE)
    pen.ellipse(0, -25, 92, 112, _HAIR)
    pen.ellipse(0, 0, 80, 108, _SKIN)
    pen.ellipse(0, -85, 78, 38, _HAIR)
    pen.ellipse(0, -52, 60, 20, _SKIN_LIGHT)
    for side in (-1, 1):
        pen.ellipse(side * 33, -22, 24, 15, _SOCKET)
        pen.ellipse(side * 33, -40, 22, 5, _HAIR)
        if eyes_open:
            pen.ellipse(side * 33, -24, 17, 9, (60, 70, 90))
            pen.ellipse(side * 33, -20, 16, 8, (230, 228, 225))
            pen.ellipse(side * 33, -20, 8, 8, _HAIR)
            pen.ellipse(side * 33, -20, 3, 3, (10, 10, 10))
        else:
            pen.ellipse(side * 33, -18, 16, 3, (110, 140, 175))
        pen.ellipse(side * 42, 25, 22, 18, _SKIN_LIGHT)
    pen.ellipse(0, 0, 8, 40, (168, 198, 232))
    pen.ellipse(0, 28, 15, 9, (140, 168, 205))
    for side in (-1, 1):
        pen.ellipse(side * 8, 31, 4, 3, (80, 100, 130))
    pen.ellipse(0, 62, 27, 9, (95, 100, 160))
    pen.ellipse(0, 61, 25, 2, (60, 60, 100))
    pen.ellipse(0, 85, 28, 8, (140, 168, 203))
    cv2.GaussianBlur(picture, (0, 0), max(0.6, 0.6 * pen.unit), picture)


def document_plate(width: int, height: int, *, turned_degrees: float, scale: float) -> Pixels:
    """A sheet of A4 with lines of text on a dark plate; ``scale`` is its height in parts of the picture's."""
    sheet = np.full((1188, 840, 3), _PAPER, np.uint8)
    for row in range(120, 1080, 44):
        generator = np.random.default_rng(row)
        left = 90
        while left < 720:
            word = int(generator.integers(20, 70))
            cv2.rectangle(sheet, (left, row), (min(left + word, 750), row + 16), _INK, -1)
            left += word + 14
    plate = np.full((height, width, 3), _PLATE, np.uint8)
    turn = cv2.getRotationMatrix2D((420, 594), turned_degrees, scale * height / 1188)
    turn[0, 2] += width / 2 - 420
    turn[1, 2] += height / 2 - 594
    cv2.warpAffine(sheet, turn, (width, height), plate, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    return plate


def code_in_hall(width: int, height: int, payload: bytes) -> Pixels:
    """A telephone with a QR code on its screen, held before the lens."""
    matrix = np.array([list(row) for row in segno.make(payload, mode="byte", micro=False).matrix], np.uint8)
    code = np.where(np.pad(matrix, 4) > 0, 30, 240).astype(np.uint8)
    side = round(height * _CODE_PART) // code.shape[0] * code.shape[0]
    if side == 0:
        raise ValueError(f"a code of {len(payload)} bytes is too fine for {height} lines")
    picture = empty_hall(width, height)
    top, left = (height - side) // 2, (width - side) // 2
    cv2.rectangle(picture, (left - 12, top - 40), (left + side + 12, top + side + 40), _HAIR, -1)
    large = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    picture[top : top + side, left : left + side] = large[:, :, None]
    return picture
