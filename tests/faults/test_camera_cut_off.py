"""The camera goes away in the middle of a picture, every time."""

from __future__ import annotations

from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import booth


def test_half_a_picture_is_a_loss_and_no_picture() -> None:
    with booth() as there:
        for _ in there.in_every_state():
            there.simulator.set_fault(CameraFault.DIES)
            assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
            there.simulator.cure()
            there.ears.next_state(DeviceState.ONLINE)
        assert there.counters.figure("camera.deaths") == 0  # its program said so, and ended
        there.works_again_by_itself()


def test_a_camera_that_was_never_whole_never_was_online() -> None:
    with booth(ready=False, fault=CameraFault.DIES) as there:
        assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
        there.simulator.cure()
        there.works_again_by_itself()
