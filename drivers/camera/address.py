"""Where a camera is: one URL, as it stands in the settings.

camera:///dev/v4l/by-path/pci-0000:00:14.0-usb-0:2:1.0-video-index0
http://127.0.0.1:8090/camera (a simulator, on this machine only)
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_CONNECT_TIMEOUT_S = 1.0
_EXAMPLE = "write camera:///dev/v4l/by-path/… for a camera"


@dataclass(frozen=True, slots=True)
class VideoDevice:
    """A camera that the kernel knows (V4L2), by a path that stays the same: by identity or by port."""

    path: str

    def __str__(self) -> str:
        return f"camera://{self.path}"


@dataclass(frozen=True, slots=True)
class SimulatedCamera:
    """A stream of JPEG pictures from a simulator on this machine.

    A camera in the network is not offered: a person's face would travel in clear.
    """

    port: int

    def __str__(self) -> str:
        return f"http://127.0.0.1:{self.port}/camera"


CameraAddress = VideoDevice | SimulatedCamera


def parse_camera_address(text: str) -> CameraAddress:
    """Reads the address of a camera. ``str`` of the result is an address again.

    Raises ``ValueError`` with a message that says what was found and what to write instead.
    """
    try:
        if not text.isprintable():
            raise ValueError("it has control characters")
        parts = urlsplit(text)
        port = parts.port
    except ValueError as mistake:
        raise ValueError(f"{text!r} is no address ({mistake}); {_EXAMPLE}") from None
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"{text!r} has more than a camera's address needs; {_EXAMPLE}")
    if parts.scheme == "camera":
        if parts.netloc or not parts.path.startswith("/dev/") or ".." in parts.path:
            raise ValueError(f"{text!r} names no video device: it begins with camera:///dev/; {_EXAMPLE}")
        return VideoDevice(parts.path)
    if parts.scheme == "http":
        if not _is_this_machine(parts.hostname or "") or not port:
            raise ValueError(f"{text!r} is not on this machine: http:// is for simulators alone; {_EXAMPLE}")
        return SimulatedCamera(port)
    raise ValueError(f"{text!r} is no address of a camera; {_EXAMPLE}")


def is_simulated(address: CameraAddress) -> bool:
    """Whether the camera at ``address`` can only be a simulated one."""
    return isinstance(address, SimulatedCamera)


def is_present(address: CameraAddress) -> bool:
    """Whether there is anything at ``address``. It proves nothing more, and opens no camera."""
    if isinstance(address, VideoDevice):
        return Path(address.path).exists()
    try:
        with socket.create_connection(("127.0.0.1", address.port), timeout=_CONNECT_TIMEOUT_S):
            return True
    except OSError:
        return False


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host) == ipaddress.ip_address("127.0.0.1")
    except ValueError:
        return False
