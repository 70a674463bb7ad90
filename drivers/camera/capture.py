"""The program that holds the camera, and nothing else of the terminal: it can be killed at any moment.

``python -m drivers.camera.capture ADDRESS MEMORY NOTICES`` with the numbers of two inherited descriptors;
orders come on the standard input, whose end ends it. It dies with whoever has started it, so that a camera is
never left busy behind a terminal that was killed.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import select
import signal
import sys
import time
from pathlib import Path

from drivers.camera.address import CameraAddress, VideoDevice, parse_camera_address
from drivers.camera.protocol import (
    LARGEST_HEIGHT,
    LARGEST_WIDTH,
    MEMORY_BYTES,
    NEXT,
    OPEN,
    FrameReady,
    Loss,
    Lost,
    Notice,
    Opened,
    encode,
)

_ORDERS = 0  # the standard input
_PR_SET_PDEATHSIG = 1  # prctl(2)
_OPEN_TIMEOUT_MS = 2500
_READ_TIMEOUT_MS = 1500
_LIMITS = {"OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2", "OPENCV_FFMPEG_DECODE_ATTEMPTS": "8"}
"""Seconds, and pictures that are none: after them a read says no."""
_WIDTH, _HEIGHT = 1280, 720


def main(arguments: list[str]) -> int:
    """Obeys until its orders end; returns 0, also when the camera was lost and that was said."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    address, memory_descriptor, notices = parse_camera_address(arguments[0]), *map(int, arguments[1:3])
    memory = mmap.mmap(memory_descriptor, MEMORY_BYTES)
    try:
        if os.read(_ORDERS, len(OPEN)) == OPEN:
            _show(address, memory, notices)
    except BrokenPipeError:
        return 0  # nobody is there to be told
    return 0


def _show(address: CameraAddress, memory: mmap.mmap, notices: int) -> None:
    os.environ.update(_LIMITS)
    import cv2  # noqa: PLC0415 -- reads its environment once, when it is loaded
    import numpy as np  # noqa: PLC0415

    def tell(notice: Notice) -> None:
        os.write(notices, encode(notice))

    camera = cv2.VideoCapture(*_how_to_open(address))
    if not camera.isOpened():
        tell(Lost(Loss.NOT_OPENED))
        return
    if isinstance(address, VideoDevice):
        camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        camera.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
        camera.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
        camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    tell(Opened())
    while True:
        # Pictures are taken all the time, so that the one that is asked for is never an old one.
        taken, pixels = camera.read()
        captured_ns = time.monotonic_ns()
        if not taken:
            tell(Lost(Loss.NO_PICTURE))
            return
        if select.select([_ORDERS], [], [], 0)[0]:
            if os.read(_ORDERS, len(NEXT)) != NEXT:
                return
            height, width = pixels.shape[:2]
            if pixels.ndim != 3 or width > LARGEST_WIDTH or height > LARGEST_HEIGHT:
                tell(Lost(Loss.WRONG_SIZE))
                return
            memory[: pixels.nbytes] = np.ascontiguousarray(pixels, np.uint8).tobytes()
            tell(FrameReady(width, height, captured_ns))


def _how_to_open(address: CameraAddress) -> tuple[str, int, list[int]]:
    import cv2  # noqa: PLC0415

    if isinstance(address, VideoDevice):
        return str(Path(address.path).resolve()), cv2.CAP_V4L2, []
    timeouts = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_TIMEOUT_MS),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_TIMEOUT_MS),
    ]
    return str(address), cv2.CAP_FFMPEG, timeouts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
