"""A simulated camera: a real socket on this machine, and pictures on it as a network camera would send them.

``multipart/x-mixed-replace`` with one JPEG a part, which ``cv2.VideoCapture`` opens as it opens a camera.
What a camera can do wrong is in :class:`CameraFault`; that it is not there at all is ``unplug``.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from enum import Enum

import cv2
import numpy as np

from drivers.camera.address import SimulatedCamera
from drivers.camera.pixels import Pixels
from drivers.camera.simulator_scenes import (
    COAT,
    Colour,
    FacePose,
    add_face,
    code_in_hall,
    document_plate,
    empty_hall,
)
from foundation.clock import Clock, SystemClock

_HEADER = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=picture\r\n\r\n"
_LONGEST_REQUEST_BYTES = 4096
_SEND_TIMEOUT_S = 1.0
_JPEG_QUALITY = 85
_NOISE = 5
_BLINK_EVERY_S = 1.8
_BLINK_S = 0.5
_SLOW_INTERVAL_S = 0.6
_BEFORE_THE_LENS = FacePose()

Scene = Callable[[float], Pixels]
"""What is before the lens, by the seconds since it was put there."""


class CameraFault(Enum):
    """What can go wrong with a camera, or before it."""

    BLACK = "black"
    OVEREXPOSED = "overexposed"
    BLURRED = "blurred"
    TWO_FACES = "two_faces"
    NO_FACE = "no_face"
    FROZEN = "frozen"
    """The same picture, to the last bit, for ever."""
    HANGS = "hangs"
    """Nothing more is sent; new connections are taken and not answered."""
    DIES = "dies"
    """Every connection ends in the middle of a picture."""
    SLOW = "slow"
    """Fewer than two pictures a second."""
    GARBAGE = "garbage"
    """What is sent is no picture."""


class CameraSimulator:
    """A camera with a size and a rate of its own. What is done to it counts from the next picture."""

    def __init__(self, *, width: int = 640, height: int = 480, rate_per_s: float = 20.0) -> None:
        self._width, self._height = width, height
        self._interval_s = 1 / rate_per_s
        self._clock: Clock = SystemClock()
        self._changed = threading.Condition()
        self._scene: Scene = lambda _: empty_hall(width, height)
        self._since_s = self._clock.monotonic_s()
        self._fault: CameraFault | None = None
        self._listener: socket.socket | None = None
        self._unplugged = threading.Event()
        self._threads: list[threading.Thread] = []
        self._port = 0
        self._viewers = 0
        self._noise = np.random.default_rng(0).integers(0, _NOISE, (height * 2, width, 3)).astype(np.uint8)

    @property
    def address(self) -> SimulatedCamera:
        """Where a driver finds it; the same over being unplugged."""
        return SimulatedCamera(self._port)

    def start(self) -> None:
        """Plugs it in."""
        self.plug_in()

    def stop(self) -> None:
        """Pulls its plug, for good."""
        self.unplug()

    def plug_in(self) -> None:
        """Takes connections again. Nothing happens when it is plugged in."""
        if self._listener is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen()
        self._port = listener.getsockname()[1]
        self._listener = listener
        self._unplugged = threading.Event()
        self._run(self._serve, listener, self._unplugged)

    def unplug(self) -> None:
        """Ends every connection and refuses new ones."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        self._unplugged.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def show_nobody(self) -> None:
        """An empty hall."""
        self._show(lambda _: empty_hall(self._width, self._height))

    def show_face(
        self, pose: FacePose = _BEFORE_THE_LENS, *, blinks: bool = False, coat: Colour = COAT
    ) -> None:
        """A person in a coat, who blinks now and then or, like a photograph, never."""
        faces = {
            eyes_open: self._hall_with((pose,), eyes_open=eyes_open, coat=coat) for eyes_open in (True, False)
        }
        self._show(lambda passed_s: faces[not blinks or passed_s % _BLINK_EVERY_S > _BLINK_S])

    def show_document(self, *, turned_degrees: float = 7.0, scale: float = 0.8) -> None:
        """A sheet of A4 on the plate; ``scale`` is its height in parts of the picture's."""
        plate = document_plate(self._width, self._height, turned_degrees=turned_degrees, scale=scale)
        self._show(lambda _: plate)

    def show_code(self, payload: bytes) -> None:
        """A QR code. Raises ``ValueError`` when it is too fine for this camera."""
        picture = code_in_hall(self._width, self._height, payload)
        self._show(lambda _: picture)

    def set_fault(self, fault: CameraFault) -> None:
        """Makes the camera fail in that way until :meth:`cure`."""
        with self._changed:
            self._fault = fault

    def cure(self) -> None:
        """Ends the fault."""
        with self._changed:
            self._fault = None

    def wait_for_viewers(self, count: int, timeout_s: float) -> bool:
        """Waits until so many watch; false when it did not come to that."""
        with self._changed:
            return self._changed.wait_for(lambda: self._viewers == count, timeout_s)

    def _show(self, scene: Scene) -> None:
        with self._changed:
            self._scene = scene
            self._since_s = self._clock.monotonic_s()

    def _hall_with(
        self, poses: tuple[FacePose, ...], *, eyes_open: bool = True, coat: Colour = COAT
    ) -> Pixels:
        picture = empty_hall(self._width, self._height)
        for pose in poses:
            add_face(picture, pose, eyes_open=eyes_open, coat=coat)
        return picture

    def _run(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="CameraSimulator", daemon=True)
        self._threads = [old for old in self._threads if old.is_alive()] + [thread]
        thread.start()

    def _serve(self, listener: socket.socket, unplugged: threading.Event) -> None:
        while not unplugged.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self._run(self._send_pictures, connection, unplugged)

    def _send_pictures(self, connection: socket.socket, unplugged: threading.Event) -> None:
        with closing(connection):
            try:
                connection.settimeout(_SEND_TIMEOUT_S)
                if not connection.recv(_LONGEST_REQUEST_BYTES):
                    return  # somebody who only looks whether there is a camera
                self._count_viewers(1)
                try:
                    self._send_until(connection, unplugged)
                finally:
                    self._count_viewers(-1)
            except OSError:
                return  # whoever watched has gone

    def _send_until(self, connection: socket.socket, unplugged: threading.Event) -> None:
        greeted = False
        while not unplugged.is_set():
            with self._changed:
                fault = self._fault
            if fault is not CameraFault.HANGS:
                if not greeted:
                    connection.sendall(_HEADER)
                    greeted = True
                part = self._part(fault)
                if fault is CameraFault.DIES:
                    connection.sendall(part[: len(part) // 2])
                    return
                connection.sendall(part)
            elif _has_gone(connection):
                return
            self._clock.wait(unplugged, _SLOW_INTERVAL_S if fault is CameraFault.SLOW else self._interval_s)

    def _part(self, fault: CameraFault | None) -> bytes:
        if fault is CameraFault.GARBAGE:
            content = np.random.default_rng().bytes(3000)
        else:
            encoded = cv2.imencode(".jpg", self._picture(fault), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1]
            content = encoded.tobytes()
        length = f"Content-Length: {len(content)}\r\n\r\n".encode("ascii")
        return b"--picture\r\nContent-Type: image/jpeg\r\n" + length + content + b"\r\n"

    def _picture(self, fault: CameraFault | None) -> Pixels:
        with self._changed:
            scene, passed_s = self._scene, self._clock.monotonic_s() - self._since_s
        match fault:
            case CameraFault.BLACK:
                return np.zeros((self._height, self._width, 3), np.uint8)
            case CameraFault.FROZEN:
                return scene(0.0)
            case CameraFault.TWO_FACES:
                picture = self._hall_with((FacePose(0.28, width=0.22), FacePose(0.72, width=0.22)))
            case CameraFault.NO_FACE:
                picture = empty_hall(self._width, self._height)
            case CameraFault.BLURRED:
                picture = np.asarray(cv2.GaussianBlur(scene(passed_s), (0, 0), self._width / 60), np.uint8)
            case CameraFault.OVEREXPOSED:
                picture = np.asarray(cv2.add(scene(passed_s), np.full(3, 215, np.float64)), np.uint8)
            case _:
                picture = scene(passed_s)
        return self._with_noise(picture)

    def _with_noise(self, picture: Pixels) -> Pixels:
        """No two pictures of a sensor are the same."""
        first = int(np.random.default_rng().integers(self._height))
        return np.asarray(cv2.add(picture, self._noise[first : first + self._height]), np.uint8)

    def _count_viewers(self, change: int) -> None:
        with self._changed:
            self._viewers += change
            self._changed.notify_all()


def _has_gone(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return not connection.recv(_LONGEST_REQUEST_BYTES)
    except BlockingIOError:
        return False
    finally:
        connection.settimeout(_SEND_TIMEOUT_S)
