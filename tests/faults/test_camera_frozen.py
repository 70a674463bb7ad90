"""The camera sends the very same picture again and again."""

from __future__ import annotations

import pytest

from drivers.camera.device import Look
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import WAYS_TO_LOOK, booth


@pytest.mark.parametrize("look", WAYS_TO_LOOK)
def test_a_picture_that_stands_still_is_a_camera_that_is_lost(look: Look) -> None:
    with booth(look) as there:
        there.simulator.set_fault(CameraFault.FROZEN)
        status = there.next_status(DeviceState.OFFLINE)
        assert status.error is Errors.CAMERA_LOST
        assert there.counters.figure("camera.frozen") == 1
        assert there.camera.preview() is None
        there.simulator.cure()
        there.works_again_by_itself()
