"""The program that holds the camera is killed, as the kernel does it when memory runs out."""

from __future__ import annotations

import os
import signal

import pytest

from drivers.camera.device import LampChanged, Look
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.camera.booth import WAYS_TO_LOOK, Booth, booth


class LeapingClock(SystemClock):
    """The machine's clock, which can be set forward."""

    ahead_s = 0.0

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.ahead_s


def kill_the_program(there: Booth) -> None:
    """Kills it while it shows pictures."""
    there.counters.wait_for("camera.opened", there.counters.figure("camera.losses") + 1)
    process_id = there.camera._child.process_id
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)


@pytest.mark.parametrize("look", WAYS_TO_LOOK)
def test_the_camera_is_lost_and_back_with_another_program(look: Look) -> None:
    with booth(look) as there:
        kill_the_program(there)
        status = there.next_status(DeviceState.OFFLINE)
        assert status.error is Errors.CAMERA_LOST
        assert not status.degraded
        assert there.counters.figure("camera.deaths") == 1
        there.works_again_by_itself()


def test_the_lamp_goes_out_with_it_and_is_lit_again_before_the_camera_is() -> None:
    with booth(Look.FACE) as there:
        kill_the_program(there)
        assert not there.ears.next(LampChanged, lambda lamp: not lamp.lit).lit
        there.ears.next(LampChanged, lambda lamp: lamp.lit)
        there.ears.next_state(DeviceState.ONLINE)


def test_three_deaths_in_five_minutes_are_degraded_and_five_quiet_ones_are_not() -> None:
    clock = LeapingClock()
    with booth(Look.CODE, clock=clock) as there:
        for _ in range(2):
            kill_the_program(there)
            assert there.next_status(DeviceState.OFFLINE).error is Errors.CAMERA_LOST
            there.ears.next_state(DeviceState.ONLINE)
        kill_the_program(there)
        status = there.next_status(DeviceState.HARDWARE_ERROR)
        assert status.error is Errors.CAMERA_UNSTABLE
        assert status.degraded
        back = there.next_status(DeviceState.ONLINE)
        assert back.error is None
        assert back.degraded  # it can be used, and somebody should look at it
        there.works_again_by_itself()
        clock.ahead_s += 301.0
        assert not there.next_status(DeviceState.ONLINE).degraded
