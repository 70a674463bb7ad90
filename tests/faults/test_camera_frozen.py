"""The camera sends the very same picture again and again."""

from __future__ import annotations

from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import booth


def test_a_picture_that_stands_still_is_a_camera_that_is_lost() -> None:
    with booth() as there:
        for times, _ in enumerate(there.in_every_state(), start=1):
            there.simulator.set_fault(CameraFault.FROZEN)
            assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
            assert there.counters.figure("camera.frozen") == times
            there.simulator.cure()
            there.ears.next_state(DeviceState.ONLINE)
        there.works_again_by_itself()
