"""What the camera sends are no pictures."""

from __future__ import annotations

from unittest.mock import patch

from drivers.camera import camera as camera_module
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import booth


def test_garbage_is_a_loss_and_pictures_are_pictures_again() -> None:
    with booth() as there:
        for _ in there.in_every_state():
            there.simulator.set_fault(CameraFault.GARBAGE)
            assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
            there.simulator.cure()
            there.ears.next_state(DeviceState.ONLINE)
        assert there.counters.figure("camera.deaths") == 0  # its program said so, and ended
        there.works_again_by_itself()


def test_a_camera_that_sends_only_garbage_never_was_online() -> None:
    with (
        patch.object(camera_module, "_OPEN_TIMEOUT_S", 1.0),
        booth(ready=False, fault=CameraFault.GARBAGE) as there,
    ):
        assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
        there.simulator.cure()
        there.works_again_by_itself()
