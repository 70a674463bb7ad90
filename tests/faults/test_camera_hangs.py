"""The camera is there, and sends nothing any more."""

from __future__ import annotations

from unittest.mock import patch

from drivers.camera import camera as camera_module
from drivers.camera.device import Look
from drivers.camera.simulator import CameraFault
from drivers.vocabulary import DeviceLost, DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import booth
from tests.drivers.listening import PATIENCE_S


def test_a_camera_that_never_sends_anything_never_was_online() -> None:
    with (
        patch.object(camera_module, "_OPEN_TIMEOUT_S", 1.0),
        booth(ready=False, fault=CameraFault.HANGS) as there,
    ):
        assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
        there.simulator.cure()
        there.works_again_by_itself()


def test_a_camera_that_stops_in_the_middle_is_lost_and_comes_back() -> None:
    with booth() as there:
        for _ in there.in_every_state():
            there.simulator.set_fault(CameraFault.HANGS)
            assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
            assert there.camera.preview() is None
            there.simulator.cure()
            there.ears.next_state(DeviceState.ONLINE)
        assert there.counters.figure("camera.deaths") == 0  # its program said so, and ended
        there.works_again_by_itself()


def test_a_document_that_was_asked_for_is_answered_with_the_loss() -> None:
    with patch.object(camera_module, "_FRAME_TIMEOUT_S", 0.5), booth(Look.DOCUMENT) as there:
        there.simulator.set_fault(CameraFault.HANGS)
        outcome = there.camera.take_document().result(PATIENCE_S)
        assert outcome in {DeviceLost(Errors.CAMERA_LOST, begun=begun) for begun in (True, False)}


def test_a_closed_camera_that_hangs_is_found_out_when_it_is_opened() -> None:
    with patch.object(camera_module, "_OPEN_TIMEOUT_S", 1.0), booth() as there:
        there.simulator.set_fault(CameraFault.HANGS)
        there.camera.look_for(Look.FACE)
        assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
        there.simulator.cure()
        there.works_again_by_itself()


def test_stopping_does_not_wait_for_a_camera_that_hangs() -> None:
    with booth(Look.FACE) as there:
        there.simulator.set_fault(CameraFault.HANGS)
        assert there.camera.stop(timeout_s=2.0)
