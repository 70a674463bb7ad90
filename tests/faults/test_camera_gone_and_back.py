"""The camera is unplugged and plugged in again; its address stays."""

from __future__ import annotations

from drivers.camera.device import LampChanged, Look, PictureState
from drivers.vocabulary import DeviceLost, DeviceState
from foundation.errors import Errors
from tests.drivers.camera.booth import booth
from tests.drivers.listening import PATIENCE_S


def test_an_open_camera_that_is_unplugged_is_no_device_and_back_when_it_is_plugged_in() -> None:
    with booth() as there:
        for _ in there.in_every_state():
            there.simulator.unplug()
            status = there.next_status(DeviceState.NO_DEVICE)
            assert status.error is Errors.CAMERA_LOST
            assert status.simulated
            assert status.picture is PictureState.UNKNOWN
            assert not there.ears.all(LampChanged)[-1].lit
            there.simulator.plug_in()
            there.ears.next_state(DeviceState.ONLINE)
        there.works_again_by_itself()


def test_a_closed_camera_that_is_unplugged_is_noticed_without_opening_it() -> None:
    with booth() as there:
        assert there.simulator.wait_for_viewers(0, PATIENCE_S)
        opened = there.counters.figure("camera.opened")
        there.simulator.unplug()
        assert there.next_status(DeviceState.NO_DEVICE).error is Errors.CAMERA_LOST
        assert there.counters.figure("camera.opened") == opened
        there.simulator.plug_in()
        there.works_again_by_itself()


def test_a_camera_that_is_plugged_in_after_the_start_is_found() -> None:
    with booth(ready=False) as there:
        there.simulator.unplug()
        there.ears.next_state(DeviceState.NO_DEVICE)
        there.simulator.plug_in()
        there.works_again_by_itself()


def test_whoever_asks_while_it_is_away_is_answered_at_once() -> None:
    with booth(Look.DOCUMENT) as there:
        there.simulator.unplug()
        there.ears.next_state(DeviceState.NO_DEVICE)
        outcome = there.camera.take_document().result(PATIENCE_S)
        assert outcome == DeviceLost(Errors.CAMERA_LOST, begun=False)
