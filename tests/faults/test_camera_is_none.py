"""What is at the camera's address is a device, and no camera."""

from __future__ import annotations

from drivers.camera.address import VideoDevice
from drivers.camera.camera import Camera
from drivers.camera.device import Look
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from tests.drivers.listening import Ears, make_quick


def test_a_device_that_shows_no_pictures_never_was_online() -> None:
    """This one goes through V4L2, as a real camera does, and as far as it goes without one."""
    ears = Ears()
    camera = Camera(VideoDevice("/dev/null"), SystemClock(), Counters(), ears)
    make_quick(camera)
    camera.look_for(Look.FACE)
    camera.start()
    try:
        lost = ears.next_state(DeviceState.OFFLINE)
        assert lost.error is Errors.CAMERA_LOST
        assert not lost.simulated
        assert camera.preview() is None
    finally:
        assert camera.stop()
    assert "CodeSeen" not in ears.kinds()
