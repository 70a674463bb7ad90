"""The camera goes away in the middle of a picture, every time."""

from __future__ import annotations

import pytest

from drivers.camera.device import Look
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import WAYS_TO_LOOK, booth


@pytest.mark.parametrize("look", WAYS_TO_LOOK)
def test_half_a_picture_is_a_loss_and_no_picture(look: Look) -> None:
    with booth(look) as there:
        there.simulator.set_fault(CameraFault.DIES)
        status = there.next_status(DeviceState.OFFLINE)
        assert status.error is Errors.CAMERA_LOST
        assert there.counters.figure("camera.deaths") == 0  # the program said what it was, and ended
        there.simulator.cure()
        there.works_again_by_itself()


def test_a_camera_that_was_never_whole_never_was_online() -> None:
    with booth(ready=False, fault=CameraFault.DIES) as there:
        assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
        there.simulator.cure()
        there.works_again_by_itself()
