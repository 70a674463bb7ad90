"""What one picture is like, in figures, and what a row of pictures says of the camera. Nothing is kept."""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.camera.device import Frame, Photograph, PictureState
from drivers.camera.pixels import Pixels

_CLIPPED = 250
_DARK_AT_MOST = 16.0
_FLAT_AT_MOST = 8.0
_CLIPPED_AT_LEAST = 0.85
_SETTLED_S = 2.0
_SLOW_PER_S = 5.0
_SAME_AT_LEAST = 5
_JPEG_QUALITY = 92


@dataclass(frozen=True, slots=True)
class Light:
    """How bright a picture is: ``mean`` and ``spread`` in 0–255, ``clipped`` as the share of white pixels."""

    mean: float
    spread: float
    clipped: float


def grey(pixels: Pixels) -> Pixels:
    """The picture in grey; a grey one as it is."""
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def light(grey_pixels: Pixels) -> Light:
    """How bright it is."""
    clipped = np.count_nonzero(grey_pixels >= _CLIPPED) / grey_pixels.size
    return Light(float(grey_pixels.mean()), float(grey_pixels.std()), clipped)


def sharpness(grey_pixels: Pixels, width: int = 160) -> float:
    """How sharp it is at ``width`` pixels across: the spread of its second derivative, 0 for a flat surface.

    Made small first, so that noise counts little and pictures of different sizes can be compared.
    """
    height = max(1, round(grey_pixels.shape[0] * width / grey_pixels.shape[1]))
    small = cv2.resize(grey_pixels, (width, height), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(small, cv2.CV_64F).std())


def photograph(pixels: Pixels, sharp: float) -> Photograph:
    """A picture as JPEG, without any data about where, when or by what it was taken."""
    done, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not done:
        raise RuntimeError("a picture could not be encoded")
    return Photograph(encoded.tobytes(), pixels.shape[1], pixels.shape[0], sharp)


class PictureWatch:
    """Tells from the pictures of the last seconds what state they are in, and whether they stand still.

    A state counts when it has been so for two seconds; one good picture ends a bad one.
    """

    def __init__(self) -> None:
        self._state = PictureState.UNKNOWN
        self._seen = PictureState.UNKNOWN
        self._since_s = 0.0
        self._moments_s: deque[float] = deque(maxlen=8)
        self._print = 0
        self._same = 0
        self._same_since_s = 0.0

    @property
    def state(self) -> PictureState:
        """The state that counts."""
        return self._state

    @property
    def frozen(self) -> bool:
        """Whether the very same picture has come for two seconds: a sensor that lives is never so still."""
        enough = self._same >= _SAME_AT_LEAST and self._seen in (PictureState.GOOD, PictureState.SLOW)
        return enough and self._moments_s[-1] - self._same_since_s >= _SETTLED_S

    @property
    def rate_per_s(self) -> float:
        """How many pictures a second came lately; 0 while too few came to say."""
        if len(self._moments_s) < 3:
            return 0.0
        span_s = self._moments_s[-1] - self._moments_s[0]
        return (len(self._moments_s) - 1) / span_s if span_s > 0 else 0.0

    def begin(self) -> None:
        """The camera was opened: what came before says nothing of how fast pictures come."""
        self._moments_s.clear()
        self._same = 0

    def feed(self, frame: Frame) -> PictureState:
        """Takes the next picture; returns the state that counts."""
        self._moments_s.append(frame.captured_s)
        small = grey(frame.pixels[::4, ::4])
        self._compare(small, frame.captured_s)
        seen = self._what_is_seen(light(small))
        if seen is not self._seen:
            self._seen, self._since_s = seen, frame.captured_s
        if seen is PictureState.GOOD or frame.captured_s - self._since_s >= _SETTLED_S:
            self._state = seen
        return self._state

    def _what_is_seen(self, now: Light) -> PictureState:
        if now.mean <= _DARK_AT_MOST and now.spread <= _FLAT_AT_MOST:
            return PictureState.BLACK
        if now.clipped >= _CLIPPED_AT_LEAST:
            return PictureState.OVEREXPOSED
        if 0 < self.rate_per_s < _SLOW_PER_S:
            return PictureState.SLOW
        return PictureState.GOOD

    def _compare(self, small: Pixels, moment_s: float) -> None:
        print_now = zlib.crc32(small.tobytes())
        if print_now == self._print:
            self._same += 1
        else:
            self._print, self._same, self._same_since_s = print_now, 0, moment_s
