"""One face, large, sharp and well lit, or what to say so that it becomes one.

Faces and eyes are found by the Haar cascades of OpenCV (Viola and Jones, 2001). They find frontal faces of
all kinds of people about equally badly when the light is bad, and they say nothing about who it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from drivers.camera.device import Advice, Frame, Photograph, Point
from drivers.camera.picture import Light, grey, light, photograph, sharpness
from drivers.camera.pixels import Pixels

_WORKING_WIDTH = 640
_SCALE_STEP = 1.15
_NEIGHBOURS = 6
_SMALLEST_FACE = 0.06  # of the picture's width: smaller ones stand in the queue
_CLOSE_ENOUGH = 0.16
_TOO_CLOSE = 0.55
_OFF_CENTRE = 0.22
_DARK = 55.0
_BRIGHT = 215.0
_CLIPPED = 0.25
_SHARP_ENOUGH = 8.0
_MARGIN = 0.5  # around the face's box, of its width


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, pixels: Pixels) -> Pixels:
        """That part of a picture of the same size."""
        return pixels[self.top : self.top + self.height, self.left : self.left + self.width]

    def corners(self) -> tuple[Point, ...]:
        """Its corners, clockwise from the top left one."""
        right, bottom = self.left + self.width, self.top + self.height
        return (self.left, self.top), (right, self.top), (right, bottom), (self.left, bottom)

    def shares(self, other: Box) -> float:
        """How much of both together is in both: 0 apart, 1 the same."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        both = max(0, across) * max(0, down)
        return both / (self.width * self.height + other.width * other.height - both)


@dataclass(frozen=True, slots=True)
class FaceSight:
    """What one picture shows. ``box`` is set when there is exactly one face; ``advice`` None: it is good."""

    advice: Advice | None
    box: Box | None = None
    sharpness: float = 0.0


class FaceFinder:
    """Finds faces, and eyes in a face. Raises ``RuntimeError`` when the cascades are not installed."""

    def __init__(self) -> None:
        self._faces = _cascade("haarcascade_frontalface_alt2.xml")
        self._eyes = _cascade("haarcascade_eye_tree_eyeglasses.xml")

    def look_at(self, frame: Frame) -> FaceSight:
        """What to say about the face in this picture, if there is one."""
        picture = grey(frame.pixels)
        faces = self._find_faces(picture)
        if not faces:
            return FaceSight(_without_a_face(light(picture)))
        if len(faces) > 1:
            return FaceSight(Advice.ONE_PERSON_ONLY)
        box = faces[0]
        face = box.of(picture)
        sharp = sharpness(face)
        return FaceSight(_about(box, picture.shape[1], picture.shape[0], light(face), sharp), box, sharp)

    def eyes_are_open(self, frame: Frame, box: Box) -> bool:
        """Whether an open eye is seen in the upper half of the face in ``box``."""
        upper = Box(box.left, box.top + box.height // 6, box.width, box.height * 2 // 5)
        part = upper.of(grey(frame.pixels))
        scale = 160 / part.shape[1]
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        return len(self._eyes.detectMultiScale(part, 1.1, 3, minSize=(18, 18))) > 0

    def _find_faces(self, picture: Pixels) -> list[Box]:
        scale = min(1.0, _WORKING_WIDTH / picture.shape[1])
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        smallest = round(small.shape[1] * _SMALLEST_FACE)
        found = self._faces.detectMultiScale(small, _SCALE_STEP, _NEIGHBOURS, minSize=(smallest, smallest))
        boxes = [Box(*(round(float(edge) / scale) for edge in face)) for face in found]
        largest = max((box.width for box in boxes), default=0)
        return [box for box in boxes if box.width * 2 > largest]  # whoever stands far behind does not count


def portrait(frame: Frame, sight: FaceSight) -> Photograph:
    """The face of ``sight`` with some room around it, as JPEG. Raises ``ValueError`` when there is none."""
    if sight.box is None:
        raise ValueError("there is no face in that picture")
    room = round(sight.box.width * _MARGIN)
    left, top = max(0, sight.box.left - room), max(0, sight.box.top - room)
    part = frame.pixels[
        top : sight.box.top + sight.box.height + room, left : sight.box.left + sight.box.width + room
    ]
    return photograph(part, sight.sharpness)


def _cascade(name: str) -> cv2.CascadeClassifier:
    path = Path(cv2.__file__).parent / "data" / name
    cascade = cv2.CascadeClassifier(str(path))
    if cascade.empty():
        raise RuntimeError(f"{name} is missing: opencv-python-headless below 5 brings it")
    return cascade


def _without_a_face(whole: Light) -> Advice:
    if whole.mean < _DARK / 2:
        return Advice.TOO_DARK
    if whole.mean > _BRIGHT or whole.clipped > 2 * _CLIPPED:
        return Advice.TOO_BRIGHT
    return Advice.NO_FACE


def _about(box: Box, width: int, height: int, face: Light, sharp: float) -> Advice | None:
    """What to say, the most helpful first: nobody can judge the light of a face that is far away."""
    across = abs(box.left + box.width / 2 - width / 2) / width
    down = abs(box.top + box.height / 2 - height / 2) / height
    findings = [
        (box.width < width * _CLOSE_ENOUGH, Advice.COME_CLOSER),
        (box.width > width * _TOO_CLOSE, Advice.STEP_BACK),
        (across > _OFF_CENTRE or down > _OFF_CENTRE, Advice.MOVE_TO_THE_MIDDLE),
        (face.mean < _DARK, Advice.TOO_DARK),
        (face.mean > _BRIGHT or face.clipped > _CLIPPED, Advice.TOO_BRIGHT),
        (sharp < _SHARP_ENOUGH, Advice.HOLD_STILL),
    ]
    return next((advice for found, advice in findings if found), None)
